"""Damage that SQLite reads without a word: values of the wrong type, JSON that is none, rows that belong to none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from db.database.connection import open_reading
from db.errors import DatabaseError

if TYPE_CHECKING:
    from pathlib import Path

_FITTING = {"INTEGER": "'integer'", "TEXT": "'text'", "REAL": "'real', 'integer'", "BLOB": "'blob'"}
"""What a column of each declared type may hold beside nothing, which NOT NULL looks after."""
_JSON = (("_change", "before"), ("_statement", "body"), ("suggestion", "candidates"), ("term", "extra"))
"""Columns that hold JSON; `extra` holds an object of it."""
_ONE_OF = (
    ("record", "kind", "'organisation', 'arrangement', 'person', 'site', 'document'"),
    ("link_type", "owner", "'source', 'target'"),
    ("evidence", "basis", "'stated', 'claimed', 'inferred'"),
    ("suggestion", "state", "'open', 'accepted', 'rejected'"),
)
"""Columns that hold one of some words: SQLite looks after them as well, but not where a file is opened for reading."""


def impossible_values(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what tables hold that they cannot hold, a line for each column."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE '_search%' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    for (table,) in tables.fetchall():
        for _, column, declared, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
            fitting = _FITTING.get(declared)
            wrong = f"{column} IS NOT NULL AND typeof({column}) NOT IN ({fitting})"
            if fitting and connection.execute(f"SELECT 1 FROM {table} WHERE {wrong} LIMIT 1").fetchone():
                yield f"column {column} of table {table} holds what is no {declared.lower()}"
    for table, column in _JSON:
        wrong = f"{column} IS NOT NULL AND NOT json_valid({column})"
        if column == "extra":
            wrong += f" OR json_valid({column}) AND json_type({column}) <> 'object'"
        if connection.execute(f"SELECT 1 FROM {table} WHERE {wrong} LIMIT 1").fetchone():
            yield f"column {column} of table {table} holds what is no JSON"
    for table, column, words in _ONE_OF:
        if connection.execute(f"SELECT 1 FROM {table} WHERE {column} NOT IN ({words}) LIMIT 1").fetchone():
            yield f"column {column} of table {table} holds what is none of {words}"


def find_damage(connection: sqlite3.Connection) -> str | None:
    """Return the first damage that is found in a register, None where there is none. Slow: it reads all of it."""
    try:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            return str(found)
        for said in impossible_values(connection):
            return said
        for table, number, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            return f"row {number} of {table} belongs to a row of {parent} that is not there"
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)
    return None


def tell_damage(path: Path | str, failure: Exception) -> None:
    """Raise DatabaseError where what failed is explained by damage in the register at `path`."""
    try:
        connection = open_reading(path)
    except DatabaseError:
        return  # there is none yet
    with closing(connection):
        found = find_damage(connection)
    if found is not None:
        raise _damaged(path, found) from failure


def senseless(connection: sqlite3.Connection, label: str, failure: Exception) -> DatabaseError:
    """Say in one line that a register holds a value which reading failed over, and what is damaged in it."""
    found = find_damage(connection)
    if found is not None:
        return _damaged(label, found)
    # Either a value that none of these checks knows, or a mistake of this program: nobody can say from here.
    return DatabaseError(
        f"{label}: holds something that makes no sense here ({type(failure).__name__}: {failure}); `interlock doctor` "
        "looks for damage, and --debug shows where it came up"
    )


def _damaged(label: Path | str, found: str) -> DatabaseError:
    return DatabaseError(f"{label}: is damaged ({found}); restore a backup or import anew into another file")
