"""Filling the index in bulk, batch by batch as rows come, inside one transaction."""

from __future__ import annotations

import sqlite3

from db.bulk_insert import insert_rows as bulk_insert
from db.search.layout import RECORD_BITS, first_words
from db.search.rows import make_rows
from db.search.word_list import count_anew
from db.search.write import delete_rows, forget_full_text, insert_rows, replace, with_tied, write_full_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_AT_ONCE = 5_000
_ADDED = ("rank", "record_id", "own", "initials", "place", "more", "tied")
_WAITING = 40_000
"""Rows that wait to be written in the order of their ids: each such lot is a piece that the full-text index merges."""
_SETTINGS = {"hashsize": (1 << 20, 8 << 20), "automerge": (4, 0), "crisismerge": (16, 200)}
"""Of the full-text index, usually and while it is filled: bytes of words that it gathers before it writes a piece, and
when it merges pieces by itself, which `finish` does once for all."""


class Filling:
    """Fills the index where most of a register is new; what is added can be found after `finish`.

    Rows are inserted quickest, and lie closest together, in the order of their record numbers.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._waiting: list[tuple[Any, ...]] = []
        self.put_off: set[int] = set()
        """New records whose rows are made by `finish`, when all is known of them; what the rows of others say of these
        is told with `add`."""
        self._last = int(conn.execute("SELECT coalesce(max(record_id), 0) FROM search_text").fetchone()[0])
        self._first_new = self._last + 1
        self._set(1)

    def add(self, rows: Sequence[tuple[int, int, str, str, str, str]]) -> None:
        """Add rows of records that are neither arrangements nor people: rank, record, then as `own_text` returns them.

        A row replaces the one that the record has.
        """
        if not rows:
            return
        self._forget([row[1] for row in rows if row[1] <= self._last])
        self._last = max(self._last, rows[-1][1])
        bulk_insert(self._conn, "search_text", _ADDED, [(*row, "") for row in rows])
        self._wait([
            (rank << RECORD_BITS | record, own, first_words(own), initials, place, more, "")
            for rank, record, own, initials, place, more in rows
        ])  # fmt: skip

    def make(self, record_ids: Sequence[int]) -> None:
        """Add rows of any records that have none, made from what the register holds of them."""
        for start in range(0, len(record_ids), _AT_ONCE):
            rows = list(make_rows(self._conn, record_ids[start : start + _AT_ONCE]))
            insert_rows(self._conn, rows)
            self._wait([row.full_text() for row in rows])

    def finish(self, record_ids: Iterable[int]) -> None:
        """Make the rows of those records anew, and of those that hold their names; then make all of them findable."""
        self._write()
        earlier = {one for one in with_tied(self._conn, self.put_off) if one < self._first_new}
        ids = sorted(with_tied(self._conn, set(record_ids)) | self.put_off | earlier)
        for start in range(0, len(ids), _AT_ONCE):
            replace(self._conn, ids[start : start + _AT_ONCE])
        self._conn.execute("INSERT INTO search (search) VALUES ('optimize')")
        self._set(0)
        count_anew(self._conn)

    def _wait(self, rows: list[tuple[Any, ...]]) -> None:
        self._waiting += rows
        if len(self._waiting) >= _WAITING:
            self._write()

    def _write(self) -> None:
        self._waiting.sort()
        write_full_text(self._conn, self._waiting)
        self._waiting = []

    def _forget(self, record_ids: Sequence[int]) -> None:
        if record_ids:
            self._write()
            forget_full_text(self._conn, record_ids)
            delete_rows(self._conn, record_ids)

    def _set(self, filling: int) -> None:
        for name, values in _SETTINGS.items():
            self._conn.execute("INSERT INTO search (search, rank) VALUES (?, ?)", (name, values[filling]))


def rebuild(conn: sqlite3.Connection) -> None:
    """Make the whole index anew."""
    conn.execute("INSERT INTO search (search) VALUES ('delete-all')")
    conn.execute("DELETE FROM search_text")
    conn.execute("DELETE FROM search_tie")
    filling = Filling(conn)
    filling.make([row[0] for row in conn.execute("SELECT id FROM record ORDER BY id")])
    filling.finish(())
