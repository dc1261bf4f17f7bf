"""A record's page laid out for a width, links numbered and long groups cut; and who says what one of its lines says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.explorer.pages.evidence import AIR, INDENT, source_rows
from tui.explorer.pages.items import (
    NUMBER,
    Frame,
    ListEntry,
    ListGroup,
    ListItem,
    Row,
    copied,
    length,
    piece,
    wrap,
)
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.page_parts import PageGroup, PageLine, PageSection, RecordPage
from tui.text.record_page import record_page

if TYPE_CHECKING:
    from db.model import Record

HEAD = "head"
"""Ident of the first item: the record itself; those of other views begin so."""

PAGE = 10
"""Entries of a group that show at first."""

STEP = 500
"""Entries that choosing "more" adds: enough for most, few enough to be prepared between two key presses."""

_PROSE = 96
"""Cells that a line of prose takes at most, so that the eye finds the next."""

_ROWS = 12
"""Rows that one statement takes at most."""


def record_items(record: Record, cells: int, symbols: Symbols, shown: Mapping[str, int]) -> tuple[ListItem, ...]:
    """Return a record's lines for a width; `shown` says how many entries of which group, where not the first ten."""
    frame = Frame(cells)
    page = record_page(record, lambda ident: shown.get(ident, PAGE), printed=False)
    parted = (frame.section(_groups(section, frame, symbols)) for section in _together(page.sections))
    return (_head(page, frame.cells, symbols), *(item for items in parted for item in items))


def first_stop(items: tuple[ListItem, ...], came_from: str | None) -> str:
    """Return which item to mark when a record opens: the first link that does not lead straight back."""
    links = [item for item in items if item.leads and not item.ident.startswith(HEAD)]
    onward = next((item for item in links if item.target is None or item.target.key != came_from), None)
    chosen = onward or (links[0] if links else None)
    return chosen.ident if chosen else HEAD


def _head(page: RecordPage, cells: int, symbols: Symbols) -> ListItem:
    """Return what the record is: name, standing, key, summary."""
    sign = piece(f"{symbols.of(page.kind)} ", f"kind-{page.kind}")
    name = wrap(page.name, cells - 2, 3)
    rows: list[Row] = [(sign, piece(name[0], "name")), *((piece("  "), piece(line, "name")) for line in name[1:])]
    first, *others = wrap(page.standing or page.key, cells - 2, 3)
    line: Row = (piece("  "), piece(first, page.style))
    key = piece(page.key, "dim", cells - 2)
    if not page.standing:
        rows.append((piece("  "), key))
    elif not others and length(line) + length((key,)) + 3 <= cells:
        rows.append((*line, piece(symbols.dot, "dim"), key))
    else:
        rows += [line, *((piece("  "), piece(text, page.style)) for text in others), (piece("  "), key)]
    if page.summary:
        rows.append(())
        rows += [(piece("  "), piece(text, "prose")) for text in wrap(page.summary, min(cells - 2, _PROSE))]
    copy = copied(page.key, page.name, page.about, page.standing)
    return ListItem(tuple(rows), HEAD, evidence=page.evidence.every, claims=page.claims, copy=copy)


def _together(sections: Sequence[PageSection]) -> list[tuple[PageSection, ...]]:
    """Return the sections with those in one that stand under each other without air: names, codes and details."""
    short = ("names", "codes", "details")
    last = tuple(section for section in sections if section.name in short)
    found: list[tuple[PageSection, ...]] = [(one,) for one in sections if one.name not in short]
    if last:
        found.insert(len(found) - any(one.name == "evidence" for one in sections), last)
    return found


def _groups(sections: Sequence[PageSection], frame: Frame, symbols: Symbols) -> list[ListGroup]:
    """Return the groups of sections, each with an entry that says how many more there are, and shows them if chosen."""
    groups = []
    for section in sections:
        for told in section.groups:
            group = ListGroup(_capital(told.label or section.title), _entries(section.name, told, frame, symbols))
            group.total = told.total if told.counted else None
            group.style = "separate-label" if section.name == "separate" else "label"
            left = told.total - len(told.lines)
            if left > 0:
                words = f"… {left:,} more, Enter shows " + ("them" if left <= STEP else f"the next {STEP}")
                rows: list[Row] = [(piece(line, "more"),) for line in wrap(words, frame.body)]
                group.entries.append(ListEntry(rows, f"more:{told.ident}", more=told.ident))
            groups.append(group)
    return groups


