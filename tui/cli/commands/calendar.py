"""`interlock calendar`: ends, reviews, notices, decisions and beginnings that lie ahead."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from tui.cli import printed, shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option
from tui.cli.database import open_chosen
from tui.cli.icalendar import lines
from tui.cli.lists import note
from tui.cli.typed import query
from tui.text import calendar as words
from tui.text.page_sources import source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.reports import Calendar, CalendarEntry

WITHIN = "180d"

COMMAND = Command(
    name="calendar",
    usage="[KEY | FILTERS]",
    options=(
        Option("--within", f"how far ahead, in days, weeks, months or years: 30d, 26w, 6m, 2y (unless asked: {WITHIN})",
               "TIME"),
        Option("--to", "write a file for calendar programs: ics", "FORMAT", choices=("ics",)),
        AS_OF,
    ),
    filters=True,
    epilogue="A KEY shows what lies ahead of one record, filters that of those which they let through: "
    "interlock calendar type:section-75-agreement\n"
    "What is known by its year alone stands apart, and is not in the .ics file: "
    "interlock calendar --within 2y --to ics > ahead.ics",
)  # fmt: skip

_FIELDS = ("date", "precision", "what", "key", "name", "text", "party_key", "party_name", "role", "evidence", "sources")


def run(arguments: Arguments) -> int:
    """Write what lies ahead."""
    with open_chosen(arguments) as register:
        found = register.calendar(
            arguments.text("--within") or WITHIN, as_of=arguments.text("--as-of"), about=query(arguments.words)
        )
    apart = len(found.by_year) + len(found.without_year)
    if arguments.text("--to"):
        _write_file(found)
        if apart:
            note(words.left_out(apart))
    else:
        printed.write_answer(arguments, found, _shape, _rows, _FIELDS, _page)
    if not found.entries:
        note(words.nothing(found, "" if arguments.text("--within") else "--within 2y"))
    return 0


def _write_file(found: Calendar) -> None:
    """Write the file as it has to be, whatever the terminal's encoding and the ends of its lines."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.writelines(lines(found))


def _page(found: Calendar, sheet: printed.Sheet) -> Iterator[str]:
    """Yield the entries by day, those of no known day apart, and who says so."""
    if not found.entries:
        return
    sources = list(source_lines(found.evidence))
    numbers = printed.numbered(sources)
    yield sheet.title(words.headline(found))
    yield from sheet.lines(_lines(found.dated, numbers))
    for title, apart in ((words.BY_YEAR, found.by_year), (words.WITHOUT_YEAR, found.without_year)):
        if apart:
            yield from sheet.part(title, _lines(apart, numbers))
    yield from sheet.part(printed.WHO_SAYS_SO, printed.source_print(sources, numbers))


def _lines(entries: Sequence[CalendarEntry], numbers: printed.Numbers) -> Iterator[printed.Printed]:
    for one in entries:
        marks = printed.marks(one.evidence, numbers)
        about = ((one.name, "title"), (one.key, "key"), (marks, "reference"))
        yield printed.Printed(((words.date(one), ""), (words.what(one), "dim"), *about))
        if words.text(one):
            yield printed.Printed(((words.text(one), ""),), 2)


def _shape(found: Calendar) -> shapes.Shape:
    """Return the answer as JSON has it."""
    return {
        "from": found.start,
        "to": found.end,
        "entries": [_row(one) for one in found.entries],
        "total": len(found.entries),
        "evidence": [shapes.evidence(proof) for proof in found.evidence],
    }


def _rows(found: Calendar) -> Iterator[shapes.Shape]:
    """Yield the entries for programs, each with the titles of its sources."""
    for one in found.entries:
        titles = dict.fromkeys(proof.source.title for proof in found.evidence if proof.id in one.evidence)
        yield {**_row(one), "sources": list(titles)}


def _row(one: CalendarEntry) -> shapes.Shape:
    return {
        "date": one.date,
        "precision": _precision(one.date),
        "what": one.what,
        "key": one.key,
        "name": one.name,
        "text": words.text(one) or None,
        "party": one.party and one.party._asdict(),
        "role": one.role,
        "evidence": list(one.evidence),
    }


def _precision(date: str) -> str:
    """Return how much of a date is known."""
    if date.startswith("XXXX"):
        return "no year"
    return {4: "year", 7: "month"}.get(len(date), "day")
