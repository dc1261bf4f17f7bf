"""Telling where the index is not what it would be if it were made anew."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from db.parameters import chunks
from db.search.layout import APART, MARKS
from db.search.rows import SearchRow, make_rows
from db.search.word_list import stamp, stamp_of
from db.search.write import kept_rows

_MARKS = str.maketrans(dict.fromkeys((APART, *MARKS), " "))
_COLUMNS = ("own", "first", "initials", "place", "more", "tied")


def check(conn: sqlite3.Connection) -> list[str]:
    """Compare the index with what a rebuild would make; return what is wrong in words, nothing where all is well."""
    found: list[str] = []
    wrong = 0
    words: Counter[str] = Counter()
    terms: Counter[tuple[str, str]] = Counter()
    numbers = [row[0] for row in conn.execute("SELECT id FROM record UNION SELECT record_id FROM _search_text")]
    for some in chunks(numbers):
        expected = {row.record_id: row for row in make_rows(conn, some)}
        kept = {row.record_id: row for row in kept_rows(conn, some)}
        wrong += sum(expected.get(one) != kept.get(one) for one in some)
        for row in expected.values():
            words.update(row.words())
        for row in kept.values():
            terms.update(_terms(row))
    if wrong:
        found.append(f"the search index is not up to date for {wrong} record{'s' if wrong > 1 else ''}")
    if not _sound(conn) or terms != _indexed(conn):
        found.append("the full-text index and its text differ")
    if dict(conn.execute("SELECT word, uses FROM _search_word")) != dict(words):
        found.append("the list of words differs from the words of the index")
    if stamp(conn) != stamp_of(words):
        found.append("the mark of the list of words is wrong")
    return found


def _terms(row: SearchRow) -> Iterator[tuple[str, str]]:
    """Return what the full-text index should hold of a row: each word of each column once."""
    for column, text in zip(_COLUMNS, row.full_text()[1:], strict=True):
        yield from ((column, word) for word in set(text.translate(_MARKS).split()))


def _indexed(conn: sqlite3.Connection) -> dict[tuple[str, str], int]:
    return {(column, term): rows for column, term, rows in conn.execute("SELECT col, term, doc FROM _search_term")}


def _sound(conn: sqlite3.Connection) -> bool:
    """Whether the full-text index is whole in itself; one that cannot be written cannot be asked."""
    try:
        conn.execute("INSERT INTO _search (_search) VALUES ('integrity-check')")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False
    return True
