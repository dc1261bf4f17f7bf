"""A person's own SQL: one statement that can only read, within limits of time, rows and size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from time import monotonic

from db.errors import QueryInterruptedError, UsageError
from db.model import Table
from db.reading.guard import is_interrupt

_STEPS = 5000
"""Steps of SQLite's machine between two looks at the clock: well under a millisecond."""
_LONGEST = 20_000_000
"""Bytes of the longest text or blob that a query may make."""
_LARGEST = 100_000_000
"""Characters and bytes of the largest answer, which is held in memory."""
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_DENIED_FUNCTIONS = {"load_extension", "fts3_tokenizer"}
_TELLING = {
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "function_list", "collation_list", "compile_options",
}  # fmt: skip
"""Pragmas that only describe; their argument names what they describe."""
_SETTINGS = {"application_id", "user_version", "schema_version", "data_version", "page_count", "page_size", "encoding"}
"""Pragmas that tell a setting without an argument and would change it with one."""
_REFUSED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}
"""What SQLite answers to a query that is wrong, not to a database that is."""


def _authorise(action: int, first: str | None, second: str | None, _database: str | None, _inner: str | None) -> int:
    """Allow what reads; SQLite asks while it compiles a statement, for each thing that the statement does."""
    if action in _READING:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        # Asked when a table-valued function is first used; a person's own UPDATE of it fails for its own reason.
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in _DENIED_FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        if name in _TELLING or (name in _SETTINGS and second is None):
            return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _shown(value: object) -> object:
    """Return a value as text can show it: bytes as SQL writes them."""
    return f"x'{value.hex()}'" if isinstance(value, bytes) else value


@contextmanager
def _reading_only(connection: sqlite3.Connection, deadline: float) -> Iterator[None]:
    """Let the connection do nothing but read until `deadline`, and give it back as it was."""
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    text_factory = connection.text_factory
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.set_authorizer(_authorise)
    connection.set_progress_handler(lambda: monotonic() > deadline, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        connection.text_factory = text_factory
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)


def select(connection: sqlite3.Connection, query: str, *, limit: int, seconds: float) -> Table:
    """Run one reading statement and return its first `limit` rows.

    Bytes come as text, as SQL writes them. Raises UsageError for a query that is wrong or does anything but read,
    QueryInterruptedError where it takes longer than `seconds`.
    """
    if limit < 0:
        raise UsageError(f"sql: a limit of {limit} rows makes no sense; write 0 or more")
    if not seconds > 0:
        raise UsageError(f"sql: a limit of {seconds:g} seconds makes no sense; write more than 0")
    deadline = monotonic() + seconds
    with _reading_only(connection, deadline):
        try:
            return _rows(connection, query, limit)
        except sqlite3.Error as error:
            if is_interrupt(error) and monotonic() > deadline:
                raise QueryInterruptedError(
                    f"sql: stopped after its limit of {seconds:g} seconds; ask for less, or allow more with --seconds"
                ) from error
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            if code & 0xFF not in _REFUSED:
                raise
            raise UsageError(f"sql: {_reason(error)}") from error
        except sqlite3.Warning as error:
            raise UsageError("sql: one statement at a time, please") from error
        except (ValueError, OverflowError) as error:
            raise UsageError(f"sql: {error}") from error


def _rows(connection: sqlite3.Connection, query: str, limit: int) -> Table:
    cursor = connection.cursor()
    # Rows come as plain tuples whatever the connection makes of them elsewhere.
    cursor.row_factory = None
    try:
        cursor.execute(query)
        if cursor.description is None:
            raise UsageError("sql: there is no query in that; write a select")
        columns = tuple(column[0] for column in cursor.description)
        found: list[tuple[object, ...]] = []
        size = 0
        for row in islice(cursor, limit + 1):
            size += sum(len(value) for value in row if isinstance(value, (str, bytes)))
            if size > _LARGEST:
                raise UsageError(f"sql: the answer is larger than {_LARGEST // 1_000_000} MB; ask for less")
            found.append(row)
    finally:
        cursor.close()
    rows = tuple(tuple(map(_shown, row)) for row in found[:limit])
    return Table(columns, rows, len(found) > limit)


def _reason(error: sqlite3.Error) -> str:
    """Return SQLite's message on one line, with what to do where it says nothing of that."""
    message = " ".join(str(error).split())
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_AUTH or "not authorized" in message:
        return "only reading is allowed here; `interlock import` is what changes the register"
    if "one statement" in message:
        return "one statement at a time, please"
    if "bindings" in message or "binding" in message:
        return "the query has a parameter (? or :name) in it; write the value itself"
    return message
