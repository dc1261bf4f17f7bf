"""What SQLite and file systems raise, as the one-line errors that people are shown."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from db.errors import DatabaseError, InterlockError, QueryInterruptedError
from db.shortages import no_files_left, shortage

if TYPE_CHECKING:
    from pathlib import Path

FAILURES = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What using a database file may raise; the last where SQLite quotes bytes of a damaged file in its message."""


def is_interrupt(error: sqlite3.Error) -> bool:
    """Tell whether a statement ended because somebody or a time limit stopped it."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT


def as_interlock_error(error: sqlite3.Error, label: str) -> InterlockError:
    """Return what to raise instead of SQLite's error while reading the register called `label`."""
    if is_interrupt(error):
        return QueryInterruptedError(f"{label}: the query was stopped before it had an answer")
    return as_database_error(error, label)


def as_database_error(error: Exception, path: Path | str) -> DatabaseError:
    """Say in one line what SQLite or the file system refused, and what to do."""
    text = (isinstance(error, OSError) and error.strerror) or str(error)
    lacking = shortage(error) or ("unable to open" in text and no_files_left())
    if lacking:
        return DatabaseError(f"{path}: {lacking}")
    if isinstance(error, PermissionError):
        return DatabaseError(f"{path}: permission denied; check the permissions of it and of its folder")
    if isinstance(error, UnicodeDecodeError):
        text = "could not decode text"
    if getattr(error, "sqlite_errorname", "") in _OF_NO_LOCKS:
        return DatabaseError(f"{path}: {_NO_LOCKS}")
    for said, meant in _MEANINGS.items():
        if said in text.lower():
            return DatabaseError(f"{path}: {meant.format(text)}")
    return DatabaseError(f"{path}: {text}")


_OF_NO_LOCKS = {"SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_LOCK", "SQLITE_IOERR_RDLOCK", "SQLITE_IOERR_SHMLOCK"}
"""What SQLite calls errors of the locks, and of the memory that programs share, which some file systems do not have."""
_NO_LOCKS = "its disk knows no locks, as a folder on a network; keep the register on a disk of this machine"
_DAMAGED = "is damaged ({}); restore a backup or import anew into another file"
_MEANINGS = {
    "locked": "is locked by another import; try again when it has ended",
    "busy": "is locked by another import; try again when it has ended",
    "not a database": "is not a database; name another with --db",
    "malformed": _DAMAGED,
    "could not decode": _DAMAGED,
    "no such column": _DAMAGED,
    "no such table": _DAMAGED,
    "no such view": _DAMAGED,
    "no such index": _DAMAGED,
    "already exists": _DAMAGED,
    "has no column": _DAMAGED,
    "is full": "the disk is full; nothing was changed",
    "no space": "the disk is full; nothing was changed",
    "quota": "the disk is full ({}); nothing was changed",
    "too large": "the disk is full ({}); nothing was changed",
    "input/output error": "the disk failed ({})",
    "i/o error": "the disk failed or is full ({}); check the space left on it",
    "readonly": "may not be written; check its permissions, or name another with --db",
    "read-only": "may not be written; check its permissions, or name another with --db",
    "unable to open": "cannot be opened; check the path and its permissions",
    "file exists": "a part of the path is a file and not a folder; check the path",
    "not a directory": "a part of the path is a file and not a folder; check the path",
    "symbolic links": "is a link that leads back to itself; check the path",
}
"""What SQLite and file systems say, by a part of it in lower case, and what that means for the person who asked."""
