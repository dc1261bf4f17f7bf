"""How two dumps differ: by step, by record, by item, field by field."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from tests.oracle.content import Item

_MISSING = "∅"
_SHOWN = 160
"""Characters of a value that are shown."""


def step_differences(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """Yield a line for each item that only one of two dumps holds, and one for each field that differs.

    Items of one sort about one record are told apart by what they share: the most alike are taken for the same.
    """
    old, new = _grouped(before), _grouped(after)
    for group in sorted(old.keys() | new.keys()):
        was, now = old.get(group, Counter()), new.get(group, Counter())
        what, key = group
        for one, other in _paired(_items(was - now), _items(now - was)):
            if other is None:
                yield f"{key}: {what} lost: {_brief(one)}"
            elif one is None:
                yield f"{key}: {what} new: {_brief(other)}"
            else:
                for path, before_it, after_it in _fields("", one, other):
                    yield f"{key}: {what} {path}: {_cut(before_it)} → {_cut(after_it)}"


def _grouped(lines: Iterable[str]) -> dict[tuple[str, str], Counter[str]]:
    """Return lines by the sort of item and the record that they are about."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for line in lines:
        item = json.loads(line)
        found[item["what"], str(item.get("key", ""))][line] += 1
    return dict(found)


def _items(lines: Counter[str]) -> list[Item]:
    return [json.loads(line) for line in sorted(lines.elements())]


def _paired(gone: list[Item], come: list[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """Pair the items of two lists, each with the most alike of the other."""
    left = list(come)
    for one in gone:
        near = max(left, key=lambda other: _alike(one, other), default=None)
        if near is not None:
            left.remove(near)
        yield one, near
    for other in left:
        yield None, other


def _alike(one: Item, other: Item) -> int:
    return sum(one.get(name) == value for name, value in other.items())


def _fields(path: str, was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401  JSON of any shape
    """Yield where two values of JSON differ."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in sorted(was.keys() | now.keys()):
            yield from _fields(f"{path}.{name}" if path else name, was.get(name, _MISSING), now.get(name, _MISSING))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for place, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _fields(f"{path}[{place}]", one, other)
    elif isinstance(was, list) and isinstance(now, list):
        yield from _members(path, was, now)
    elif was != now:
        yield path, was, now


def _members(path: str, was: list[Any], now: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield what only one of two lists of different lengths holds."""
    old, new = ([json.dumps(one, sort_keys=True) for one in those] for those in (was, now))
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for one, other in zip_longest(was[first:last], now[start:end], fillvalue=_MISSING):
                yield from _fields(f"{path}[{first}]", one, other)


def _brief(item: Item | None) -> str:
    shown = {name: value for name, value in (item or {}).items() if name not in ("what", "key")}
    return _cut(shown)


def _cut(value: object) -> str:
    text = value if value == _MISSING else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
