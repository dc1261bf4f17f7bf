"""The schema, as sqlite-utils migrations: applied to a new file, or to an older one after a backup beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.connection import APPLICATION_ID, FAILURES, SCHEMA_VERSION, as_database_error
from db.search.index import reindex
from db.terms import sync_vocabularies

register_migrations = Migrations("interlock")
_FOLDER = Path(__file__).parent / "schema"


def _statements(script: str) -> Iterator[str]:
    """Split a script, because `executescript` would commit the migration's transaction."""
    buffer = ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""
    if buffer.strip():
        yield buffer


def _run(database: Database, name: str, version: int) -> None:
    for statement in _statements((_FOLDER / f"{name}.sql").read_text("utf-8")):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {version}")


@register_migrations(name="0001_register")
def _register(database: Database) -> None:
    _run(database, "0001_register", 1)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@register_migrations(name="0002_search")
def _search(database: Database) -> None:
    _run(database, "0002_search", 2)


@register_migrations(name="0003_told")
def _told(database: Database) -> None:
    _run(database, "0003_told", 3)


@register_migrations(name="0004_search")
def _compact_search(database: Database) -> None:
    _run(database, "0004_search", 4)
    reindex(database.conn, None)


def renew_index(connection: sqlite3.Connection) -> None:
    """Make the tables of the search index and all that is in them anew, inside the caller's transaction."""
    try:
        connection.execute("DROP TABLE IF EXISTS search")
    except sqlite3.DatabaseError:
        # SQLite drops a full-text index only when it can open it.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name IN ('search', 'search_term')")
        connection.execute("PRAGMA writable_schema = RESET")
        for part in ("data", "idx", "content", "docsize", "config"):
            connection.execute(f"DROP TABLE IF EXISTS search_{part}")
    for statement in _statements((_FOLDER / "0004_search.sql").read_text("utf-8")):
        connection.execute(statement)
    reindex(connection, None)


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
        database = Database(connection, recursive_triggers=False)
        with database.atomic():
            if version < SCHEMA_VERSION:
                register_migrations.apply(database)
            if sync_vocabularies(connection) and version:
                # People search for types by their labels, which may have changed.
                reindex(connection, None)
    except FAILURES as error:
        raise as_database_error(error, path or "the register") from error
    return backup


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
