"""The register that comes with Interlock, made from the files in `builtin/stories`: run 1 of every database."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from db.database.connection import open_writing
from db.database.sqlite_errors import as_database_error
from db.files.placement import put_in_place
from db.files.scratch import naming, scratch_folder
from db.files.user_folders import user_folder

_HERE = Path(__file__).parent
_FOLDER = _HERE / "builtin" / "stories"
_MADE_FROM = (_FOLDER, _HERE / "documents", _HERE / "records", _HERE.parent / "db")
"""Folders whose files, those in folders below them too, decide what the register holds."""
_MARK = 16
"""Bytes of the checksum behind a kept image."""


def image() -> bytes:
    """Return the built-in register as the bytes of a database, from the user's cache where it is kept whole."""
    try:
        kept = _kept_at()
    except OSError:
        return _make()  # there is no place to keep it
    with suppress(OSError):
        content = kept.read_bytes()
        found, mark = content[:-_MARK], content[-_MARK:]
        if found.startswith(b"SQLite format 3\0") and _mark(found) == mark:
            return found
    made = _make()
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob("builtin-*.db"):
            old.unlink()
        with scratch_folder(kept.parent) as folder:
            fresh = folder / kept.name
            fresh.write_bytes(made + _mark(made))
            put_in_place(fresh, kept, over=True)
    return made


def _mark(content: bytes) -> bytes:
    """Return what stands behind a kept image, so that one which a disk has damaged is made anew."""
    return hashlib.blake2b(content, digest_size=_MARK).digest()


def create_register(path: Path) -> None:
    """Make a new database that holds the built-in register; one that is already there is left as it is.

    Raises DatabaseError where it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(path.parent) as folder:
            fresh = folder / "register.db"
            fresh.write_bytes(image())
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
    mark = hashlib.blake2b(digest_size=12)
    for top in _MADE_FROM:
        for where, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(files):
                path = os.path.join(where, name)
                stat = os.stat(path)
                mark.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return user_folder("cache") / f"builtin-{mark.hexdigest()}.db"


def _make() -> bytes:
    """Import the records files of the built-in register into a new database in memory."""
    # 90 ms together, which reading a kept image does without.
    from dataclasses import replace

    from db.store.session import ImportSession
    from importers.base import ReadOptions
    from importers.paths import file_input
    from importers.records.importer import importer

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with ImportSession.in_memory(connection, command="the built-in register") as session:
            for file in sorted(_FOLDER.glob("*.yaml")):
                # Where this program is installed is nobody's evidence.
                source = replace(file_input(str(file), named=True), label=f"built-in {file.name}", path=None)
                reading = importer.read(source, ReadOptions())
                session.take(reading, format=importer.name, strict=True)
            session.finish()
        return connection.serialize()
