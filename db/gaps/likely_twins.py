"""Pairs of records that may be one: of one kind and name with nothing that tells them apart, or of the same members."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from db.gaps.mend import by_merging
from db.keys import OWN_SCHEMES
from db.parameters import id_list
from db.parties import Party
from db.reports import LIKELY_TWIN, Gap
from db.search.text import expanded, plain

_NAMED = """
SELECT r.id, r.name, r.kind FROM record r LEFT JOIN _sole m ON m.id = r.id
 WHERE r.kind <> 'document' AND r.name <> substr(r.key, instr(r.key, ':') + 1)"""
_MOST_EVIDENCE = "SELECT source_id FROM evidence GROUP BY source_id ORDER BY count(*) DESC LIMIT 1"
_NOT_ALONE_OF = f"""
{_NAMED} AND (m.id IS NULL OR m.evidence_id IN (SELECT id FROM evidence WHERE source_id <> ?))"""
"""Those of which a source does not say all there is."""
_SO_NAMED = f"{_NAMED} AND r.name IN (SELECT value FROM json_each(?)) ORDER BY r.id"
_DETAILS = """
SELECT r.id, r.key, r.name, r.kind, r.type, json_extract(t.extra, '$.meant'), r.postcode, r.town, r.opened, r.closed,
       r.placeholder
  FROM json_each(?) j CROSS JOIN record r ON r.id = j.value
  LEFT JOIN term t ON t.vocabulary = 'organisation_types' AND t.name = r.type"""
_SOURCES = """
SELECT s.record_id, s.source_id FROM json_each(?1) j CROSS JOIN _statement s ON s.record_id = j.value
UNION
SELECT m.id, e.source_id
  FROM json_each(?1) j CROSS JOIN _sole m ON m.id = j.value JOIN evidence e ON e.id = m.evidence_id"""
_LINKED = "SELECT l.source_id, l.target_id FROM json_each(?) j CROSS JOIN link l ON l.source_id = j.value"
_RUN_BY = """
SELECT l.source_id, o.key, o.name FROM json_each(?) j CROSS JOIN link l ON l.source_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'operated-by' JOIN record o ON o.id = l.target_id
 ORDER BY l.gone IS NOT NULL, coalesce(l.since, ''), o.key"""
_MEMBERS = """
SELECT DISTINCT a.type, a.id, l.source_id
  FROM record a JOIN link l ON l.target_id = a.id JOIN link_type t ON t.id = l.type_id AND t.name = 'participates-in'
 WHERE a.kind = 'arrangement' AND a.kind <> 'organisation' AND a.type IS NOT NULL"""
_REJECTED = """
SELECT s.record_id, r.id FROM suggestion s, json_each(s.candidates) j
  JOIN record r ON r.key = coalesce(json_extract(j.value, '$.key'), j.value) WHERE s.state = 'rejected'"""


_MANY = 10
"""Records of one name from which on the name alone, without a place, says nothing."""


class _Twin(NamedTuple):
    id: int
    key: str
    name: str
    kind: str
    type: str | None
    meant: str | None
    """Whether its type is that of a public body (`first`), or of a code or place of one (`last`)."""
    postcode: str | None
    town: str | None
    opened: str | None
    closed: str | None
    placeholder: bool
    """Whether no source describes it."""


def likely_twins(connection: sqlite3.Connection, key: str | None = None) -> list[Gap]:
    """Return the pairs, by kind and name; of a name only those that have that of the one record asked about.

    A source that has both keeps them apart, as do a tie between them, a person's no, and that one followed the other.
    """
    named = [*_same_name(connection, key), *_same_members(connection)]
    sources: dict[int, set[int]] = defaultdict(set)
    for record, source in connection.execute(_SOURCES, (id_list({one for group, _ in named for one in group}),)):
        sources[record].add(source)
    alike = [(group, what) for group, what in named if not set.intersection(*(sources[one] for one in group))]
    listed = id_list({record for group, _ in alike for record in group})
    bodies = {row[0]: _Twin(*row) for row in connection.execute(_DETAILS, (listed,))}
    apart = {frozenset(pair) for pair in (*connection.execute(_LINKED, (listed,)), *connection.execute(_REJECTED))}
    found: dict[frozenset[int], tuple[_Twin, _Twin, tuple[str, ...]]] = {}
    for group, what in alike:
        for one, other in _pairs(sorted(group), bodies, what):
            pair = frozenset((one, other))
            if pair in apart or pair in found or sources[one] & sources[other]:
                continue
            same = (what,) if what == "members" else _same(bodies[one], bodies[other])
            if same:
                found[pair] = (bodies[one], bodies[other], same)
    run_by: dict[int, Party] = {}
    for record, key, name in connection.execute(_RUN_BY, (id_list({one for pair in found for one in pair}),)):
        run_by.setdefault(record, Party(key, name))
    twins = sorted(found.values(), key=lambda pair: (pair[0].kind, pair[0].name, pair[0].key))
    return [_gap(one, other, same, run_by.get(one.id), run_by.get(other.id)) for one, other, same in twins]


def _gap(one: _Twin, other: _Twin, same: tuple[str, ...], runs: Party | None, runs_other: Party | None) -> Gap:
    """Tell of a pair; places of one name that different bodies run may be codes of each for its services there."""
    operators = (runs, runs_other) if runs and runs_other and runs != runs_other else ()
    may_run = one.type != other.type and "last" in (one.meant, other.meant)
    return Gap(
        LIKELY_TWIN, one.key, one.name, other=Party(other.key, other.name), same=same, run_by=operators,
        may_run=may_run, mend=by_merging(one.key, other.key),
    )  # fmt: skip


def _pairs(group: Sequence[int], bodies: Mapping[int, _Twin], what: str) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a group that may be one; of a name that many have, only those whose place agrees too."""
    if what == "members" or len(group) <= _MANY:
        yield from combinations(group, 2)
        return
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for record in group:
        body = bodies[record]
        for kind, place in (("postcode", body.postcode), ("town", plain(body.town or ""))):
            if place:
                places[kind, place].append(record)
    for (kind, _), near in places.items():
        if kind == "town" and all(bodies[one].postcode for one in near):
            continue
        for one, other in combinations(near, 2):
            if kind == "postcode" or not (bodies[one].postcode and bodies[other].postcode):
                yield one, other


