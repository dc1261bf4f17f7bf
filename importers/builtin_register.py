"""The register that comes with Interlock, made from the files in `builtin`: run 1 of every database."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

from db.database.builtin import tell_making
from db.database.connection import open_writing
from db.database.sqlite_errors import as_database_error
from db.files.placement import put_in_place
from db.files.scratch import naming, scratch_folder
from db.garbage_collection import collecting_seldom
from importers.builtin_image import kept_at, kept_image, seal

_KEPT = 2
"""Images that are kept: that of the Interlock used last, and of one beside it."""


def image() -> Path | bytes:
    """Return the built-in register: a file in the user's cache, made if need be, or its bytes where none can be kept.

    Nothing writes to that file: it can be opened as one that never changes.
    """
    if found := kept_image():
        return Path(found)
    try:
        kept = Path(kept_at())
    except OSError:
        return make_image()
    made = make_image()
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(kept.parent) as folder:
            fresh = folder / kept.name
            fresh.write_bytes(made)
            os.utime(fresh, (seal(str(kept), len(made)),) * 2)
            put_in_place(fresh, kept, over=True)
        _clear_others(kept)
        return kept
    return made


def _clear_others(kept: Path) -> None:
    """Remove the images of other versions, but for the last few: two that are used in turn are not made each time."""
    others = [path for path in kept.parent.glob("builtin-*.db") if path != kept]
    with suppress(OSError):
        others.sort(key=lambda path: path.stat().st_ctime, reverse=True)
    for old in others[_KEPT - 1 :]:
        with suppress(OSError):
            old.unlink()


def create_register(path: Path) -> None:
    """Make a new database that holds the built-in register; one that is already there is left as it is.

    Raises DatabaseError where it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(path.parent) as folder:
            fresh = folder / "register.db"
            found = image()
            if isinstance(found, bytes):
                fresh.write_bytes(found)
            else:
                copyfile(found, fresh)
            with naming(path, fresh), closing(open_writing(fresh)) as register:
                # The image may have been made long ago; this database is made now.
                now = datetime.now(UTC).isoformat(timespec="seconds")
                register.execute("UPDATE run SET started = ? WHERE id = 1", (now,))
            with suppress(FileExistsError):
                put_in_place(fresh, path)
    except (OSError, sqlite3.Error) as error:
        raise as_database_error(error, path) from error


@collecting_seldom()
def make_image() -> bytes:
    """Return the built-in register as the bytes of a database: its files imported into a new one, in some seconds."""
    # 90 ms together, which reading a kept image does without.
    from db.store.session import ImportSession
    from importers.builtin_sources import builtin_plan
    from importers.read_ahead import readings

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with ImportSession.in_memory(connection, command="the built-in register") as session:
            planned = builtin_plan().planned
            for number, (entry, reading) in enumerate(zip(planned, readings(planned), strict=True)):
                tell_making(number, len(planned))
                form = reading.source.format or entry.choice.importer.name
                session.take(reading, format=form, strict=True)
            session.finish()
        tell_making(len(planned), len(planned))
        return connection.serialize()
