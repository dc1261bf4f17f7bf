"""What a register is, before anything is typed: what to type, what to ask, what lies ahead, where it all is from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.explorer.actions import ACTIONS
from tui.explorer.pages.items import Frame, ListEntry, ListGroup, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text import calendar as days
from tui.text import changes, phrases
from tui.text.page_parts import Target

if TYPE_CHECKING:
    from db.reports import Run, SourceInfo, Stats
    from tui.explorer.outlook import Outlook

KINDS = ("arrangement", "organisation", "site", "person", "document")
"""In the order in which they are shown: the arrangements, which the register is about, come first."""

SOURCES = 12
"""Sources that are named; the command that lists all stands below them."""

RUNS = 3
"""Imports that are named, the newest first."""

DAYS = 3
"""Days ahead that are named, and as many of those that have passed."""

_KEY = 3
"""Cells before a question, for its key."""

QUESTIONS = ("path", "shared", "tree", "timeline", "after")
"""Ids of the actions that ask of a record how it is connected, and what happened to it."""

WAYS = (
    ("leeds", "a town, a hospital or what people call a body"),
    ("RJL", "a code"),
    ("chief executive wye valley", "who holds a post"),
    ("type:alliance place:kent", "filters, to narrow any search"),
)
"""What one may type, and what that is."""

ViewOf = Callable[[Sequence[str], str | None], View | None]
"""Returns the view of a command's words as of a day."""


class WaysOn(NamedTuple):
    """What leads on from here: the view of a command's words, and the key of an action as it is shown."""

    view_of: ViewOf
    key_of: Callable[[str], str]


def about_items(
    label: str,
    stats: Stats | None,
    runs: Sequence[Run],
    outlook: Outlook | None,
    ways: WaysOn,
    cells: int,
    symbols: Symbols,
) -> tuple[ListItem, ...]:
    """Return what the register is, what one may type and ask, what lies ahead, the last imports, and the sources."""
    frame = Frame(cells)
    counts = [phrases.count(stats.records[kind], kind) for kind in KINDS if stats.records.get(kind)] if stats else []
    told = phrases.joined(label, *counts)
    rows = tuple((piece(line, "dim" if n else "name"),) for n, line in enumerate(wrap(told, frame.cells)))
    groups = (
        ListGroup("Type", [_typed(text, what, frame) for text, what in WAYS]),
        ListGroup("Ask of a record", list(_asked(ways, frame))),
        ListGroup("Ahead", list(_ahead(outlook, ways, frame, symbols))),
        ListGroup("See", list(_to_see(outlook, ways, frame))),
        ListGroup("Lately", [_run(run, ways, frame) for run in _newest(runs)]),
        *((_sources(stats, ways, frame, symbols),) if stats else ()),
    )
    return (ListItem(rows, "about", stops=False), *(item for group in groups for item in frame.section((group,))))


def _typed(text: str, what: str, frame: Frame) -> ListEntry:
    """Return something that one may type; choosing it does."""
    entry = _plain((text, "link"), (what, "dim"), cells=frame.body)
    return replace(entry, ident=f"type:{text}", search=text, copy=copied(text, what))


def _asked(ways: WaysOn, frame: Frame) -> Iterator[ListEntry]:
    """Yield the questions that keys ask of the record that is marked or open, with their commands if there is room."""
    for one in (one for name in QUESTIONS for one in ACTIONS if one.id == name):
        key, command = piece(f"{ways.key_of(one.id):<{_KEY}}", "key"), piece(f"  :{one.word}", "dim")
        first, *others = wrap(one.words[0].lower() + one.words[1:], frame.body - _KEY)
        rows: list[Row] = [(key, piece(first, "prose"))]
        rows += [(piece(" " * _KEY), piece(line, "prose")) for line in others]
        if length((*rows[-1], command)) <= frame.body:
            rows[-1] = (*rows[-1], command)
        yield ListEntry(rows, f"ask:{one.id}", stops=False)


def _ahead(outlook: Outlook | None, ways: WaysOn, frame: Frame, symbols: Symbols) -> Iterator[ListEntry]:
    """Yield the next days that are set for something, the last that have passed without a word, and where all are."""
    if outlook:
        # A day without its year may lie behind. Several may decide on the same thing on the same one.
        known = (*outlook.calendar.dated, *outlook.calendar.by_year)
        ahead = {(one.key, f"{days.what(one)} {days.date(one)}"): one.name for one in known}
        for n, ((key, when), name) in enumerate(list(ahead.items())[:DAYS]):
            target = Target(key, name, outlook.kinds.get(key, ""))
            yield _dated(f"ahead:{n}", target, when, frame, symbols)
        if not ahead:
            yield replace(_plain((days.NOTHING, "dim"), cells=frame.body), stops=False)
        passed = sorted(outlook.passed, key=lambda one: one.date or "", reverse=True)
        if passed:
            told = _plain((f"{days.PASSED}:", "dim"), (f"{len(passed):,}", "count"), cells=frame.body)
            yield replace(told, stops=False)
        for n, gap in enumerate(passed[:DAYS]):
            target = Target(gap.key, gap.name, outlook.kinds.get(gap.key, ""))
            yield _dated(f"passed:{n}", target, days.passed(gap), frame, symbols)
    yield _leading(("calendar",), "all days that are set: reviews, notices, ends", ways, frame)