def _same_name(connection: sqlite3.Connection, key: str | None) -> Iterator[tuple[list[int], str]]:
    """Records of one kind whose names are equal but for case, signs and abbreviations.

    Those of which the largest source alone says all are kept apart by that: only names that others have are looked for.
    """
    if key is None:
        largest = connection.execute(_MOST_EVIDENCE).fetchone() or (None,)
        wanted = {_bare(name) for _, name, _ in connection.execute(_NOT_ALONE_OF, largest)}
    else:
        wanted = {_bare(name) for (name,) in connection.execute("SELECT name FROM record WHERE key = ?", (key,))}
    written = connection.execute("SELECT DISTINCT name FROM record WHERE kind <> 'document'")
    names = json.dumps([name for (name,) in written if _bare(name) in wanted])
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for record, name, kind in connection.execute(_SO_NAMED, (names,)):
        named[kind, _bare(name)].append(record)
    return ((records, "name") for records in named.values() if len(records) > 1)


def _bare(name: str) -> str:
    return expanded(plain(name)).removeprefix("the ")


def _same_members(connection: sqlite3.Connection) -> Iterator[tuple[list[int], str]]:
    """Arrangements of one type in which the same bodies take part."""
    members: dict[tuple[str, int], set[int]] = defaultdict(set)
    for type_, record, member in connection.execute(_MEMBERS):
        members[type_, record].add(member)
    having: dict[tuple[str, frozenset[int]], list[int]] = defaultdict(list)
    for (type_, record), those in members.items():
        if len(those) > 1:
            having[type_, frozenset(those)].append(record)
    return ((records, "members") for records in having.values() if len(records) > 1)


def _same(one: _Twin, other: _Twin) -> tuple[str, ...]:
    """Return what two records of one name have in common besides, as far as nothing tells them apart."""
    if one.type != other.type:
        # What is only named may be the body whose code or place has its name, or run it.
        if one.kind == "site" or ("last" in (one.meant, other.meant) and not (_named_only(one) or _named_only(other))):
            return ()
        if one.type and other.type and not one.meant == other.meant == "first":
            return ()
    if _followed(one, other) or _followed(other, one):
        return ()
    if one.postcode and other.postcode:
        return ("name", "postcode") if one.postcode == other.postcode else ()
    if one.town and other.town:
        return ("name", "town") if plain(one.town) == plain(other.town) else ()
    return ("name",)


def _named_only(one: _Twin) -> bool:
    """Tell whether of a record no more is known than its name and a code: of a name alone, a review asks."""
    return one.placeholder and one.type is None and one.key.partition(":")[0] not in OWN_SCHEMES


def _followed(earlier: _Twin, later: _Twin) -> bool:
    return bool(earlier.closed and later.opened and earlier.closed <= later.opened)
