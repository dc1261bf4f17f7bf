"""Which file a register was read from, and in what state: so that who keeps it open notices when it is another."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from db.database.connection import is_there
from db.database.sqlite_errors import as_database_error
from db.errors import DatabaseError


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A register's file at one moment; one connection finds two of them equal as long as nobody touches the file."""

    file: tuple[int, int]
    """Device and inode: another file of the same name has another."""
    state: tuple[int, int]
    """Bytes, and when it was last written to in nanoseconds. SQLite's own upkeep changes them too."""
    commits: int | None
    """What `PRAGMA data_version` says, which means something to one connection only; None where it cannot be read."""
    newest_run: tuple[int | str | None, ...]
    """The last import, so that two connections can be compared."""

    def differs(self, before: FileVersion) -> bool:
        """Tell whether the same connection finds other contents than `before`, or another file; upkeep is neither."""
        return (self.file, self.commits, self.newest_run) != (before.file, before.commits, before.newest_run)


def file_there(path: Path | str, label: str) -> os.stat_result:
    """Return what the file system knows of a register's file. Raises DatabaseError where it has gone since."""
    if not is_there(path):
        raise DatabaseError(f"{label}: is no longer there; put it back, or open another with --db")
    try:
        return os.stat(path)
    except OSError as error:
        raise as_database_error(error, label) from error


def file_version(connection: sqlite3.Connection, found: os.stat_result) -> FileVersion:
    """Return the version of the file that `found` describes, as an open connection to it sees its contents."""
    (commits,) = connection.execute("PRAGMA data_version").fetchone()
    newest = connection.execute("SELECT id, started, undone FROM run ORDER BY id DESC LIMIT 1").fetchone()
    return unread(found, commits, tuple(newest or ()))


def unread(found: os.stat_result, commits: int | None = None, newest: tuple[int | str | None, ...] = ()) -> FileVersion:
    """Return the version of a file of which no more is known: without `commits` it is one that cannot be read."""
    return FileVersion((found.st_dev, found.st_ino), (found.st_size, found.st_mtime_ns), commits, newest)
