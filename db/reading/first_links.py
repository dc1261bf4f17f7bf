"""The first links under each heading of a record's page, without reading all that is known of the others."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest
from typing import NamedTuple

from db.keys import IS_CODE
from db.reading.headings import heading, is_one
from db.reading.link_rows import ENDS, LinkPlace, LinkRow, chosen_link_rows, link_place
from db.reading.never_were import DOUBTED, began, never_were

MANY = 500
"""Links of a type above which SQLite counts and sorts them, and Python sees the first."""

_Far = tuple[str, str | None]
"""Kind and type of the other end of a link."""


class FirstRows(NamedTuple):
    """The first links under each heading, in the order of reading; how many there are by label and by heading, and
    under each heading by kind and type of the other end."""

    rows: list[LinkRow]
    counts: dict[str, int]
    under: dict[str, int]
    types: dict[str, Counter[_Far]]


def first_link_rows(connection: sqlite3.Connection, record_id: int, most: int, first: int) -> FirstRows:
    """Return all links under each heading that has at most `most`, of others the `first` ones."""
    counts: Counter[_PlacedLabel] = Counter()
    headings: dict[str, _UnderHeading] = {}
    reading = _LinkReading(connection, record_id, most, first)
    for label, link_type, direction, seen in reading.by_type():
        counts[label] += seen.types.total()
        names = {far: heading(link_type, direction, label.text, *far).name for far in seen.types}
        for far, number in seen.types.items():
            headings.setdefault(names[far], _UnderHeading()).types[far] += number
        for far, place in seen.places:
            headings[names[far]].places.append((label, place))
    by_label: Counter[str] = Counter()
    for label in sorted(counts):
        by_label[label.text] += counts[label]
    chosen = [link for one in headings.values() for link in one.first(most, first)]
    return FirstRows(
        chosen_link_rows(connection, record_id, chosen),
        dict(by_label),
        {name: one.types.total() for name, one in headings.items()},
        {name: one.types for name, one in headings.items()},
    )


class _PlacedLabel(NamedTuple):
    """What links are read under, sorted as these are."""

    position: int
    is_reverse: bool
    text: str


class _Seen(NamedTuple):
    """The links of a type: how many there are by what they lead to, and the places of those that may come first."""

    types: Counter[_Far]
    places: list[tuple[_Far, LinkPlace]]


class _UnderHeading:
    """What stands under a heading: how much of what, and what may be first of it."""

    def __init__(self) -> None:
        self.types: Counter[_Far] = Counter()
        self.places: list[tuple[_PlacedLabel, LinkPlace]] = []

    def first(self, most: int, first: int) -> list[int]:
        """Return the links that are read: by name where there are several labels, else as the label has them."""
        number = most if self.types.total() <= most else first
        if len({label.text for label, _ in self.places}) > 1:
            return [place[-1] for place in nsmallest(number, (place for _, place in self.places))]
        return [place[-1] for _, place in nsmallest(number, self.places)]


_SEEN = """
SELECT l.id, o.kind, o.type, o.open = 0 AS is_closed, o.name, o.key, l.since, {doubted} AS is_doubted
  FROM link l CROSS JOIN record o ON o.id = l.{far} WHERE l.{near} = ?1 AND l.type_id = ?2"""
_EVERY = {
    "out": _SEEN.format(near="source_id", far="target_id", doubted="?3 AND 0"),
    "in": _SEEN.format(near="target_id", far="source_id", doubted=DOUBTED.format(body="o", began="?3")),
}
_Row = tuple[int, str, str | None, int | None, str, str, str | None, int | None]
_AS_WRITTEN = "length(name) = length(CAST(name AS BLOB))"
"""Whether a name has no letters but those that SQLite sorts as Python does."""
_MANY_SEEN = f"""
WITH seen AS MATERIALIZED ({{every}})
SELECT count(*), kind, type, NULL, NULL, NULL, NULL, NULL FROM seen GROUP BY 2, 3
UNION ALL
SELECT * FROM (SELECT * FROM seen WHERE {_AS_WRITTEN} AND is_doubted IS NOT TRUE
                ORDER BY {IS_CODE}, is_closed IS TRUE, name COLLATE NOCASE, key, coalesce(since, ''), id LIMIT ?4)
UNION ALL
SELECT * FROM seen WHERE NOT {_AS_WRITTEN} OR is_doubted IS TRUE"""


class _LinkReading:
    """Reads the links of a record type by type, those left out that never were."""

    def __init__(self, connection: sqlite3.Connection, record_id: int, most: int, first: int) -> None:
        self._connection = connection
        self._record = record_id
        self._wanted = first if MANY >= most else max(most, first)
        self._began = began(connection, record_id)
        self._never: dict[str, frozenset[int]] = {"out": never_were(connection, record_id, ["source"])}

    def by_type(self) -> Iterator[tuple[_PlacedLabel, str, str, _Seen]]:
        """Yield what links are read under, their type and direction, and what is seen of them."""
        for direction, ends in ENDS.items():
            counted = f"""SELECT t.id, t.name, t.position, t.{ends["label"]}, n
                            FROM (SELECT type_id, count(*) AS n FROM link WHERE {ends["near"]} = ? GROUP BY 1)
                            JOIN link_type t ON t.id = type_id ORDER BY 1"""
            for type_id, name, position, label, number in self._connection.execute(counted, (self._record,)).fetchall():
                read = self._many if number > MANY and is_one(name, direction) else self._every
                seen = read(direction, type_id)
                if seen.types:
                    yield _PlacedLabel(position, direction == "in", label), name, direction, seen

    def _every(self, direction: str, type_id: int) -> _Seen:
        rows = self._connection.execute(_EVERY[direction], (self._record, type_id, self._began)).fetchall()
        there = self._there(direction, rows)
        return _Seen(Counter(row[1:3] for row in there), _places(there))

    def _many(self, direction: str, type_id: int) -> _Seen:
        query = _MANY_SEEN.format(every=_EVERY[direction])
        found = self._connection.execute(query, (self._record, type_id, self._began, self._wanted)).fetchall()
        types = Counter({row[1:3]: row[0] for row in found if row[5] is None})
        rows = [row for row in found if row[5] is not None]
        there = self._there(direction, rows)
        left_out = Counter(row[1:3] for row in rows) - Counter(row[1:3] for row in there)
        return _Seen(types - left_out, _places(there))

    def _there(self, direction: str, rows: list[_Row]) -> list[_Row]:
        """Return links without those that never were."""
        if direction not in self._never and any(row[-1] for row in rows):
            self._never[direction] = never_were(self._connection, self._record, ["target"])
        never = self._never.get(direction)
        return [row for row in rows if row[0] not in never] if never else rows


def _places(rows: list[_Row]) -> list[tuple[_Far, LinkPlace]]:
    return [
        ((kind, other_type), link_place(link, name, key, bool(is_closed), since))
        for link, kind, other_type, is_closed, name, key, since, _ in rows
    ]
