"""`interlock diff`: what an import changed, record by record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.errors import UsageError
from tui.cli import report_shapes
from tui.cli.arguments import Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import Listing, note, write_json, write_listing
from tui.cli.reports import refused_lines
from tui.cli.shapes import Shape
from tui.cli.tables import Cell, TableColumn
from tui.text import changes
from tui.text.phrases import FROM_LINKS_ALONE

if TYPE_CHECKING:
    from db.reports import Changed, Diff

RECORDS_SHOWN = 20
CHANGES_SHOWN = 10

COMMAND = Command(
    name="diff",
    usage="RUN",
    options=(
        Option(
            "--limit", f"records shown of each list (unless asked: {RECORDS_SHOWN} in a table, else all)", "N", number
        ),
    ),
    least=1,
    most=1,
    epilogue="RUN is a number of interlock runs. Each record stands in one list, by the "
    "strongest thing that happened to it. A link counts as a change of both its ends. Evidence alone is no change.",
)

_FIELDS = ("did", "key", "name", "what", "before", "after")
_STYLES = {"added": "good", "reopened": "good", "updated": "soon", "closed": "past", "gone": "past"}
_RECORD = (
    TableColumn("did", cut=False),
    TableColumn("key", cut=False, style="key"),
    TableColumn("name", style="title"),
)
_COLUMNS = (*_RECORD, TableColumn("", cut=False, style="past"))
_FLAT = (*_RECORD, *map(TableColumn, ("what", "before", "after")))


def run(arguments: Arguments) -> int:
    """Write what the run did; rows that it refused go to stderr where the answer does not hold them."""
    wanted = run_number(arguments)
    with open_chosen(arguments) as register:
        diff = register.diff(wanted)
    form = arguments.form
    limit = arguments.limit(RECORDS_SHOWN if form == "table" else None)
    if form == "json":
        write_json(report_shapes.diff(diff) if limit is None else _cut(report_shapes.diff(diff), limit))
        return 0
    write_listing(_listing(diff, form, limit), arguments)
    _tell(diff, limit)
    return 0


def _cut(whole: Shape, limit: int) -> Shape:
    """Return a diff with so many records in each of its lists at most, how many there are, and if it was cut."""
    lists = {did: found for did in changes.DONE if isinstance(found := whole[did], list)}
    totals = {did: len(found) for did, found in lists.items()}
    shown = {did: found[:limit] for did, found in lists.items()}
    return {**whole, **shown, "totals": totals, "truncated": any(len(shown[did]) < totals[did] for did in lists)}


def run_number(arguments: Arguments) -> int:
    """Return the number of a run that a command was given. Raises UsageError."""
    try:
        return number(arguments.words[0].removeprefix("#"))
    except ValueError as error:
        raise UsageError(f"{error}; a run is named by its number, which interlock runs lists") from error


def _listing(diff: Diff, form: str, limit: int | None) -> Listing:
    records = [(did, one) for did in changes.DONE for one in getattr(diff, did)[:limit]]
    if form in ("csv", "tsv", "markdown"):
        rows = [row for did, one in records for row in _rows(did, one, in_words=form == "markdown")]
        cells = [tuple(str(row.get(field) or "") for field in _FIELDS) for row in rows] if form == "markdown" else []
        return Listing(name="records", rows=rows, fields=_FIELDS, columns=_FLAT, cells=cells)
    return Listing(
        name="records",
        rows=[{"did": did, **report_shapes.changed(one)} for did, one in records],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=(
            (Cell(did, _STYLES[did]), one.key, one.name, FROM_LINKS_ALONE if one.placeholder else "")
            for did, one in records
        ),
        details=(tuple(changes.lines(one, CHANGES_SHOWN)) for _, one in records),
    )


def _rows(did: str, one: Changed, *, in_words: bool) -> Iterator[dict[str, object]]:
    """Yield a row for each change, and one for a record that was added; for programs in the words of the contract."""
    record: dict[str, object] = {"did": did, "key": one.key, "name": one.name}
    if not one.changes:
        yield record
    for change in one.changes:
        yield {**record, **(changes.change(change)._asdict() if in_words else report_shapes.change(change))}


def _tell(diff: Diff, limit: int | None) -> None:
    """Tell on stderr what was left out, and what the run came to."""
    for did in changes.DONE:
        surplus = len(getattr(diff, did)) - limit if limit is not None else 0
        if surplus > 0:
            note(f"… {surplus:,} more {did}; --limit shows more, --format json all")
    for line in refused_lines(diff.rejects, diff.rejects_left_out, "--format json"):
        note(line)
    note(changes.summary(diff))
