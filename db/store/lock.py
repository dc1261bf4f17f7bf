"""The one writing transaction: waiting for another writer to end, and saying in one line what SQLite refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from db.database.damage import tell_damage
from db.database.sqlite_errors import FAILURES, as_database_error
from db.errors import IMPOSSIBLE, DatabaseError


class TranslatedErrors:
    """Turns what SQLite refuses, and what a damaged register makes impossible, into one line."""

    def __init__(self, path: Path | str) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, FAILURES):
            raise as_database_error(error, self._path) from error
        if isinstance(error, IMPOSSIBLE):
            tell_damage(self._path, error)


def lock(connection: sqlite3.Connection, path: Path, wait: float, on_wait: Callable[[], None] | None) -> None:
    """Begin the one writing transaction, waiting for another import to end. Raises DatabaseError."""
    for patience in (0.0, wait):
        connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("PRAGMA defer_foreign_keys = ON")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise as_database_error(error, path) from error
        if patience == 0.0 and wait and on_wait:
            on_wait()
    raise DatabaseError(
        f"{path}: another import is still writing after {wait:g} seconds; "
        f"try again when it has ended, or wait longer (--wait)"
    )
