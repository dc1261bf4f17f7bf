"""Inserts rows by the hundred: most of what a single row costs is asking for it."""

from __future__ import annotations

import sqlite3
from typing import Any

_AT_ONCE = (100, 10, 1)

# sqlite3 looks for an adapter of each None it is given, in vain and for half a microsecond; this one returns None.
_NULLS: dict[None, None] = {}
sqlite3.register_adapter(type(None), _NULLS.get)


class Inserting:
    """Inserts into one table, given with its columns where not all are meant.

    `width` is how many values a row has; `last` is SQL for a column that follows them and is alike in all rows.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, width: int, last: str | None = None) -> None:
        self._connection = connection
        most = connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        row = f"({', '.join('?' * width)}{f', {last}' if last else ''})"
        self._statements = [
            (rows * width, f"INSERT INTO {table} VALUES {', '.join([row] * rows)}")
            for rows in _AT_ONCE
            if rows * width <= most
        ]

    def __call__(self, values: list[Any]) -> None:
        """Insert rows, given as their values one after the other."""
        done = 0
        for size, statement in self._statements:
            while len(values) - done >= size:
                self._connection.execute(statement, values[done : done + size])
                done += size
