"""Links with all that tells how they stand: the days of the sources that have them, and what became of their ends."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from db.acts import is_act
from db.dates import latest
from db.parameters import id_list
from db.parties import Follower, Party
from db.reading.citations import own_or_inherited
from db.reading.heirs import SplitTie, heirs_of_links
from db.reading.link_rows import LinkRow
from db.reading.listings import first_and_last, releases
from db.reading.standing import Tie, TieEnd

_BODIES = """
SELECT r.id, r.key, r.name, r.status, r.open, r.opened, r.closed
  FROM json_each(?) j CROSS JOIN record r ON r.id = j.value"""
_SUCCESSORS = """
SELECT j.value AS earlier, l.since, o.id, o.key, o.name
  FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name IN ('succeeded-by', 'became') JOIN record o ON o.id = l.target_id
UNION
SELECT j.value, l.since, o.id, o.key, o.name
  FROM json_each(?1) j CROSS JOIN link l ON l.target_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'follows' JOIN record o ON o.id = l.source_id
 ORDER BY 1, 5, 4"""


class Told(NamedTuple):
    """What is told of some links: their evidence, and how they are tied."""

    evidence: dict[int, tuple[int, ...]]
    ties: dict[int, Tie]


def told_of(connection: sqlite3.Connection, record_id: int, rows: Sequence[LinkRow]) -> Told:
    """Return what is told of links of a record, by their numbers; one without evidence has that of its owner."""
    return told_of_several(connection, {record_id: rows})


def told_of_several(connection: sqlite3.Connection, links: Mapping[int, Sequence[LinkRow]]) -> Told:
    """Return what is told of links, given by the records that they are seen from, in as few reads as of one record."""
    rows = [(near, row) for near, seen in links.items() for row in seen]
    if not rows:
        return Told({}, {})
    owners = {row.id: row.other_id if row.owned_by_other else near for near, row in rows}
    evidence, days = own_or_inherited(connection, "link", owners)
    here = {near: body for near, *body in connection.execute(_BODIES, (id_list(links),))}
    closed = {row.other_id for _, row in rows if row.open == 0} | {near for near, body in here.items() if body[3] == 0}
    became = successors(connection, closed)
    nears = {
        near: TieEnd(Party(key, name), status, _known(is_open), opened, closed_on, became.get(near, ()))
        for near, (key, name, status, is_open, opened, closed_on) in here.items()
    }
    passed_to = _passed_to(connection, rows, nears, became)
    released = releases(connection)
    listings: dict[tuple[object, ...], tuple[str | None, str | None]] = {}
    ties: dict[int, Tie] = {}
    for near, row in rows:
        listed_by = frozenset(days[one] for one in evidence[row.id]), row.gone_day
        if listed_by not in listings:
            listings[listed_by] = first_and_last(listed_by[0], released, row.gone_day)
        far = TieEnd(
            Party(row.key, row.name), row.other_status, _known(row.open), row.opened, row.closed,
            passed_to.get((row.id, row.other_id), became.get(row.other_id, ())),
        )  # fmt: skip
        here_end = nears[near]._replace(successors=passed_to.get((row.id, near), nears[near].successors))
        ties[row.id] = Tie(
            row.type, row.category, row.since, row.until, row.status, here_end, far, *listings[listed_by],
            row.gone is not None, row.gone_day,
        )  # fmt: skip
    return Told(evidence, ties)


def _passed_to(
    connection: sqlite3.Connection,
    rows: Sequence[tuple[int, LinkRow]],
    nears: Mapping[int, TieEnd],
    became: Mapping[int, tuple[Follower, ...]],
) -> dict[tuple[int, int], tuple[Follower, ...]]:
    """Return to which heirs of a closed end links passed, by link and end: those whose closed end has several."""
    asked: dict[tuple[int, int], SplitTie] = {}
    for near, row in rows:
        here, is_out = nears[near], row.direction == "out"
        if is_act(row.type, row.category):
            continue
        ends = (near, here.party.key, here.closed, row.key, "source" if is_out else "target"), (
            row.other_id, row.key, row.closed, here.party.key, "target" if is_out else "source",
        )  # fmt: skip
        for end, _, closed, other, side in ends:
            if closed and len(became.get(end, ())) > 1:
                asked[row.id, end] = SplitTie(row.type, other, side, closed, became[end])
    return dict(zip(asked, heirs_of_links(connection, asked.values()), strict=True))


def _known(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def successors(connection: sqlite3.Connection, bodies: Iterable[int]) -> dict[int, tuple[Follower, ...]]:
    """Return what followed bodies, by their numbers: on the last day of their successions, or ever if none has one."""
    found: dict[int, dict[tuple[int, Follower], tuple[str, str | None]]] = {}
    for earlier, since, number, key, name in connection.execute(_SUCCESSORS, (id_list(bodies),)):
        of, one = found.setdefault(earlier, {}), (number, Follower(key, name))
        of[one] = max((latest(since) or "", since), of.get(one, ("", None)), key=itemgetter(0))
    last = {
        body: [(*one, since) for one, (day, since) in ends.items() if day == max(ends.values(), key=itemgetter(0))[0]]
        for body, ends in found.items()
    }
    told = (end for ends in last.values() for end in ends)
    dated = [(since, number, one.name) for number, one, since in told if since and latest(since)]
    then: dict[tuple[str, int], str] = {}
    if dated:
        from db.reading.names_on import names_then  # 2 ms, and few links lead to a body that another followed

        then = names_then(connection, dated, happened=True)
    return {
        body: tuple(one._replace(name_then=then.get((since or "", number))) for number, one, since in ends)
        for body, ends in last.items()
    }


def last_listed(connection: sqlite3.Connection, owners: Mapping[int, int]) -> dict[int, str | None]:
    """Return the last day on which a source has each link, by its number; given are the records that own the links."""
    evidence, days = own_or_inherited(connection, "link", owners)
    released = releases(connection)
    return {link: first_and_last([days[one] for one in evidence[link]], released)[1] for link in owners}


def listed_before(
    connection: sqlite3.Connection, days: Iterable[tuple[str | None, str | None]], gone: str | None
) -> str | None:
    """Return the last day on which sources, given by day and series, have what a list of a later day has no more."""
    before = latest(gone) or "~"
    earlier = [(day, series) for day, series in days if (latest(day) or "~") < before]
    return first_and_last(earlier, releases(connection), gone)[1]


def last_told(connection: sqlite3.Connection, evidence: Iterable[int]) -> str | None:
    """Return the last day on which any of the sources has what some evidence is for, None where none has a day."""
    days = connection.execute(
        "SELECT coalesce(e.as_of, s.published), iif(s.living AND e.as_of IS NULL, s.series, NULL)"
        " FROM json_each(?) j CROSS JOIN evidence e ON e.id = j.value JOIN source s ON s.id = e.source_id",
        (id_list(evidence),),
    )
    return first_and_last(days.fetchall(), releases(connection))[1]
