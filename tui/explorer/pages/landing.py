"""What is in the register, before anything is typed: its types with their counts, and where one was last time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.explorer.pages.about import KINDS
from tui.explorer.pages.items import BLANK, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text import phrases

if TYPE_CHECKING:
    from db.results import TypeCount

LAST_TIME = "last time"
"""Ident of the line that leads to where one was last time."""


def type_items(counts: Sequence[TypeCount], cells: int, symbols: Symbols, *, closed_too: bool) -> tuple[ListItem, ...]:
    """Return a line for each type that has records, under its kind; choosing one searches for it."""
    items: list[ListItem] = []
    for kind in KINDS:
        numbers = [(one, one.total if closed_too else one.current) for one in counts if one.kind == kind]
        if total := sum(number for _, number in numbers):
            closed = sum(one.total for one in counts if one.kind == kind) - total
            heading = phrases.count(total, kind) + (f", not counting {closed:,} closed" if closed else "")
            items += [BLANK] if items else []
            rows = tuple((piece(line, "label"),) for line in wrap(heading, cells))
            items.append(ListItem(rows, f"kind:{kind}", stops=False))
            items += [_type_item(one, number, cells, symbols) for one, number in numbers if number]
    return tuple(items) or (ListItem(((piece("  Nothing here yet", "dim"),),), "none", stops=False),)


def last_time_items(view: View, cells: int) -> tuple[ListItem, ...]:
    """Return the line that leads to where one was last time."""
    told = phrases.joined(view.called, phrases.as_of(view.as_of))
    heading = (piece("Where you were last time", "label", cells),)
    rows = tuple((piece("  "), piece(line, "link")) for line in wrap(told, max(cells - 2, 4), 3))
    return (
        ListItem((heading,), "heading:last", stops=False),
        ListItem(rows, LAST_TIME, view=view, copy=copied(told)),
        BLANK,
    )


def _type_item(one: TypeCount, number: int, cells: int, symbols: Symbols) -> ListItem:
    sign, told = piece(f"  {symbols.of(one.kind)} ", f"kind-{one.kind}"), piece(f"{number:,}", "count")
    name = one.label or "type not told"
    *names, last = (piece(line, "link") for line in wrap(name, max(cells - length((sign, told)) - 2, 4), 3))
    gap = piece(" " * max(cells - length((sign, last, told)), 1))
    air = piece(" " * length((sign,)))
    rows: list[Row] = [(air if n else sign, line) for n, line in enumerate(names)]
    rows.append((air if names else sign, last, gap, told))
    words = one.type or ""
    search = f'type:"{words}"' if " " in words else f"type:{words}" if words else f"kind:{one.kind}"
    return ListItem(tuple(rows), search, search=search, copy=copied(name, f"{number:,}"))
