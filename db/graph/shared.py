"""What some records have in common: arrangements, people, sites and bodies that two of them or more are linked to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from db.errors import UsageError
from db.graph.answers import Shared, SharedThing
from db.graph.choice import LinkChoice
from db.graph.costs import toll
from db.graph.ends import NamedRecord, end_of
from db.graph.holds import day_asked
from db.graph.pairs import Judged
from db.graph.succession import EARLIER
from db.graph.ties import Ties
from db.parties import Party
from db.reading.as_of import Day
from db.reading.evidence import Evidenced, details, in_order_of_use

THINGS = ("arrangement", "person", "site", "parent", "predecessor", "successor", "neighbour", "document")
"""What records share, in the order in which it is told."""
MOST = 1000
"""Records that are compared at a time."""
_PARENTS = ("structure", "site")


class _Common(NamedTuple):
    """A record that several are linked to, with their closest links."""

    node: int
    by: dict[int, Judged]
    cost: int

    @property
    def what(self) -> str:
        """What it is to those that share it, by the closest tie of any."""
        return min(map(_what, self.by.values()), key=THINGS.index)

    def order(self) -> tuple[int, int, int, int, str]:
        """What most share comes first, by what it is; then the closest, and of these what is current."""
        stale = sum(not one.is_current for one in self.by.values())
        name = next(iter(self.by.values())).row.name.casefold()
        return -len(self.by), THINGS.index(self.what), self.cost, stale, name


def shared(
    connection: sqlite3.Connection, keys: Sequence[str], *, limit: int | None, wanted: LinkChoice, as_of: Day | None
) -> Shared:
    """Return what two records or more have in common, at most so many things. Raises NotFoundError, UsageError."""
    day = day_asked(as_of)
    ends = records(connection, keys, day)
    ties = Ties(connection, ends, wanted, day)
    linked = ties.of(end.id for end in ends)
    by: dict[int, list[int]] = {}
    for end in ends:
        for far in linked[end.id]:
            by.setdefault(far, []).append(end.id)
    common = {far: near for far, near in by.items() if len(near) > 1}
    wanted_pairs = {end.id: [far for far in linked[end.id] if far in common] for end in ends}
    ties.read(wanted_pairs)
    best = {end.id: ties.best(end.id, wanted_pairs[end.id]) for end in ends}
    degrees = ties.graph.degrees(common)
    found: list[_Common] = []
    apart: list[_Common] = []
    for far, nears in common.items():
        judged = {near: best[near][far] for near in nears if far in best[near]}
        dated = {near: one for near, one in judged.items() if one.is_dated}
        if len(judged) > 1:
            of, into = (dated, found) if len(dated) > 1 else (judged, apart)
            into.append(_Common(far, of, sum(linked[near][far] for near in of) // len(of) + toll(degrees[far])))
    found.sort(key=_Common.order)
    apart.sort(key=_Common.order)
    named = {end.id: Party(end.key, end.name) for end in ends}
    things = tuple(_thing(one, named, ties) for one in found[:limit])
    not_dated = tuple(_thing(one, named, ties) for one in apart[:limit]) if day is not None else ()
    return Shared(
        tuple(named.values()),
        things,
        len(found),
        not_dated,
        details(connection, in_order_of_use((), _told((*things, *not_dated)))),
        _matrix(ends, linked, found),
        ties.costs.leaves_out,
        as_of.iso if as_of else None,
    )


def records(connection: sqlite3.Connection, keys: Sequence[str], day: Day | None) -> list[NamedRecord]:
    """Return the records of some keys, each once. Raises NotFoundError; UsageError for too many."""
    if len(keys) > MOST:
        raise UsageError(f"these are {len(keys):,} records: at most {MOST:,} are compared at a time; ask for fewer")
    return [end_of(connection, key, day) for key in dict.fromkeys(keys)]


def _thing(common: _Common, named: Mapping[int, Party], ties: Ties) -> SharedThing:
    row = next(iter(common.by.values())).row
    by = tuple((named[near], ties.pairs.links(near, common.node)) for near in common.by)
    return SharedThing(common.what, row.key, row.kind, row.name, by)


def _what(judged: Judged) -> str:
    """Return what a record is to one that is linked to it."""
    row = judged.row
    if row.type == "participates-in" and row.direction == "out":
        return "arrangement"
    if row.category == "succession":
        return "predecessor" if EARLIER.get(row.type, "in") == row.direction else "successor"
    if row.kind == "organisation":
        return "parent" if row.category in _PARENTS and row.direction == "out" else "neighbour"
    return row.kind if row.kind in THINGS else "neighbour"


def _matrix(
    ends: Sequence[NamedRecord], linked: Mapping[int, Mapping[int, int]], found: Iterable[_Common]
) -> tuple[tuple[int, ...], ...]:
    """Return how many things any two records share."""
    place = {end.id: number for number, end in enumerate(ends)}
    counts = [[0] * len(ends) for _ in ends]
    for end in ends:
        counts[place[end.id]][place[end.id]] = len(linked[end.id])
    for common in found:
        nears = [place[near] for near in common.by]
        for one in nears:
            for other in nears:
                if one != other:
                    counts[one][other] += 1
    return tuple(map(tuple, counts))


def _told(things: Iterable[SharedThing]) -> Iterator[Evidenced]:
    for thing in things:
        for _, links in thing.by:
            for link in links:
                yield link
                yield from link.values
                yield from link.facts
