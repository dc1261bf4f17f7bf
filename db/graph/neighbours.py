"""The graph of a register: records, and the links that count between them, read where a search gets to."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from db.graph.costs import Costs, toll
from db.graph.holds import Holding
from db.parameters import id_list
from db.reading.as_of import Day

_DEGREES = """
SELECT j.value, (SELECT count(*) FROM link l WHERE l.source_id = j.value AND +l.type_id IN ({types}))
              + (SELECT count(*) FROM link l WHERE l.target_id = j.value AND +l.type_id IN ({types}))
  FROM json_each(?) j"""
_SIDE = """
SELECT l.{near}, {columns}, {plain}
  FROM json_each(?1) j CROSS JOIN record near ON near.id = j.value CROSS JOIN link l ON l.{near} = near.id
  JOIN record far ON far.id = l.{far}{joined}
 WHERE +l.type_id IN ({types}) AND l.source_id <> l.target_id AND NOT {ruled_out} AND ({open_way})"""
_ENDS = {
    "out": {"near": "source_id", "far": "target_id", "label": "forward", "reverse": "0"},
    "in": {"near": "target_id", "far": "source_id", "label": "reverse", "reverse": "1"},
}


class Neighbours:
    """What the searches of `shortest` ask of a graph; what was read once is kept as long as this."""

    def __init__(self, connection: sqlite3.Connection, costs: Costs, day: Day | None, ends: Collection[int]) -> None:
        """Take what links cost, the day as of which they count, and the `ends`, which are never left out."""
        self._connection = connection
        self._costs = costs
        self.holding = Holding(connection, day, costs.acts)
        self._edges: dict[int, dict[int, int]] = {}
        self._degrees: dict[int, int] = {}
        self._types = ",".join(map(str, costs.links))
        self._open_way = f"far.id IN ({','.join(map(str, ends))}) OR NOT ({_left_out(costs)})"
        self._query = self.query("far.id, l.type_id, l.id")
        self._count = _DEGREES.format(types=self._types)

    def query(self, columns: str, directions: Collection[str] = tuple(_ENDS), joined: str = "") -> str:
        """Return SQL that reads links of records, given by their numbers as JSON: the record, the columns, and whether
        the link counts in any case; `holding` tells of the others."""
        holding = self.holding
        words = {
            "types": self._types,
            "open_way": self._open_way,
            "plain": holding.plain,
            "ruled_out": holding.ruled_out,
        }
        return " UNION ALL ".join(
            _SIDE.replace("{columns}", columns).format(joined=joined, **words, **_ENDS[direction])
            for direction in directions
        )

    def degrees(self, nodes: Iterable[int]) -> dict[int, int]:
        """Return how many links records have, of the types that were asked for."""
        nodes = list(nodes)
        new = [node for node in nodes if node not in self._degrees]
        if new:
            self._degrees.update(self._connection.execute(self._count, (id_list(new),)))
        return {node: self._degrees[node] for node in nodes}

    def tolls(self, nodes: Iterable[int]) -> dict[int, int | None]:
        """Return what it costs to pass through records; None where no way leads on."""
        return {node: toll(links) if links > 1 else None for node, links in self.degrees(nodes).items()}

    def edges(self, nodes: Iterable[int]) -> dict[int, dict[int, int]]:
        """Return what each of some records is linked to, with what the cheapest link costs."""
        nodes = list(nodes)
        new = [node for node in nodes if node not in self._edges]
        if new:
            self._read(new)
        return {node: self._edges[node] for node in nodes}

    def _read(self, nodes: list[int]) -> None:
        price = self._costs.links
        found: dict[int, dict[int, int]] = {node: {} for node in nodes}
        links = self._connection.execute(self._query, (id_list(nodes),)).fetchall()
        unsure = [link for *_, link, is_plain in links if not is_plain]
        counted = set(self.holding.among(unsure)) if unsure else set()
        for near, far, type_id, link, is_plain in links:
            if is_plain or link in counted:
                to = found[near]
                to[far] = min(price[type_id], to.get(far, price[type_id]))
        self._edges.update(found)


def _left_out(costs: Costs) -> str:
    """Return SQL that is true of records that no way leads through; the words are from our own list."""
    parts = (("type", costs.types), ("kind", costs.kinds), ("key", costs.keys))
    tests = [f"coalesce(far.{column} IN ({', '.join(map(repr, words))}), 0)" for column, words in parts if words]
    return " OR ".join(tests) or "0"
