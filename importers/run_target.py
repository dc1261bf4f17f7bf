"""The database that an import writes into: the one that is there, a copy for a dry run, or a new one made aside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from db.database.connection import copy_register, is_there
from db.database.sqlite_errors import as_database_error
from db.files.placement import as_private_as, put_in_place
from db.files.scratch import naming, scratch_folder
from importers.builtin_register import create_register


class OvertakenError(Exception):
    """Another command has made the database while this import made its own: that one is the one to import into."""


@contextmanager
def import_target(path: Path, dry_run: bool) -> Iterator[Path]:
    """Give the database to import into.

    One that is missing is made aside and put in its place when all went well. A dry run gets a copy: not even a schema
    or a journal of the database itself may change. Raises DatabaseError, OvertakenError.
    """
    there = is_there(path) and path.stat().st_size > 0
    if there and not dry_run:
        yield path
        return
    # What a link leads to is to be made, not put in the place of the link.
    place = Path(os.path.realpath(path))
    with ExitStack() as stack:
        try:
            if not dry_run:
                place.parent.mkdir(parents=True, exist_ok=True)
            draft = stack.enter_context(scratch_folder(None if dry_run else place.parent)) / "register.db"
        except OSError as error:
            raise as_database_error(error, path) from error
        with naming(path, draft):
            if there:
                copy_register(path, draft)
            else:
                create_register(draft)
            yield draft
            if not dry_run:
                _put_in_place(draft, place)


def _put_in_place(draft: Path, path: Path) -> None:
    """Give a new database its name. Raises DatabaseError, OvertakenError where there is one of that name meanwhile."""
    try:
        empty = is_there(path) and not path.stat().st_size
        if empty:
            as_private_as(path, draft)
        put_in_place(draft, path, over=empty)
    except FileExistsError as error:
        raise OvertakenError from error
    except OSError as error:
        raise as_database_error(error, path) from error
