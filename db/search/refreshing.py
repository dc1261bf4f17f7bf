"""Bringing single records of the index up to date."""

from __future__ import annotations

from collections import Counter

from db.search.rows import SearchRow, make_rows
from db.search.word_list import count_changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from typing import Any

_COLUMNS = "rank, record_id, own, initials, place, more, tied"
_FULL_TEXT = "rowid, own, first, initials, place, more, tied"
_AT_ONCE = 400


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def with_tied(conn: sqlite3.Connection, ids: set[int]) -> set[int]:
    """Return the records with those that hold their names, and those of which arrangements and people hold the names.

    By the index as it is, and by the links as they are now: names pass one way, roles the other.
    """
    found = set(ids)
    listed = sorted(ids)
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        marks = _marks(some)
        for sql in (
            f"SELECT record_id FROM search_tie WHERE tied_id IN ({marks})",
            f"SELECT tied_id FROM search_tie WHERE record_id IN ({marks})",
            f"SELECT id FROM {_far_ends('source_id', 'target_id', len(some))} JOIN record ON id = far WHERE {_TIED}",
            f"SELECT id FROM {_far_ends('target_id', 'source_id', len(some))} JOIN record ON id = far WHERE {_TIED}",
        ):
            found.update(row[0] for row in conn.execute(sql, some))
        # Hubs that are neither have a hundred thousand links, which need not be read.
        tied = [row[0] for row in conn.execute(f"SELECT id FROM record WHERE id IN ({marks}) AND {_TIED}", some)]
        held_by = f"SELECT far FROM {_far_ends('target_id', 'source_id', len(tied), 'role IS NOT NULL')}"
        found.update(row[0] for row in conn.execute(held_by, tied))
    return found


_TIED = "kind IN ('arrangement', 'person')"


def _far_ends(near: str, far: str, number: int, where: str = "1") -> str:
    """Return SQL for the other ends of links of so many records."""
    return f"(SELECT {far} AS far FROM link WHERE {near} IN ({','.join('?' * number)}) AND {where})"


def kept_rows(conn: sqlite3.Connection, ids: Sequence[int]) -> Iterator[SearchRow]:
    """Return the rows that the index holds now of some records."""
    ties: dict[int, list[int]] = {}
    for one, other in conn.execute(
        f"SELECT record_id, tied_id FROM search_tie WHERE record_id IN ({_marks(ids)}) ORDER BY record_id, tied_id", ids
    ):
        ties.setdefault(one, []).append(other)
    for row in conn.execute(f"SELECT {_COLUMNS} FROM search_text WHERE record_id IN ({_marks(ids)})", ids).fetchall():
        yield SearchRow._make((*row, tuple(ties.get(row[1], ()))))


def refresh(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Replace rows that differ from what the register holds now, and count their words."""
    old, new = replace(conn, ids)
    if old or new:
        changes = Counter(word for row in new for word in row.words())
        changes.subtract(word for row in old for word in row.words())
        count_changes(conn, changes)


def replace(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[list[SearchRow], list[SearchRow]]:
    """Replace what differs, and only that, and return the rows as they were and as they are."""
    old: list[SearchRow] = []
    new: list[SearchRow] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
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
    conn.executemany(f"INSERT INTO search ({_FULL_TEXT}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def forget_full_text(conn: sqlite3.Connection, record_ids: Sequence[int]) -> None:
    """Remove records from the full-text index, which needs the rows that are kept of them."""
    for start in range(0, len(record_ids), _AT_ONCE):
        _forget(conn, sorted(kept_rows(conn, record_ids[start : start + _AT_ONCE])))


def _forget(conn: sqlite3.Connection, rows: Sequence[SearchRow]) -> None:
    conn.executemany(
        f"INSERT INTO search (search, {_FULL_TEXT}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        [row.full_text() for row in rows],
    )


def delete_rows(conn: sqlite3.Connection, record_ids: Sequence[int]) -> None:
    """Remove the rows and ties of records, but not what the full-text index has of them."""
    conn.executemany("DELETE FROM search_text WHERE record_id = ?", ((one,) for one in record_ids))
    conn.executemany("DELETE FROM search_tie WHERE record_id = ?", ((one,) for one in record_ids))


def insert_rows(conn: sqlite3.Connection, rows: Sequence[SearchRow]) -> None:
    """Insert rows with their ties, but not into the full-text index."""
    conn.executemany(f"INSERT INTO search_text ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", [row[:7] for row in rows])
    conn.executemany(
        "INSERT INTO search_tie (record_id, tied_id) VALUES (?, ?)",
        [(row.record_id, tie) for row in rows for tie in row.ties],
    )
