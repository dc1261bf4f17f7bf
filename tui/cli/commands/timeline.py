"""`interlock timeline`: all that is dated of a record, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import printed, shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import ROWS_ALONE, note
from tui.text import phrases
from tui.text import timeline as words
from tui.text.page_sources import source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.graph.answers import Timeline
    from db.model import TimelineEntry

COMMAND = Command(
    name="timeline",
    usage="KEY",
    options=(
        Option("--all", "each of many links that began or ended in a year by itself"),
        Option("--limit", f"how many to show (unless asked: {words.LIMIT}; in CSV, TSV, JSONL all)", "N", number),
        AS_OF,
    ),
    least=1,
    epilogue="What is told of a day that is still to come is planned.",
)

_FIELDS = (
    "key", "name", "date", "kind", "text", "evidence", "other_key", "other_name", "other_kind", "type", "direction",
    "role", "family", "depth", "of_key", "of_name", "told_also", "chosen", "inferred", "ahead", "number",
)  # fmt: skip


def run(arguments: Arguments) -> int:
    """Write the timeline of the record that the words stand for, oldest first, what has no date last."""
    with open_chosen(arguments) as register:
        found = register.timeline(
            register.resolve(arguments.phrase),
            limit=arguments.limit(None if arguments.form in ROWS_ALONE else words.LIMIT),
            whole=arguments.flag("--all"),
            as_of=arguments.text("--as-of"),
        )
    printed.write_answer(arguments, found, _shape, _rows, _FIELDS, _page)
    for remark in words.remarks(found):
        note(remark)
    return 0


def _page(found: Timeline, page: printed.Sheet) -> Iterator[str]:
    """Yield the entries, and who says so: a number for each source, as each entry has a place of its own in it."""
    if not found.entries:
        return
    cited = {evidence for one in found.entries for evidence in one.evidence}
    sources = list(source_lines(found.evidence, cited, with_places=False))
    numbers = {place: n for n, source in enumerate(sources, 1) for place in source.evidence}
    widest = max(len(phrases.date(one.date)) for one in found.entries)
    yield page.title(words.headline(found))
    for one in found.entries:
        when = phrases.date(one.date)
        label = words.label(one)
        yield from page.lines(
            (
                printed.Printed(
                    (
                        (when if page.form == "markdown" else when.ljust(widest), ""),
                        (f"{label}:" if label else "", "dim"),
                        (words.sentence(one), "standing" if one.is_ahead else ""),
                        (printed.marks(one.evidence, numbers), "reference"),
                    )
                ),
            )
        )
    told = (
        printed.Printed(((f"[{n}]", "reference"), (source.text, ""), (source.about, "dim"), (source.key, "key")))
        for n, source in enumerate(sources, 1)
    )
    yield from page.part(printed.WHO_SAYS_SO, told)


def _shape(found: Timeline) -> shapes.Shape:
    """Return the answer as JSON has it."""
    return {
        "key": found.key,
        "events": [_entry(one) for one in found.entries],
        "name": found.name,
        "evidence": [shapes.evidence(one) for one in found.evidence],
        "total": found.total,
        "truncated": len(found.entries) < found.total,
        "left_out": found.left_out,
        **({"as_of": found.as_of} if found.as_of else {}),
    }


def _rows(found: Timeline) -> Iterator[shapes.Shape]:
    """Yield the entries for programs, each with whose it is."""
    return ({"key": found.key, "name": found.name, **_entry(one)} for one in found.entries)


def _entry(one: TimelineEntry) -> shapes.Shape:
    """Return an entry; the keys of the other end and of what a succession is told of are those of records."""
    return {
        "date": one.date,
        "kind": one.recorded or one.kind,
        "text": words.sentence(one),
        "evidence": list(one.evidence),
        "other_key": one.other and one.other.key,
        "other_name": one.other and one.other.name,
        "name_then": one.name_then,
        "other_kind": one.other_kind or None,
        "type": one.type,
        "direction": one.direction,
        "role": one.role,
        "family": one.family,
        "depth": one.depth,
        "of_key": one.subject and one.subject.key,
        "of_name": one.subject and one.subject.name,
        "told_also": list(one.told_also),
        "chosen": one.is_chosen,
        "inferred": one.is_inferred,
        "ahead": one.is_ahead,
        "number": one.number,
        "others": [other._asdict() for other in one.others],
    }
