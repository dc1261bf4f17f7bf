"""`interlock undo`: takes an import back."""

from __future__ import annotations

import sys

from tui.arguments import Arguments, Command, Option, seconds
from tui.commands import COMMANDS
from tui.commands.diff import run_number
from tui.database import writing_path
from tui.output import shapes
from tui.output.listing import Listing, note, write_json, write_listing
from tui.output.tables import Column
from tui.output.terminal import palette
from tui.output.words import count

COMMAND = Command(
    name="undo",
    summary=COMMANDS["undo"],
    usage="RUN",
    options=(Option("--wait", "how long to wait for an import to end (unless asked: 5)", "SECONDS", seconds),),
    least=1,
    most=1,
    epilogue="RUN is a number of interlock runs; interlock diff RUN tells what would be taken back. It is refused "
    "where later runs build on it: those have to be undone first. An undone run stays listed.",
)

_COLUMNS = tuple(Column(name, figures=True, cut=False) for name in ("run", "records", "links", "restored"))


def run(arguments: Arguments) -> int:
    """Take the run back and write what that came to."""
    wanted = run_number(arguments)
    path = writing_path(arguments)
    from db.files.scratch import ended_by_signals
    from db.store.undo import undo  # loads the writing half, which mistakes in the words do not need

    with ended_by_signals():
        undone = undo(path, wanted, wait=arguments.seconds("--wait", 5.0), on_wait=_waiting)
    form = arguments.text("--format") or "table"
    shape = shapes.undone(undone)
    if form == "json":
        write_json(shape)
    else:
        cells = [tuple(f"{figure:,}" for figure in (undone.run, undone.records, undone.links, undone.restored))]
        listing = Listing(name="undone", rows=[shape], fields=tuple(shape), columns=_COLUMNS, cells=cells)
        write_listing(listing, form, palette(arguments.text("--color")))
    parts = f"{count(undone.records, 'record')} and {count(undone.links, 'link')} taken back"
    note(f"run {undone.run} is undone: {parts}, {count(undone.restored, 'other record')} as before")
    return 0


def _waiting() -> None:
    # For whoever sits there: in a pipe an error has to be the one line that there is.
    if sys.stderr.isatty():
        note("waiting for an import to end…")
