"""`interlock remove`: takes a record away that was entered by mistake."""

from __future__ import annotations

from tui.cli import report_shapes
from tui.cli.arguments import WAIT, Arguments, Command, Option
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import Listing, note, upgrading, waiting, write_one
from tui.cli.tables import TableColumn

COMMAND = Command(
    name="remove",
    usage="KEY",
    options=(
        Option("--source", "take back what this source says, instead of files that people wrote", "SOURCE"),
        WAIT,
    ),
    least=1,
    epilogue="It is a run of its own, which interlock undo takes back. Who else leads to the record leads to a code of "
    "which nothing is known, and is asked about in interlock review. Delete the entry from its file as well, or the "
    "next import of that brings it back.",
)

_COLUMNS = (TableColumn("run", figures=True, cut=False), TableColumn("key", style="key"), TableColumn("said by"))


def run(arguments: Arguments) -> int:
    """Take the record away and write what that came to."""
    path = writing_path(arguments)
    with open_chosen(arguments) as register:
        key = register.resolve(arguments.phrase)
    from db.entities.by_hand import remove  # loads the writing half, 80 ms
    from db.files.scratch import ended_by_signals

    with ended_by_signals():
        removed = remove(
            path, key, arguments.text("--source"), command=f"remove {arguments.phrase}",
            wait=arguments.wait, on_wait=waiting, on_upgrade=upgrading(path),
        )  # fmt: skip
    shape = report_shapes.removed(removed)
    cells = [(str(removed.run), removed.key, ", ".join(removed.sources))]
    write_one(Listing("removed", [shape], tuple(shape), _COLUMNS, cells), arguments)
    note(f"{removed.key} is taken away in run {removed.run}; interlock undo {removed.run} takes that back")
    return 0
