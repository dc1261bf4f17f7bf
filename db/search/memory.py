"""What searches read of a register, kept for the next keystroke, which asks for most of it again.

Only what was read is kept, never an answer, and all of it is forgotten as soon as the register is another.
"""

import sqlite3
from typing import NamedTuple, Self

from db.search.layout import RECORD_MASK

_MOST_ROWS = 4000
_MOST_LISTS = 400


class SearchText(NamedTuple):
    """A record's search text, by its index id."""

    id: int
    own: str
    initials: str
    place: str
    more: str
    tied: str
    text: str
    """All words it is found by, those of its names first, with a space before and after each."""

    @property
    def record_id(self) -> int:
        """The number of the record."""
        return self.id & RECORD_MASK


class Shown(NamedTuple):
    """What lists show of a record, and what tells how it stood on a day."""

    record_id: int
    key: str
    kind: str
    type: str | None
    name: str
    status: str | None
    open: int | None
    town: str | None
    postcode: str | None
    opened: str | None
    closed: str | None
    gone: str | None


class Memory:
    """The rows and lists that the searches of one connection have read."""

    def __init__(self, *, is_kept: bool = True) -> None:
        """Make an empty one; one that is not kept for further searches spares one search to read anything twice."""
        self.is_kept = is_kept
        self.rows: dict[int, SearchText] = {}
        """Search texts by index id."""
        self.shown: dict[int, Shown] = {}
        self.links: dict[int, tuple[int, int]] = {}
        """What the links of records tell, as ranking has it."""
        self.few: dict[tuple[object, ...], list[SearchText] | None] = {}
        """What some words find where that is little; None where it is much."""
        self.listed: dict[str, tuple[int, ...] | None] = {}
        """Records that SQL of a filter finds where they are few; None where they are many."""
        self.numbers: dict[tuple[object, ...], int] = {}
        """How many records there are between two index ids that pass filters, or that an expression finds."""
        self.codes: dict[tuple[str, bool], list[int]] = {}
        """Records by what may be their code."""
        self.schemes: list[str] = []
        """Those that keys begin with."""
        self.roles: dict[str, list[str]] = {}
        """Roles by the last words of their names."""
        self.sorts: dict[str, dict[str, frozenset[str]]] = {}
        """The words for sorts of body with their types: of all, and apart of those that have ended as a whole."""
        self.stamp = ""
        """Of the words of the index."""
        self._state: tuple[int, int] | None = None

    def begin(self, conn: sqlite3.Connection) -> Self:
        """Forget what may not hold any more; a search calls it once, before it reads."""
        state = (conn.execute("PRAGMA data_version").fetchone()[0], conn.total_changes)
        if state != self._state:
            self._state = state
            self.stamp = ""
            self.schemes = []
            self.roles = {}
            self.sorts = {}
            for kept in (self.rows, self.shown, self.links, self.few, self.numbers, self.listed, self.codes):
                kept.clear()
        for rows in (self.rows, self.shown, self.links):
            if len(rows) > _MOST_ROWS:
                rows.clear()
        for lists in (self.few, self.numbers, self.listed, self.codes):
            if len(lists) > _MOST_LISTS:
                lists.clear()
        return self
