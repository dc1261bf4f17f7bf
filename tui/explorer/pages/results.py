"""What a search found, as prepared lines: sign, name, place, type, how it stands, and why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from db.results import Hit, Results, counted
from tui.explorer.pages.columns import ColumnsOfLine, FixedColumns
from tui.explorer.pages.items import BLANK, NUMBER, LineKeys, ListItem, Piece, Row, copied, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.held_posts import posts_in_short
from tui.text.in_lists import standing
from tui.text.link_phrases import short_type
from tui.text.page_parts import Target

MORE = "more results"
"""What choosing the last line of a list that was cut asks for."""

_UNTOLD = ("name", "official name", "kind", "type", "status", "role", "place", "postcode", "source", "post")
"""Fields that the line shows itself, or that were asked for by name."""

_POST_ROWS = 4
"""Rows that the posts of a person take at most."""

_UNSURE = {"fuzzy": "fuzzy", "substring": "part"}
"""What a line says of a match that is no sure one; others show themselves in the name or in what it was found by."""


def result_items(
    results: Results, cells: int, symbols: Symbols, closed_key: str = "c", types: Mapping[str, str] | None = None
) -> tuple[ListItem, ...]:
    """Return a line for each result, in columns; a second says which other name, code or text was found.

    `closed_key` is what shows closed ones too, in the list; `types` has the labels of types by their names.
    """
    cells = max(cells, 8)
    lines = _differing([_said(hit, types or {}) for hit in results.hits])
    columns = FixedColumns(lines, cells - 4, kept=1)
    asked = _asked(results.query)
    items = list(_hits(results.hits, lines, columns, asked, symbols, cells))
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


def _hits(
    hits: Sequence[Hit], lines: Sequence[ColumnsOfLine], columns: FixedColumns, asked: Sequence[str], symbols: Symbols,
    cells: int,
) -> Iterator[ListItem]:  # fmt: skip
    """Yield the results; over several that one record leads to it is said once, and air stands below them."""
    below_a_head = False
    for n, (tied, several) in enumerate(groupby(zip(hits, lines, strict=True), lambda one: _tied(one[0]))):
        run = list(several)
        is_headed = bool(tied) and len(run) > 1
        if is_headed:
            yield _remark(f"{phrases.linked_to(tied)}:", cells, f"tied:{n}")
        elif below_a_head:
            yield BLANK
        yield from (_hit(hit, line, columns, asked, symbols, untold=is_headed) for hit, line in run)
        below_a_head = is_headed


def _tied(hit: Hit) -> str:
    """Return the name by which a result was found that is not its own, but that of what it is linked to."""
    return hit.matched.text if hit.matched.field == "tied" else ""


def _said(hit: Hit, types: Mapping[str, str]) -> ColumnsOfLine:
    """Return what a result says in columns: name, place, type, and how it stands where it is not simply open."""
    brief = hit.brief
    kind = short_type(types.get(brief.type or "") or phrases.readable(brief.type))
    stands = phrases.joined(_UNSURE.get(hit.matched.how, ""), standing(brief))
    return ColumnsOfLine(brief.name, (brief.place or "", kind, stands))


def _differing(lines: Sequence[ColumnsOfLine]) -> list[ColumnsOfLine]:
    """Return the lines without the column of types, where it tells nothing apart."""
    if len({line.others[1] for line in lines}) > 1 or len(lines) < 2:
        return list(lines)
    return [line._replace(others=(line.others[0], "", line.others[2])) for line in lines]


def _asked(query: str) -> list[str]:
    """Return the words of a query that may stand in names, the longest first."""
    words = (word.strip('"“”').casefold() for word in query.split() if ":" not in word)
    return sorted({word for word in words if word}, key=len, reverse=True)


def _remark(text: str, cells: int, ident: str) -> ListItem:
    """Return lines below the results that cannot be chosen."""
    rows = tuple((piece("    "), piece(line, "dim")) for line in wrap(text, cells - 4))
    return ListItem(rows, ident, stops=False, keys=LineKeys(ident, text))


def _hit(
    hit: Hit, line: ColumnsOfLine, columns: FixedColumns, asked: Sequence[str], symbols: Symbols, *, untold: bool
) -> ListItem:
    """Return a result; `untold` where what it was found by is said above it."""
    brief = hit.brief
    sign = piece(f"{symbols.of(brief.kind)} ", f"kind-{brief.kind}")
    style = "link" if brief.open is not False else "dim"
    status = "standing" if brief.status in phrases.AHEAD else "dim"
    in_rows = columns.rows if columns.has_room else columns.rows_to_the_edge
    first, *others = in_rows(line, ("link", "dim", "dim", status, "dim"))
    rows: list[Row] = [(NUMBER, sign, *_marked(first, style, asked))]
    rows += [(piece("    "), *_marked(row, style, asked)) for row in others]
    posts = posts_in_short(brief.posts)
    # When a post was held stands at its end: it is told whole.
    below = [piece(text, "dim") for text in wrap(posts, columns.room, _POST_ROWS)] if posts else []
    below += [piece(text, "dim", columns.room) for text in (_found_by(hit),) if text and not untold]
    rows += [(piece("    "), *found_letters(text, asked)) for text in below]
    copy = copied(brief.key, brief.name, brief.kind, brief.type, brief.status, brief.place)
    keys = LineKeys(brief.key, f"{copy} {' '.join(line.others)}", brief.name, "", line.others[1] or brief.kind)
    return ListItem(tuple(rows), brief.key, Target(brief.key, brief.name, brief.kind), copy=copy, keys=keys)


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
