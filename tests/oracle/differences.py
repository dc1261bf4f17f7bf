"""How two dumps differ: by step, by record, by item, field by field."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.oracle.content import Item

_MISSING = "∅"
_SHOWN = 160
"""Characters of a value that are shown."""


def step_differences(before: Iterable[str], after: Iterable[str], otherwise: Iterable[str] = ()) -> Iterator[str]:
    """Yield a line for each item that only one of two dumps holds, and one for each field that differs.

    Items of one sort about one record are told apart by what they share: the most alike are taken for the same.
    Lines that are `otherwise` are as right as those that were before.
    """
    old, new, right = Counter(before), Counter(after), set(otherwise)
    gone, come = _grouped(old - new), _grouped(new - old)
    answered = set(_grouped(Counter(line for line in new - old if line in right)))
    for what, key in sorted((gone.keys() | come.keys()) - answered):
        missing, added = gone.get((what, key), []), come.get((what, key), [])
        for one, other in _paired(missing, added):
            if other is None:
                yield f"{key}: {what} lost: {_brief(one)}"
            elif one is None:
                yield f"{key}: {what} new: {_brief(other)}"
            else:
                for path, was, now in _fields("", one, other):
                    yield f"{key}: {what} {path}: {_cut(was)} → {_cut(now)}"


def _grouped(lines: Counter[str]) -> Mapping[tuple[str, str], list[Item]]:
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for line in sorted(lines.elements()):
        item = json.loads(line)
        found[item["what"], str(item.get("key", ""))].append(item)
    return found


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
    elif was != now:
        yield path, was, now


def _brief(item: Item | None) -> str:
    shown = {name: value for name, value in (item or {}).items() if name not in ("what", "key")}
    return _cut(shown)


def _cut(value: object) -> str:
    text = value if value == _MISSING else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
