"""Filling the index in bulk: rows first, then the full-text index of all of them at once."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from db.inserting import Inserting
from db.search.layout import RECORD_BITS, first_words
from db.search.refreshing import delete_rows, insert_rows, with_tied
from db.search.rows import make_rows
from db.search.wordlist import count_anew

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_AT_ONCE = 5000
_PENDING = 4 << 20
"""Bytes of words that the full-text index gathers before it writes: the more, the fewer pieces it has to merge."""
_USUAL_PENDING = 1 << 20


class Filling:
    """Fills the index where most of a register is new, inside one transaction; until `finish` nothing can be found.

    Rows are inserted quickest, and lie closest together, in the order of their record numbers.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        columns = "rank, record_id, own, initials, place, more, tied"
        self._insert = Inserting(conn, f"search_text ({columns})", 7, replacing=True)
        conn.execute("INSERT INTO search (search) VALUES ('delete-all')")

    def add(self, rows: Sequence[tuple[int, int, str, str, str, str]]) -> None:
        """Add rows of records that are neither arrangements nor people: rank, record, then as `own_text` returns them.

        A row replaces the one that the record has.
        """
        self._insert([(*row, "") for row in rows])

    def finish(self, record_ids: Iterable[int]) -> None:
        """Make the rows of those records anew, and of those that hold their names; then make all of them findable."""
        conn = self._conn
        ids = sorted(with_tied(conn, set(record_ids)))
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            delete_rows(conn, some)
            insert_rows(conn, list(make_rows(conn, some)))
        self._write_full_text()
        count_anew(conn)

    def _write_full_text(self) -> None:
        """Write the full-text index in the order of its ids: it writes a piece of its own for each step back."""
        conn = self._conn
        conn.execute("CREATE INDEX search_rank ON search_text (rank)")
        conn.create_function("first_words", 1, first_words, deterministic=True)
        conn.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_PENDING,))
        conn.execute(
            "INSERT INTO search (rowid, own, first, initials, place, more, tied)"
            f" SELECT rank << {RECORD_BITS} | record_id, own, first_words(own), initials, place, more, tied"
            " FROM search_text INDEXED BY search_rank ORDER BY rank, record_id"
        )
        conn.execute("DROP INDEX search_rank")
        conn.execute("INSERT INTO search (search) VALUES ('optimize')")
        conn.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_USUAL_PENDING,))


def rebuild(conn: sqlite3.Connection) -> None:
    """Make the whole index anew."""
    filling = Filling(conn)
    conn.execute("DELETE FROM search_text")
    conn.execute("DELETE FROM search_tie")
    ids = [row[0] for row in conn.execute("SELECT id FROM record ORDER BY id")]
    for start in range(0, len(ids), _AT_ONCE):
        insert_rows(conn, list(make_rows(conn, ids[start : start + _AT_ONCE])))
    filling.finish(())
