"""What the groups of a record have in common: labels, and cutting a long group short without hiding it."""

from __future__ import annotations

from collections.abc import Mapping

from tui.explorer.pages.items import Entry, Frame, Group, Row, piece, wrap

PAGE = 10
"""Entries of a group that show at first."""

STEP = 500
"""Entries that choosing "more" adds: enough for most, few enough to be prepared between two key presses."""


def how_many(ident: str, shown: Mapping[str, int]) -> int:
    """Return how many entries of a group to show."""
    return shown.get(ident, PAGE)


def cut(group: Group, ident: str, total: int, frame: Frame) -> Group:
    """Return the group with an entry that says how many more there are, and shows them when chosen."""
    left = total - len(group.entries)
    if left > 0:
        words = f"… {left:,} more, Enter shows " + ("them" if left <= STEP else f"the next {STEP}")
        rows: list[Row] = [(piece(line, "more"),) for line in wrap(words, frame.body)]
        group.entries.append(Entry(rows, f"more:{ident}", more=ident))
    return group


def capital(label: str) -> str:
    """Return a label as it begins a line."""
    return label[:1].upper() + label[1:]
