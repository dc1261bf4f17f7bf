"""Records that may match, taken from the full-text index in the order of their rank, never more than are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.search.conditions import NONE
from db.search.layout import EVERY, FIRST_HIDDEN, RECORD_BITS, RECORD_MASK

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from db.search.conditions import Conditions

_AT_ONCE = 400


class Candidate(NamedTuple):
    """A record's search text, by its index id."""

    id: int
    own: str
    initials: str
    place: str
    more: str
    tied: str

    @property
    def record_id(self) -> int:
        """The number of the record."""
        return self.id & RECORD_MASK


class Shown(NamedTuple):
    """What lists show of a record, and what tells how it stood on a day."""

    record_id: int
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
        """Return the index ids that an expression finds, best ranks first; an empty one finds all that pass filters."""
        sql = f"SELECT s.rowid {self._from()} ORDER BY s.rowid LIMIT ?"
        return [row[0] for row in self.conn.execute(sql, (self._expression(match), *self.conditions.values, most))]

    def number(self) -> int:
        """Return how many records the filters alone let through."""
        sql = f"SELECT count(*) {self._from()}"
        return int(self.conn.execute(sql, (self._expression(""), *self.conditions.values)).fetchone()[0])

    def of_records(self, record_ids: Sequence[int]) -> list[int]:
        """Return the index ids of those of some records that the filters let through."""
        if not record_ids:
            return []
        marks = ",".join("?" * len(record_ids))
        sql = f"SELECT {_ID} FROM search_text t WHERE t.record_id IN ({marks})"
        found = [row[0] for row in self.conn.execute(sql, tuple(record_ids))]
        if not found or self.conditions is NONE:
            return [one for one in found if self.first <= one < self.end]
        sql = f"SELECT s.rowid {self._from()} AND s.rowid = ?"
        values = (self._expression(""), *self.conditions.values)
        return [row[0] for one in found for row in self.conn.execute(sql, (*values, one))]

    def _expression(self, match: str) -> str:
        if match or self.conditions.match:
            return self.conditions.among(match)
        return self.conditions.among(EVERY)

    def _from(self) -> str:
        joined = _JOINED if self.conditions.all_of else ""
        first, end = max(self.first, self.conditions.first), min(self.end, self.conditions.end)
        where = f"s.search MATCH ? AND s.rowid >= {first} AND s.rowid < {end}{self.conditions.sql}"
        return f"FROM search s{joined} WHERE {where}"

    def read(self, ids: Iterable[int]) -> list[Candidate]:
        """Return the search texts of some index ids."""
        listed = sorted(one & RECORD_MASK for one in ids)
        found: list[Candidate] = []
        for start in range(0, len(listed), _AT_ONCE):
            some = listed[start : start + _AT_ONCE]
            sql = (
                f"SELECT {_ID}, t.own, t.initials, t.place, t.more, t.tied FROM search_text t"
                f" WHERE t.record_id IN ({','.join('?' * len(some))})"
            )
            found += map(Candidate._make, self.conn.execute(sql, some))
        return found

    def shown(self, record_ids: Iterable[int]) -> dict[int, Shown]:
        """Return what is shown of some records, by their numbers."""
        listed = sorted(record_ids)
        found: dict[int, Shown] = {}
        for start in range(0, len(listed), _AT_ONCE):
            some = listed[start : start + _AT_ONCE]
            sql = (
                "SELECT r.id, r.key, r.kind, r.type, r.name, r.status, r.open, r.town, r.postcode, r.opened, r.closed,"
                " (SELECT g.key FROM source g WHERE g.id = r.gone) FROM record r"
                f" WHERE r.id IN ({','.join('?' * len(some))})"
            )
            found.update((row[0], Shown._make(row)) for row in self.conn.execute(sql, some))
        return found


_ID = f"t.rank << {RECORD_BITS} | t.record_id"
_JOINED = f" CROSS JOIN record r ON r.id = (s.rowid & {RECORD_MASK})"


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
