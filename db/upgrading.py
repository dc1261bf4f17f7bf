"""Bringing a database to the schema of this program: a new file, or an older one after a backup beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.connection import FAILURES, SCHEMA_VERSION, as_database_error
from db.search.index import reindex
from db.terms import sync_vocabularies


def upgrade(connection: sqlite3.Connection, path: Path | None = None) -> Path | None:
    """Bring a database to this program's schema and vocabulary, whole or not at all.

    An older file at `path` is first copied to `NAME.backup-SCHEMA.db` beside it, whose path is returned.
    Raises DatabaseError.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    backup = None
    try:
        if 0 < version < SCHEMA_VERSION and path is not None:
            backup = _backup(connection, path, version)
        with _whole(connection):
            if version < SCHEMA_VERSION:
                _apply_migrations(connection)
            if sync_vocabularies(connection) and version:
                # People search for types by their labels, which may have changed.
                reindex(connection, None)
    except FAILURES as error:
        raise as_database_error(error, path or "the register") from error
    return backup


def _apply_migrations(connection: sqlite3.Connection) -> None:
    # Loading sqlite-utils takes a tenth of a second, and most imports find the schema as it should be.
    from sqlite_utils import Database

    from db.migrations import register_migrations

    register_migrations.apply(Database(connection, recursive_triggers=False))


@contextmanager
def _whole(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Some errors have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _backup(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database as it is to a new name beside it, never over an earlier backup."""
    number = 0
    while True:
        ending = f"-{number}" if number else ""
        backup = path.with_name(f"{path.stem}.backup-{version}{ending}.db")
        if not backup.exists():
            break
        number += 1
    with closing(sqlite3.connect(backup)) as copy:
        connection.backup(copy)
    return backup