def _capital(label: str) -> str:
    """Return a label as it begins a line."""
    return label[:1].upper() + label[1:]


def _entries(section: str, group: PageGroup, frame: Frame, symbols: Symbols) -> list[ListEntry]:
    """Return the entries of a group, laid out as the lines of its section are."""
    if section == "links":
        room = frame.body - INDENT
        column = _column(group.lines, room)
        rows = [_linked(line, column, room, symbols) for line in group.lines]
    elif section == "evidence":
        rows = [source_rows(line, _cited(line), frame.body, symbols) for line in group.lines]
    elif section == "timeline":
        column = max(length((piece(line.date),)) for line in group.lines) + 2
        rows = [_dated(line, column, frame) for line in group.lines]
    elif section in ("names", "codes"):
        rows = [_told(line, frame) for line in group.lines]
    else:
        style = "separate" if section == "separate" else "prose"
        rows = [[(piece(text, style),) for text in wrap(line.text, frame.body, _ROWS)] for line in group.lines]
    return [
        ListEntry(row, line.ident, line.target, evidence=_evidence(line), claims=line.claims, copy=copied(*line.copy))
        for line, row in zip(group.lines, rows, strict=True)
    ]


def _evidence(line: PageLine) -> tuple[int, ...]:
    """Return the evidence of a line and of what stands under it."""
    return tuple(dict.fromkeys([*line.evidence, *(one for under in line.under for one in under.evidence)]))


def _column(lines: Sequence[PageLine], room: int) -> int:
    """Return how wide the names of links may be, so that what is said of them stands in a column beside them."""
    widest = max(length((piece(line.text),)) for line in lines)
    return min(widest, max(room - max(length((piece(line.about),)) for line in lines) - 2, 0))


def _linked(line: PageLine, column: int, room: int, symbols: Symbols) -> list[Row]:
    """Return a link's number, sign and name, what is said of it beside that or, for want of room, below; its facts."""
    style = line.style if line.style == "standing" else "dim"
    sign = piece(f"{symbols.of(line.kind)} ", f"kind-{line.kind}")
    name, words = piece(line.text[: room + 1], "link"), piece(line.about, style)
    spare = room - length((name, words))
    rows: list[Row]
    if line.about and spare >= 2:
        gap = piece(" " * min(max(column - length((name,)), 0) + 2, spare))
        rows = [(NUMBER, sign, name, gap, words)]
    elif not line.about and spare >= 0:
        rows = [(NUMBER, sign, name)]
    else:
        first, *others = wrap(line.text, room, 2)
        rows = [(NUMBER, sign, piece(first, "link")), *((AIR, piece(text, "link")) for text in others)]
        rows += [(AIR, piece(text, style)) for text in wrap(line.about, room, 2) if line.about]
    for fact in line.under:
        words_of_it = f"{fact.label}: {fact.text}" if fact.label else fact.text
        rows += [(AIR, piece(text, "dim")) for text in wrap(words_of_it, room, 4)]
    return rows


def _cited(source: PageLine) -> str:
    return phrases.joined(source.about, phrases.count(len(source.evidence), "reference"))


def _dated(line: PageLine, column: int, frame: Frame) -> list[Row]:
    """Return what happened, its date in a column where there is room."""
    when = piece(line.date, "date")
    words = f"{line.label}: {line.text}" if line.label else line.text
    if column > frame.body // 2:
        rows: list[Row] = [(piece(when.text, "date", frame.body),)]
        return rows + [(piece(text, "prose"),) for text in wrap(words, frame.body, _ROWS)]
    first, *others = wrap(words, frame.body - column, _ROWS)
    rows = [(when, piece(" " * (column - length((when,)))), piece(first, "prose"))]
    return rows + [(piece(" " * column), piece(text, "prose")) for text in others]


def _told(line: PageLine, frame: Frame) -> list[Row]:
    """Return a name or code and what is to be said of it, on one row where both fit."""
    value, words = piece(line.text, "prose"), piece(line.about, "dim")
    if length((value, words)) + 2 <= frame.body:
        return [(value, piece("  "), words)]
    rows: list[Row] = [(piece(text, "prose"),) for text in wrap(line.text, frame.body, 6)]
    return rows + [(piece(text, "dim"),) for text in wrap(line.about, frame.body, 2)]
