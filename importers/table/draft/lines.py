"""Texts and lists as YAML lines, and what may stand in a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.errors import printable

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._-]*")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
"""Words that YAML takes for something else than themselves."""


def comment(text: str) -> str:
    """A text as it may stand in a comment: on one line, and short."""
    return printable(" ".join(text.split()))[:150]


def quoted(text: str) -> str:
    """A text in YAML: bare where nothing in it means anything there, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.strip() == text and text.casefold() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(
            mark if mark.isprintable() else f"\\u{ord(mark):04x}" if ord(mark) < 0x10000 else f"\\U{ord(mark):08x}"
            for mark in escaped
        )
        + '"'
    )


def as_item(lines: Sequence[str]) -> list[str]:
    """Lines as an item of a list; comments before it stand before it."""
    found: list[str] = []
    begun = False
    for line in lines:
        if not begun and line.lstrip().startswith("#"):
            found.append(f"  {line}")
        else:
            found.append(f"  {'  ' if begun else '- '}{line}")
            begun = True
    return found
