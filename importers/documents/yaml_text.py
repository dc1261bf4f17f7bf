"""Writing YAML that is good to read, to edit and to compare line by line, and safe to show whatever it holds.

Anything that YAML readers could take for something else (dates, numbers, `no`, `010`) is quoted, and every control
character, direction mark, unusual space and invisible letter is an escape.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from db.hidden_characters import is_hidden

Plain = str | int | float | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]
"""What can be written: texts, numbers, truth values, and lists and mappings of them."""

_WIDTH = 116
_BARE = re.compile(
    r"[A-Za-zÀ-ÖØ-öø-ɏ](?:[A-Za-z0-9À-ÖØ-öø-ɏ_./()&+;'’–£%-]|:(?=[A-Za-z0-9])| (?=[A-Za-z0-9À-ÖØ-öø-ɏ(&£–]))*\Z"
)
_WORDS = re.compile(r"\S+(?: \S+)*\Z")
_TAKEN = frozenset("null true false yes no on off y n".split())
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def _unsafe(mark: str) -> bool:
    """Whether a character must not be written as itself: what is hidden, odd spaces, what has no meaning."""
    return mark != " " and (unicodedata.category(mark) in ("Co", "Cn", "Zs") or is_hidden(mark))


def _escaped(mark: str) -> str:
    if mark in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[mark]
    if not _unsafe(mark):
        return mark
    code = ord(mark)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def quoted(text: str) -> str:
    """Return a text in double quotes, with everything escaped that is not to be seen."""
    return '"' + "".join(_escaped(mark) for mark in text) + '"'


@lru_cache(maxsize=8192, typed=True)
def scalar(value: str | int | float | bool | None, *, block: bool = False) -> str:
    """Return a value as it stands behind its key: a text without quotes only where nobody could mistake it.

    In a `block`, where a line holds just that, a comma is part of the text.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _fraction(value)
    bare = _BARE.match(value.replace(", ", " ") if block else value)
    return value if bare and value.lower() not in _TAKEN else quoted(value)


def _fraction(value: float) -> str:
    """A number with a fraction always shown, so that YAML does not take `1e+16` for a text."""
    text = repr(value)
    digits, mark, exponent = text.partition("e")
    return f"{digits if '.' in digits else digits + '.0'}{mark}{exponent}"


def _flow(value: Plain) -> str | None:
    """A value on one line, None where it would be too long for that."""
    if isinstance(value, Mapping):
        parts = [(f"{scalar(key)}: ", _flow(item)) for key, item in value.items()]
        inner = [key + text for key, text in parts if text is not None]
        whole = "{" + ", ".join(inner) + "}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        items = [_flow(item) for item in value]
        inner = [text for text in items if text is not None]
        parts = [("", item) for item in items]
        whole = "[" + ", ".join(inner) + "]"
    else:
        return _flow_scalar(value)
    return whole if len(inner) == len(parts) and len(whole) <= _WIDTH else None


def _flow_scalar(value: str | int | float | bool | None) -> str | None:
    text = scalar(value)
    return text if len(text) <= _WIDTH else None


def _folds(value: str) -> bool:
    """Whether a text can be folded: words with one space between them, and nothing that needs an escape."""
    return _WORDS.match(value) is not None and not any(_unsafe(mark) for mark in value)


def _text_lines(head: str, value: str, indent: int) -> Iterator[str]:
    """A text behind its key: on its line, or folded under it where it is long and made of plain words."""
    if len(head) + len(value) < _WIDTH or not _folds(value):
        yield f"{head} {scalar(value, block=True)}"
        return
    yield f"{head} >-"
    pad = " " * (indent + 2)
    wrapped = textwrap.wrap(value, max(_WIDTH - indent - 2, 40), break_long_words=False, break_on_hyphens=False)
    yield from (pad + line for line in wrapped)


def _holds_mappings(value: Plain) -> bool:
    """Whether a value is a list of mappings, which reads and compares best with a line for each."""
    return isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(one, Mapping) for one in value)


def _item_lines(head: str, value: Plain, indent: int, nested: int) -> Iterator[str]:
    """A value behind `head` (a key with its colon, or a dash); what does not fit there goes below, `nested` deep."""
    if isinstance(value, str):
        yield from _text_lines(head, value, indent)
        return
    flow = None if _holds_mappings(value) else _flow(value)
    fits = flow is not None and len(head) + 1 + len(flow) <= _WIDTH
    if flow is not None and (fits or not isinstance(value, Mapping | Sequence) or not value):
        yield f"{head} {flow}"
    elif isinstance(value, Mapping | Sequence):
        yield head
        yield from lines(value, nested)


def lines(value: Mapping[str, Plain] | Sequence[Plain], indent: int = 0) -> Iterator[str]:
    """Return the lines of a list or mapping in block style, its short parts on one line each."""
    pad = " " * indent
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _item_lines(f"{pad}{scalar(key)}:", item, indent, indent + 2)
        return
    for item in value:
        if isinstance(item, Mapping) and item and _flow_item(item, indent) is None:
            first, *rest = lines(item, indent + 2)
            yield f"{pad}- {first.lstrip(' ')}"
            yield from rest
        else:
            yield from _item_lines(f"{pad}-", item, indent, indent + 2)


def _flow_item(item: Mapping[str, Plain], indent: int) -> str | None:
    """An entry of a list on one line, None where it does not fit or holds lists of its own."""
    flow = _flow(item)
    return flow if flow is not None and indent + 2 + len(flow) <= _WIDTH else None
