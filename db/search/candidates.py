"""Records that may match, taken from the full-text index in the order of their rank, never more than are looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from db.parameters import chunks, marks
from db.search.conditions import NONE, FilterConditions
from db.search.expressions import Way, all_of
from db.search.layout import APART, FIRST_HIDDEN, MARKS, RECORD_BITS, RECORD_MASK, SORT_BITS, words_in
from db.search.memory import Memory, SearchText, Shown
from db.search.spelling import stamp_of

_AT_ONCE = 512
_FEW = 250
"""Records up to which what the words before the last one find is kept, and looked through for each further letter."""


class SearchIndex:
    """The index as one search sees it: through its filters, with or without what is hidden."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        conditions: FilterConditions = NONE,
        *,
        first: int = 0,
        end: int = FIRST_HIDDEN,
        memory: Memory | None = None,
    ) -> None:
        """See index ids from `first` to before `end`; `memory` has what earlier searches of the same register read."""
        self.conn, self.conditions, self.first, self.end = conn, conditions, first, end
        self.memory = Memory(is_kept=False) if memory is None else memory
        self._range = max(first, conditions.first), min(end, conditions.end)
        self._values = conditions.values
        wherever = f"FROM _search s{_JOINED if conditions.all_of else ''} WHERE s._search MATCH ?{conditions.sql}"
        self._from = f"{wherever} AND s.rowid >= {self._range[0]} AND s.rowid < {self._range[1]}"
        self._from_all = f"{wherever} AND s.rowid >= {conditions.first} AND s.rowid < {conditions.end}"

    def between(self, first: int, end: int) -> SearchIndex:
        """Return the same of other index ids."""
        return SearchIndex(self.conn, self.conditions, first=first, end=end, memory=self.memory)

    def through(self, conditions: FilterConditions) -> SearchIndex:
        """Return the same through other filters."""
        return SearchIndex(self.conn, conditions, first=self.first, end=self.end, memory=self.memory)

    def matching(self, match: str, most: int) -> list[int]:
        """Return the index ids that an expression finds, best ranks first; an empty one finds all that pass filters."""
        if not match and (listed := self._listed()) is not None:
            return listed[: most if most >= 0 else None]
        sql = f"SELECT s.rowid {self._from} ORDER BY s.rowid LIMIT ?"
        values = (self.conditions.among(match), *self._values, most)
        return [row[0] for row in self.conn.execute(sql, values)]

    def by_name(self, most: int) -> list[int]:
        """Return the index ids of all that pass filters: in the order of openness and of sorts, and in each by name."""
        if (listed := self._listed()) is not None:
            names = self.shown(one & RECORD_MASK for one in listed)
            listed.sort(key=lambda one: (one >> SORT_BITS, names[one & RECORD_MASK].name.lower(), one))
            return listed[: most if most >= 0 else None]
        joined = self._from if self.conditions.all_of else self._from.replace("_search s", f"_search s{_JOINED}", 1)
        sql = f"SELECT s.rowid {joined} ORDER BY s.rowid >> {SORT_BITS}, r.name COLLATE NOCASE, s.rowid LIMIT ?"
        return [row[0] for row in self.conn.execute(sql, (self.conditions.among(""), *self._values, most))]

    def found_by(self, ways: Iterable[Way], also: str, most: int, *, exactly: bool = False) -> list[int]:
        """Return the index ids of what any of some ways finds, or the expression `also`, best ranks first.

        Where it need not hold `exactly`, what is found may lack common words.
        """
        found, asked = self._found_and_asked(ways, also, exactly)
        if asked:
            found.update(self.matching(" OR ".join(asked), most))
        return sorted(found)[:most]

    def count_found_by(self, ways: Iterable[Way], also: str, most: int, without: Iterable[int] = ()) -> int:
        """Return how many records `found_by` finds exactly, but for some index ids, counting no more than `most`."""
        left_out = set(without)
        found, asked = self._found_and_asked(ways, also, exactly=True)
        found -= left_out
        if not asked or len(found) >= most:
            return min(len(found), most)
        others = ",".join(map(str, sorted(found | left_out)))
        sql = f"SELECT count(*) FROM (SELECT 1 {self._from} AND s.rowid NOT IN ({others}) LIMIT ?)"
        values = (self.conditions.among(" OR ".join(asked)), *self._values, most - len(found))
        kept = self.memory.numbers
        if (sql, values) not in kept:
            kept[sql, values] = int(self.conn.execute(sql, values).fetchone()[0])
        return len(found) + kept[sql, values]

    def _found_and_asked(self, ways: Iterable[Way], also: str, exactly: bool) -> tuple[set[int], list[str]]:
        """Return what is found among records kept from earlier searches, and the expressions that are to be asked."""
        found: set[int] = set()
        asked: list[str] = []
        passing = self.conditions.few
        listed = self._listed() if passing is not None and len(passing) <= _FEW else None
        all_few = None if listed is None else self.read(listed)
        for way in ways:
            few = self._few(all_of(way.parts[:-1])) if all_few is None and len(way.parts) > 1 else all_few
            if few is None:
                asked.append(all_of(way.parts, exactly=exactly))
            else:
                found.update(one.id for one in way.among(few) if self.first <= one.id < self.end)
        if also and not asked and (few := self._few(also)) is not None:
            found.update(one.id for one in few if self.first <= one.id < self.end)
        elif also:
            asked.append(also)
        return found, asked

    def _few(self, match: str) -> list[SearchText] | None:
        """Return what an expression finds, closed or not, where that is little and kept for the next search."""
        if not self.memory.is_kept:
            return None
        key = (match, self.conditions)
        if key not in self.memory.few:
            sql = f"SELECT s.rowid {self._from_all} ORDER BY s.rowid LIMIT {_FEW + 1}"
            ids = [row[0] for row in self.conn.execute(sql, (self.conditions.among(match), *self._values))]
            self.memory.few[key] = self.read(ids) if len(ids) <= _FEW else None
        return self.memory.few[key]

    def number(self) -> int:
        """Return how many records the filters alone let through."""
        passing = self.conditions
        if (listed := self._listed()) is not None:
            return len(listed)
        if not self.memory.is_kept:
            return self._count(passing.among(""))
        refused = ""
        if not passing.match and not passing.all_of:
            passing, refused = NONE._replace(first=passing.first, end=passing.end), passing.refused
        key = (self.first, self.end, passing)
        if key not in self.memory.numbers:
            self.memory.numbers[key] = self.through(passing)._count(passing.among(""))
        return self.memory.numbers[key] - (self._count(refused) if refused else 0)

    def _count(self, match: str) -> int:
        return int(self.conn.execute(f"SELECT count(*) {self._from}", (match, *self._values)).fetchone()[0])

    def _listed(self) -> list[int] | None:
        """Return the index ids of what the filters let through where it is listed, being little, or None."""
        passing = self.conditions
        if passing.few is None or passing.match or passing.refused:
            return None
        first, end = self._range
        among = ",".join(map(str, passing.few))
        sql = (
            f"SELECT {_ID} AS id FROM _search_text t JOIN record r ON r.id = t.record_id"
            f" WHERE t.record_id IN ({among}){passing.sql} ORDER BY 1"
        )
        return [row[0] for row in self.conn.execute(sql, self._values) if first <= row[0] < end]

    def stamp(self) -> str:
        """Return the mark of the words of the index."""
        self.memory.stamp = self.memory.stamp or stamp_of(self.conn)
        return self.memory.stamp

    def of_records(self, record_ids: Sequence[int]) -> list[int]:
        """Return the index ids of those of some records that the filters let through."""
        if not record_ids:
            return []
        sql = f"SELECT {_ID} FROM _search_text t WHERE t.record_id IN ({marks(record_ids)})"
        found = [row[0] for row in self.conn.execute(sql, tuple(record_ids))]
        if not found or self.conditions is NONE:
            return [one for one in found if self.first <= one < self.end]
        sql = f"SELECT s.rowid {self._from} AND s.rowid = ?"
        values = (self.conditions.among(""), *self._values)
        return [row[0] for one in found for row in self.conn.execute(sql, (*values, one))]

    def read(self, ids: Iterable[int]) -> list[SearchText]:
        """Return the search texts of some index ids."""
        kept = self.memory.rows
        listed = list(ids)
        new = [one for one in listed if one not in kept]
        found = [kept[one] for one in listed if one in kept] if len(new) < len(listed) else []
        more = "(SELECT words FROM _search_more WHERE id = t.more_id)"
        columns = f"{_ID}, t.own, t.initials, t.place, {more}, t.tied FROM _search_text t WHERE t.record_id"
        for row in self._of(columns, [one & RECORD_MASK for one in new]):
            candidate = kept[row[0]] = SearchText._make((*row, _all_words(*row)))
            found.append(candidate)
        return found

    def shown(self, record_ids: Iterable[int]) -> dict[int, Shown]:
        """Return what is shown of some records, by their numbers."""
        kept = self.memory.shown
        listed = list(record_ids)
        for row in self._of(f"{_SHOWN} WHERE r.id", [one for one in listed if one not in kept]):
            kept[row[0]] = Shown(*row)
        return {one: kept[one] for one in listed if one in kept}

    def _of(self, what: str, record_ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """Yield rows of some records, asked for so many at once that few different statements have to be prepared."""
        for some in chunks(sorted(record_ids), _AT_ONCE):
            number = 1 << (len(some) - 1).bit_length()
            some += some[-1:] * (number - len(some))
            yield from self.conn.execute(f"SELECT {what} IN ({marks(some)})", some)


_ID = f"t.rank << {RECORD_BITS} | t.record_id"
_JOINED = f" CROSS JOIN record r ON r.id = (s.rowid & {RECORD_MASK})"
_SHOWN = (
    "r.id, r.key, r.kind, r.type, r.name, r.status, r.open, r.town, r.postcode, r.opened, r.closed,"
    " (SELECT g.key FROM source g WHERE g.id = r.gone) FROM record r"
)


def _all_words(_: int, own: str, __: str, place: str, more: str, tied: str) -> str:
    if APART in own or own[:1] in MARKS:
        own = " ".join(words_in(own))
    return f" {own} {place} {more} {tied} "
