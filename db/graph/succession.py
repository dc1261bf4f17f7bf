"""What followed what: the chains that lead from a record to what came of it, and to what it came from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db.model import Link
from db.parameters import id_list
from db.reading.link_rows import LinkRow, numbered_link_rows
from db.reading.links import as_links
from db.reading.ties import told_of_several
from db.reading.vocabulary import Labels

EARLIER = {"follows": "out", "succeeded-by": "in", "became": "in"}
"""By type, in which direction the links of a record lead to what was there before it."""
LATER = {name: "in" if direction == "out" else "out" for name, direction in EARLIER.items()}
_MOST = 200
"""Links of a chain before it is followed no further."""

_STEP = """
SELECT j.value, l.{far}, '{direction}', l.id FROM json_each(?) j CROSS JOIN link l ON l.{near} = j.value
 WHERE l.type_id IN (SELECT id FROM link_type WHERE name IN ({types})) AND l.{far} <> j.value"""


class ChainLink(NamedTuple):
    """A link of a chain, seen from the record that is nearer to where the chain begins."""

    near: int
    far: int
    depth: int
    """How many steps the farther one is away."""
    direction: str
    link: int


class Chain(NamedTuple):
    """The links of a chain, the nearest first; each record is followed once, so that a circle ends."""

    links: tuple[ChainLink, ...]
    left_out: int
    """How many links were met beyond those, for want of room: nothing further off was looked at."""


def chain(connection: sqlite3.Connection, record_id: int, directions: Mapping[str, str]) -> Chain:
    """Return the chain that leads from a record to what was later or `EARLIER`."""
    query = " UNION ALL ".join(_steps(directions))
    found: list[ChainLink] = []
    met = {record_id}
    level, depth = [record_id], 0
    while level:
        depth += 1
        rows = connection.execute(f"{query} ORDER BY 4", (id_list(level),) * query.count("?")).fetchall()
        room = _MOST - len(found)
        found += [ChainLink(near, far, depth, direction, link) for near, far, direction, link in rows[:room]]
        if len(rows) > room:
            return Chain(tuple(found), len(rows) - room)
        level = list(dict.fromkeys(far for _, far, _, _ in rows if far not in met))
        met.update(level)
    return Chain(tuple(found), 0)


def _steps(directions: Mapping[str, str]) -> Iterable[str]:
    for direction, near, far in (("out", "source_id", "target_id"), ("in", "target_id", "source_id")):
        types = ", ".join(repr(name) for name, leads in directions.items() if leads == direction)
        yield _STEP.format(near=near, far=far, direction=direction, types=types)


def described(connection: sqlite3.Connection, links: Sequence[ChainLink]) -> dict[ChainLink, Link]:
    """Return the links of a chain in full, as their nearer ends see them."""
    rows: dict[tuple[str, int], LinkRow] = {}
    for direction in ("out", "in"):
        numbers = [one.link for one in links if one.direction == direction]
        rows |= {(direction, row.id): row for row in numbered_link_rows(connection, direction, numbers)}
    by_near: dict[int, list[LinkRow]] = {}
    for one in links:
        by_near.setdefault(one.near, []).append(rows[one.direction, one.link])
    told = told_of_several(connection, by_near)
    every = [row for several in by_near.values() for row in several]
    found = {(link.direction, link.id): link for link in as_links(connection, every, told, Labels(connection))}
    return {one: found[one.direction, one.link] for one in links}
