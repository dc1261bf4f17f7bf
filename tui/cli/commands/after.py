"""`interlock after`: what became of a record, and of its part in arrangements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import printed, shapes
from tui.cli.arguments import Arguments, Command
from tui.cli.database import open_chosen
from tui.cli.lists import note
from tui.text import after as words
from tui.text.page_sources import source_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.graph.answers import Aftermath, ArrangementAfter, Successor

COMMAND = Command(
    name="after",
    usage="KEY",
    least=1,
    epilogue="Exit code 1: nothing is known to have become of it, as of what is open.",
)

_FIELDS = (
    "what", "key", "name", "from", "depth", "of_key", "of_name", "type", "open", "closed", "role", "outcome", "to",
    "evidence", "text",
)  # fmt: skip


def run(arguments: Arguments) -> int:
    """Write what became of the record that the words stand for."""
    with open_chosen(arguments) as register:
        found = register.after(register.resolve(arguments.phrase))
    printed.write_answer(arguments, found, _shape, _rows, _FIELDS, _page)
    for remark in words.remarks(found):
        note(remark)
    return 0 if found.successors or found.arrangements else 1


def _page(found: Aftermath, page: printed.Sheet) -> Iterator[str]:
    """Yield what became of it, and who says so; nothing where nothing did."""
    if not (found.successors or found.arrangements):
        return
    followed, parts = list(words.successors(found)), list(words.arrangements(found))
    sources = list(source_lines(found.evidence))
    numbers = printed.numbered(sources)
    yield page.title(found.record.name)
    yield from page.lines(_lines([*words.standing(found), *followed], numbers))
    if parts:
        yield from page.part(words.took_part(found), _lines(parts, numbers))
    yield from page.part(printed.WHO_SAYS_SO, printed.source_print(sources, numbers))


def _lines(lines: Iterable[words.AfterLine], numbers: printed.Numbers) -> Iterator[printed.Printed]:
    for line in lines:
        reference = printed.marks(line.evidence, numbers)
        yield printed.Printed(
            ((line.text, ""), (line.key, "key"), (line.about, "dim"), (reference, "reference")), line.depth
        )


def _shape(found: Aftermath) -> shapes.Shape:
    """Return the answer as JSON has it."""
    record = found.record
    return {
        "key": record.key,
        "successors": [
            _successor(one, line.text)
            for one, line in zip(found.successors, words.successors(found, alone=True), strict=True)
        ],
        "arrangements": [
            _arrangement(one, line.text)
            for one, line in zip(found.arrangements, words.arrangements(found), strict=True)
        ],
        "name": record.name,
        "status": record.status,
        "open": record.open,
        "closed": record.closed,
        "left_out": found.left_out,
        "evidence": [shapes.evidence(one) for one in found.evidence],
    }


def _successor(one: Successor, text: str) -> shapes.Shape:
    return {
        "key": one.link.key,
        "name": one.link.name,
        "from": one.link.start or one.link.legal_start,
        "depth": one.depth,
        "of": one.of.key,
        "kind": one.link.kind,
        "type": one.link.type,
        "legal_from": one.link.legal_start,
        "open": one.open,
        "opened": one.opened,
        "closed": one.closed,
        "elsewhere": one.is_elsewhere,
        "name_then": one.name_then,
        "evidence": list(one.link.evidence),
        "text": text,
    }


def _arrangement(one: ArrangementAfter, text: str) -> shapes.Shape:
    return {
        "key": one.link.key,
        "name": one.link.name,
        "role": one.link.role,
        "outcome": one.outcome,
        "to": [party._asdict() for party, _ in one.to],
        "open": one.link.other_open,
        "closed": one.closed,
        "became": [party._asdict() for party in one.became],
        "end": one.link.stated_end,
        "listed_last": one.link.listed_last,
        "evidence": list(one.link.evidence),
        "text": text,
    }


def _rows(found: Aftermath) -> Iterator[shapes.Shape]:
    """Yield a row for each successor and for each arrangement."""
    for one, line in zip(found.successors, words.successors(found), strict=True):
        ends = {"of_key": one.of.key, "of_name": one.of.name}
        yield {"what": "successor", **_successor(one, line.text), **ends}
    for part, line in zip(found.arrangements, words.arrangements(found), strict=True):
        shape = _arrangement(part, line.text)
        yield {"what": "arrangement", **shape, "to": [party.key for party, _ in part.to]}
