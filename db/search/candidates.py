"""Records that may match, taken from the full-text index in the order of their rank, never more than are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.search.layout import FIRST_HIDDEN
from db.search.lexicon import STOP_WORDS
from db.search.normalise import is_outward

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from db.search.conditions import Conditions

_AT_ONCE = 400


class Candidate(NamedTuple):
    """A record with its search text."""

    id: int
    record_id: int
    own: str
    initials: str
    place: str
    more: str
    tied: str
    key: str
    kind: str
    type: str | None
    name: str
    status: str | None
    open: int | None
    town: str | None
    postcode: str | None
    opened: str | None
    closed: str | None
    gone: str | None


class Index(NamedTuple):
    """The index as one search sees it: through its filters, with or without what is hidden."""

    conn: sqlite3.Connection
    conditions: Conditions
    first: int = 0
    """Index id from which on records are looked at."""
    end: int = FIRST_HIDDEN
    """Index id before which they are; without more, closed organisations are left out."""

    def matching(self, match: str, most: int) -> list[int]:
        """Return the index ids that a full-text expression finds, the best ranks first."""
        narrowed = " AND ".join(f"({one})" for one in (match, self.conditions.match) if one)
        if not narrowed:
            sql = f"SELECT t.id {_FROM} WHERE {self._within('t.id')} ORDER BY t.id LIMIT ?"
            return [row[0] for row in self.conn.execute(sql, (*self.conditions.values, most))]
        joins = _THROUGH_FILTERS if self.conditions.all_of else ""
        sql = (
            f"SELECT s.rowid FROM search s{joins} WHERE s.search MATCH ? AND {self._within('s.rowid')}"
            " ORDER BY s.rowid LIMIT ?"
        )
        return [row[0] for row in self.conn.execute(sql, (narrowed, *self.conditions.values, most))]

    def number(self) -> int:
        """Return how many records the filters alone let through."""
        match = self.conditions.match
        if not match:
            sql = f"SELECT count(*) {_FROM} WHERE {self._within('t.id')}"
            return int(self.conn.execute(sql, self.conditions.values).fetchone()[0])
        sql = f"SELECT count(*) FROM search s{_THROUGH_FILTERS} WHERE s.search MATCH ? AND {self._within('s.rowid')}"
        return int(self.conn.execute(sql, (match, *self.conditions.values)).fetchone()[0])

    def of_records(self, record_ids: Sequence[int]) -> list[int]:
        """Return the index ids of those of some records that the filters let through."""
        marks = ",".join("?" * len(record_ids))
        sql = f"SELECT t.id {_FROM} WHERE t.record_id IN ({marks}) AND {self._within('t.id')}"
        return [row[0] for row in self.conn.execute(sql, (*record_ids, *self.conditions.values))]

    def read(self, ids: Iterable[int]) -> list[Candidate]:
        """Return the records of some index ids."""
        listed = sorted(ids)
        found: list[Candidate] = []
        for start in range(0, len(listed), _AT_ONCE):
            some = listed[start : start + _AT_ONCE]
            sql = (
                "SELECT t.id, t.record_id, t.own, t.initials, t.place, t.more, t.tied, r.key, r.kind, r.type, r.name,"
                " r.status, r.open, r.town, r.postcode, r.opened, r.closed, g.key FROM search_text t"
                " JOIN record r ON r.id = t.record_id LEFT JOIN source g ON g.id = r.gone"
                f" WHERE t.id IN ({','.join('?' * len(some))})"
            )
            found += (Candidate(*row) for row in self.conn.execute(sql, some))
        return found

    def _within(self, row_id: str) -> str:
        return f"{row_id} >= {self.first} AND {row_id} < {self.end}{self.conditions.sql}"


_FROM = "FROM search_text t JOIN record r ON r.id = t.record_id"
_THROUGH_FILTERS = " CROSS JOIN search_text t ON t.id = s.rowid CROSS JOIN record r ON r.id = t.record_id"


def by_code(conn: sqlite3.Connection, text: str) -> list[int]:
    """Return the numbers of the records whose key or code is `text`, in any case, with its scheme or bare."""
    code = text.strip()
    if not code or len(code) > 200 or any(map(str.isspace, code)):
        return []
    scheme, colon, value = code.partition(":")
    if colon:
        scheme = scheme.lower()
        spelt = sorted({f"{scheme}:{value}", f"{scheme}:{value.upper()}", f"{scheme}:{value.lower()}"})
        sql = f"SELECT id FROM record WHERE key IN ({','.join('?' * len(spelt))})"
        found = [row[0] for row in conn.execute(sql, spelt)]
        sql = "SELECT record_id FROM identifier_row WHERE scheme = ? AND value = ? COLLATE NOCASE"
        return found or [row[0] for row in conn.execute(sql, (scheme, value))]
    spelt = sorted({f"{one}:{value}" for one in _schemes(conn) for value in (code, code.upper(), code.lower())})
    marks = ",".join("?" * len(spelt))
    sql = (
        f"SELECT id FROM record WHERE key IN ({marks})"
        " UNION SELECT record_id FROM identifier_row WHERE value = ? COLLATE NOCASE LIMIT 50"
    )
    return [row[0] for row in conn.execute(sql, (*spelt, code))]


def _schemes(conn: sqlite3.Connection) -> list[str]:
    """Return the schemes that keys begin with, each found by one step in the index of keys."""
    found: list[str] = []
    after = ""
    while (key := conn.execute("SELECT min(key) FROM record WHERE key > ?", (after,)).fetchone()[0]) is not None:
        scheme = str(key).partition(":")[0]
        found.append(scheme)
        after = f"{scheme};"
    return found


def exact_match(readings: Iterable[str]) -> str:
    """Return the expression for names that are the text, given acronyms included, and for acronyms that it makes."""
    listed = list(readings)
    names = [f'{{own}} : ("« {text} »" OR "‹ {text} »")' for text in listed]
    return " OR ".join([*names, acronym_match(listed)])


def acronym_match(readings: Iterable[str]) -> str:
    """Return the expression for records whose given or derived acronym the text is, spaces aside."""
    return " OR ".join(f'{{initials}} : "{text.replace(" ", "")}"' for text in readings)


def beginning_match(readings: Iterable[str]) -> str:
    """Return the expression for names that begin with the text."""
    return " OR ".join(f'{{own}} : ("« {text}" * OR "‹ {text}" *)' for text in readings)


def words_match(readings: Iterable[str], *, anywhere: bool, whole: bool = False) -> str:
    """Return the expression for all words, as the starts of words or `whole`: in the names, or `anywhere`."""
    column = "{own place more tied}" if anywhere else "{own}"
    return " OR ".join(
        "(" + " AND ".join(_word(word, column, whole) for word in needed_words(text)) + ")" for text in readings
    )


def _word(word: str, column: str, whole: bool) -> str:
    if whole or (is_outward(word) and column != "{own}"):
        # The start of one outward code is another outward code: LA1 is not LA10. A name may go on.
        return f'{column} : "{word}"' if whole else f'({column} : "{word}" OR {{own}} : "{word}" *)'
    return f'{column} : "{word}" *'


def needed_words(text: str) -> list[str]:
    """Return the words that must be found: all but small ones, which people leave out; the last may be unfinished."""
    words = text.split()
    needed = [word for word in words[:-1] if word not in STOP_WORDS]
    return list(dict.fromkeys([*needed, words[-1]]))


def alike_match(text: str, alike: Mapping[str, Mapping[str, int]], *, errors_in: str | None) -> str:
    """Return the expression for all words as they are or, the word `errors_in` or any, as one it may stand for."""
    parts = []
    for word in needed_words(text):
        others = alike.get(word, {}) if errors_in is None or word == errors_in else {}
        spelt = [f'"{word}" *', *(f'"{other}"' for other in others)]
        parts.append("{own place more tied} : (" + " OR ".join(spelt) + ")")
    return "(" + " AND ".join(parts) + ")"
