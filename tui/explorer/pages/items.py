"""Prepared lines: what a list shows, made of safe pieces of text, each with the name of its style.

Every text enters through `piece`, so that nothing imported reaches the terminal as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.text.page_parts import Target
from tui.text.safe import clip, visible, width
from tui.text.values import Claim
from tui.text.who_says import Says

if TYPE_CHECKING:
    from tui.explorer.views.question import ViewQuestion


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text in one style; made by `piece`."""

    text: str
    style: str = ""


_SPACE = re.compile(r"[ \t\r\n]+")
"""White space in prose, which may be broken anywhere; other controls are shown."""

Row = tuple[Piece, ...]
"""One row of the screen."""

NUMBER = Piece("  ", "number")
"""Where a list shows the number that follows a link."""


INDENT = 4
"""Cells before the name of a record: its number and its sign."""
AIR = Piece(" " * INDENT)

PROSE = 96
"""Cells that a line of prose takes at most, so that the eye finds the next."""


class LineKeys(NamedTuple):
    """What tells a line before it is made: its ident, what a filter looks into, and what it is sorted by."""

    ident: str
    text: str
    name: str = ""
    since: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One thing in a list, on one or more rows; `stops` where the mark can stand on it."""

    rows: tuple[Row, ...]
    ident: str = ""
    """The same for the same thing when a list is prepared anew, so that the mark stays with it."""
    target: Target | None = None
    more: str | None = None
    """The group of which choosing the item shows more."""
    evidence: tuple[int, ...] = ()
    claims: tuple[Claim, ...] = ()
    """Who states what of the details that it tells, where not all say the same."""
    copy: str = ""
    """The item as a line of text, tab between its parts."""
    stops: bool = True
    search: str = ""
    """What choosing the item searches for."""
    view: ViewQuestion | None = None
    """The view that choosing the item opens, where that is no record's page."""
    deed: str = ""
    """What choosing the item writes to the register, as the words of a command: `undo 7`."""
    under: tuple[Row, ...] = ()
    """Rows that it has as well when it is unfolded."""
    told: tuple[str, ...] = ()
    """All that it says where its rows have not the room: what it names, then what is said of that."""
    fold: str = ""
    """The group that it heads, which choosing it folds or opens."""
    is_open: bool = False
    """Whether that group is open."""
    keys: LineKeys | None = None
    """What it is sorted and filtered by; its text where nothing else is said."""
    says: tuple[Says, ...] = ()
    """Who says what it tells, where that is known by name alone."""
    apart: tuple[Row, ...] = ()
    """What the line above it and others says of it, where it is shown away from these."""

    @property
    def leads(self) -> bool:
        """Whether choosing the item opens something in the reading pane."""
        return self.target is not None or self.view is not None


BLANK = ListItem(((),), stops=False)
"""A row of air."""


def piece(text: str, style: str = "", limit: int | None = None) -> Piece:
    """Return a piece of text that is safe to show, cut to `limit` cells."""
    return Piece(visible(text) if limit is None else clip(text, limit), style)


def length(row: Iterable[Piece]) -> int:
    """Return the cells that a row takes."""
    return sum(width(part.text) for part in row)


def wrap(text: str, cells: int, most: int | None = None) -> list[str]:
    """Return safe lines of at most `cells` cells, broken at blanks, an ellipsis last where `most` cut them."""
    cells = max(cells, 1)
    if most is not None:
        text = text[: most * cells * 2 + 1]
    lines: list[str] = []
    line = ""
    for word in visible(_SPACE.sub(" ", text)).split(" "):
        if line and width(line) + 1 + width(word) <= cells:
            line += " " + word
            continue
        if line:
            lines.append(line)
        *full, line = _chop(word, cells)
        lines += full
        if most is not None and len(lines) > most:
            break
    lines += [line] if line else []
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        lines = [*lines[: most - 1], last + "…" if width(last) < cells else clip(last + "…", cells)]
    return lines or [""]


def _chop(word: str, cells: int) -> list[str]:
    """Return a word in parts of at most `cells` cells."""
    parts = []
    while width(word) > cells:
        at = len(clip(word, cells + 1)) - 1 if not word.isascii() else cells
        at = max(at, 1)
        parts.append(word[:at])
        word = word[at:]
    return [*parts, word]


