"""The schema, as sqlite-utils migrations, which `db.database.upgrade` applies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.database.connection import APPLICATION_ID
from db.search.write import reindex

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


@register_migrations(name="0005_counts")
def _counts(database: Database) -> None:
    _run(database, "0005_counts", 5)


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
