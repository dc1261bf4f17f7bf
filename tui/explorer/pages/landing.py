"""What is in the register, before anything is typed: its types with their counts, and where its facts come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.explorer.pages.items import BLANK, Frame, ListEntry, ListGroup, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text import changes, phrases

if TYPE_CHECKING:
    from db.reports import Run, SourceInfo, Stats
    from db.results import TypeCount

KINDS = ("arrangement", "organisation", "site", "person", "document")
"""In the order in which they are shown: the arrangements, which the register is about, come first."""

LAST_TIME = "last time"
"""Ident of the line that leads to where one was last time."""

SOURCES = 12
"""Sources that are named; the command that lists all stands below them."""

RUNS = 3
"""Imports that are named, the newest first."""

TO_SEE = (
    (("gaps",), "what is not known or not right"),
    (("review",), "suggestions that wait for a person"),
    (("calendar",), "what lies ahead: reviews, notices, ends"),
    (("sources",), "where it all comes from, with licences"),
)
"""What anybody may want to see of the register as a whole, and what each is."""

ViewOf = Callable[[Sequence[str], str | None], View | None]
"""Returns the view of a command's words as of a day."""

WAYS = (
    ("leeds", "a town, a hospital or what people call a body"),
    ("RJL", "a code"),
    ("chief executive wye valley", "who holds a post"),
    ("type:alliance place:kent", "filters, to narrow any search"),
)
"""What one may type, and what that is."""


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


def about_items(
    label: str, stats: Stats | None, runs: Sequence[Run], view_of: ViewOf, cells: int
) -> tuple[ListItem, ...]:
    """Return what the register is, what one may type, what to see to, the last imports, and its sources."""
    frame = Frame(cells)
    counts = [phrases.count(stats.records[kind], kind) for kind in KINDS if stats.records.get(kind)] if stats else []
    told = phrases.joined(label, *counts)
    rows = tuple((piece(line, "dim" if n else "name"),) for n, line in enumerate(wrap(told, frame.cells)))
    head = ListItem(rows, "about", stops=False)
    ways = ListGroup("Type", [_plain((text, "link"), (f"  {what}", "dim"), cells=frame.body) for text, what in WAYS])
    to_do = ListGroup("See", [_leading(words, what, view_of, frame) for words, what in TO_SEE])
    lately = ListGroup("Lately", [_run(run, view_of, frame) for run in _newest(runs)])
    return (
        head,
        *frame.section((ways,)),
        *frame.section((to_do,)),
        *frame.section((lately,)),
        *frame.section((_sources(stats, view_of, frame),) if stats else ()),
    )


def _newest(runs: Sequence[Run]) -> list[Run]:
    return [run for run in reversed(runs) if not run.undone][:RUNS]


def _run(run: Run, view_of: ViewOf, frame: Frame) -> ListEntry:
    """Return when an import was made and what became of its rows; it leads to what it changed."""
    when, figures = changes.started(run), changes.figures(run) or phrases.count(len(run.sources), "source")
    rows: list[Row] = [(piece(line, "prose"),) for line in wrap(phrases.joined(when, figures), frame.body, 2)]
    view = view_of(("diff", str(run.run)), None)
    return ListEntry(rows, f"run:{run.run}", copy=copied(when, figures), view=view)


def _leading(words: tuple[str, ...], what: str, view_of: ViewOf, frame: Frame) -> ListEntry:
    """Return what leads to a view, with its words on the line of a command."""
    entry = _plain((what, "link"), (f"  :{' '.join(words)}", "dim"), cells=frame.body)
    return replace(entry, ident=f"see:{words[0]}", view=view_of(words, None), copy=copied(what))


def _sources(stats: Stats, view_of: ViewOf, frame: Frame) -> ListGroup:
    """Return the sources that tell of most records, the newest first, each with its day."""
    telling = [one for one in stats.sources if one.records]
    named = sorted(telling, key=lambda one: one.records, reverse=True)[:SOURCES]
    entries = [_source(one, frame.body) for one in sorted(named, key=_day, reverse=True)]
    if len(telling) > len(named):
        left = f"and {phrases.count(len(telling) - len(named), 'other')}"
        entries.append(replace(_leading(("sources",), left, view_of, frame), ident="all-sources"))
    return ListGroup("Sources", entries, len(telling))


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
