"""Who says so: the evidence of one line, as prepared lines, source by source."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from db.model import Evidence
from tui.explorer.pages.details import source_target
from tui.explorer.pages.items import BLANK, NUMBER, Item, Row, Target, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import wording


def evidence_items(evidence: Iterable[Evidence], cells: int, symbols: Symbols) -> tuple[Item, ...]:
    """Return each source with the places in it, and for each place how it is known; nobody is told so too."""
    cells = max(cells, 8)
    by_source: dict[str, list[Evidence]] = {}
    for found in evidence:
        by_source.setdefault(found.source.key, []).append(found)
    items: list[Item] = []
    for places in by_source.values():
        items += [BLANK] if items else []
        items.append(_source(places[0], cells, symbols))
        column = min(max(length((piece(_where(place)),)) for place in places), cells // 2)
        items += [_place(place, column, cells) for place in places]
    if not items:
        words = wrap("No source is named for this line.", cells)
        return (Item(tuple((piece(line, "dim"),) for line in words), "none"),)
    return tuple(items)


def _where(evidence: Evidence) -> str:
    return evidence.locator or "place not stated"


def _source(evidence: Evidence, cells: int, symbols: Symbols) -> Item:
    """Return a source; it leads to the document where that has a page."""
    source = evidence.source
    target = source_target(source)
    style = "link" if target else "prose"
    first, *others = wrap(source.title, cells - 4, 3)
    sign = piece(f"{symbols.document} ", "kind-document")
    rows: list[Row] = [(NUMBER if target else piece("  "), sign, piece(first, style))]
    rows += [(piece("    "), piece(line, style)) for line in others]
    rows += [(piece("    "), piece(line, "dim")) for line in wrap(wording.source_words(source), cells - 4, 2)]
    if source.url:
        rows += [(piece("    "), piece(line, "dim")) for line in wrap(source.url, cells - 4, 2)]
    copy = copied(source.key, source.title, source.publisher, source.date, source.url)
    return Item(tuple(rows), f"source:{source.key}", target, copy=copy)


def _place(evidence: Evidence, column: int, cells: int) -> Item:
    """Return a place in a source and how it is known; a claim leads to who claims it."""
    target = None
    if evidence.claimant:
        target = Target(evidence.claimant, evidence.claimant_name or evidence.claimant, "")
    style = f"basis-{evidence.basis}" if evidence.basis in ("stated", "claimed", "inferred") else "prose"
    room = cells - 6 - column
    where = [piece(line, "dim") for line in wrap(_where(evidence), column, 6)]
    how = [piece(line, style) for line in wrap(wording.basis_words(evidence), room, 8)]
    if evidence.quote:
        how += [piece(line, "quote") for line in wrap(f"“{evidence.quote}”", room, 12)]
    rows: list[Row] = []
    for n, (left, right) in enumerate(zip_longest(where, how, fillvalue=piece(""))):
        gap = piece(" " * (column - length((left,)) + 2))
        rows.append((NUMBER if n == 0 and target else piece("  "), piece("  "), left, gap, right))
    copy = copied(wording.evidence_words(evidence), evidence.quote)
    return Item(tuple(rows), f"place:{evidence.id}", target, copy=copy)
