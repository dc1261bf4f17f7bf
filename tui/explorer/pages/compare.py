"""Two records beside each other, laid out for a width: what both tell and are linked to, then what only one has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.explorer.list_state import PAGE
from tui.explorer.pages.beside import beside, named, said, told_fold
from tui.explorer.pages.folding import ListPart
from tui.explorer.pages.items import AIR, BLANK, INDENT, LineKeys, ListItem, Piece, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import compare as words
from tui.text import phrases
from tui.text.page_parts import RecordPage, Target
from tui.text.safe import width

_GAP = 2
_BESIDE = 64
"""Cells from which on the two stand beside their label; in fewer they stand below it."""
_LEAST = 18
"""Cells of a side from which on the two stand beside each other; in fewer they stand below each other."""
_LABEL = 24
"""Cells that a label takes at most; what both are linked to takes two fifths of the line."""
_ROWS = 8
"""Rows that one text takes at most."""


class _Columns(NamedTuple):
    """The cells of a label and of each side; none of a side where the two stand below each other."""

    label: int
    side: int
    are_below: bool = False
    """Whether the sides stand below the label."""

    @property
    def whole(self) -> int:
        """The cells of both sides as one."""
        return 2 * self.side + _GAP


def compare_items(found: words.Comparison, cells: int, symbols: Symbols) -> tuple[ListPart, ...]:
    """Return the lines of a comparison; what records are linked to in groups that fold, open where they are short."""
    items: list[ListPart] = [_head(page, cells, symbols) for page in found.pages]
    common = words.in_common(found.common)
    items.append(said(common, cells, ident="common"))
    parts = tuple(words.parts(found))
    column = max((width(group.heading or "") for _, groups in parts for group in groups), default=0)
    for title, groups in parts:
        items += [BLANK, _title(title, groups[0], found, cells)]
        for group in groups:
            items += _group(group, found, cells, symbols, min(column, cells // 2))
    if left_out := words.left_out(found):
        items += [BLANK, said(left_out, cells, ident="left-out", stops=True)]
    return tuple(items)


def _head(page: RecordPage, cells: int, symbols: Symbols) -> ListItem:
    """Return one of the two, as a line that leads to its page."""
    target = Target(page.key, page.name, page.kind)
    rows = named(target, cells, symbols, style="name")
    code = piece(phrases.code(page.key), "dim", max(cells - INDENT, 8))
    if code.text and length((*rows[-1], code)) + 2 <= cells:
        rows[-1] = (*rows[-1], piece("  "), code)
    elif code.text:
        rows.append((AIR, code))
    copy = copied(page.key, page.name, page.about, page.standing)
    return ListItem(
        tuple(rows), f"head:{page.key}", target, evidence=page.evidence.every, claims=page.claims, copy=copy
    )


def _title(title: str, group: words.PairedGroup, found: words.Comparison, cells: int) -> ListItem:
    """Return a title; over what both have their names again, each over its column."""
    columns = _columns(group, cells)
    together = group.of is None and columns.side
    rows: list[Row] = [(piece(line, "label"),) for line in wrap(title, columns.label if together else cells)]
    if together:
        one, other = ([(piece(row, "dim"),) for row in wrap(page.name, columns.side, 3)] for page in found.pages)
        rows = _with_sides(rows, list(beside(one, other, columns.side + _GAP)), columns)
    return ListItem(tuple(rows), f"title:{title}", stops=False)


def _columns(group: words.PairedGroup, cells: int) -> _Columns:
    """Return how a group's lines are laid out; what names records has room for their names."""
    if cells < _BESIDE:
        side = (cells - INDENT - _GAP) // 2
        return _Columns(cells, side if side >= _LEAST else 0, are_below=True)
    label = max(2 * cells // 5 if group.heading else min(_LABEL, cells // 4), 12)
    return _Columns(label, (cells - label - 2 * _GAP) // 2)


def _group(
    group: words.PairedGroup, found: words.Comparison, cells: int, symbols: Symbols, column: int
) -> Iterator[ListPart]:
    """Yield the lines of a group, under its heading if it has one; the numbers stand behind so many cells."""
    ident, columns = f"{group.section}:{group.of}:{group.heading}", _columns(group, cells)

    def make(n: int) -> ListItem:
        return _line(group.lines[n], ident, found, columns, symbols)

    if not group.heading:
        yield from map(make, range(len(group.lines)))
        return
    keys = [LineKeys(f"{ident}:{line.ident}", " ".join((line.label, *line.texts)), line.label) for line in group.lines]
    heading = phrases.capital(group.heading)
    yield told_fold(ident, heading, keys, make, is_open=group.of is None or len(keys) <= PAGE, column=column)


def _line(line: words.PairedLine, group: str, found: words.Comparison, columns: _Columns, symbols: Symbols) -> ListItem:
    """Return what both say under a label: beside each other, or as one where it is the same or only one says it."""
    label = _label(line, columns.label, symbols)
    sides = list(words.told(line, found))
    style = "dim" if line.target else "prose"
    body: list[Row]
    if not columns.side:
        body = [(AIR, one) for who, text, _ in sides for one in _told(who, text, style, columns.label - INDENT)]
        rows = [*label, *body]
    else:
        if len(sides) == 1:
            body = [(one,) for one in _told(sides[0][0], sides[0][1], style, columns.whole)]
        else:
            one, other = ([(piece(row, style),) for row in wrap(text, columns.side, _ROWS)] for text in line.texts)
            body = list(beside(one, other, columns.side + _GAP))
        rows = _with_sides(label, body, columns)
    evidence = tuple(dict.fromkeys(one for side in line.evidence for one in side))
    copy = copied(line.label, line.target.key if line.target else "", *line.texts)
    return ListItem(tuple(rows), f"{group}:{line.ident}", line.target, evidence=evidence, copy=copy)


def _with_sides(label: list[Row], sides: list[Row], columns: _Columns) -> list[Row]:
    """Return the sides beside their label, or below it."""
    if columns.are_below:
        return [*label, *((AIR, *row) for row in sides)]
    return list(beside(label, sides, columns.label + _GAP))


def _told(who: str, text: str, style: str, cells: int) -> list[Piece]:
    """Return rows of what is told, and of whom."""
    return [piece(row, style) for row in wrap(f"{who}: {text}" if who else text, cells, _ROWS)]


def _label(line: words.PairedLine, cells: int, symbols: Symbols) -> list[Row]:
    """Return the label in rows, or the record that is linked with its number and sign."""
    if line.target is None:
        return [(piece("  "), piece(row, "label")) for row in wrap(line.label, cells - 2, 3)]
    return named(line.target, cells, symbols, style="dim" if line.style == "past" else "link")
