"""How a reader has arranged a list, so that back brings it back as it was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PAGE = 10
"""Entries that show at first of a group that does not fold."""

STEP = 500
"""Entries that choosing "more" adds: enough for most, few enough to be prepared between two key presses."""


@dataclass(frozen=True, slots=True)
class ListState:
    """The marked line, the place, and what was folded, filtered and sorted, by ident of a group.

    The empty ident stands for the whole list; every list looks only at what it knows of.
    """

    line: str = ""
    """Ident of the marked item; empty where nobody has been there yet."""
    scroll: int = 0
    """How many rows it is scrolled down."""
    folds: Mapping[str, bool] = field(default_factory=dict)
    """Groups and lines that were opened, or folded."""
    filters: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    typing: str | None = None
    """The group whose filter is being typed; None where nobody types."""
    shown: Mapping[str, int] = field(default_factory=dict)
    """How many entries of which group are shown, in lists whose groups do not fold, where not the first few."""
    rows: int = 40
    """How many rows there are to see it on."""
