"""What to ask: pairs of records, half of them picked at random, half by walking some links from one to the other."""

from __future__ import annotations

import random
import sqlite3
from typing import NamedTuple

import networkx as nx


class Pair(NamedTuple):
    """Two records, by their numbers and their keys."""

    start: int
    goal: int
    start_key: str
    goal_key: str


def pairs(connection: sqlite3.Connection, graph: nx.DiGraph, count: int, seed: int) -> list[Pair]:
    """Return so many pairs of records that are open and that something is linked to."""
    chance = random.Random(seed)
    keys = dict(connection.execute("SELECT id, key FROM record WHERE open IS NOT 0 AND placeholder = 0"))
    nodes = sorted(node for node in graph if node in keys)
    found: list[Pair] = []
    while len(found) < count:
        start = goal = chance.choice(nodes)
        if len(found) % 2:
            goal = chance.choice(nodes)
        else:
            for _ in range(chance.randint(2, 6)):
                goal = chance.choice(sorted(graph[goal]))
        if goal != start and goal in keys:
            found.append(Pair(start, goal, keys[start], keys[goal]))
    return found


def hubs(connection: sqlite3.Connection, count: int) -> list[str]:
    """Return the records of most links."""
    rows = connection.execute(
        """SELECT key FROM record
             JOIN (SELECT target_id, count(*) AS links FROM link GROUP BY 1 ORDER BY 2 DESC LIMIT ?) ON target_id = id
            ORDER BY links DESC""",
        (count,),
    )
    return [key for (key,) in rows]


def followed(connection: sqlite3.Connection, count: int, seed: int) -> list[str]:
    """Return so many records that something followed, or all there are."""
    rows = connection.execute(
        """SELECT DISTINCT key FROM record JOIN link ON source_id = record.id JOIN link_type ON link_type.id = type_id
            WHERE link_type.category = 'succession' ORDER BY key"""
    )
    keys = [key for (key,) in rows]
    return random.Random(seed).sample(keys, min(count, len(keys)))
