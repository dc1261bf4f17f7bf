"""Where one has been as prepared lines, the newest first: what was open, as of which day, beside which search."""

from __future__ import annotations

from collections.abc import Sequence

from tui.explorer.history import Visit
from tui.explorer.pages.items import ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases


def visit_items(visits: Sequence[Visit], cells: int, symbols: Symbols) -> tuple[ListItem, ...]:
    """Return a line for each visit; its ident is its place in the history."""
    return tuple(_item(visits[place], str(place), cells, symbols) for place in reversed(range(len(visits))))


def _item(visit: Visit, ident: str, cells: int, symbols: Symbols) -> ListItem:
    """Return a visit; where no link led to it, the search that it was found by."""
    searched = visit.asked.text.strip() if visit.asked and visit.jumped else ""
    about = phrases.joined(phrases.as_of(visit.view.as_of), f"{symbols.prompt} {searched}" if searched else "")
    sign = piece(f"{symbols.of(visit.kind)} ", f"kind-{visit.kind}") if visit.kind else piece("  ")
    name, words = piece(visit.name, "link"), piece(about, "dim")
    if length((sign, name, words)) + 2 <= cells:
        gap = piece(" " * (cells - length((sign, name, words))))
        rows: list[Row] = [(sign, name, gap, words) if about else (sign, name)]
    else:
        first, *others = wrap(visit.name, cells - 2, 2)
        rows = [(sign, piece(first, "link")), *((piece("  "), piece(line, "link")) for line in others)]
        rows += [(piece("    "), piece(line, "dim")) for line in wrap(about, cells - 4, 2) if about]
    return ListItem(tuple(rows), ident, view=visit.view, copy=copied(visit.name, " ".join(visit.view.command)))