@dataclass(slots=True)
class ListEntry:
    """One line of a group before it has its place: rows as wide as the group's body."""

    rows: list[Row]
    ident: str
    target: Target | None = None
    copy: str = ""
    view: ViewQuestion | None = None
    search: str = ""
    stops: bool = True


@dataclass(slots=True)
class ListGroup:
    """Entries under one label; `total` is shown beside it where it says more than the eye."""

    label: str
    entries: list[ListEntry]
    total: int | None = None
    style: str = "label"


class Frame:
    """Two columns, labels left and bodies right, for a width; in a narrow one labels stand above their bodies."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self.stacked = self.cells < 48
        self.label = 2 if self.stacked else 20 if self.cells >= 70 else 16
        self.body = self.cells - self.label

    def section(self, groups: Iterable[ListGroup]) -> list[ListItem]:
        """Return groups under each other, with air before the first; nothing where none holds anything."""
        items = [item for group in groups if group.entries for item in self.items(group)]
        return [BLANK, *items] if items else []

    def items(self, group: ListGroup) -> list[ListItem]:
        """Return the group's entries as items, its label beside (or above) the first."""
        total = "" if group.total is None else f"{group.total:,}"
        if self.stacked:
            heading: list[Row] = [(piece(group.label, group.style, self.cells - 8), piece(f" {total}", "count"))]
            return [
                _item(entry, (heading if n == 0 else []) + [(Piece("  "), *row) for row in entry.rows])
                for n, entry in enumerate(group.entries)
            ]
        labels = self._label_rows(group.label, total, group.style)
        items = []
        for n, entry in enumerate(group.entries):
            rows = list(entry.rows)
            if n == len(group.entries) - 1:
                rows += [()] * (len(labels) - len(rows))
            beside, labels = labels[: len(rows)], labels[len(rows) :]
            beside += [()] * (len(rows) - len(beside))
            items.append(_item(entry, [self._beside(*pair) for pair in zip(beside, rows, strict=True)]))
        return items

    def _label_rows(self, label: str, total: str, style: str) -> list[Row]:
        """Return the label in rows of its column, the total at the right end of the first."""
        cells = self.label - 2 - (len(total) + 1 if total else 0)
        first, *others = wrap(label, cells, 3)
        rows: list[Row] = [(piece(line, style),) for line in (first, *others)]
        if total:
            gap = Piece(" " * (self.label - 2 - len(total) - width(first)))
            rows[0] = (*rows[0], gap, piece(total, "count"))
        return rows

    def _beside(self, label: Row, body: Row) -> Row:
        return (*label, Piece(" " * max(self.label - length(label), 0)), *body)


def _item(entry: ListEntry, rows: list[Row]) -> ListItem:
    return ListItem(
        tuple(rows), entry.ident, entry.target, copy=entry.copy, stops=entry.stops, search=entry.search, view=entry.view
    )


def copied(*parts: str | None) -> str:
    """Return parts as a line to copy: safe, tab between them, empty ones left out."""
    return "\t".join(visible(part) for part in parts if part)


AGAIN = "ask again"
"""What choosing the line that says why asks for."""


def failed_items(why: str, before: Sequence[ListItem], cells: int) -> tuple[ListItem, ...]:
    """Return why there is no answer and how to ask again, then the items from before."""
    rows = [(piece(line, "failed"),) for line in wrap(why, cells)]
    rows += [(piece(line, "more"),) for line in wrap("Enter asks again", cells)]
    return _above(ListItem(tuple(rows), "failed", more=AGAIN, copy=piece(why).text), before)


def awaited_items(what: str, before: Sequence[ListItem], cells: int) -> tuple[ListItem, ...]:
    """Return what is being read, then the items from before."""
    rows = tuple((piece(line, "more"),) for line in wrap(f"Reading {what}", cells))
    return _above(ListItem(rows, "awaited", stops=False), before)


def _above(head: ListItem, before: Sequence[ListItem]) -> tuple[ListItem, ...]:
    return (head, BLANK, *(_greyed(item) for item in before)) if before else (head,)


def _greyed(item: ListItem) -> ListItem:
    rows = tuple(tuple(Piece(part.text if part is not NUMBER else "  ", "stale") for part in row) for row in item.rows)
    return ListItem(rows, item.ident, stops=False)
