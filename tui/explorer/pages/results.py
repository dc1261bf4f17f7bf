"""What a search found, as prepared lines: sign, name, and the one thing worth knowing at a glance."""

from __future__ import annotations

from db.results import Hit, Results, counted
from tui.explorer.pages.items import NUMBER, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.page_parts import Target
from tui.text.safe import clip, width

MORE = "more results"
"""What choosing the last line of a list that was cut asks for."""

_UNTOLD = ("name", "official name", "kind", "type", "status", "role", "place", "postcode", "source", "post")
"""Fields that the line shows itself, or that were asked for by name."""

_UNSURE = {"fuzzy": "fuzzy", "substring": "part"}
"""What a line says of a match that is no sure one; others show themselves in the name or in what it was found by."""


def result_items(results: Results, cells: int, symbols: Symbols, closed_key: str = "c") -> tuple[ListItem, ...]:
    """Return a line for each result; a second says which other name, code or text was found.

    `closed_key` is what shows closed ones too, in the list.
    """
    cells = max(cells, 8)
    items = [_hit(hit, cells, symbols) for hit in results.hits]
    left = results.total - len(results.hits)
    if left > 0 and items:
        text = piece(f"    … {counted(left, results.total_is_exact)} more, Enter shows more", "more", cells)
        items.append(ListItem(((text,),), "more", more=MORE))
    elif results.truncated and items:
        items.append(_remark("There may be more that match less surely; more words find them", cells, "end"))
    advice = results.advice(f"{closed_key} in this list")
    if not items:
        return _nothing(results.query, advice, cells)
    return (*items, _remark(advice, cells, "advice")) if advice else tuple(items)


def _remark(text: str, cells: int, ident: str) -> ListItem:
    """Return lines below the results that cannot be chosen."""
    return ListItem(tuple((piece("    "), piece(line, "dim")) for line in wrap(text, cells - 4)), ident, stops=False)


def _hit(hit: Hit, cells: int, symbols: Symbols) -> ListItem:
    brief = hit.brief
    sign = piece(f"{symbols.of(brief.kind)} ", f"kind-{brief.kind}")
    told = phrases.joined(_UNSURE.get(hit.matched.how, ""), phrases.remark(brief))
    words = clip(told, max(cells // 3, 4))
    room = max(cells - 4 - (width(words) + 2 if words else 0), 4)
    name = piece(brief.name, "link" if brief.open is not False else "dim", room)
    gap = piece(" " * (room - length((name,)) + 2))
    style = "standing" if brief.status in phrases.AHEAD else "dim"
    rows: list[Row] = [(NUMBER, sign, name, gap, piece(words, style))]
    for line in filter(None, (phrases.posts(brief.posts), _found_by(hit))):
        rows.append((piece("    "), piece(line, "dim", cells - 4)))
    copy = copied(brief.key, brief.name, brief.kind, brief.type, brief.status, brief.place)
    return ListItem(tuple(rows), brief.key, Target(brief.key, brief.name, brief.kind), copy=copy)


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
