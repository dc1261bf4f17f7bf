"""The links of a record, seen from it, in both directions; a fixed number of statements however many there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from db.errors import UsageError, quoted
from db.model import Link
from db.nearest_word import nearest_word
from db.reading.as_of import Day, Kind, kinds_on, names_on
from db.reading.codes import plain_codes
from db.reading.evidence import cited
from db.reading.items import link_facts
from db.reading.values import link_values
from db.reading.vocabulary import Labels


class LinkRow(NamedTuple):
    """A link and its other end as the tables hold them."""

    id: int
    direction: str
    type: str
    label: str
    category: str
    owner: str
    position: int
    role: str | None
    since: str | None
    until: str | None
    legal_since: str | None
    legal_until: str | None
    status: str | None
    other_id: int
    key: str
    kind: str
    name: str
    open: int | None
    opened: str | None
    closed: str | None

    @property
    def owned_by_other(self) -> bool:
        """Whether the link belongs to its other end rather than to the record asked about."""
        return (self.owner == "target") == (self.direction == "out")


_SIDE = """
SELECT l.id, '{direction}', t.name, t.{label}, t.category, t.owner, t.position, l.role, l.since, l.until, l.legal_since,
       l.legal_until, l.status, o.id, o.key, o.kind, o.name, o.open, o.opened, o.closed
  FROM link l JOIN link_type t ON t.id = l.type_id JOIN record o ON o.id = l.{far}
 WHERE l.{near} = ?1 AND (?2 IS NULL OR l.type_id IN (SELECT value FROM json_each(?2)))"""
_SIDES = {
    "out": _SIDE.format(direction="out", label="forward", far="target_id", near="source_id"),
    "in": _SIDE.format(direction="in", label="reverse", far="source_id", near="target_id"),
}


def link_rows(
    connection: sqlite3.Connection,
    record_id: int,
    *,
    types: tuple[str, ...] = (),
    direction: str | None = None,
    day: Day | None = None,
) -> list[LinkRow]:
    """Return all links of a record that the filters let through, in the order in which they are read.

    Raises UsageError for a type or a direction that there is not.
    """
    if direction is not None and direction not in _SIDES:
        raise UsageError(f"direction {quoted(direction)}: write in or out")
    sides = _SIDES.values() if direction is None else (_SIDES[direction],)
    query = " UNION ALL ".join(sides)
    rows = list(map(LinkRow._make, connection.execute(query, (record_id, _type_ids(connection, types)))))
    if day is not None:
        rows = _on(connection, rows, day)
    rows.sort(key=_order)
    return rows


def as_links(
    connection: sqlite3.Connection, record_id: int, rows: list[LinkRow], words: Labels, day: Day | None = None
) -> tuple[Link, ...]:
    """Return rows as links, with their facts and evidence; a link without any has that of the end it belongs to."""
    own = cited(connection, "link", (row.id for row in rows)).evidence
    owners = {row.id: row.other_id if row.owned_by_other else record_id for row in rows if row.id not in own}
    inherited = cited(connection, "record", owners.values()).evidence
    evidence = {row.id: own.get(row.id) or inherited.get(owners[row.id], ()) for row in rows}
    facts = link_facts(connection, evidence, words, day)
    values = link_values(connection, evidence)
    codes = plain_codes(connection, {row.other_id: row.key for row in rows})
    return tuple(
        Link(
            row.id,
            row.type,
            row.label,
            row.category,
            row.direction,
            row.role,
            words.label_or_none("roles", row.role),
            row.since,
            row.until,
            row.legal_since,
            row.legal_until,
            # A list that calls a link current may not know yet what another knows: that its other end has closed.
            None if row.status == "current" and row.open == 0 else row.status,
            row.key,
            row.kind,
            row.name,
            None if row.open is None else bool(row.open),
            facts.get(row.id, ()),
            evidence[row.id],
            codes.get(row.other_id),
            values.get(row.id, ()),
        )
        for row in rows
    )


def label_counts(rows: Iterable[LinkRow]) -> dict[str, int]:
    """Count links by label, in the order in which the labels are met."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.label] = counts.get(row.label, 0) + 1
    return counts


def _order(row: LinkRow) -> tuple[int, bool, bool, str, str, str, int]:
    """Sort by type as the vocabulary orders them, then what is not closed, then by name."""
    return (
        row.position,
        row.direction == "in",
        row.open == 0,
        row.name.casefold(),
        row.key,
        row.since or "",
        row.id,
    )


def _on(connection: sqlite3.Connection, rows: list[LinkRow], day: Day) -> list[LinkRow]:
    """Return the links that the day does not exclude, their other ends named and open or not as on that day."""
    kept = [row for row in rows if not day.excludes(row.since, row.until)]
    names = names_on(connection, day, ((row.other_id, row.name) for row in kept))
    kinds = kinds_on(connection, day, {row.other_id: Kind(row.kind, None) for row in kept})
    return [
        row._replace(
            name=names[row.other_id],
            kind=kinds[row.other_id].kind if row.other_id in kinds else row.kind,
            open=day.state(row.open == 1 if row.open is not None else None, None, row.opened, row.closed)[0],
            status="current" if row.status == "past" and row.until is not None else row.status,
        )
        for row in kept
    ]


def _type_ids(connection: sqlite3.Connection, types: tuple[str, ...]) -> str | None:
    """Return the ids of link types as JSON, or None for all of them. Raises UsageError for one that there is not."""
    if not types:
        return None
    known = dict(connection.execute("SELECT name, id FROM link_type"))
    types = tuple(name.strip().lower().replace(" ", "-") for name in types)
    for name in types:
        if name not in known:
            raise UsageError(f"unknown link type {quoted(name)}{_nearest(name, known)}")
    return f"[{','.join(str(known[name]) for name in types)}]"


def _nearest(name: str, known: Iterable[str]) -> str:
    near = nearest_word(name, known)
    return f", did you mean '{near}'?" if near else "; `interlock stats` lists those in use"


def by_label(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Return links under their labels, both in the order they come in."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.label, []).append(link)
    return found
