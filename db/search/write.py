"""Writing the search index: for some records or anew, inside the writer's transaction."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from db.number_set import NumberSet
from db.parameters import chunks, id_list, marks
from db.parameters import insert_rows as bulk_insert
from db.search.areas import areas_told_by
from db.search.hospitals import IS_HOSPITAL
from db.search.layout import RECORD_BITS, first_words
from db.search.linked import SUCCESSORS, leading_to
from db.search.made_rows import OwnText
from db.search.record_texts import IS_TIED, PARTNERS
from db.search.rows import SearchRow, make_rows
from db.search.word_list import count_anew, count_changes

_COLUMNS = "rank, record_id, own, initials, place, (SELECT words FROM _search_more WHERE id = more_id), tied"
_FULL_TEXT = "rowid, own, first, initials, place, more, tied"
BATCH = 5_000
"""Records of which the rows are made together."""
_TEXT = ("rank", "record_id", "own", "initials", "place", "more_id", "tied")
_WAITING = 40_000
"""Rows that wait to be written in the order of their ids: each such lot is a piece that the full-text index merges."""
_SETTINGS = {"hashsize": (1 << 20, 8 << 20), "automerge": (4, 0), "crisismerge": (16, 200)}
"""Of the full-text index, usually and while it is filled: bytes of words that it gathers before it writes a piece, and
when it merges pieces by itself, which `finish` does once for all."""
_SMALL = 400
_REBUILD_SHARE = 4
"""Where more than one record in so many must be indexed anew, indexing all is quicker."""


def with_tied(conn: sqlite3.Connection, ids: set[int]) -> set[int]:
    """Return the records with those that hold their names, and those of which arrangements and people hold the names.

    By the index as it is, and by the links as they are now: names pass one way, roles the other, between hospitals and
    those who run them both ways, and on to who came after these.
    """
    found = {*ids, *(tied for _, tied in leading_to(conn, ids, IS_TIED))}
    for some in chunks(sorted(ids)):
        among = marks(some)
        for sql in (
            f"SELECT record_id FROM _search_tie WHERE tied_id IN ({among})",
            f"SELECT tied_id FROM _search_tie WHERE record_id IN ({among})",
            f"SELECT id FROM {_far_ends('source_id', 'target_id', len(some))} JOIN record ON id = far WHERE {IS_TIED}",
        ):
            found.update(row[0] for row in conn.execute(sql, some))
        sql = f"SELECT id FROM record WHERE id IN ({among}) AND {IS_HOSPITAL}"
        hospitals = [row[0] for row in conn.execute(sql, some)]
        run: set[int] = set()
        for near, far in (("source_id", "target_id"), ("target_id", "source_id")):
            sql = f"SELECT far FROM {_far_ends(near, far, len(hospitals))}"
            run.update(row[0] for row in conn.execute(sql, hospitals))
        boards = {row[0] for row in conn.execute(PARTNERS.format("source_id"), (id_list(some),))}
        found |= run | boards | areas_told_by(conn, some)
        # What a body had goes to its one heir, so that a further one takes it from that.
        before = {row[1] for row in conn.execute(SUCCESSORS.format("target_id"), (id_list(some),))}
        passed_on = id_list(run.union(some, boards, before))
        found.update(row[0] for row in conn.execute(SUCCESSORS.format("source_id"), (passed_on,)))
        # Hubs that are neither have a hundred thousand links, which need not be read.
        tied = [row[0] for row in conn.execute(f"SELECT id FROM record WHERE id IN ({among}) AND {IS_TIED}", some)]
        held_by = f"SELECT far FROM {_far_ends('target_id', 'source_id', len(tied), 'role IS NOT NULL')}"
        found.update(row[0] for row in conn.execute(held_by, tied))
    return found


def _far_ends(near: str, far: str, number: int, where: str = "1") -> str:
    """Return SQL for the other ends of links of so many records."""
    return f"(SELECT {far} AS far FROM link WHERE {near} IN ({','.join('?' * number)}) AND {where})"


def kept_rows(conn: sqlite3.Connection, ids: Sequence[int]) -> Iterator[SearchRow]:
    """Return the rows that the index holds now of some records."""
    ties: dict[int, list[int]] = {}
    for one, other in conn.execute(
        f"SELECT record_id, tied_id FROM _search_tie WHERE record_id IN ({marks(ids)}) ORDER BY record_id, tied_id", ids
    ):
        ties.setdefault(one, []).append(other)
    for row in conn.execute(f"SELECT {_COLUMNS} FROM _search_text WHERE record_id IN ({marks(ids)})", ids).fetchall():
        yield SearchRow._make((*row, tuple(ties.get(row[1], ()))))


def refresh(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Replace rows that differ from what the register holds now, and count their words."""
    changes: Counter[str] = Counter()
    differs = False
    for some in chunks(ids, BATCH):
        old, new = replace(conn, some)
        differs = differs or bool(old or new)
        changes.update(word for row in new for word in row.words())
        changes.subtract(word for row in old for word in row.words())
    if differs:
        count_changes(conn, changes)


