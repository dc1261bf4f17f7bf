"""`interlock undo`: takes an import back."""

from __future__ import annotations

from tui.cli import report_shapes
from tui.cli.arguments import WAIT, Arguments, Command
from tui.cli.commands.diff import run_number
from tui.cli.database import writing_path
from tui.cli.lists import Listing, note, waiting, write_one
from tui.cli.tables import TableColumn
from tui.text import changes

COMMAND = Command(
    name="undo",
    usage="RUN",
    options=(WAIT,),
    least=1,
    most=1,
    epilogue="RUN is a number of interlock runs; interlock diff RUN tells what would be taken back. It is refused "
    "where later runs build on it: those have to be undone first. An undone run stays listed.",
)

_COLUMNS = tuple(TableColumn(name, figures=True, cut=False) for name in ("run", "records", "links", "restored"))


def run(arguments: Arguments) -> int:
    """Take the run back and write what that came to."""
    wanted = run_number(arguments)
    path = writing_path(arguments)
    from db.files.scratch import ended_by_signals
    from db.store.undo import undo  # loads the writing half, 50 ms

    with ended_by_signals():
        undone = undo(path, wanted, wait=arguments.wait, on_wait=waiting)
    shape = report_shapes.undone(undone)
    cells = [tuple(f"{figure:,}" for figure in (undone.run, undone.records, undone.links, undone.restored))]
    write_one(Listing("undone", [shape], tuple(shape), _COLUMNS, cells), arguments)
    note(changes.undone(undone))
    return 0
