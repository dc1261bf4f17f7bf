"""The links of a record, seen from it, in both directions; a fixed number of statements however many there are."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db.acts import is_act
from db.dates import latest, today
from db.model import OPENED, Link, StatedValue
from db.reading.as_of import Day
from db.reading.codes import plain_codes
from db.reading.items import link_facts
from db.reading.kinds_on import Kind, kinds_on
from db.reading.link_rows import LinkRow
from db.reading.names_on import names_on, names_then
from db.reading.standing import Standing, standing, standing_on, stood
from db.reading.ties import Told
from db.reading.values import link_values
from db.reading.vocabulary import TYPES, Labels


class LinksOn(NamedTuple):
    """Links by what is known of them as of a day: those that were there, and those that nothing dates."""

    there: list[LinkRow]
    not_dated: list[LinkRow]


def links_on(connection: sqlite3.Connection, rows: Sequence[LinkRow], told: Told, day: Day) -> LinksOn:
    """Return links as of a day without those that were not there, their other ends named and open or not as then."""
    was = {row.id: stood(told.ties[row.id], day) for row in rows}
    kept = [row for row in rows if was[row.id] is not False]
    names = names_on(connection, day, ((row.other_id, row.name) for row in kept))
    kinds = kinds_on(connection, day, {row.other_id: Kind(row.kind, row.other_type) for row in kept})
    found = LinksOn([], [])
    for row in kept:
        kind, type_name = kinds.get(row.other_id, Kind(row.kind, row.other_type))
        then = row._replace(
            name=names[row.other_id],
            kind=kind,
            other_type=type_name,
            open=day.state(row.open == 1 if row.open is not None else None, None, row.opened, row.closed)[0],
        )
        (found.there if was[row.id] else found.not_dated).append(then)
    return found


def as_links(
    connection: sqlite3.Connection,
    rows: Sequence[LinkRow],
    told: Told,
    words: Labels,
    day: Day | None = None,
    *,
    there: bool = True,
) -> tuple[Link, ...]:
    """Return rows as links, with how they stand today or stood on a day, their facts and evidence.

    `there` says of all of them whether they were known to be there on the day.
    """
    now = Day(today())
    ties = {row.id: told.ties[row.id] for row in rows}
    stands = {link: standing(tie, now) if day is None else standing_on(tie, there=there) for link, tie in ties.items()}
    evidence = {row.id: told.evidence[row.id] for row in rows}
    facts = link_facts(connection, evidence, words, day)
    values = link_values(connection, evidence)
    codes = plain_codes(connection, {row.other_id: row.key for row in rows})
    then = {} if day else _called_then(connection, rows, stands)
    return tuple(
        Link(
            row.id,
            row.type,
            row.label,
            row.category,
            row.direction,
            row.role,
            words.label_or_none("roles", row.role),
            stands[row.id].start,
            stands[row.id].end,
            row.legal_since,
            row.legal_until,
            stands[row.id].status,
            row.key,
            row.kind,
            row.name,
            None if row.open is None else bool(row.open),
            facts.get(row.id, ()),
            evidence[row.id],
            codes.get(row.other_id),
            _values(row, stands[row.id].start, values.get(row.id, ()), evidence[row.id]),
            *stands[row.id][3:],
            row.until,
            row.status,
            row.gone_key,
            row.since,
            then.get(row.id),
            row.heading.name,
            other_type=words.label_or_none(TYPES[row.kind], row.other_type),
        )
        for row in rows
    )


def _called_then(
    connection: sqlite3.Connection, rows: Sequence[LinkRow], stands: Mapping[int, Standing]
) -> dict[int, str]:
    """Return by link what its other end was called when it was last told of, where that is another name than today."""
    found: dict[int, str] = {}
    for acts in (True, False):
        kind = (row for row in rows if is_act(row.type, row.category) is acts)
        last = {row.id: (seen, row) for row in kind if (seen := _last_told(row, stands[row.id])) is not None}
        dated = ((seen, row.other_id, row.name) for seen, row in last.values())
        names = names_then(connection, dated, happened=acts) if last else {}
        found.update(
            (one, names[seen, row.other_id]) for one, (seen, row) in last.items() if (seen, row.other_id) in names
        )
    return found


def _last_told(row: LinkRow, stands: Standing) -> str | None:
    """Return the day as of which a link is told that was done on a day, that is no more, or of which nobody tells how
    it stands today."""
    told = stands.start or stands.listed_last if is_act(row.type, row.category) else stands.listed_last
    return None if stands.status not in (None, "past") or latest(told) is None else told


def _values(
    row: LinkRow, start: str | None, stated: tuple[StatedValue, ...], evidence: tuple[int, ...]
) -> tuple[StatedValue, ...]:
    """Return what is stated of a link, which holds since `start`: that is no stated day where an end opened later."""
    if start is None or row.since is None or start == row.since:
        return stated
    starts = [one for one in stated if one.what == "start"] or [StatedValue("start", row.since, False, "", evidence)]
    return (
        StatedValue("start", start, True, OPENED, ()),
        *(one._replace(chosen=False, why=OPENED) for one in starts),
        *(one for one in stated if one.what != "start"),
    )


def label_counts(rows: Iterable[LinkRow]) -> dict[str, int]:
    """Count links by label, in the order in which the labels are met."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.label] = counts.get(row.label, 0) + 1
    return counts


def heading_counts(rows: Iterable[LinkRow]) -> dict[str, int]:
    """Count links by the heading that they are read under."""
    return dict(Counter(row.heading.name for row in rows))


def by_label(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Return links under their labels, both in the order they come in."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.label, []).append(link)
    return found
