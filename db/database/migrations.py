"""The schema: `schema/register.sql` for a new file, and as sqlite-utils migrations what brings an older one to it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from sqlite_utils import Database, Migrations

from db.database.connection import APPLICATION_ID, SCHEMA_VERSION
from db.database.resolved import RESOLVED, note_resolved
from db.search.write import rebuild

register_migrations = Migrations("interlock")
_BEFORE = ("0001_register", "0002_search", "0003_told", "0004_search", "0005_counts")
"""Migrations that an older program applied, the oldest first: the first `version` of them made schema `version`."""
_ONE_STORE = 6
"""Schema from which on a migration changes what is there; that one made all tables anew."""
_FOLDER = Path(__file__).parents[1] / "schema"


def create_schema(database: Database) -> None:
    """Make the tables of a new register, inside the caller's transaction: no migration is to be applied to it."""
    for name in ("register", "views", "search"):
        _run(database, name)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    note_resolved(database.conn, 0)
    _note_applied(database)


def is_known(database: Database, version: int) -> bool:
    """Whether the migrations applied to a database are those of a schema that a released program made."""
    applied = sorted(migration.name for migration in register_migrations.applied(database))
    if version < _ONE_STORE:
        return version in (4, 5) and applied == list(_BEFORE[:version])
    older = [name for name in applied if name in _BEFORE]
    schemas = [int(name[:4]) for name in applied if name not in _BEFORE]
    lacking = [int(migration.name[:4]) for migration in register_migrations.pending(database)]
    return (
        older in ([], list(_BEFORE[:4]), list(_BEFORE[:5]))
        and schemas == list(range(_ONE_STORE, version + 1))
        and lacking == list(range(version + 1, SCHEMA_VERSION + 1))
    )


def apply_migrations(database: Database, version: int) -> None:
    """Bring a database of an older schema to this one, inside the caller's transaction.

    Where all tables are made anew, they are made as `schema/register.sql` has them now: what came later is in them.
    """
    if version < _ONE_STORE:
        _note_applied(database, after=_ONE_STORE)
    register_migrations.apply(database)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _note_applied(database: Database, after: int = 0) -> None:
    """Remember migrations as applied, those of later schemas than `after`."""
    pending = register_migrations.pending(database)
    now = str(datetime.now(UTC))
    applied = [
        {"migration_set": register_migrations.name, "name": migration.name, "applied_at": now}
        for migration in pending
        if int(migration.name[:4]) > after
    ]
    register_migrations.ensure_migrations_table(database)
    database.table(register_migrations.migrations_table).insert_all(applied)


# It runs in the transaction of `upgrade`: one within that would keep each page that it changes in memory.
@register_migrations(name="0006_one_store", transactional=False)
def _one_store(database: Database) -> None:
    """Bring a register of schema 4 or 5 to this one, but for its search index, which is left empty."""
    from db.database.upgrade_6 import set_aside, take_over  # 20 ms, once in the life of a register

    connection = database.conn
    # As it was called in schema 5.
    drop_index(connection, "search")
    set_aside(connection, _read("upgrade_6_aside"))
    # Rows are written faster into tables that have no indexes yet.
    schema = list(_read("register"))
    tables = [statement for statement in schema if "CREATE TABLE" in statement]
    for statement in tables:
        database.execute(statement)
    take_over(connection, _read("upgrade_6"), chain(_read("upgrade_6_ghosts"), _read("upgrade_7")))
    for statement in schema:
        if statement not in tables:
            database.execute(statement)
    _run(database, "views")
    _run(database, "search")


_OF_SCHEMA_7 = (
    "_sole", "_citation", "_citation_evidence", "item_evidence", "value", "value_record", "value_link", "link_gone",
    "source_living",
)  # fmt: skip


@register_migrations(name="0007_evidence", transactional=False)
def _evidence(database: Database) -> None:
    """Make room for what each source states of single details, and let sole rows stand as evidence in their marks."""
    _drop_views(database)
    for table in ("_sole", "_citation"):
        database.execute(f"CREATE TEMP TABLE {table.removeprefix('_')}_6 AS SELECT * FROM {table}")
        database.execute(f"DROP TABLE {table}")
    database.execute("ALTER TABLE link ADD COLUMN gone INTEGER REFERENCES source (id)")
    database.execute("ALTER TABLE evidence ADD COLUMN as_of TEXT")
    for statement in _read("register"):
        if _made(statement) in _OF_SCHEMA_7:
            database.execute(statement)
    _run(database, "views")
    database.execute("INSERT INTO _citation SELECT * FROM temp.citation_6")
    _run(database, "upgrade_7")
    for table in ("sole_6", "citation_6", "rested"):
        database.execute(f"DROP TABLE temp.{table}")
    # Left empty: it is filled when all is upgraded.
    drop_index(database.conn, "_search")
    _run(database, "search")


@register_migrations(name="0008_placeholders", transactional=False)
def _placeholders(database: Database) -> None:
    """Leave codes that are only pointed at out of the view of organisations; the search index is made without them.

    What older rules resolved, without crosswalks and kinds of names, is no longer taken for resolved.
    """
    database.execute("DELETE FROM _meta WHERE name = ?", (RESOLVED,))
    database.execute("DROP VIEW organisations")
    for statement in _read("views"):
        if _made(statement) == "organisations":
            database.execute(statement)


def _made(statement: str) -> str:
    """Return the name of the table, view or index that a statement makes."""
    return re.split(r"[\s(]+", statement[statement.index("CREATE ") :], maxsplit=3)[2]


def _drop_views(database: Database) -> None:
    """Drop the views, but for that of the search index."""
    for view in database.view_names():
        if not view.startswith("_search"):
            database.execute(f"DROP VIEW {view}")


def renew_index(connection: sqlite3.Connection) -> None:
    """Make the tables of the search index and all that is in them anew, inside the caller's transaction."""
    drop_index(connection, "_search")
    _run(Database(connection, recursive_triggers=False), "search")
    rebuild(connection)


def drop_index(connection: sqlite3.Connection, name: str) -> None:
    """Drop the tables of the search index, whose names begin with its name, also where they are damaged."""
    try:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    except sqlite3.DatabaseError:
        # SQLite drops a full-text index only when it can open it.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name IN (?, ?)", (name, f"{name}_term"))
        connection.execute("PRAGMA writable_schema = RESET")
        for part in ("data", "idx", "content", "docsize", "config"):
            connection.execute(f"DROP TABLE IF EXISTS {name}_{part}")
    connection.execute(f"DROP TABLE IF EXISTS {name}_term")
    connection.execute(f"DROP VIEW IF EXISTS {name}_row")
    for part in ("text", "more", "word", "tie"):
        connection.execute(f"DROP TABLE IF EXISTS {name}_{part}")


def _run(database: Database, name: str) -> None:
    for statement in _read(name):
        database.execute(statement)


def _read(name: str) -> Iterator[str]:
    return _statements((_FOLDER / f"{name}.sql").read_text("utf-8"))


def _statements(script: str) -> Iterator[str]:
    """Split a script, because `executescript` would commit the caller's transaction."""
    buffer = ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""
    if buffer.strip():
        yield buffer
