"""Keeping the search index: brought up to date for some records, or made anew, inside the writer's transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from db.search.layout import STAMP
from db.search.rows import Row, make_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_COLUMNS = "id, record_id, own, initials, place, more, tied"
_AT_ONCE = 400
_REBUILD_SHARE = 4
"""Where more than one record in so many must be indexed anew, indexing all is quicker."""


def reindex(conn: sqlite3.Connection, record_ids: Iterable[int] | None) -> None:
    """Bring the index up to date for records that were added, changed or removed; None means all records.

    Those that hold these records' names because they are tied to them follow by themselves. Call it after the tables it
    reads are settled, in the same transaction.
    """
    total = conn.execute("SELECT count(*) FROM record").fetchone()[0]
    if record_ids is not None:
        affected = _with_tied(conn, set(record_ids))
        if len(affected) * _REBUILD_SHARE <= total or total < _AT_ONCE:
            _refresh(conn, sorted(affected))
            return
    _rebuild(conn)


def check(conn: sqlite3.Connection) -> list[str]:
    """Compare the index with what a rebuild would make; return what is wrong in words, nothing where all is well."""
    found: list[str] = []
    expected = {row.record_id: row for row in make_rows(conn, _all_ids(conn))}
    kept = {row.record_id: row for row in _kept(conn, None)}
    wrong = sum(kept.get(one) != row for one, row in expected.items()) + len(kept.keys() - expected.keys())
    if wrong:
        found.append(f"the search index is not up to date for {wrong} records")
    try:
        conn.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError:
        pass  # A database that cannot be written cannot be asked; its rows were compared above.
    except sqlite3.DatabaseError:
        found.append("the full-text index and its text differ")
    uses = Counter(word for row in expected.values() for word in row.words())
    if dict(conn.execute("SELECT word, uses FROM search_word")) != dict(uses):
        found.append("the list of words differs from the words of the index")
    stamp = conn.execute("SELECT value FROM meta WHERE name = ?", (STAMP,)).fetchone()
    if (int(stamp[0], 16) if stamp else 0) != _stamp(uses):
        found.append("the mark of the list of words is wrong")
    return found


def _all_ids(conn: sqlite3.Connection) -> list[int]:
    return [row[0] for row in conn.execute("SELECT id FROM record ORDER BY id")]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _with_tied(conn: sqlite3.Connection, ids: set[int]) -> set[int]:
    """Return the records with those that hold their names: by the index as it is, and by the links as they are now."""
    found = set(ids)
    listed = sorted(ids)
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        marks = _marks(some)
        for sql in (
            f"SELECT record_id FROM search_tie WHERE tied_id IN ({marks})",
            f"SELECT r.id FROM link l JOIN record r ON r.id = l.target_id WHERE l.source_id IN ({marks})"
            " AND r.kind IN ('arrangement', 'person')",
            f"SELECT r.id FROM link l JOIN record r ON r.id = l.source_id WHERE l.target_id IN ({marks})"
            " AND r.kind IN ('arrangement', 'person')",
        ):
            found.update(row[0] for row in conn.execute(sql, some))
    return found


def _kept(conn: sqlite3.Connection, ids: Sequence[int] | None) -> Iterator[Row]:
    """Return the rows that the index holds now, of some records or of all."""
    where = "" if ids is None else f" WHERE record_id IN ({_marks(ids)})"
    given = () if ids is None else ids
    ties: dict[int, list[int]] = {}
    for one, other in conn.execute(
        f"SELECT record_id, tied_id FROM search_tie{where} ORDER BY record_id, tied_id", given
    ):
        ties.setdefault(one, []).append(other)
    for row in conn.execute(f"SELECT {_COLUMNS} FROM search_text{where}", given).fetchall():
        yield Row._make((*row, tuple(ties.get(row[1], ()))))


def _refresh(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Replace what differs, and only that: the full-text index needs each old row's text to forget it."""
    old: list[Row] = []
    new: list[Row] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        kept = {row.record_id: row for row in _kept(conn, some)}
        made = {row.record_id: row for row in make_rows(conn, some)}
        for one in some:
            before, after = kept.get(one), made.get(one)
            if before != after:
                old += [before] if before else []
                new += [after] if after else []
    if not old and not new:
        return
    # In the order of ids: the full-text index writes a segment of its own for each step back.
    old.sort()
    new.sort()
    conn.executemany(
        "INSERT INTO search (search, rowid, own, initials, place, more, tied) VALUES ('delete', ?, ?, ?, ?, ?, ?)",
        [(row.id, *row[2:7]) for row in old],
    )
    conn.executemany("DELETE FROM search_text WHERE id = ?", [(row.id,) for row in old])
    conn.executemany("DELETE FROM search_tie WHERE record_id = ?", [(row.record_id,) for row in old])
    _insert(conn, new)
    conn.executemany(
        "INSERT INTO search (rowid, own, initials, place, more, tied) VALUES (?, ?, ?, ?, ?, ?)",
        [(row.id, *row[2:7]) for row in new],
    )
    changes = Counter(word for row in new for word in row.words())
    changes.subtract(word for row in old for word in row.words())
    _count_words(conn, changes)


