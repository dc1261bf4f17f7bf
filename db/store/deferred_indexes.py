"""Indexes that are made when most rows of a register are there: sorted at once, which takes a third of the time."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from db.database.connection import CACHE, use_cache
from db.parameters import sql_texts

TABLES = ("record", "name", "identifier", "link", "fact", "evidence", "_citation")
"""The large tables of a register that have indexes."""
MANY = 5_000
"""Records fewer than which leave no large indexes behind."""
_CACHE_WHILE_SORTING = 16_384
"""Kilobytes of pages, and of what is sorted, that are held meanwhile."""
_LISTED = sql_texts(TABLES)


class DeferredIndexes:
    """Leaves the indexes of the large tables away while rows are written that nobody looks up; within a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._held: int = connection.execute("SELECT count(*) FROM record").fetchone()[0]
        self._left_out: list[str] = []
        self.made_of = 0
        """How many records had been added when they were made; from then on they are kept up row by row."""

    def leave_out(self, added: int) -> None:
        """Drop what `make` makes again, where most records were added by now: all indexes that hold nothing unique."""
        if self._left_out or self.made_of or added <= max(MANY, self._held):
            return
        query = f"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql <> '' AND tbl_name IN ({_LISTED})"
        for name, sql in self._connection.execute(query).fetchall():
            self._connection.execute(f"DROP INDEX {name}")
            self._left_out.append(sql)

    def make(self, added: int) -> None:
        """Make the indexes that were left out, and the others of their tables anew, whose pages are not full."""
        if not self._left_out:
            return
        use_cache(self._connection, _CACHE_WHILE_SORTING)
        for sql in self._left_out:
            self._connection.execute(sql)
        query = f"SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NULL AND tbl_name IN ({_LISTED})"
        for (name,) in self._connection.execute(query).fetchall():
            self._connection.execute(f"REINDEX {name}")
        use_cache(self._connection, CACHE)
        self._left_out.clear()
        self.made_of = added


def make_anew(connection: sqlite3.Connection) -> None:
    """Write these indexes anew when all else is written: filled row by row, in no order, their pages are not full."""
    use_cache(connection, _CACHE_WHILE_SORTING)
    # Else all that is sorted is held in memory; after an upgrade with tables of its own that stays so.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA temp_store = FILE")
    for table in TABLES:
        connection.execute(f"REINDEX {table}")
