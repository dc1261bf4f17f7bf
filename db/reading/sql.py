"""A person's own SQL: one statement that can only read, within limits of time, memory, rows and size."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from db.errors import QueryInterruptedError, UsageError
from db.reading.sql_memory import limited_process
from db.reading.sql_worker import TimeUpError, Worker
from db.reports import Table

_LARGEST = 100
"""Megabytes of text and bytes in the largest answer that is held in memory as a whole."""
_BATCH_ROWS, _BATCH_SIZE = 500, 1_000_000
"""How many rows, or how many characters and bytes of them, are read at a time."""
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_DENIED_FUNCTIONS = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}
_TELLING = {
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "function_list", "collation_list", "compile_options",
}  # fmt: skip
"""Pragmas that only describe; their argument names what they describe."""
_SETTINGS = {"application_id", "user_version", "schema_version", "data_version", "page_count", "page_size", "encoding"}
"""Pragmas that tell a setting without an argument and would change it with one."""
_REFUSED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_RANGE}
"""What SQLite answers to a query that is wrong, not to a database that is."""


class QueryLimits(NamedTuple):
    """How far a statement may go; rows beyond are cut off, at any other limit it is ended."""

    rows: int = 1000
    seconds: float = 5.0
    """Of SQLite's work: what is done with the rows meanwhile does not count."""
    megabytes: int = 256
    """Of memory."""

    @property
    def longest(self) -> int:
        """Bytes of the longest text that a statement may make; it has to fit in memory in several forms at once."""
        return self.megabytes * 1_000_000 // 25

    def check(self) -> None:
        """Raise UsageError for a limit that makes no sense."""
        if self.rows < 0:
            raise UsageError(f"sql: a limit of {self.rows} rows makes no sense; write 0 or more")
        if not self.seconds > 0:
            raise UsageError(f"sql: a limit of {self.seconds:g} seconds makes no sense; write more than 0")
        if self.megabytes < 1:
            raise UsageError(f"sql: a limit of {self.megabytes} MB makes no sense; write 1 or more")


class QueryRows:
    """The answer to a statement: its columns at once, its rows as they are read, once.

    `truncated` is right when the last row has been read. Bytes come as text, as SQL writes them.
    """

    def __init__(self, columns: tuple[str, ...], batches: Iterator[list[tuple[object, ...]]], limit: int) -> None:
        self.columns = columns
        self.truncated = False
        self._batches = batches
        self._limit = limit

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        count = 0
        for batch in self._batches:
            for row in batch:
                if count == self._limit:
                    self.truncated = True
                    return
                yield tuple(map(_shown, row))
                count += 1


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
def answering(
    connection: sqlite3.Connection,
    query: str,
    limits: QueryLimits,
    *,
    whole_process: bool = False,
    when_stuck: Callable[[], None] = lambda: None,
) -> Iterator[QueryRows]:
    """Run one reading statement and give its rows as they come.

    `whole_process` is for a process that does nothing else: the limit of memory is then one that the system enforces.
    `when_stuck` is called where the statement was given up while SQLite goes on with it: nobody may use the connection
    again. Raises UsageError for a query that is wrong or does anything but read, QueryInterruptedError at a limit.
    """
    limits.check()
    worker = Worker(connection.interrupt, seconds=limits.seconds, megabytes=limits.megabytes)
    cursor = connection.cursor()
    restore = None
    try:
        with limited_process(connection, limits.megabytes if whole_process else None):
            restore = _allow_only_reading(connection, limits)
            columns = worker.call(lambda: _start(cursor, query))
            yield QueryRows(columns, _batches(worker, cursor), limits.rows)
    except (sqlite3.Error, sqlite3.Warning, TimeUpError, MemoryError) as error:
        told = _told(error, limits)
        if told is None:
            raise
        raise told from error
    finally:
        worker.end()
        if worker.stuck:
            when_stuck()
        else:
            # Until then, a statement that was interrupted between two rows keeps whatever comes next from running.
            cursor.close()
            if restore is not None:
                restore()


def select(
    connection: sqlite3.Connection, query: str, limits: QueryLimits, *, when_stuck: Callable[[], None] = lambda: None
) -> Table:
    """Run one reading statement and return its first rows. Raises as `answering`, and for an answer too large."""
    with answering(connection, query, limits, when_stuck=when_stuck) as answer:
        found: list[tuple[object, ...]] = []
        size = 0
        for row in answer:
            size += _size(row)
            if size > _LARGEST * 1_000_000:
                raise QueryInterruptedError(f"sql: the answer is larger than {_LARGEST} MB; ask for less")
            found.append(row)
    return Table(answer.columns, tuple(found), answer.truncated)


def _allow_only_reading(connection: sqlite3.Connection, limits: QueryLimits) -> Callable[[], None]:
    """Let the connection do nothing but read; return what gives it back as it was."""
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.longest)
    text_factory = connection.text_factory
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.set_authorizer(_authorise)

    def restore() -> None:
        connection.set_authorizer(None)
        connection.text_factory = text_factory
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)

    return restore


def _start(cursor: sqlite3.Cursor, query: str) -> tuple[str, ...]:
    """Begin a statement; return the names of its columns."""
    # Rows come as plain tuples whatever the connection makes of them elsewhere.
    cursor.row_factory = None
    try:
        cursor.execute(query)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"sql: {error}") from error
    if cursor.description is None:
        raise UsageError("sql: there is no query in that; write a select")
    return tuple(column[0] for column in cursor.description)


def _batches(worker: Worker, cursor: sqlite3.Cursor) -> Iterator[list[tuple[object, ...]]]:
    while batch := worker.call(lambda: _batch(cursor)):
        yield batch


def _batch(cursor: sqlite3.Cursor) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    size = 0
    for row in islice(cursor, _BATCH_ROWS):
        rows.append(row)
        size += _size(row)
        if size > _BATCH_SIZE:
            break
    return rows


def _size(row: tuple[object, ...]) -> int:
    """Count the characters and bytes in a row."""
    return sum(len(value) for value in row if isinstance(value, (str, bytes)))


def _told(error: sqlite3.Error | sqlite3.Warning | TimeUpError | MemoryError, limits: QueryLimits) -> Exception | None:
    """Return the one line to raise instead of what ended a statement, None where it speaks of the database."""
    if isinstance(error, TimeUpError):
        return QueryInterruptedError(
            f"sql: stopped after its limit of {limits.seconds:g} seconds; ask for less, or allow more with --seconds"
        )
    if isinstance(error, MemoryError):
        return QueryInterruptedError(
            f"sql: stopped at its limit of {limits.megabytes} MB of memory; ask for less, or allow more with --memory"
        )
    if isinstance(error, sqlite3.Warning):
        return UsageError("sql: one statement at a time, please")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_TOOBIG:
        return QueryInterruptedError(
            f"sql: a text or blob in it is too big, larger than {limits.longest / 1_000_000:g} MB; take a part of it "
            f"with substr(), or allow more with --memory ({limits.megabytes} unless asked)"
        )
    return UsageError(f"sql: {_reason(error)}") if code in _REFUSED else None


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
