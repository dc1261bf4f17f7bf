"""Counts what stands twice in a register, by its tables alone: nothing here is shared with what joins records."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

_COUNCILS = frozenset(
    "local-authority county-council unitary-authority london-borough metropolitan-district non-metropolitan-district"
    " scottish-council welsh-council ni-district combined-authority".split()
)
_TRUSTS_AND_BOARDS = (
    frozenset(("nhs-trust", "nhs-foundation-trust", "care-trust")),
    frozenset(("local-health-board", "health-board")),
    frozenset(("integrated-care-board",)),
    frozenset(("clinical-commissioning-group",)),
    frozenset(("primary-care-trust",)),
)
_WHAT_NOT_WHICH = frozenset(
    "the of and council county borough city district metropolitan london royal unitary authority nhs trust foundation"
    " integrated care board icb health clinical commissioning group ccg primary pct".split()
)


class Record(NamedTuple):
    """A record as its row has it."""

    id: int
    key: str
    kind: str
    type: str | None
    name: str
    place: str | None
    opened: str | None
    closed: str | None


def councils_twice(register: sqlite3.Connection) -> int:
    """Councils that two records have, by the words of the name that tell which."""
    return _twice(register, _COUNCILS)


def trusts_and_boards_twice(register: sqlite3.Connection) -> int:
    """Trusts, boards and groups that two records have, likewise."""
    return sum(_twice(register, types) for types in _TRUSTS_AND_BOARDS)


def same_members_twice(register: sqlite3.Connection) -> int:
    """Arrangements of one type with the same members that no source has beside each other."""
    members: dict[int, set[int]] = defaultdict(set)
    types: dict[int, str] = {}
    rows = register.execute(
        "SELECT a.id, a.type, l.source_id FROM link l JOIN link_type t ON t.id = l.type_id"
        " AND t.name = 'participates-in' JOIN record a ON a.id = l.target_id WHERE a.type IS NOT NULL"
    )
    for arrangement, type_, member in rows:
        members[arrangement].add(member)
        types[arrangement] = type_
    alike: dict[tuple[str, frozenset[int]], list[int]] = defaultdict(list)
    for arrangement, those in members.items():
        if len(those) > 1:
            alike[types[arrangement], frozenset(those)].append(arrangement)
    pairs = (pair for same in alike.values() for pair in combinations(same, 2))
    return sum(1 for _ in _apart_in_sources(register, pairs))


def likely_twins(register: sqlite3.Connection) -> int:
    """Pairs of one kind, type, whole name and place that no source has beside each other; none followed the other.

    What is left are hospitals in which two bodies run services, each under a code of its own.
    """
    named: dict[tuple[str, str | None, str], list[Record]] = defaultdict(list)
    for one in _records(register):
        named[one.kind, one.type, " ".join(_words(one.name))].append(one)
    pairs = (pair for same in named.values() for pair in combinations(same, 2) if _fit(*pair))
    return sum(1 for _ in _apart_in_sources(register, ((one.id, other.id) for one, other in pairs)))


def _twice(register: sqlite3.Connection, types: frozenset[str]) -> int:
    named: dict[frozenset[str], list[Record]] = defaultdict(list)
    for one in _records(register):
        telling = frozenset(_words(one.name)) - _WHAT_NOT_WHICH
        if one.type in types and telling:
            named[telling].append(one)
    pairs = (pair for same in named.values() for pair in combinations(same, 2) if _fit(*pair))
    return sum(1 for _ in _apart_in_sources(register, ((one.id, other.id) for one, other in pairs)))


def _records(register: sqlite3.Connection) -> Iterator[Record]:
    rows = register.execute(
        "SELECT id, key, kind, type, name, coalesce(postcode, town), opened, closed FROM record"
        " WHERE kind NOT IN ('document', 'person')"
    )
    return (one for one in map(Record._make, rows) if one.name != one.key.partition(":")[2])


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’`]", "", name.lower().replace("&", " and ")))


def _fit(one: Record, other: Record) -> bool:
    """Whether places and times let two be one."""
    if one.place and other.place and one.place != other.place:
        return False
    times = sorted(((one.opened or "", one.closed or "~"), (other.opened or "", other.closed or "~")))
    return times[0][1] > times[1][0]


def _apart_in_sources(register: sqlite3.Connection, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs that no source has beside each other, and that nobody ties together."""
    told = (
        "SELECT source_id FROM _statement WHERE record_id = ?1 UNION"
        " SELECT e.source_id FROM _sole m JOIN evidence e ON e.id = m.evidence_id WHERE m.id = ?1"
    )
    tied = "SELECT 1 FROM link WHERE (source_id, target_id) IN (VALUES (?1, ?2), (?2, ?1))"
    for one, other in pairs:
        sources = [{row for (row,) in register.execute(told, (record,))} for record in (one, other)]
        if sources[0].isdisjoint(sources[1]) and register.execute(tied, (one, other)).fetchone() is None:
            yield one, other
