"""What a search found, as prepared lines: sign, name, place, type, how it stands, and why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from db.results import Hit, Results, counted
from tui.explorer.pages.columns import ColumnsOfLine, FixedColumns
from tui.explorer.pages.items import BLANK, NUMBER, LineKeys, ListItem, Piece, Row, copied, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.held_posts import posts_in_short
from tui.text.in_lists import standing
from tui.text.link_phrases import short_type, type_beyond
from tui.text.page_parts import Target

MORE = "more results"
"""What choosing the last line of a list that was cut asks for."""

_UNTOLD = ("name", "official name", "kind", "type", "status", "role", "place", "postcode", "source", "post")
"""Fields that the line shows itself, or that were asked for by name."""

_POST_ROWS = 4
"""Rows that the posts of a person take at most."""

_WHY_ROWS = 2
"""Rows that what a result was found by takes at most."""

_UNSURE = ("fuzzy", "substring")
"""What a line says of a match that is no sure one; others show themselves in the name or in what it was found by."""


def result_items(
    results: Results, cells: int, symbols: Symbols, closed_key: str = "c", types: Mapping[str, str] | None = None
) -> tuple[ListItem, ...]:
    """Return a line for each result, in columns; a second says which other name, code or text was found.

    `closed_key` is what shows closed ones too, in the list; `types` has the labels of types by their names.
    """
    labels = [_label(hit, types or {}) for hit in results.hits]
    differ = len(set(labels)) > 1 or len(labels) < 2
    lines = [_said(hit, label if differ else "") for hit, label in zip(results.hits, labels, strict=True)]
    columns = FixedColumns(lines, cells - 4, kept=1)
    asked = _asked(results.query)
    found = [_Found(*one) for one in zip(results.hits, lines, map(short_type, labels), strict=True)]
    items = list(_items(found, columns, asked, symbols, cells))
    left = results.total - len(results.hits)
    if left > 0 and items:
        text = piece(f"    … {counted(left, results.total_is_exact)} more, Enter shows more", "more", cells)
        items.append(ListItem(((text,),), "more", more=MORE, keys=LineKeys("more", text.text)))
    elif results.truncated and items:
        items.append(_remark("There may be more that match less surely; more words find them", cells, "end"))
    advice = results.advice(f"{closed_key} in this list")
    if not items:
        return _nothing(results.query, advice, cells)
    return (*items, _remark(advice, cells, "advice")) if advice else tuple(items)


class _Found(NamedTuple):
    """A result, what its line says, and what it is sorted by as a type."""

    hit: Hit
    line: ColumnsOfLine
    type: str


_HEADED = 3
"""Results from which on what they are all linked to is said once, above them."""


def _items(
    found: Sequence[_Found], columns: FixedColumns, asked: Sequence[str], symbols: Symbols, cells: int
) -> Iterator[ListItem]:
    """Yield the results; several that one record leads to stand under a head that says so, with air around them."""
    is_first, below_a_head = True, False
    for n, (tied, several) in enumerate(groupby(found, lambda one: _tied(one.hit))):
        run = list(several)
        is_headed = bool(tied) and len(run) >= _HEADED
        if (is_headed and not is_first) or below_a_head:
            yield BLANK
        if is_headed:
            rows = wrap(phrases.linked_to(tied), cells - _HEAD_AT)
            yield _unmarked(rows, f"tied:{n}", at=_HEAD_AT)
        yield from (_hit(one, columns, asked, symbols, untold=is_headed) for one in run)
        is_first, below_a_head = False, is_headed


def _tied(hit: Hit) -> str:
    """Return the name by which a result was found that is not its own, but that of what it is linked to."""
    return hit.matched.text if hit.matched.field == "tied" else ""


def _label(hit: Hit, types: Mapping[str, str]) -> str:
    """Return what the type of a result is called."""
    return types.get(hit.brief.type or "") or phrases.readable(hit.brief.type)


def _said(hit: Hit, label: str) -> ColumnsOfLine:
    """Return what a result says in columns: name, place, type beyond that, and how it stands if not simply open."""
    brief = hit.brief
    how = hit.matched.how
    stands = phrases.joined(phrases.how_found(how) if how in _UNSURE else "", standing(brief))
    return ColumnsOfLine(brief.name, (brief.place or "", type_beyond(brief.name, label), stands))


def _asked(query: str) -> list[str]:
    """Return the words of a query that may stand in names, the longest first."""
    words = (word.strip('"“”').casefold() for word in query.split() if ":" not in word)
    return sorted({word for word in words if word}, key=len, reverse=True)


_HEAD_AT = 2
"""Cells before a head over results: it stands out of them to the left, so that it is read with those below it."""


def _remark(text: str, cells: int, ident: str) -> ListItem:
    """Return lines below the results that cannot be chosen."""
    return _unmarked(wrap(text, cells - 4), ident, at=4)


def _unmarked(lines: Sequence[str], ident: str, at: int) -> ListItem:
    """Return lines among the results that the mark cannot stand on, from a cell on."""
    rows = tuple((piece(" " * at), piece(line, "dim")) for line in lines)
    return ListItem(rows, ident, stops=False, keys=LineKeys(ident, " ".join(lines)))


def _hit(found: _Found, columns: FixedColumns, asked: Sequence[str], symbols: Symbols, *, untold: bool) -> ListItem:
    """Return a result; `untold` where what it was found by is said above it."""
    hit, line = found.hit, found.line
    brief = hit.brief
    sign = piece(f"{symbols.of(brief.kind)} ", f"kind-{brief.kind}")
    style = "link" if brief.open is not False else "dim"
    status = "standing" if brief.status in phrases.AHEAD and brief.dated else "dim"
    in_rows = columns.rows if columns.has_room else columns.rows_to_the_edge
    first, *others = in_rows(line, ("link", "dim", "dim", status, "dim"))
    rows: list[Row] = [(NUMBER, sign, *_marked(first, style, asked))]
    rows += [(piece("    "), *_marked(row, style, asked)) for row in others]
    posts = posts_in_short(brief.posts)
    # When a post was held stands at its end: it is told whole.
    below = [piece(text, "dim") for text in wrap(posts, columns.room, _POST_ROWS)] if posts else []
    is_told = posts and hit.matched.text in posts
    told = _found_by(hit)
    found_by = [piece(text, "dim") for text in wrap(told, columns.room, _WHY_ROWS)] if told and not is_told else []
    why: list[Row] = [(piece("    "), *found_letters(text, asked)) for text in found_by]
    rows += [(piece("    "), *found_letters(text, asked)) for text in below] + ([] if untold else why)
    copy = copied(brief.key, brief.name, brief.kind, brief.type, brief.status, brief.place)
    keys = LineKeys(brief.key, f"{copy} {' '.join(line.others)} {found.type}", brief.name, "", found.type or brief.kind)
    target, apart = Target(brief.key, brief.name, brief.kind), tuple(why) if untold else ()
    return ListItem(tuple(rows), brief.key, target, copy=copy, keys=keys, apart=apart)


def _marked(row: Row, style: str, asked: Iterable[str]) -> Iterator[Piece]:
    """Yield the pieces of a row, its part of the name in a style and with what was asked for marked in it."""
    for part in row:
        yield from found_letters(Piece(part.text, style), asked) if part.style == "link" else (part,)


def found_letters(said: Piece, asked: Iterable[str]) -> Row:
    """Return a piece of text in parts, those marked with which one of its words begins as what was asked for."""
    text, folded = said.text, said.text.casefold()
    if len(folded) != len(text):
        return (said,)
    spans: list[tuple[int, int]] = []
    for word in asked:
        for found in re.finditer(rf"(?<!\w){re.escape(word)}", folded):
            if all(found.end() <= start or found.start() >= end for start, end in spans):
                spans.append(found.span())
    parts, at = [], 0
    for start, end in sorted(spans):
        parts += [Piece(text[at:start], said.style), Piece(text[start:end], "found")]
        at = end
    return tuple(part for part in (*parts, Piece(text[at:], said.style)) if part.text)


def _found_by(hit: Hit) -> str:
    """Return what was found where it is not the name shown: `acronym: SWFT`, or the words of a summary."""
    matched = hit.matched._replace(text=hit.matched.text[:400])
    if not matched.text or matched.field in _UNTOLD or matched.text.casefold() in hit.brief.name.casefold():
        return ""
    return matched.text if matched.field == "summary" else phrases.found_by(matched)


def _nothing(query: str, advice: str | None, cells: int) -> tuple[ListItem, ...]:
    """Return what to say where nothing was found."""
    lines = wrap(f"Nothing found for {query[:80]}" if query else "Nothing here yet", cells - 2)
    lines += ["", *wrap(advice, cells - 2)] if advice else []
    return (ListItem(tuple((piece("  "), piece(line, "dim")) for line in lines), "none", stops=False),)
