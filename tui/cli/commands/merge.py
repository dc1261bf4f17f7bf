"""`interlock merge`: makes one record of two that are one body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import report_shapes
from tui.cli.arguments import WAIT, Arguments, Command, Option
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import Listing, note, upgrading, waiting, write_one
from tui.cli.tables import TableColumn

if TYPE_CHECKING:
    from db.register import Register
    from db.reports import Joined

COMMAND = Command(
    name="merge",
    usage="KEY KEY",
    options=(
        Option("--keep", "which of the two keys the record goes by", "KEY"),
        WAIT,
    ),
    least=2,
    most=2,
    epilogue="The record goes by its code of ODS, else by its code of another register, else by a key made of a name; "
    "of two alike by the first in the alphabet. The other key opens it as well. It stays one whatever is imported; "
    "interlock unmerge parts the two again, interlock undo takes the run back. A name of several words needs quotes.",
)


def run(arguments: Arguments) -> int:
    """Join the two records and write what that came to."""
    path = writing_path(arguments)
    keep = arguments.text("--keep")
    with open_chosen(arguments) as register:
        one, other = (_key(register, word) for word in arguments.words)
        kept = None if keep is None else register.resolve(keep)
    from db.entities.by_hand import merge  # loads the writing half, 80 ms
    from db.files.scratch import ended_by_signals

    said = " ".join(("merge", *arguments.words, *(("--keep", keep) if keep else ())))
    with ended_by_signals():
        joined = merge(
            path, one, other, kept, command=said, wait=arguments.wait, on_wait=waiting,
            on_upgrade=upgrading(path),
        )  # fmt: skip
    write_joined(joined, arguments, "merged")
    note(
        f"{joined.other} is {joined.key} from run {joined.run} on; interlock unmerge {joined.key} {joined.other} parts "
        f"them, interlock undo {joined.run} takes the run back"
    )
    return 0


def _key(register: Register, word: str) -> str:
    """Return the key of the record that a word opens; a key made of a name as it is, since it stays with that body."""
    found, key = register.resolve(word), word.strip().lower()
    return key if key.startswith("org:") else found


def write_joined(both: Joined, arguments: Arguments, name: str) -> None:
    """Write which record it was about, and the key of the other body."""
    shape = report_shapes.joined(both)
    columns = (
        TableColumn("run", figures=True, cut=False),
        *(TableColumn(one, style="key") for one in ("key", "other")),
    )
    cells = [(str(both.run), both.key, both.other)]
    write_one(Listing(name, [shape], tuple(shape), columns, cells), arguments)