def replace(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[list[SearchRow], list[SearchRow]]:
    """Replace what differs, and only that, and return the rows as they were and as they are."""
    old: list[SearchRow] = []
    new: list[SearchRow] = []
    for some in chunks(ids):
        kept = {row.record_id: row for row in kept_rows(conn, some)}
        made = {row.record_id: row for row in make_rows(conn, some)}
        for one in some:
            before, after = kept.get(one), made.get(one)
            if before != after:
                old += [before] if before else []
                new += [after] if after else []
    # In the order of ids: the full-text index writes a piece of its own for each step back.
    old.sort()
    new.sort()
    _forget(conn, old)
    delete_rows(conn, [row.record_id for row in old])
    insert_rows(conn, new)
    write_full_text(conn, [row.full_text() for row in new])
    return old, new


def write_full_text(conn: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows, as `Row.full_text` makes them, into the full-text index: quickest in the order of their ids."""
    conn.executemany(f"INSERT INTO _search ({_FULL_TEXT}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def forget_full_text(conn: sqlite3.Connection, record_ids: Sequence[int]) -> None:
    """Remove records from the full-text index, which needs the rows that are kept of them."""
    for some in chunks(record_ids):
        _forget(conn, sorted(kept_rows(conn, some)))


def _forget(conn: sqlite3.Connection, rows: Sequence[SearchRow]) -> None:
    conn.executemany(
        f"INSERT INTO _search (_search, {_FULL_TEXT}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        [row.full_text() for row in rows],
    )


def delete_rows(conn: sqlite3.Connection, record_ids: Sequence[int]) -> None:
    """Remove the rows and ties of records, but not what the full-text index has of them."""
    conn.executemany("DELETE FROM _search_text WHERE record_id = ?", ((one,) for one in record_ids))
    conn.executemany("DELETE FROM _search_tie WHERE record_id = ?", ((one,) for one in record_ids))


def insert_rows(conn: sqlite3.Connection, rows: Sequence[SearchRow]) -> None:
    """Insert rows with their ties, but not into the full-text index."""
    _insert_texts(conn, [row[:7] for row in rows])
    conn.executemany(
        "INSERT INTO _search_tie (record_id, tied_id) VALUES (?, ?)",
        [(row.record_id, tie) for row in rows for tie in row.ties],
    )


def _insert_texts(conn: sqlite3.Connection, rows: Sequence[tuple[int, int, str, str, str, str, str]]) -> None:
    """Insert rows of `_search_text`, their `more` as the number of words that stand once for all records."""
    words = {row[5] for row in rows}
    conn.executemany("INSERT OR IGNORE INTO _search_more (words) VALUES (?)", [(one,) for one in sorted(words)])
    query = "SELECT id FROM _search_more WHERE words = ?"
    numbers = {one: conn.execute(query, (one,)).fetchone()[0] for one in words}
    bulk_insert(conn, "_search_text", _TEXT, [(*row[:5], numbers[row[5]], row[6]) for row in rows])


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
        self._last = int(conn.execute("SELECT coalesce(max(record_id), 0) FROM _search_text").fetchone()[0])
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
        self.add_texts(rows)

    def add_texts(self, rows: Sequence[tuple[int, int, str, str, str, str]]) -> None:
        """Add such rows of records that have none."""
        _insert_texts(self._conn, [(*row, "") for row in rows])
        self._wait([
            (rank << RECORD_BITS | record, own, first_words(own), initials, place, more, "")
            for rank, record, own, initials, place, more in rows
        ])  # fmt: skip

    def make(self, record_ids: Sequence[int]) -> None:
        """Add rows of any records that have none, made from what the register holds of them."""
        for some in chunks(record_ids, BATCH):
            rows = list(make_rows(self._conn, some))
            insert_rows(self._conn, rows)
            self._wait([row.full_text() for row in rows])

    def put(self, rows: Sequence[tuple[int, OwnText]]) -> None:
        """Add rows that were made of records that have none."""
        self.add_texts([(text[0], record, *text[1:]) for record, text in rows])

    def keep(self, rows: Iterable[SearchRow]) -> None:
        """Take rows that are kept into the full-text index, which was made empty."""
        self._wait([row.full_text() for row in rows])

    def finish(self, record_ids: Iterable[int]) -> None:
        """Make the rows of those records anew, and of those that hold their names; then make all of them findable."""
        self._write()
        earlier = {one for one in with_tied(self._conn, self.put_off) if one < self._first_new}
        ids = sorted(with_tied(self._conn, set(record_ids)) | self.put_off | earlier)
        for some in chunks(ids, BATCH):
            replace(self._conn, some)
        self._conn.execute("INSERT INTO _search (_search) VALUES ('optimize')")
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
            self._conn.execute("INSERT INTO _search (_search, rank) VALUES (?, ?)", (name, values[filling]))


def rebuild(conn: sqlite3.Connection) -> None:
    """Make the whole index anew."""
    conn.execute("INSERT INTO _search (_search) VALUES ('delete-all')")
    conn.execute("DELETE FROM _search_text")
    conn.execute("DELETE FROM _search_more")
    conn.execute("DELETE FROM _search_tie")
    filling = Filling(conn)
    filling.make(array("q", (row[0] for row in conn.execute("SELECT id FROM record ORDER BY id"))))
    filling.finish(())


def reindex(
    conn: sqlite3.Connection, record_ids: Iterable[int], anew: Callable[[NumberSet], None] | None = None
) -> None:  # fmt: skip
    """Bring the index up to date for records that were added, changed or removed.

    Where that is most of them, all is made anew, by `anew` where that is given. Those that hold these records' names
    because they are tied to them follow by themselves. Call it after the tables it reads are settled, in the same
    transaction.
    """
    most = conn.execute("SELECT count(*) FROM record").fetchone()[0]
    if most >= _SMALL:
        most //= _REBUILD_SHARE
    changed = NumberSet(record_ids)
    if len(changed) <= most:
        affected = with_tied(conn, set(changed))
        if len(affected) <= most:
            refresh(conn, sorted(affected))
            return
        affected.clear()
    if anew is not None:
        anew(changed)
    else:
        rebuild(conn)
