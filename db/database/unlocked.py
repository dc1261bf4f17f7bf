"""Reading a database file without SQLite's locks, where this user may not make the files that its locks need.

SQLite can only be told that such a file never changes (`immutable`). Whether that was true is found out here, by
looking at the file before and after: what was read of a file that changed meanwhile is never shown.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from db.errors import DatabaseError

if TYPE_CHECKING:
    from db.files.scratch import Scratch

State = tuple[int, int, int, int, int] | None
"""What tells a file from what it was before: device, number, size, times of its content and of its entry; None where
there is nothing in it."""

_TICK = 0.05
"""Seconds in which a file may be changed twice without its time telling; the clocks of file systems tick every 0.01."""
_WAL_MODE = b"\2"


class UnlockedConnection(sqlite3.Connection):
    """A connection to a file that others may change at any time, or to a private copy of it."""

    original: str
    states: tuple[State, State, State]
    """Of the file, its write-ahead log and its journal, when it was opened."""
    scratch: Scratch | None = None
    """What holds the private copy."""

    def is_outdated(self) -> bool:
        """Tell whether the register may be another now, so that the next question needs another connection."""
        return states(self.original) != self.states

    def is_torn(self) -> bool:
        """Tell whether what was read since the opening may be of two states, or of none."""
        return self.scratch is None and state(self.original) != self.states[0]

    def close(self) -> None:
        """Close it, and take the private copy away."""
        super().close()
        if self.scratch is not None:
            self.scratch.remove()


def torn(name: object, path: str) -> DatabaseError:
    """Return what to say of the register called `name`, at `path`, that was changed while it was read."""
    return DatabaseError(f"{name}: an import{_writer(path)} changed it while it was being read; ask again")


def _writer(path: str) -> str:
    """Return ` by NAME` for the user whose file the write-ahead log is; nothing where that is not known."""
    try:
        from pwd import getpwuid  # POSIX only

        return f" by {getpwuid(os.stat(f'{path}-wal').st_uid).pw_name}"
    except (ImportError, KeyError, OSError):
        return ""


def state(path: str) -> State:
    """Return what tells a file from what it was before, None where it is empty or missing."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not found.st_size:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def states(path: str) -> tuple[State, State, State]:
    """Return the states of a database file, its write-ahead log and its journal."""
    return state(path), state(f"{path}-wal"), state(f"{path}-journal")


def needs_lock_files(path: str) -> bool:
    """Tell whether SQLite would have to make files beside a database to read it, which this user may or should not.

    A reader who may write in the folder but not to the file would make them his own, and keep its owner from writing.
    """
    there = os.path.exists(f"{path}-wal") and os.path.exists(f"{path}-shm")
    may = os.access(path, os.W_OK) and os.access(os.path.dirname(path), os.W_OK)
    return not there and not may and _in_wal_mode(path)


def _in_wal_mode(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(20)[18:19] == _WAL_MODE


def open_unlocked(path: str, connect: Callable[..., sqlite3.Connection]) -> UnlockedConnection | None:
    """Open a file as one that does not change, or a private copy where a log or journal beside it has to be read too.

    `connect` opens a path, with options of a URI and a class. None where the file is being changed, or would have to be
    locked. Raises sqlite3.Error, OSError.
    """
    before = states(path)
    if before[0] is None or _just_now(before):
        return None
    if before[1] is not None or before[2] is not None:
        return _copied(path, before, connect)
    return _as_it_is(path, before, connect) if _in_wal_mode(path) else None


def _just_now(before: tuple[State, State, State]) -> bool:
    """Tell whether a file was written to so lately that writing to it again might not change its time."""
    return any(0 <= time.time_ns() - one[3] < _TICK * 1e9 for one in before if one is not None)


def _as_it_is(
    path: str, before: tuple[State, State, State], connect: Callable[..., sqlite3.Connection]
) -> UnlockedConnection | None:
    """Open the file itself; None where it has changed since `before`."""
    opened = connect(path, "mode=ro&immutable=1", UnlockedConnection)
    assert isinstance(opened, UnlockedConnection)
    opened.original, opened.states = path, before
    try:
        opened.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        torn = opened.is_torn()
        opened.close()
        if torn:
            return None
        raise
    return opened


def _copied(
    path: str, before: tuple[State, State, State], connect: Callable[..., sqlite3.Connection]
) -> UnlockedConnection | None:
    """Open a private copy with its log or journal, of which SQLite makes one state; None where a file changed."""
    # With tempfile and pathlib 10 ms, which only this needs.
    from shutil import copyfile
    from weakref import finalize

    from db.files.scratch import Scratch

    scratch = Scratch()
    try:
        copy = scratch.make() / "register.db"
        for ending, there in zip(("", "-wal", "-journal"), before, strict=True):
            if there is not None:
                copyfile(f"{path}{ending}", f"{copy}{ending}")
        if states(path) != before:
            scratch.remove()
            return None
        opened = connect(str(copy), "mode=rw", UnlockedConnection)
        assert isinstance(opened, UnlockedConnection)
        opened.original, opened.states, opened.scratch = path, before, scratch
        finalize(opened, scratch.remove)
        opened.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except FileNotFoundError:
        scratch.remove()
        return None
    except BaseException:
        scratch.remove()
        raise
    return opened