def _dated(ident: str, target: Target, when: str, frame: Frame, symbols: Symbols) -> ListEntry:
    """Return a record and what is set for a day of it."""
    sign, told = piece(f"{symbols.of(target.kind)} ", f"kind-{target.kind}"), piece(f"  {when}", "date")
    first, *others = wrap(target.name, frame.body - 2, 3)
    rows: list[Row] = [(sign, piece(first, "link")), *((piece("  "), piece(line, "link")) for line in others)]
    rows = [*rows[:-1], (*rows[-1], told)] if length((*rows[-1], told)) <= frame.body else [*rows, (told,)]
    return ListEntry(rows, ident, target, copy=copied(target.key, target.name, when))


def _to_see(outlook: Outlook | None, ways: WaysOn, frame: Frame) -> Iterator[ListEntry]:
    """Yield what anybody may want to see of the register as a whole."""
    waiting = phrases.count(outlook.questions, "question") if outlook else "questions"
    waits = "waits" if outlook and outlook.questions == 1 else "wait"
    yield _leading(("gaps",), "what is not known or not right", ways, frame)
    yield _leading(("review",), f"{waiting} that {waits} for a person", ways, frame)
    yield _leading(("places",), "where they all are, on a map", ways, frame)


def _newest(runs: Sequence[Run]) -> list[Run]:
    return [run for run in reversed(runs) if not run.undone][:RUNS]


def _run(run: Run, ways: WaysOn, frame: Frame) -> ListEntry:
    """Return when an import was made and what became of its rows; it leads to what it changed."""
    when, figures = changes.started(run), changes.figures(run) or phrases.count(len(run.sources), "source")
    rows: list[Row] = [(piece(line, "prose"),) for line in wrap(phrases.joined(when, figures), frame.body, 2)]
    view = ways.view_of(("diff", str(run.run)), None)
    return ListEntry(rows, f"run:{run.run}", copy=copied(when, figures), view=view)


def _leading(words: tuple[str, ...], what: str, ways: WaysOn, frame: Frame) -> ListEntry:
    """Return what leads to a view, with its words on the line of a command."""
    entry = _plain((what, "link"), (f":{' '.join(words)}", "dim"), cells=frame.body)
    return replace(entry, ident=f"see:{words[0]}", view=ways.view_of(words, None), copy=copied(what))


def _sources(stats: Stats, ways: WaysOn, frame: Frame, symbols: Symbols) -> ListGroup:
    """Return the sources that tell of most records, the newest first, each with its day."""
    telling = [one for one in stats.sources if one.records]
    named = sorted(telling, key=lambda one: one.records, reverse=True)[:SOURCES]
    entries = [_source(one, frame.body, symbols) for one in sorted(named, key=_day, reverse=True)]
    left = f"and {phrases.count(len(telling) - len(named), 'other')}" if len(telling) > len(named) else "with licences"
    entries.append(_leading(("sources",), left, ways, frame))
    return ListGroup("Sources", entries, len(telling))


def _day(source: SourceInfo) -> str:
    return source.published if source.published and source.published[0] != "X" else ""


def _source(source: SourceInfo, cells: int, symbols: Symbols) -> ListEntry:
    title, day = source.title or source.key, phrases.date(source.published)
    first, *others = wrap(title, cells - 2, 3)
    rows: list[Row] = [(piece(f"{symbols.document} ", "kind-document"), piece(first, "link"))]
    rows += [(piece("  "), piece(line, "link")) for line in others]
    # Many titles end with the day of the list.
    if day and not title.endswith(day):
        told = piece(f"  {day}", "date")
        rows = [*rows[:-1], (*rows[-1], told)] if length((*rows[-1], told)) <= cells else [*rows, (told,)]
    search = f'source:"{source.key}"'
    return ListEntry(rows, f"source:{source.key}", copy=copied(source.key, title), search=search)


def _plain(*parts: tuple[str, str], cells: int) -> ListEntry:
    """Return parts, each with its style, beside one another where they have room, else below."""
    row: Row = tuple(piece(f"  {text}" if n else text, style) for n, (text, style) in enumerate(parts))
    if length(row) <= cells:
        return ListEntry([row], "")
    rows: list[Row] = [(piece(line, parts[0][1]),) for line in wrap(parts[0][0], cells)]
    for text, style in parts[1:]:
        rows += [(piece("  "), piece(line, style)) for line in wrap(text, cells - 2)]
    return ListEntry(rows, "")