def _insert(conn: sqlite3.Connection, rows: Sequence[Row]) -> None:
    conn.executemany(f"INSERT INTO search_text ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", [row[:7] for row in rows])
    conn.executemany(
        "INSERT INTO search_tie (record_id, tied_id) VALUES (?, ?)",
        [(row.record_id, tie) for row in rows for tie in row.ties],
    )


def _count_words(conn: sqlite3.Connection, changes: Counter[str]) -> None:
    """Add to the uses of each word, forget those that nothing uses, and bring the stamp along."""
    moved = [(word, by) for word, by in changes.items() if by]
    known: set[str] = set()
    words = [word for word, _ in moved]
    for start in range(0, len(words), _AT_ONCE):
        some = words[start : start + _AT_ONCE]
        known.update(
            row[0] for row in conn.execute(f"SELECT word FROM search_word WHERE word IN ({_marks(some)})", some)
        )
    conn.executemany(
        "INSERT INTO search_word (word, uses) VALUES (?, ?)"
        " ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses",
        moved,
    )
    lost = {row[0] for row in conn.execute("SELECT word FROM search_word WHERE uses <= 0")}
    conn.execute("DELETE FROM search_word WHERE uses <= 0")
    stamp = conn.execute("SELECT value FROM meta WHERE name = ?", (STAMP,)).fetchone()
    before = int(stamp[0], 16) if stamp else 0
    _write_stamp(conn, before ^ _stamp(set(words) - known) ^ _stamp(lost & known))


def _rebuild(conn: sqlite3.Connection) -> None:
    """Make the whole index anew."""
    for table in ("search_text", "search_tie", "search_word"):
        conn.execute(f"DELETE FROM {table}")
    ids = _all_ids(conn)
    uses: Counter[str] = Counter()
    for start in range(0, len(ids), 5000):
        rows = list(make_rows(conn, ids[start : start + 5000]))
        _insert(conn, rows)
        for row in rows:
            uses.update(row.words())
    conn.execute("INSERT INTO search (search) VALUES ('rebuild')")
    conn.executemany("INSERT INTO search_word (word, uses) VALUES (?, ?)", sorted(uses.items()))
    _write_stamp(conn, _stamp(uses))


def _stamp(words: Iterable[str]) -> int:
    """Return a mark of a set of words that does not depend on their order, so that it can follow single changes."""
    # Only writing needs it, and reading must start at once.
    from hashlib import blake2b

    mark = 0
    for word in words:
        mark ^= int.from_bytes(blake2b(word.encode("utf-8"), digest_size=8).digest(), "big")
    return mark


def _write_stamp(conn: sqlite3.Connection, mark: int) -> None:
    conn.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (STAMP, f"{mark:016x}"),
    )
