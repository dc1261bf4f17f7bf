"""The links between pairs of records, in words, dates and evidence: what a way or a tree found shows of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from db.acts import PLANNED
from db.dates import today
from db.graph.holds import Holding
from db.model import Link
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.link_rows import LinkRow, numbered_link_rows
from db.reading.links import as_links, links_on
from db.reading.never_were import never_were
from db.reading.standing import standing
from db.reading.ties import Told, told_of_several
from db.reading.vocabulary import Labels

_BETWEEN = """
SELECT j.value, 'in', l.id FROM json_each(?2) j CROSS JOIN link l ON l.source_id = j.value AND +l.target_id = ?1
 WHERE +l.type_id IN (SELECT value FROM json_each(?3))
UNION ALL
SELECT j.value, 'out', l.id FROM json_each(?2) j CROSS JOIN link l ON l.target_id = j.value AND +l.source_id = ?1
 WHERE +l.type_id IN (SELECT value FROM json_each(?3))"""
_FROM = """
SELECT l.target_id, 'out', l.id FROM link l WHERE l.source_id = ?1 AND +l.type_id IN (SELECT value FROM json_each(?3))
   AND +l.target_id IN (SELECT value FROM json_each(?2))
UNION ALL
SELECT l.source_id, 'in', l.id FROM link l WHERE l.target_id = ?1 AND +l.type_id IN (SELECT value FROM json_each(?3))
   AND +l.source_id IN (SELECT value FROM json_each(?2))"""


class Judged(NamedTuple):
    """A link that counts, from one end, and how much is known of it."""

    row: LinkRow
    is_dated: bool
    """As of a day: whether sources tell that it was there."""
    is_current: bool
    is_ahead: bool = False
    """Whether it is planned or proposed."""


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
        self._told = Told({}, {})
        self._judged: dict[tuple[int, int], list[Judged]] = {}
        self._words: Labels | None = None

    def read(self, pairs: Mapping[int, Collection[int]], degrees: Mapping[int, int]) -> None:
        """Read the links between records and some others of each; `degrees` tell at which end there are fewer."""
        from_where: dict[tuple[int, str], int] = {}
        for near, fars in pairs.items():
            new = [far for far in fars if (near, far) not in self._judged]
            if not new:
                continue
            query = _FROM if degrees[near] < sum(degrees[far] for far in new) else _BETWEEN
            for far in new:
                self._judged[near, far] = []
            for _, direction, link in self._connection.execute(query, (near, id_list(new), self._types)):
                from_where[link, direction] = near
        if from_where:
            self._judge(self._rows(from_where))

    def _rows(self, from_where: Mapping[tuple[int, str], int]) -> dict[int, list[LinkRow]]:
        """Return links that count by the records that they are seen from, without those that never were."""
        counted = set(self._holding.among(list({link for link, _ in from_where})))
        rows: dict[int, list[LinkRow]] = {}
        for direction in ("out", "in"):
            links = (link for link, seen in from_where if seen == direction and link in counted)
            for row in numbered_link_rows(self._connection, direction, links):
                rows.setdefault(from_where[row.id, direction], []).append(row)
        if self._day is not None:
            for near, several in rows.items():
                if any(row.category == "geography" for row in several):
                    never = never_were(self._connection, near)
                    rows[near] = [row for row in several if row.id not in never]
        return rows

    def _judge(self, rows: Mapping[int, list[LinkRow]]) -> None:
        """Keep links with how much is known of them, the best of each pair first."""
        told = told_of_several(self._connection, rows)
        self._told.evidence.update(told.evidence)
        self._told.ties.update(told.ties)
        now = Day(today())
        pairs: set[tuple[int, int]] = set()
        for near, several in rows.items():
            if self._day is None:
                stands = ((row, standing(told.ties[row.id], now).status) for row in several)
                judged = [Judged(row, True, one == "current", one in PLANNED) for row, one in stands]
            else:
                on = links_on(self._connection, several, told, self._day)
                judged = [Judged(row, True, True) for row in on.there]
                judged += [Judged(row, False, False) for row in on.not_dated]
            for one in judged:
                self._judged[near, one.row.other_id].append(one)
                pairs.add((near, one.row.other_id))
        for pair in pairs:
            self._judged[pair].sort(
                key=lambda one: (not one.is_dated, self._price[self._names[one.row.type]], not one.is_current)
            )

    def best(self, near: int, far: int) -> Judged | None:
        """Return the link that ties two records best, None where none that is read counts."""
        return next(iter(self._judged[near, far]), None)

    def dated(self, near: int, far: int) -> tuple[LinkRow, ...]:
        """Return the links between two records that were there as of the day, the best first."""
        return tuple(one.row for one in self._judged[near, far] if one.is_dated)

    def cited(self, near: int, far: int) -> tuple[int, ...]:
        """Return the evidence of the link that ties two records best."""
        best = self.best(near, far)
        return tuple(self._told.evidence.get(best.row.id, ())) if best else ()

    def links(self, near: int, far: int) -> tuple[Link, ...]:
        """Return the links between two records, seen from the first, the best first; undated ones where all are."""
        dated = self.dated(near, far)
        return self.described(dated) if dated else self._as_links([one.row for one in self._judged[near, far]], False)

    def described(self, rows: Sequence[LinkRow]) -> tuple[Link, ...]:
        """Return links that were there, of whichever records, in full."""
        return self._as_links(rows, True)

    def _as_links(self, rows: Sequence[LinkRow], there: bool) -> tuple[Link, ...]:
        self._words = self._words or Labels(self._connection)
        return as_links(self._connection, rows, self._told, self._words, self._day, there=there)
