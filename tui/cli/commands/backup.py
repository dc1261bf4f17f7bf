"""`interlock backup`: copies the register to a file."""

from __future__ import annotations

from pathlib import Path

from db.database.connection import path_named
from tui.cli.arguments import Arguments, Command, Option
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import Listing, note, write_one
from tui.cli.tables import TableColumn

COMMAND = Command(
    name="backup",
    usage="FILE",
    options=(Option("--over", "put it in the place of a file that is there already"),),
    least=1,
    most=1,
    epilogue="The copy is the register as the last import left it, whole, also while another import runs; it is a "
    "register like any other: interlock --db FILE reads it. To go back to it, put it where your register is.",
)

_COLUMNS = (
    TableColumn("backup", cut=False, style="title"),
    TableColumn("of", cut=False),
    TableColumn("bytes", figures=True, cut=False),
)


def run(arguments: Arguments) -> int:
    """Copy the register and write where the copy is and how much it holds."""
    from db.database.backup import back_up  # loads what writes files, 7 ms

    path = writing_path(arguments)
    with open_chosen(arguments):
        pass  # the user's own is made where there is none yet
    copy = Path(path_named(arguments.words[0], "backup"))
    size = back_up(path, copy, over=arguments.flag("--over"))
    shape = {"backup": str(copy), "of": str(path), "bytes": size}
    cells = [(str(copy), str(path), f"{size:,}")]
    write_one(Listing("backup", [shape], tuple(shape), _COLUMNS, cells), arguments)
    note(f"{copy} is a register as yours is: interlock --db {copy} reads it")
    return 0
