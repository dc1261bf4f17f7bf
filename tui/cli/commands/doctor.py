"""`interlock doctor`: whether the register is sound, and what repairs it where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import DatabaseError, UsageError
from tui.cli.arguments import WAIT, Arguments, Command, Option
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import Listing, note, upgrading, waiting, write_listing
from tui.cli.tables import Cell, TableColumn

if TYPE_CHECKING:
    from pathlib import Path

    from db.doctor import Finding

COMMAND = Command(
    name="doctor",
    options=(
        Option("--rebuild-index", "make the search index anew first"),
        Option("--upgrade", "bring a database of an older version up to date first, with a backup beside it"),
        WAIT,
    ),
    most=0,
    epilogue="It reads the whole register, which takes some seconds for a national one. The exit code is 4 where "
    "anything is wrong.",
)

_FIELDS = ("check", "ok", "found", "repair")
_COLUMNS = (TableColumn("check", style="title"), TableColumn(""), TableColumn("found"), TableColumn("repair"))
_DAMAGED = 4


def run(arguments: Arguments) -> int:
    """Bring up to date or rebuild what is asked for, then check everything and write what was found."""
    from db.doctor import examine  # loads what writes the index, 45 ms

    if arguments.flag("--upgrade"):
        _upgrade(arguments)
    if arguments.flag("--rebuild-index"):
        _rebuild(arguments)
    elif arguments.text("--wait") is not None and not arguments.flag("--upgrade"):
        raise UsageError("--wait goes with --rebuild-index and --upgrade; looking waits for nobody")
    with open_chosen(arguments) as register:
        findings = register.ask(lambda connection: list(examine(connection)))
    if arguments.flag("--builtin") and (kept := _kept_image()):
        findings = [one if one.ok else one._replace(repair=f"remove {kept}: it is made anew") for one in findings]
    listing = Listing(
        name="checks",
        rows=[{"check": one.check, "ok": one.ok, "found": list(one.wrong), "repair": one.repair} for one in findings],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=[_cells(one) for one in findings],
        after={"problems": sum(not one.ok for one in findings)},
    )
    write_listing(listing, arguments)
    wrong = [one for one in findings if not one.ok]
    if wrong:
        note(f"interlock: {len(wrong)} of {len(findings)} checks failed; to repair the first: {wrong[0].repair}")
    return _DAMAGED if wrong else 0


def _kept_image() -> Path | None:
    """The file in which the built-in register is kept, if it is kept in one."""
    from importers.builtin_register import image  # as above

    found = image()
    return None if isinstance(found, bytes) else found


def _upgrade(arguments: Arguments) -> None:
    from db.doctor import bring_up_to_date  # as above
    from db.files.scratch import ended_by_signals

    path = _there(arguments, "to bring up to date")
    with ended_by_signals():
        done = bring_up_to_date(path, wait=arguments.wait, on_wait=waiting, on_upgrade=upgrading(path))
    parts = [f"{path} is up to date" + ("" if any(done) else " already")]
    parts += [f"{done.backup} has it as it was"] if done.backup else []
    parts += [f"run {done.run} noted who states which value, and can be undone"] if done.run else []
    note("; ".join(parts))


def _rebuild(arguments: Arguments) -> None:
    from db.doctor import rebuild_index  # as above
    from db.files.scratch import ended_by_signals

    path = _there(arguments, "with an index to rebuild")
    with ended_by_signals():
        rebuild_index(path, wait=arguments.wait, on_wait=waiting)


def _there(arguments: Arguments, wanted: str) -> Path:
    from db.database.connection import is_there  # as above

    path = writing_path(arguments)
    if not is_there(path) or not path.stat().st_size:
        raise DatabaseError(f"{path}: there is no such database {wanted}")
    return path


def _cells(one: Finding) -> tuple[str | Cell, ...]:
    state = Cell("well", "good") if one.ok else Cell("wrong", "soon")
    return (one.check, state, "; ".join(one.wrong), one.repair or "")
