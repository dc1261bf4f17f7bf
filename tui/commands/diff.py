"""`interlock diff`: what an import changed, record by record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.errors import UsageError
from tui.arguments import Arguments, Command, Option, number
from tui.commands import COMMANDS
from tui.database import open_chosen
from tui.output import shapes
from tui.output.listing import Listing, note, write_json, write_listing
from tui.output.tables import Column
from tui.output.terminal import palette
from tui.output.words import count

if TYPE_CHECKING:
    from db.model import Changed, Diff

RECORDS_SHOWN = 20
CHANGES_SHOWN = 10

COMMAND = Command(
    name="diff",
    summary=COMMANDS["diff"],
    usage="RUN",
    options=(Option("--limit", f"records shown of each list (unless asked: {RECORDS_SHOWN})", "N", number),),
    least=1,
    most=1,
    epilogue="RUN is a number of interlock runs. Only the table is cut. Each record stands in one list, by the "
    "strongest thing that happened to it. A link counts as a change of both its ends. Evidence alone is no change.",
)

_LISTS = ("added", "updated", "closed", "reopened", "gone")
_STYLES = {"added": "good", "closed": "past", "gone": "past", "reopened": "soon"}
_FIELDS = ("did", "key", "name", "what", "before", "after")
_COLUMNS = (
    Column("did", cut=False),
    Column("key", cut=False, style="key"),
    Column("name", style="title"),
    Column("what"),
    Column("before"),
    Column("after"),
)


def run(arguments: Arguments) -> int:
    """Write what the run did; rows that it refused go to stderr where the answer does not hold them."""
    wanted = run_number(arguments)
    with open_chosen(arguments) as register:
        diff = register.diff(wanted)
    form = arguments.text("--format") or "table"
    if form == "json":
        write_json(shapes.diff(diff))
        return 0
    limit = arguments.number("--limit", RECORDS_SHOWN) if form == "table" else None
    write_listing(_listing(diff, form, limit), form, palette(arguments.text("--color")))
    _tell(diff, limit)
    return 0


def run_number(arguments: Arguments) -> int:
    """Return the number of a run that a command was given. Raises UsageError."""
    try:
        return number(arguments.words[0].removeprefix("#"))
    except ValueError as error:
        raise UsageError(f"{error}; a run is named by its number, which interlock runs lists") from error


def _listing(diff: Diff, form: str, limit: int | None) -> Listing:
    lists = [(did, getattr(diff, did)) for did in _LISTS]
    if form == "jsonl":
        rows: list[dict[str, object]] = [{"did": did, **shapes.changed(one)} for did, each in lists for one in each]
    else:
        rows = [row for did, each in lists for one in each[:limit] for row in _rows(did, one)]
    cells = (
        []
        if form == "jsonl"
        else [row for did, each in lists for one in each[:limit] for row in _cells(did, one, limit)]
    )
    return Listing(name="records", rows=rows, fields=_FIELDS, columns=_COLUMNS, cells=cells)


def _rows(did: str, one: Changed) -> Iterator[dict[str, object]]:
    """Yield a row for each change, and one for a record that was added."""
    record: dict[str, object] = {"did": did, "key": one.key, "name": one.name}
    if not one.changes:
        yield record
    for change in one.changes:
        yield {**record, **shapes.change(change)}


def _cells(did: str, one: Changed, limit: int | None) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a record; in a table that is cut, the record is named on the first of them only."""
    named = (did, one.key, one.name)
    if not one.changes:
        yield (*named, "placeholder" if one.placeholder else "", "", "")
    shown = one.changes if limit is None else one.changes[:CHANGES_SHOWN]
    for place, change in enumerate(shown):
        repeated = named if limit is None or not place else ("", "", "")
        yield (*repeated, change.what, change.before or "", change.after or "")
    if len(shown) < len(one.changes):
        yield ("", "", "", f"… {count(len(one.changes) - len(shown), 'more change')}", "", "")


def _tell(diff: Diff, limit: int | None) -> None:
    """Tell on stderr what was left out, and what the run came to."""
    from tui.commands.import_ import REJECTS_SHOWN, reject_line  # only what is not JSON needs it

    for did in _LISTS:
        surplus = len(getattr(diff, did)) - limit if limit is not None else 0
        if surplus > 0:
            note(f"… {surplus:,} more {did}; --limit shows more, --format json all")
    for reject in diff.rejects[:REJECTS_SHOWN]:
        note(reject_line(reject))
    if len(diff.rejects) > REJECTS_SHOWN:
        note(f"… {count(len(diff.rejects) - REJECTS_SHOWN, 'more refused row')}; --format json lists them all")
    parts = [f"{len(getattr(diff, did)):,} {did}" for did in _LISTS if getattr(diff, did)]
    parts += [f"{count(len(diff.rejects), 'row')} refused"] if diff.rejects else []
    note(f"run {diff.run}: {', '.join(parts) or 'changed nothing'}")
