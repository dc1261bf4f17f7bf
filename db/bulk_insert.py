"""Inserting many rows at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

# sqlite3 looks for an adapter of each None it is given, in vain and for half a microsecond; this one returns None.
_NULLS: dict[None, None] = {}
sqlite3.register_adapter(type(None), _NULLS.get)


def insert_rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows, given by the values of these columns."""
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
