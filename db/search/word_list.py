"""The list of words that typing errors are measured against, and the mark that tells its readers of changes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from db.parameters import chunks, marks
from db.search.layout import MARK, STAMP

_COUNTED = "col IN ('own', 'place', 'more', 'tied')"


def count_anew(conn: sqlite3.Connection) -> None:
    """Make the list of words from the full-text index, which has counted them already."""
    conn.execute("DELETE FROM _search_word")
    conn.execute(
        f"INSERT INTO _search_word (word, uses) SELECT term, sum(doc) FROM _search_term"
        f" WHERE {_COUNTED} AND substr(term, 1, 1) <> ? GROUP BY term",
        (MARK[0],),
    )
    _write_stamp(conn, stamp_of(row[0] for row in conn.execute("SELECT word FROM _search_word")))


def count_changes(conn: sqlite3.Connection, changes: Counter[str]) -> None:
    """Add to the uses of each word, forget those that nothing uses, and bring the stamp along."""
    moved = [(word, by) for word, by in changes.items() if by]
    known: set[str] = set()
    words = [word for word, _ in moved]
    for some in chunks(words):
        known.update(
            row[0] for row in conn.execute(f"SELECT word FROM _search_word WHERE word IN ({marks(some)})", some)
        )
    conn.executemany(
        "INSERT INTO _search_word (word, uses) VALUES (?, ?)"
        " ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses",
        moved,
    )
    lost = {word for word, by in moved if by < 0 and _uses(conn, word) <= 0}
    conn.executemany("DELETE FROM _search_word WHERE word = ?", ((word,) for word in lost))
    _write_stamp(conn, stamp(conn) ^ stamp_of(set(words) - known) ^ stamp_of(lost & known))


def _uses(conn: sqlite3.Connection, word: str) -> int:
    return int(conn.execute("SELECT uses FROM _search_word WHERE word = ?", (word,)).fetchone()[0])


def stamp(conn: sqlite3.Connection) -> int:
    """Return the mark as it is kept."""
    row = conn.execute("SELECT value FROM _meta WHERE name = ?", (STAMP,)).fetchone()
    return int(row[0], 16) if row else 0


def stamp_of(words: Iterable[str]) -> int:
    """Return a mark of a set of words that does not depend on their order, so that it can follow single changes."""
    mark = 0
    for word in words:
        mark ^= int.from_bytes(blake2b(word.encode("utf-8"), digest_size=8).digest(), "big")
    return mark


def _write_stamp(conn: sqlite3.Connection, mark: int) -> None:
    conn.execute(
        "INSERT INTO _meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (STAMP, f"{mark:016x}"),
    )
