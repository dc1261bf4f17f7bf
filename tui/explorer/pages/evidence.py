"""Who says what a line of a record's page says: each source with its places, and each value where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tui.explorer.pages.items import AIR, BLANK, INDENT, NUMBER, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import evidence_words
from tui.text.page_parts import PageLine
from tui.text.page_sources import source_lines
from tui.text.values import Claim
from tui.text.who_says import Says

if TYPE_CHECKING:
    from db.model import Evidence

_TITLE_ROWS = 6
"""Rows that a title or an address takes at most."""


def evidence_of(line: PageLine) -> tuple[int, ...]:
    """Return the evidence of a line and of what stands under it."""
    return tuple(dict.fromkeys([*line.evidence, *(one for under in line.under for one in under.evidence)]))


_MOST = 200
"""Lines of a group up to which its header tells the sources of them all."""


def evidence_of_all(lines: Sequence[PageLine]) -> tuple[int, ...]:
    """Return the evidence of the lines under a header, of very many none: each line has its own."""
    return tuple(dict.fromkeys(one for line in lines for one in evidence_of(line))) if len(lines) <= _MOST else ()


def says_items(says: Sequence[Says], cells: int) -> tuple[ListItem, ...]:
    """Return who says what, of sources that are known by name alone."""
    items = []
    for n, one in enumerate(says):
        sign, style = ("✓ ", "name") if one.agrees else ("✗ ", "prose")
        rows: list[Row] = [(piece(row, style),) for row in wrap(f"{sign}{one.source}", cells, 3)]
        rows += [(piece("  "), piece(row, "dim")) for row in wrap(one.where, cells - 2, 3)]
        items.append(ListItem(tuple(rows), f"says:{n}", copy=copied(one.source, one.where)))
    return tuple(items)


def evidence_items(
    wanted: Sequence[int], claims: Sequence[Claim], proofs: Mapping[int, Evidence], cells: int, symbols: Symbols
) -> tuple[ListItem, ...]:
    """Return each source with the places in it, and for each place how it is known; nobody is told so too.

    Where not all say the same of a line, each value has those who state it under it.
    """
    items: list[ListItem] = []
    if not {number for claim in claims for number in claim.evidence}.issuperset(wanted):
        items += _sources(wanted, proofs, cells, symbols)
    for n, claim in enumerate(claims):
        items += [BLANK] if items else []
        items.append(_claim(claim, cells))
        sources = _sources(claim.evidence, proofs, cells, symbols, brief=True)
        items += (replace(one, ident=f"claim:{n}:{one.ident}") for one in sources)
    if not items:
        words = wrap("No source is named for this line.", cells)
        return (ListItem(tuple((piece(line, "dim"),) for line in words), "none"),)
    return tuple(items)


def told_items(told: Sequence[str], cells: int) -> tuple[ListItem, ...]:
    """Return all that is said of a line, above those who say so: what it names, then each thing said of that."""
    rows = [(piece(text, "dim" if n else "name"),) for n, words in enumerate(told) for text in wrap(words, cells, 12)]
    return (ListItem(tuple(rows), "told", stops=False), BLANK) if rows else ()


def _claim(claim: Claim, cells: int) -> ListItem:
    """Return a value that is stated of a detail, and why it is shown or not."""
    text = f"{'✓' if claim.chosen else '✗'} {claim.label}: {claim.text}"
    value, words = piece(text, "name" if claim.chosen else "prose"), piece(claim.shown, "dim")
    if length((value, words)) + 2 <= cells:
        return ListItem(((value, piece("  "), words),), stops=False)
    rows: list[Row] = [(piece(line, value.style),) for line in wrap(text, cells, 12)]
    return ListItem(
        (*rows, *((piece("  "), piece(line, "dim")) for line in wrap(claim.shown, cells - 2, 2))), stops=False
    )


def _sources(
    wanted: Sequence[int], proofs: Mapping[int, Evidence], cells: int, symbols: Symbols, *, brief: bool = False
) -> list[ListItem]:
    """Return sources with their places; a `brief` one leaves out who published it and the air before it."""
    items: list[ListItem] = []
    noted: set[str] = set()
    for source in source_lines(proofs[number] for number in wanted if number in proofs):
        items += [BLANK] if items and not brief else []
        items.append(_source(source, cells, symbols, brief=brief))
        column = min(max(length((piece(_where(place)),)) for place in source.under), cells // 2)
        for place in source.under:
            known = evidence_words.noted(place.about, place.note, "above" if place.note in noted else "")
            items.append(_place(place, known, column, cells))
            noted.add(place.note)
    return items


def _where(place: PageLine) -> str:
    return place.text or "no place given"


def _source(source: PageLine, cells: int, symbols: Symbols, *, brief: bool) -> ListItem:
    """Return a source; it leads to the document where that has a page."""
    rows = source_rows(source, "" if brief else source.about, cells, symbols)
    if source.url and not brief:
        address = wrap(source.url, cells - 4, _TITLE_ROWS)
        rows += [(piece("    "), piece(line, "dim")) for line in address]
    return ListItem(tuple(rows), source.ident, source.target, copy=copied(*source.copy))


_BESIDE = 36
"""Cells from which on what a place says stands beside it; in fewer it stands below."""


def _place(place: PageLine, known: str, column: int, cells: int) -> ListItem:
    """Return a place in a source and how what it says is known; a claim leads to who claims it."""
    is_beside = cells - 6 - column >= _BESIDE
    room = cells - 6 - column if is_beside else cells - 6
    how = [piece(line, place.style) for line in wrap(known, room, 8)]
    if place.quote:
        how += [piece(line, "quote") for line in wrap(place.quote, room, 12)]
    lead = (NUMBER if place.target else piece("  "), piece("  "))
    air = piece(" " * 4)
    where = [piece(line, "dim") for line in wrap(_where(place), column if is_beside else cells - 4, 6)]
    if is_beside or (length((where[-1], how[0])) + 2 <= cells - 4 and len(where) == len(how) == 1):
        pairs = zip_longest(where, how, fillvalue=piece(""))
        start = column if is_beside else length((where[-1],))
        body: list[Row] = [(left, piece(" " * (start - length((left,)) + 2)), right) for left, right in pairs]
    else:
        body = [*((line,) for line in where), *((piece("  "), line) for line in how)]
    rows: list[Row] = [(*lead, *body[0]), *((air, *row) for row in body[1:])]
    return ListItem(tuple(rows), place.ident, place.target, copy=copied(*place.copy))


def source_rows(source: PageLine, about: str, cells: int, symbols: Symbols) -> list[Row]:
    """Return a source's sign and title, and what is said of it below; it has a number where it has a page."""
    style = "link" if source.target else "prose"
    first, *others = wrap(source.text, cells - INDENT, _TITLE_ROWS)
    sign = piece(f"{symbols.document} ", "kind-document")
    rows: list[Row] = [(NUMBER if source.target else piece("  "), sign, piece(first, style))]
    rows += [(AIR, piece(text, style)) for text in others]
    return rows + [(AIR, piece(text, "dim")) for text in wrap(about, cells - INDENT, 4) if about]
