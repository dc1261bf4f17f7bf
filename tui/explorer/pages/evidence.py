"""Who says so: the evidence of one line, as prepared lines, source by source."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from db.model import Evidence
from tui.explorer.pages.items import BLANK, NUMBER, ListItem, Row, copied, length, piece, wrap
from tui.explorer.pages.record import source_rows
from tui.explorer.symbols import Symbols
from tui.text.record_page import PageLine, source_lines


def evidence_items(evidence: Iterable[Evidence], cells: int, symbols: Symbols) -> tuple[ListItem, ...]:
    """Return each source with the places in it, and for each place how it is known; nobody is told so too."""
    cells = max(cells, 8)
    items: list[ListItem] = []
    for source in source_lines(evidence):
        items += [BLANK] if items else []
        items.append(_source(source, cells, symbols))
        column = min(max(length((piece(_where(place)),)) for place in source.under), cells // 2)
        items += [_place(place, column, cells) for place in source.under]
    if not items:
        words = wrap("No source is named for this line.", cells)
        return (ListItem(tuple((piece(line, "dim"),) for line in words), "none"),)
    return tuple(items)


def _where(place: PageLine) -> str:
    return place.text or "no place given"


def _source(source: PageLine, cells: int, symbols: Symbols) -> ListItem:
    """Return a source; it leads to the document where that has a page."""
    rows = source_rows(source, source.about, cells, symbols)
    if source.url:
        rows += [(piece("    "), piece(line, "dim")) for line in wrap(source.url, cells - 4, 2)]
    return ListItem(tuple(rows), source.ident, source.target, copy=copied(*source.copy))


def _place(place: PageLine, column: int, cells: int) -> ListItem:
    """Return a place in a source and how it is known; a claim leads to who claims it."""
    room = cells - 6 - column
    where = [piece(line, "dim") for line in wrap(_where(place), column, 6)]
    how = [piece(line, place.style) for line in wrap(place.about, room, 8)]
    if place.quote:
        how += [piece(line, "quote") for line in wrap(place.quote, room, 12)]
    rows: list[Row] = []
    for n, (left, right) in enumerate(zip_longest(where, how, fillvalue=piece(""))):
        gap = piece(" " * (column - length((left,)) + 2))
        rows.append((NUMBER if n == 0 and place.target else piece("  "), piece("  "), left, gap, right))
    return ListItem(tuple(rows), place.ident, place.target, copy=copied(*place.copy))
