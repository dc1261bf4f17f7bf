"""What one would use instead: NetworkX, a recursive query, or everything in arrays; each a process of its own.

    python -m tests.benchmarks.graph.rivals networkx REGISTER A B

Each asks for the cheapest way between two records over the same links, and prints what it costs; the recursive query
prints how many steps it has, as it knows no costs on the way.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

import networkx as nx

from db.graph.choice import LinkChoice
from db.graph.costs import Costs, costs, toll
from db.graph.neighbours import Neighbours

Edges = Iterator[tuple[int, int, int]]
NOWHERE = "not connected"
_MOST_STEPS = 5


def edges(connection: sqlite3.Connection, weighed: Costs) -> Edges:
    """Yield each link that counts today once, with what it costs, as the search itself has them."""
    graph = Neighbours(connection, weighed, None, ())
    numbers = f"[{','.join(str(number) for (number,) in connection.execute('SELECT id FROM record'))}]"
    types = weighed.links
    unsure: list[tuple[int, int, int, int]] = []
    for near, far, type_id, link, is_plain in connection.execute(
        graph.query("far.id, l.type_id, l.id", ("out",)), (numbers,)
    ):
        if is_plain:
            yield near, far, types[type_id]
        else:
            unsure.append((near, far, type_id, link))
    counted = set(graph.holding.among([one[3] for one in unsure]))
    yield from ((near, far, types[type_id]) for near, far, type_id, link in unsure if link in counted)


def passable(connection: sqlite3.Connection, weighed: Costs) -> dict[int, int]:
    """Return what it costs to pass through each record that ways may lead through."""
    left_out = set()
    for column, words in (("type", weighed.types), ("kind", weighed.kinds), ("key", weighed.keys)):
        marks = ",".join("?" * len(words))
        left_out |= {row for (row,) in connection.execute(f"SELECT id FROM record WHERE {column} IN ({marks})", words)}
    numbers = [number for (number,) in connection.execute("SELECT id FROM record") if number not in left_out]
    degrees = Neighbours(connection, weighed, None, ()).degrees(numbers)
    return {number: toll(degrees[number]) for number in numbers}


def in_networkx(connection: sqlite3.Connection) -> nx.DiGraph:
    """Load the graph; what it costs to pass a record is paid on every way out of it."""
    weighed = costs(connection, LinkChoice())
    tolls = passable(connection, weighed)
    graph = nx.DiGraph()
    for near, far, price in edges(connection, weighed):
        if near in tolls and far in tolls:
            for one, other in ((near, far), (far, near)):
                known = graph.get_edge_data(one, other)
                if known is None or known["weight"] > price + tolls[one]:
                    graph.add_edge(one, other, weight=price + tolls[one])
    graph.graph["tolls"] = tolls
    return graph


def by_networkx(graph: nx.DiGraph, start: int, goal: int) -> int | None:
    """Return what the cheapest way costs."""
    if start not in graph or goal not in graph:
        return None
    try:
        length, _ = nx.bidirectional_dijkstra(graph, start, goal)
    except nx.NetworkXNoPath:
        return None
    return int(length) - int(graph.graph["tolls"][start])


class Arrays:
    """The whole graph in arrays: for each record, where in two of them its neighbours and their costs begin."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        weighed = costs(connection, LinkChoice())
        self.tolls = passable(connection, weighed)
        near, far, price = array("i"), array("i"), array("h")
        for one, other, cost in edges(connection, weighed):
            near.append(one)
            far.append(other)
            price.append(cost)
        (most,) = connection.execute("SELECT max(id) FROM record").fetchone()
        self.first = array("i", bytes(4 * (most + 2)))
        for side in (near, far):
            for number in side:
                self.first[number + 1] += 1
        for number in range(1, most + 2):
            self.first[number] += self.first[number - 1]
        place = array("i", self.first)
        self.neighbours, self.prices = array("i", bytes(8 * len(near))), array("h", bytes(4 * len(near)))
        for one, other, cost in self._both(near, far, price):
            self.neighbours[place[one]], self.prices[place[one]] = other, cost
            place[one] += 1

    @staticmethod
    def _both(near: Iterable[int], far: Iterable[int], price: Iterable[int]) -> Edges:
        for one, other, cost in zip(near, far, price, strict=True):
            yield one, other, cost
            yield other, one, cost

    def cheapest(self, start: int, goal: int) -> int | None:
        """Return what the cheapest way costs, by Dijkstra from one end."""
        best, queue = {start: 0}, [(0, start)]
        while queue:
            cost, node = heappop(queue)
            if node == goal:
                return cost
            if cost > best[node] or node not in self.tolls:
                continue
            passing = cost + (self.tolls[node] if node != start else 0)
            for place in range(self.first[node], self.first[node + 1]):
                other, further = self.neighbours[place], passing + self.prices[place]
                if further < best.get(other, further + 1):
                    best[other] = further
                    heappush(queue, (further, other))
        return None


def by_recursion(connection: sqlite3.Connection, start: int, goal: int) -> int | None:
    """Return how many steps the shortest way has, of five at most."""
    weighed = costs(connection, LinkChoice())
    types = ",".join(map(str, weighed.links))
    words = (("type", weighed.types), ("kind", weighed.kinds), ("key", weighed.keys))
    left_out = " OR ".join(f"coalesce({column} IN ({','.join(map(repr, some))}), 0)" for column, some in words if some)
    found = connection.execute(
        f"""WITH RECURSIVE
              live (source_id, target_id) AS (
                SELECT source_id, target_id
                  FROM link JOIN record a ON a.id = source_id JOIN record b ON b.id = target_id
                 WHERE type_id IN ({types}) AND gone IS NULL AND link.status IS NOT 'past' AND until IS NULL
                   AND a.open IS NOT 0 AND b.open IS NOT 0),
              way (node, steps) AS (
                SELECT ?1, 0
                 UNION
                SELECT other.id, steps + 1 FROM way
                  JOIN (SELECT source_id AS one, target_id AS far FROM live
                         UNION ALL SELECT target_id, source_id FROM live) ON one = node
                  JOIN record other ON other.id = far
                 WHERE steps < {_MOST_STEPS} AND (other.id = ?2 OR NOT ({left_out})))
            SELECT min(steps) FROM way WHERE node = ?2""",
        (start, goal),
    ).fetchone()
    return None if found[0] is None else int(found[0])


def main() -> int:
    """Load and ask once, as someone would who has a question."""
    name, path, *keys = sys.argv[1:]
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        start, goal = (connection.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()[0] for key in keys)
        if name == "networkx":
            answer = by_networkx(in_networkx(connection), start, goal)
        elif name == "arrays":
            answer = Arrays(connection).cheapest(start, goal)
        else:
            answer = by_recursion(connection, start, goal)
    print(NOWHERE if answer is None else answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
