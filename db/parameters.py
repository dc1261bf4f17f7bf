"""Handing values to SQLite: many of them to one statement, rows of them to a table, and a person's odd text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence, Sized
from itertools import islice
from typing import Any, TypeVar

from db.errors import UsageError

One = TypeVar("One")
CHUNK = 400
"""Values of one query: below the number of variables that any SQLite takes."""

# sqlite3 looks for an adapter of each None it is given, in vain and for half a microsecond; this one returns None.
_NULLS: dict[None, None] = {}
sqlite3.register_adapter(type(None), _NULLS.get)


def chunks(values: Iterable[One], size: int = CHUNK) -> Iterator[list[One]]:
    """Split ids, keys or rows into lists short enough to be looked at together."""
    remaining = iter(values)
    while some := list(islice(remaining, size)):
        yield some


def id_list(ids: Iterable[int]) -> str:
    """Return ids as the JSON text that `json_each(?)` reads back, one row an id and none twice."""
    return f"[{','.join(map(str, dict.fromkeys(ids)))}]"


def marks(values: Sized) -> str:
    """Return a question mark for each of some values, as `IN (…)` takes them."""
    return ",".join("?" * len(values))


def sql_texts(words: Iterable[str]) -> str:
    """Return words of our own as `IN (…)` takes them, in quotes."""
    return ", ".join(f"'{word}'" for word in words)


def bindable(text: str) -> str:
    """Return `text` as SQLite can take it: without the half characters that undecodable arguments arrive as."""
    return text.encode("utf-8", "replace").decode("utf-8")


def not_negative(number: int | None, what: str) -> None:
    """Raise UsageError for a number of less than 0."""
    if number is not None and number < 0:
        raise UsageError(f"a {what} of {number} makes no sense; write 0 or more")


def insert_rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows, given by the values of these columns."""
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
