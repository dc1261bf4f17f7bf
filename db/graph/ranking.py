"""Who is linked to most, and with whom one record shares most."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from db.graph.answers import RankedRecord, Ranking
from db.graph.choice import LinkChoice
from db.graph.ends import NamedRecord, end_of, on_day
from db.graph.holds import day_asked
from db.graph.shared import records
from db.graph.ties import Ties
from db.parties import Party
from db.reading.as_of import Day
from db.reading.evidence import details

_TELLING = ("arrangement", "person", "site")
"""Kinds of records that tie those which are linked to them; a commissioner or an owner says little of its hundreds."""
WIDEST = 1000
"""Links of a record from which on it tells nothing of those which are linked to it."""


def ranking(
    connection: sqlite3.Connection, keys: Sequence[str], *, limit: int | None, wanted: LinkChoice, as_of: Day | None
) -> Ranking:
    """Return records by how many others they are linked to, those with most first. Raises NotFoundError, UsageError."""
    day = day_asked(as_of)
    ends = records(connection, keys, day)
    ties = Ties(connection, ends, wanted, day)
    linked = ties.of(end.id for end in ends)
    ties.read(linked)
    found: list[RankedRecord] = []
    for end in ends:
        best = ties.best(end.id, linked[end.id])
        dated = [one for one in best.values() if one.is_dated]
        dated.sort(key=lambda one: (not one.is_current, one.row.name.casefold(), one.row.key))
        things = tuple(Party(one.row.key, one.row.name) for one in dated)
        found.append(RankedRecord(end.key, end.kind, end.name, things, sum(one.is_current for one in dated)))
    found = [one for one in found if one.things]
    found.sort(key=lambda one: (-len(one.things), -(one.current or 0), one.name.casefold(), one.key))
    named = tuple(Party(end.key, end.name) for end in ends)
    return Ranking(named, tuple(found[:limit]), len(found), ties.costs.leaves_out, as_of.iso if as_of else None)


def companions(
    connection: sqlite3.Connection, key: str, *, limit: int | None, wanted: LinkChoice, as_of: Day | None
) -> Ranking:
    """Return with whom a record shares most: arrangements, people and sites. Raises NotFoundError, UsageError."""
    day = day_asked(as_of)
    end = end_of(connection, key, day)
    ties = Ties(connection, (end,), wanted, day)
    near = ties.of((end.id,))[end.id]
    degrees = ties.graph.degrees(near)
    things = {
        one.id: one for one in ties.named(near).values() if one.kind in _TELLING and degrees[one.id] <= WIDEST
    }  # fmt: skip
    if day is not None:
        dated = _dated(ties, end.id, things)
        things = {node: one for node, one in things.items() if node in dated}
        ties.read(ties.of(things))
    shared: dict[int, list[int]] = {}
    for thing, others in ties.of(things).items():
        for other in _dated(ties, thing, others) if day is not None else others:
            if other != end.id:
                shared.setdefault(other, []).append(thing)
    closeness = {other: sum(1 / degrees[thing] for thing in those) for other, those in shared.items()}
    named = ties.named(shared)
    order = sorted(shared, key=lambda one: (-len(shared[one]), -closeness[one], named[one].name.casefold()))
    shown = order[:limit]
    if day is not None:
        named |= {one: on_day(connection, named[one], day) for one in shown}
    ties.read({end.id: {thing for one in shown for thing in shared[one]}, **{one: shared[one] for one in shown}})
    ranked = tuple(
        _ranked(named[one], [things[thing] for thing in shared[one]], _cited(ties, (end.id, one), shared[one]))
        for one in shown
    )
    evidence = details(connection, dict.fromkeys(proof for one in ranked for proof in one.evidence))
    party = Party(end.key, end.name)
    return Ranking((party,), ranked, len(order), ties.costs.leaves_out, as_of.iso if as_of else None, evidence)


def _dated(ties: Ties, near: int, fars: Sequence[int] | dict[int, int] | dict[int, NamedRecord]) -> set[int]:
    """Return those of some records of which sources tell that they were linked to one on the day."""
    return {far for far, one in ties.best(near, tuple(fars)).items() if one.is_dated}


def _cited(ties: Ties, ends: tuple[int, int], things: Sequence[int]) -> tuple[int, ...]:
    """Return who says that two records are linked to the things that they share."""
    return tuple(dict.fromkeys(proof for thing in things for end in ends for proof in ties.pairs.cited(end, thing)))


def _ranked(one: NamedRecord, things: Sequence[NamedRecord], evidence: tuple[int, ...]) -> RankedRecord:
    things = sorted(things, key=lambda thing: (_TELLING.index(thing.kind), thing.name.casefold()))
    parties = tuple(Party(thing.key, thing.name) for thing in things)
    return RankedRecord(one.key, one.kind, one.name, parties, None, evidence)
