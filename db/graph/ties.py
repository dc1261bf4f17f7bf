"""What some records are linked to, and by which links: where what they share, and who shares most, is told from."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from db.graph.choice import LinkChoice
from db.graph.costs import Costs, costs
from db.graph.ends import NamedRecord
from db.graph.neighbours import Neighbours
from db.graph.pairs import Judged, Pairs
from db.parameters import id_list
from db.reading.as_of import Day


class Ties:
    """Records with all that they are linked to."""

    def __init__(
        self, connection: sqlite3.Connection, ends: Collection[NamedRecord], wanted: LinkChoice, day: Day | None
    ) -> None:
        self._connection = connection
        self.costs: Costs = costs(connection, wanted)
        self.graph = Neighbours(connection, self.costs, day, tuple(end.id for end in ends))
        self.pairs = Pairs(connection, self.costs.links, self.graph.holding, day)

    def of(self, nodes: Iterable[int]) -> dict[int, dict[int, int]]:
        """Return what records are linked to, with what the closest link costs."""
        return self.graph.edges(nodes)

    def best(self, near: int, fars: Collection[int]) -> dict[int, Judged]:
        """Return the closest link to each of some records that a record is linked to; without those that never were."""
        self.read({near: fars})
        found = {far: self.pairs.best(near, far) for far in fars}
        return {far: best for far, best in found.items() if best is not None}

    def read(self, pairs: Mapping[int, Collection[int]]) -> None:
        """Read the links of some pairs at once, so that asking for the best of each takes no reads."""
        nodes = {*pairs, *(far for fars in pairs.values() for far in fars)}
        self.pairs.read(pairs, self.graph.degrees(nodes))

    def named(self, nodes: Iterable[int]) -> dict[int, NamedRecord]:
        """Return records by their numbers, named as they are now."""
        rows = self._connection.execute(
            "SELECT r.id, r.key, r.kind, r.name FROM json_each(?) j CROSS JOIN record r ON r.id = j.value",
            (id_list(nodes),),
        )
        return {row[0]: NamedRecord._make(row) for row in rows}
