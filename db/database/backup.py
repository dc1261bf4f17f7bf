"""A copy of a register for safe keeping: whole and of one state, also while an import runs."""

from __future__ import annotations

import os
from pathlib import Path

from db.database.connection import copy_register
from db.errors import OutputError, UsageError
from db.files.placement import as_private_as, put_in_place
from db.files.scratch import naming, scratch_folder

_OF_SQLITE = ("-wal", "-journal")
"""Endings of the files in which SQLite keeps, beside a database, what is not in it yet."""


def back_up(path: Path, copy: Path, *, over: bool = False) -> int:
    """Copy the register at `path` to `copy`, as the last import left it, and return the bytes of that.

    A file that is there already is replaced where `over`. Raises UsageError where it may not be, DatabaseError where
    the register cannot be read, OutputError where the copy cannot be written.
    """
    _check_place(path, copy, over=over)
    try:
        with scratch_folder(copy.parent) as folder:
            fresh = folder / "register.db"
            with naming(path, fresh):
                copy_register(path, fresh)
            as_private_as(path, fresh)
            size = fresh.stat().st_size
            put_in_place(fresh, copy, over=over)
    except FileExistsError as error:
        raise _in_the_way(copy) from error
    except OSError as error:
        raise OutputError(f"{copy}: {error.strerror or error}; choose another place for the backup") from error
    return size


def _check_place(path: Path, copy: Path, *, over: bool) -> None:
    """Raise UsageError where a copy may not be put: over what is there already, or is in use."""
    if not copy.parent.is_dir():
        raise UsageError(f"{copy}: there is no folder {copy.parent}; make it, or choose another place for the backup")
    if copy.is_dir():
        raise UsageError(f"{copy}: is a folder; name the file of the backup in it")
    if not os.path.lexists(copy):
        return
    if not over:
        raise _in_the_way(copy)
    if not copy.is_file():
        raise UsageError(f"{copy}: is no ordinary file; choose another place for the backup")
    if path.exists() and path.samefile(copy):
        raise UsageError(f"{copy}: is the register itself; choose another place for the backup")
    if any(os.path.lexists(f"{copy}{ending}") for ending in _OF_SQLITE):
        # SQLite would write what stands there into the new file.
        raise UsageError(f"{copy}: is a database in use, or was when its program was killed; choose another place")


def _in_the_way(copy: Path) -> UsageError:
    return UsageError(f"{copy}: is there already; --over puts the backup in its place")
