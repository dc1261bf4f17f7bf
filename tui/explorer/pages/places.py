"""Where records are: a map in characters, and beside or below it the postcode areas with what is in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from db.reports import Places, PostcodeArea
from tui.explorer.list_state import ListState
from tui.explorer.pages.beside import said
from tui.explorer.pages.items import BLANK, NUMBER, ListItem, Piece, Row, copied, length, piece
from tui.explorer.symbols import Symbols
from tui.text import places as words
from tui.text.page_parts import Target

_BESIDE = 116
"""Cells from which on the areas stand beside the map."""
_BAR = 16
_NUMBER = 7
_AROUND = 6
"""Rows above and below the areas, about."""


def place_items(found: Places, search: str, cells: int, symbols: Symbols, state: ListState) -> tuple[ListItem, ...]:
    """Return the map and the areas; choosing one shows what is there, or searches for it with the words of `search`.

    What fits on the screen is shown to begin with.
    """
    head = [said(words.headline(found), cells, ident="headline", style="name", stops=bool(found.areas)), BLANK]
    drawn = [_drawn(row) for row in words.map_rows(found, cells)] if found.total else []
    left = length(drawn[0]) + 2 if drawn and cells >= _BESIDE else 0
    room = state.rows - _AROUND - (0 if left else len(drawn))
    at_first = found.total if found.total + len(found.areas) <= room else 0
    most = max((one.number for one in found.areas), default=0)
    areas = [
        item
        for one in found.areas
        for item in _area(one, most, search, cells - left, symbols, state.shown.get(one.area, at_first))
    ]
    if left:
        areas = list(_beside(drawn, areas, left))
    elif drawn:
        head += [ListItem((row,), stops=False) for row in drawn]
        head += [said(words.MANY, cells, ident="legend")] if words.is_cut(words.map_rows(found, cells)) else []
        head.append(BLANK)
    remarks = [said(text, cells, ident=f"remark:{text[:20]}") for text in words.remarks(found)]
    return (*head, *areas, *([BLANK] if remarks else []), *remarks)


def _drawn(row: Sequence[words.MapTile]) -> Row:
    """Return a row of the map: what has something stands out."""
    parts: list[Piece] = []
    for tile in row:
        here = piece(tile.area, "link" if tile.number else "dim")
        number = piece(tile.number, "count")
        parts += [here, number, Piece(" " * (tile.width - length((here, number))))]
    return tuple(parts)


def _area(one: PostcodeArea, most: int, search: str, cells: int, symbols: Symbols, shown: int) -> Iterator[ListItem]:
    """Yield an area with its number as a bar, then what is there as far as that was asked for."""
    bar = piece("█" * max(round(_BAR * one.number / most), 1), "count")
    number = piece(f"{one.number:,}".rjust(_NUMBER), "count")
    room = max(cells - 6 - _NUMBER - (_BAR + 2 if cells >= 60 else 0), 4)
    towns = piece(words.towns(one), "dim", room)
    row: Row = (piece(f"  {one.area:<4}", "link"), towns, piece(" " * (room - length((towns,)))), number)
    if cells >= 60:
        row = (*row, piece("  "), bar)
    opens = f"{search} postcode:{one.area}".strip() if not one.records and search else ""
    more = one.area if one.records and len(one.records) > shown else None
    copy = copied(one.area, f"{one.number:,}", words.towns(one))
    yield ListItem((row,), f"area:{one.area}", more=more, search=opens, copy=copy)
    for record in one.records[:shown]:
        sign = piece(f"{symbols.of(record.kind)} ", f"kind-{record.kind}")
        where = piece(f"  {record.town or ''} {record.postcode}".rstrip(), "dim")
        name = piece(record.name, "link", max(cells - 8 - length((where,)), 8))
        target = Target(record.key, record.name, record.kind)
        copy = copied(record.key, record.name, record.town, record.postcode)
        rows = ((piece("    "), NUMBER, sign, name, where),)
        yield ListItem(rows, f"area:{one.area}:{record.key}", target, copy=copy)


def _beside(drawn: Sequence[Row], items: Sequence[ListItem], column: int) -> Iterator[ListItem]:
    """Yield items with the rows of the map left of theirs, one for each row of the map at least."""
    rows = iter(drawn)

    def left() -> Row:
        row = next(rows, ())
        return (*row, Piece(" " * (column - length(row))))

    for item in items:
        yield replace(item, rows=tuple((*left(), *row) for row in item.rows))
    for row in rows:
        yield ListItem((row,), stops=False)
