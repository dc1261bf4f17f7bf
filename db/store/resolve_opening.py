"""When a body opened that no source says has opened: on the day on which several others passed on to it and closed.

That is so where a list of an earlier day has those others and not the body, as no list of an earlier day does: one that
was there before took others over. A list that has one of them only may be no list of its kind, unless it is a full one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from db.dates import day_before, latest
from db.parameters import id_list
from db.reading.citations import own_or_inherited
from db.reading.evidence import details
from db.statements import Cite
from db.store.resolve import Resolved
from db.store.resolve_values import ResolvedValue, overruled

WHY = "followed"
NOTE = "Inferred: a body opened when those that passed on to it closed, and no earlier list has it."
_DAY = len("2026-04-01")
_PREDECESSORS = """
SELECT l.target_id, l.source_id, l.id, l.since, p.open IS 0, p.closed
  FROM json_each(?1) j CROSS JOIN link l ON l.target_id = j.value AND l.type_id = ?2
  JOIN record p ON p.id = l.source_id ORDER BY l.id"""
_SOURCES = """
SELECT s.record_id, o.id, o.published, o.full
  FROM json_each(?1) j CROSS JOIN _statement s ON s.record_id = j.value JOIN source o ON o.id = s.source_id
 WHERE s.withdrawn IS NULL AND json_extract(s.body, '$.partial', '$.by_name') = '[null,null]' GROUP BY 1, 2
UNION
SELECT m.id, o.id, o.published, o.full
  FROM json_each(?1) j CROSS JOIN _sole m ON m.id = j.value JOIN evidence e ON e.id = m.evidence_id
  JOIN source o ON o.id = e.source_id"""


@dataclass(frozen=True, slots=True)
class Opening:
    """The day on which a body opened, and who tells that others passed on to it then."""

    day: str
    cites: frozenset[Cite]


def openings(connection: sqlite3.Connection, bodies: Collection[int], succession: int) -> dict[int, Opening]:
    """Return when bodies opened by what the database holds, where that follows; `succession` is the type of links."""
    links: dict[int, dict[int, int]] = {}
    days: dict[int, set[str | None]] = {}
    for body, predecessor, link, day, is_closed, closed in connection.execute(
        _PREDECESSORS, (id_list(bodies), succession)
    ):
        links.setdefault(body, {})[link] = predecessor
        passed_on = is_closed and day and len(day) == _DAY and closed in (day, day_before(day))
        days.setdefault(body, set()).add(day if passed_on else None)
    on = {body: day for body, several in days.items() if len(several) == 1 and (day := next(iter(several)))}
    listed = _listed(connection, {*on, *(one for body in on for one in links[body].values())})
    new = {
        body: day for body, day in on.items() if _is_new(day, listed.get(body, ()), set(links[body].values()), listed)
    }
    told = _cites(connection, {link: one for body in new for link, one in links[body].items()})
    found = {body: [told.get(link, frozenset()) for link in links[body]] for body in new}
    return {body: Opening(new[body], frozenset().union(*cites)) for body, cites in found.items() if all(cites)}


@dataclass(frozen=True, slots=True)
class _Issue:
    """A source that describes a body."""

    id: int
    published: str | None
    full: bool

    def precedes(self, day: str) -> bool:
        return bool(self.published) and (latest(self.published) or "~") < day


def _listed(connection: sqlite3.Connection, bodies: Iterable[int]) -> Mapping[int, set[_Issue]]:
    """Return the sources that describe bodies."""
    found: dict[int, set[_Issue]] = {}
    for body, *issue in connection.execute(_SOURCES, (id_list(bodies),)):
        found.setdefault(body, set()).add(_Issue(*issue))
    return found


def _is_new(day: str, own: Iterable[_Issue], predecessors: Collection[int], listed: Mapping[int, set[_Issue]]) -> bool:
    """Tell whether no list of an earlier day has a body, and one has all that passed on to it then."""
    if any(one.precedes(day) for one in own):
        return False
    before = set.intersection(*(listed.get(one, set()) for one in predecessors))
    return any(one.precedes(day) and (one.full or len(predecessors) > 1) for one in before)


def _cites(connection: sqlite3.Connection, owners: Mapping[int, int]) -> dict[int, frozenset[Cite]]:
    """Return who states links, by their numbers; one without evidence of its own has that of its owner."""
    evidence, _ = own_or_inherited(connection, "link", owners)
    stated = {
        one.id: Cite(one.source.key, one.locator, one.quote, "inferred", one.confidence, one.claimant, NOTE)
        for one in details(connection, {number for several in evidence.values() for number in several})
        if one.basis != "inferred"
    }
    return {link: frozenset(stated[one] for one in several if one in stated) for link, several in evidence.items()}


def opened(resolved: Resolved, opening: Opening | None) -> Resolved:
    """Return what is resolved of a body with its opening, where that follows and nobody states another."""
    if opening is None or resolved.scalars["opened"]:
        return resolved
    shown = ResolvedValue("opened", opening.day, True, WHY, opening.cites)
    return replace(
        resolved,
        scalars={**resolved.scalars, "opened": opening.day},
        values=overruled(resolved.values, None, resolved.cites, shown),
    )
