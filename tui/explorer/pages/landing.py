"""What is in the register, before anything is typed: its types with their counts, and where its facts come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.explorer.pages.items import BLANK, Frame, ListEntry, ListGroup, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text import phrases

if TYPE_CHECKING:
    from db.reports import SourceInfo, Stats, TypeCount

KINDS = ("arrangement", "organisation", "site", "person", "document")
"""In the order in which they are shown: the arrangements, which the register is about, come first."""

LAST_TIME = "last time"
"""Ident of the line that leads to where one was last time."""

SOURCES = 14
"""Sources that are named; the command that lists all stands below them."""

WAYS = (
    ("leeds", "a town, a hospital or what people call a body"),
    ("RJL", "a code"),
    ("chief executive wye valley", "who holds a post"),
    ("type:alliance place:kent", "filters, to narrow any search"),
)
"""What one may type, and what that is."""


def type_items(counts: Sequence[TypeCount], cells: int, symbols: Symbols, *, closed_too: bool) -> tuple[ListItem, ...]:
    """Return a line for each type that has records, under its kind; choosing one searches for it."""
    cells = max(cells, 8)
    items: list[ListItem] = []
    for kind in KINDS:
        numbers = [(one, one.total if closed_too else one.current) for one in counts if one.kind == kind]
        if total := sum(number for _, number in numbers):
            closed = sum(one.total for one in counts if one.kind == kind) - total
            heading = phrases.count(total, kind) + (f", not counting {closed:,} closed" if closed else "")
            items += [BLANK] if items else []
            items.append(ListItem(((piece(heading, "label", cells),),), f"kind:{kind}", stops=False))
            items += [_type_item(one, number, cells, symbols) for one, number in numbers if number]
    return tuple(items) or (ListItem(((piece("  Nothing here yet", "dim"),),), "none", stops=False),)


def last_time_items(view: View, cells: int) -> tuple[ListItem, ...]:
    """Return the line that leads to where one was last time."""
    day = f"as of {phrases.date(view.as_of)}" if view.as_of else ""
    told = phrases.joined(view.called, day)
    heading = (piece("Where you were last time", "label", cells),)
    return (
        ListItem((heading,), "heading:last", stops=False),
        ListItem(((piece("  "), piece(told, "link", max(cells - 2, 4))),), LAST_TIME, view=view, copy=copied(told)),
        BLANK,
    )


def _type_item(one: TypeCount, number: int, cells: int, symbols: Symbols) -> ListItem:
    sign, told = piece(f"  {symbols.of(one.kind)} ", f"kind-{one.kind}"), piece(f"{number:,}", "count")
    label = piece(one.label or "type not told", "link", max(cells - length((sign, told)) - 1, 4))
    gap = piece(" " * max(cells - length((sign, label, told)), 1))
    words = one.type or ""
    search = f'type:"{words}"' if " " in words else f"type:{words}" if words else f"kind:{one.kind}"
    return ListItem(((sign, label, gap, told),), search, search=search, copy=copied(label.text, f"{number:,}"))


def about_items(label: str, stats: Stats | None, cells: int) -> tuple[ListItem, ...]:
    """Return what the register is, what one may type, and which sources it rests on, the newest first."""
    frame = Frame(cells)
    fullest = phrases.register(label, stats)[0]
    rows = tuple((piece(line, "dim" if n else "name"),) for n, line in enumerate(wrap(fullest, frame.cells)))
    head = ListItem(rows, "about", stops=False)
    ways = ListGroup("Type", [_plain((text, "link"), (f"  {what}", "dim"), cells=frame.body) for text, what in WAYS])
    return (head, *frame.section((ways,)), *frame.section((_sources(stats, frame),) if stats else ()))


def _sources(stats: Stats, frame: Frame) -> ListGroup:
    """Return the sources that tell of most records, the newest first, each with its day."""
    telling = [one for one in stats.sources if one.records]
    named = sorted(telling, key=lambda one: one.records, reverse=True)[:SOURCES]
    entries = [_source(one, frame.body) for one in sorted(named, key=_day, reverse=True)]
    if len(telling) > len(named):
        left = f"and {phrases.count(len(telling) - len(named), 'other')}: interlock stats --sources"
        entries.append(_plain((left, "dim"), cells=frame.body))
    return ListGroup("Facts from", entries, len(telling))


def _day(source: SourceInfo) -> str:
    return source.published if source.published and source.published[0] != "X" else ""


def _source(source: SourceInfo, cells: int) -> ListEntry:
    title, day = source.title or source.key, phrases.date(source.published)
    # Many titles end with the day of the list.
    told = title if title.endswith(day) else f"{title}  {day}"
    if length((piece(told, ""),)) > cells:
        return ListEntry([(piece(line, ""),) for line in wrap(told, cells)], "")
    return _plain((title, ""), *(() if title.endswith(day) else ((f"  {day}", "dim"),)), cells=cells)


def _plain(*parts: tuple[str, str], cells: int) -> ListEntry:
    """Return a line of parts, each with its style; the first gives way where they are too long."""
    after = [piece(text, style) for text, style in parts[1:]]
    first = piece(parts[0][0], parts[0][1], max(cells - length(after), 8))
    rows: list[Row] = [(first, *after)] if length((first, *after)) <= cells else [(first,), *((one,) for one in after)]
    return ListEntry(rows, "")
