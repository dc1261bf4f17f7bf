"""`interlock sql`: a query of one's own, read-only and within a time limit."""

from __future__ import annotations

from math import isfinite

from tui.arguments import Arguments, Command, Option, number, seconds
from tui.commands import COMMANDS
from tui.database import open_chosen
from tui.output.listing import Listing, note, plain, write_flat, write_json, write_listing
from tui.output.tables import Column
from tui.output.terminal import palette

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.model import Table

LIMIT = 1000
SECONDS = 5.0

COMMAND = Command(
    name="sql",
    summary=COMMANDS["sql"],
    usage='"SELECT …"',
    options=(
        Option("--limit", f"how many rows at most (unless asked: {LIMIT})", "N", number),
        Option("--seconds", f"how long it may take (unless asked: {SECONDS:g})", "SECONDS", seconds),
    ),
    least=1,
)


def run(arguments: Arguments) -> int:
    """Run the query and write its rows."""
    limit = arguments.number("--limit", LIMIT)
    with open_chosen(arguments) as register:
        found = register.sql(arguments.phrase, limit=limit, seconds=arguments.seconds("--seconds", SECONDS))
    rows = [[_value(value) for value in row] for row in found.rows]
    form = arguments.text("--format") or "table"
    if form == "json":
        write_json({"columns": list(found.columns), "rows": rows, "truncated": found.truncated})
    elif form in ("csv", "tsv"):
        write_flat(found.columns, rows, form)
    else:
        write_listing(_listing(found, rows), form, palette(arguments.text("--color")))
    if found.truncated:
        note(f"only the first {len(rows):,} rows; --limit N shows more")
    return 0


def _value(value: object) -> object:
    """Return a value that JSON can hold: infinite numbers and bytes as text."""
    if isinstance(value, bytes) or (isinstance(value, float) and not isfinite(value)):
        return plain(value)
    return value


def _listing(found: Table, rows: list[list[object]]) -> Listing:
    names = _distinct(found.columns)
    figures = [
        any(row[place] is not None for row in rows)
        and all(row[place] is None or isinstance(row[place], (int, float)) for row in rows)
        for place in range(len(names))
    ]
    return Listing(
        name="rows",
        rows=[dict(zip(names, row, strict=True)) for row in rows],
        fields=names,
        columns=tuple(Column(name, figures=number) for name, number in zip(found.columns, figures, strict=True)),
        cells=[[plain(value) for value in row] for row in rows],
    )


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return column names of which none repeats, so that no value is lost in an object."""
    kept: list[str] = []
    for name in names:
        turn, distinct = 2, name
        while distinct in kept:
            distinct, turn = f"{name}_{turn}", turn + 1
        kept.append(distinct)
    return tuple(kept)
