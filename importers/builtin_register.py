"""The register that comes with Interlock, made from the files in `builtin`: run 1 of every database."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from shutil import copyfile

from db.database.builtin import tell_making
from db.database.connection import open_writing
from db.database.sqlite_errors import as_database_error
from db.files.placement import put_in_place
from db.files.scratch import naming, scratch_folder
from db.files.user_folders import user_folder
from db.garbage_collection import collecting_seldom
from importers.builtin_folders import folders

_HERE = Path(__file__).parent
_MADE_FROM = (_HERE, _HERE.parent / "db")
"""Folders whose files, those in folders below them too, decide what the register holds."""
_KEPT = 2
"""Images that are kept: that of the Interlock used last, and of one beside it."""
_FIRST_SECOND, _SECONDS = 1_000_000_000, 500_000_000
"""Times from 2001 to 2017, long before any image was made."""


def image() -> Path | bytes:
    """Return the built-in register: a file in the user's cache, made if need be, or its bytes where none can be kept.

    Nothing writes to that file: it can be opened as one that never changes. Its time is a seal, given to it when all of
    it was written: whatever is done to it afterwards leaves another.
    """
    try:
        kept = _kept_at()
    except OSError:
        return make_image()
    if _is_whole(kept):
        return kept
    made = make_image()
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(kept.parent) as folder:
            fresh = folder / kept.name
            fresh.write_bytes(made)
            os.utime(fresh, (_seal(kept, len(made)),) * 2)
            put_in_place(fresh, kept, over=True)
        _clear_others(kept)
        return kept
    return made


def _is_whole(kept: Path) -> bool:
    """Tell whether a kept image is what was put there."""
    try:
        found = os.stat(kept)
    except OSError:
        return False
    return found.st_mtime == _seal(kept, found.st_size)


def _seal(kept: Path, size: int) -> int:
    """Return the time of an image of that name and size, in whole, even seconds, which every file system keeps."""
    mark = hashlib.blake2b(f"{kept.name}\0{size}".encode(), digest_size=8).digest()
    return _FIRST_SECOND + int.from_bytes(mark) % _SECONDS // 2 * 2


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


def _kept_at() -> Path:
    """Return where the image for exactly these files is kept. Raises OSError where there is no such place."""
    return user_folder("cache") / f"builtin-{_mark(tuple(dict.fromkeys((*_MADE_FROM, *folders()))))}.db"


@cache
def _mark(tops: tuple[Path, ...]) -> str:
    """Return what tells these files from others, by their sizes and times; looked up once, as the explorer opens often.

    Raises OSError.
    """
    mark = hashlib.blake2b(digest_size=12)
    for top in tops:
        for where, below, files in os.walk(top):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(files):
                path = os.path.join(where, name)
                stat = os.stat(path)
                mark.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return mark.hexdigest()


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
