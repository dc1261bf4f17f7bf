"""The links between pairs of records, in words, dates and evidence: what a way or a tree found shows of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from db.dates import today
from db.graph.holds import Holding
from db.model import Link
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.link_rows import LinkRow, numbered_link_rows
from db.reading.links import as_links, links_on
from db.reading.never_were import never_were
from db.reading.standing import standing
from db.reading.ties import Told, told_of
from db.reading.vocabulary import Labels

_BETWEEN = """
SELECT l.id FROM json_each(?2) j CROSS JOIN link l ON l.source_id = j.value AND +l.target_id = ?1
 WHERE +l.type_id IN (SELECT value FROM json_each(?3))
UNION ALL
SELECT l.id FROM json_each(?2) j CROSS JOIN link l ON l.target_id = j.value AND +l.source_id = ?1
 WHERE +l.type_id IN (SELECT value FROM json_each(?3))"""
_FROM = """
SELECT l.id FROM link l WHERE l.source_id = ?1 AND +l.type_id IN (SELECT value FROM json_each(?3))
   AND +l.target_id IN (SELECT value FROM json_each(?2))
UNION ALL
SELECT l.id FROM link l WHERE l.target_id = ?1 AND +l.type_id IN (SELECT value FROM json_each(?3))
   AND +l.source_id IN (SELECT value FROM json_each(?2))"""


class Judged(NamedTuple):
    """A link that counts, from one end, and how much is known of it."""

    row: LinkRow
    is_dated: bool
    """As of a day: whether sources tell that it was there."""
    is_current: bool


class Pairs:
    """Links between records and some of their neighbours, read once for each record."""

    def __init__(
        self, connection: sqlite3.Connection, types: Mapping[int, int], holding: Holding, day: Day | None
    ) -> None:
        """Take the numbers of the types that count, with what these cost."""
        self._connection = connection
        self._types = id_list(types)
        self.labels: dict[str, str] = {}
        """How the types of links read from their source."""
        self._names: dict[str, int] = {}
        for number, name, forward in connection.execute("SELECT id, name, forward FROM link_type"):
            self.labels[name], self._names[name] = forward, number
        self._price = types
        self._holding = holding
        self._day = day
        self._told: dict[int, Told] = {}
        self._judged: dict[tuple[int, int], list[Judged]] = {}
        self._words: Labels | None = None

    def read(self, near: int, fars: Collection[int], degrees: Mapping[int, int]) -> None:
        """Read the links between a record and some others; `degrees` tell at which end fewer have to be looked at."""
        new = [far for far in fars if (near, far) not in self._judged]
        if not new:
            return
        query = _FROM if degrees[near] < sum(degrees[far] for far in new) else _BETWEEN
        links = [link for (link,) in self._connection.execute(query, (near, id_list(new), self._types))]
        rows = numbered_link_rows(self._connection, near, self._holding.among(links))
        if self._day is not None and any(row.category == "geography" for row in rows):
            never = never_were(self._connection, near)
            rows = [row for row in rows if row.id not in never]
        told = told_of(self._connection, near, rows)
        before = self._told.get(near, Told({}, {}))
        self._told[near] = Told(before.evidence | told.evidence, before.ties | told.ties)
        for far in new:
            self._judged[near, far] = []
        self._judge(near, rows, told)

    def _judge(self, near: int, rows: list[LinkRow], told: Told) -> None:
        if self._day is None:
            now = Day(today())
            judged = [Judged(row, True, standing(told.ties[row.id], now).status == "current") for row in rows]
        else:
            on = links_on(self._connection, rows, told, self._day)
            judged = [Judged(row, True, True) for row in on.there] + [Judged(row, False, False) for row in on.not_dated]
        for one in judged:
            self._judged[near, one.row.other_id].append(one)
        for far in {one.row.other_id for one in judged}:
            self._judged[near, far].sort(
                key=lambda one: (not one.is_dated, self._price[self._names[one.row.type]], not one.is_current)
            )

    def best(self, near: int, far: int) -> Judged | None:
        """Return the link that ties two records best, None where none that is read counts."""
        return next(iter(self._judged[near, far]), None)

    def links(self, near: int, far: int) -> tuple[Link, ...]:
        """Return the links between two records, seen from the first, the best first; undated ones where all are."""
        judged = self._judged[near, far]
        is_dated = any(one.is_dated for one in judged)
        rows = [one.row for one in judged if one.is_dated == is_dated]
        return self.described(near, rows, is_dated=is_dated)

    def described(self, near: int, rows: Iterable[LinkRow], *, is_dated: bool) -> tuple[Link, ...]:
        """Return links that were read as links in full."""
        self._words = self._words or Labels(self._connection)
        return as_links(self._connection, tuple(rows), self._told[near], self._words, self._day, there=is_dated)
