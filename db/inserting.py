"""Inserts rows by the hundred: most of what a single row costs is asking for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

_AT_ONCE = 100

# sqlite3 looks for an adapter of each None it is given, in vain and for half a microsecond; this one returns None.
_NULLS: dict[None, None] = {}
sqlite3.register_adapter(type(None), _NULLS.get)


class Inserting:
    """Inserts into one table, given with its columns where not all are meant; `width` is how many there are."""

    def __init__(self, connection: sqlite3.Connection, table: str, width: int, *, replacing: bool = False) -> None:
        self._connection = connection
        self._at_once = min(_AT_ONCE, connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // width)
        row = f"({', '.join('?' * width)})"
        self._one = f"INSERT {'OR REPLACE ' if replacing else ''}INTO {table} VALUES {row}"
        self._many = self._one + f", {row}" * (self._at_once - 1)

    def __call__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows, each as wide as was said."""
        whole = len(rows) - len(rows) % self._at_once
        for start in range(0, whole, self._at_once):
            self._connection.execute(self._many, tuple(chain.from_iterable(rows[start : start + self._at_once])))
        self._connection.executemany(self._one, rows[whole:])
