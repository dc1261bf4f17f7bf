"""The rows of the links of a record, in both directions, in the order in which they are read."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from db.errors import UsageError, quoted
from db.keys import is_code
from db.nearest_word import nearest_word
from db.parameters import id_list
from db.reading.headings import Heading, heading
from db.reading.never_were import never_were


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
    other_status: str | None
    gone: int | None
    gone_day: str | None
    gone_key: str | None
    other_type: str | None

    @property
    def heading(self) -> "Heading":
        """What it is read under on the page of the record asked about."""
        return heading(self.type, self.direction, self.label, self.kind, self.other_type)

    @property
    def owned_by_other(self) -> bool:
        """Whether the link belongs to its other end rather than to the record asked about."""
        return (self.owner == "target") == (self.direction == "out")


_SIDE = """
SELECT l.id, '{direction}', t.name, t.{label}, t.category, t.owner, t.position, l.role, l.since, l.until, l.legal_since,
       l.legal_until, l.status, o.id, o.key, o.kind, o.name, o.open, o.opened, o.closed, o.status, l.gone, g.published,
       g.key, o.type
  FROM {links}
  JOIN link_type t ON t.id = l.type_id JOIN record o ON o.id = l.{far} LEFT JOIN source g ON g.id = l.gone"""
ENDS = {
    "out": {"direction": "out", "label": "forward", "far": "target_id", "near": "source_id"},
    "in": {"direction": "in", "label": "reverse", "far": "source_id", "near": "target_id"},
}
_OF_RECORD = " WHERE l.{near} = ?1 AND (?2 IS NULL OR l.type_id IN (SELECT value FROM json_each(?2)))"
_SIDES = {one: (_SIDE + _OF_RECORD).format(links="link l", **ends) for one, ends in ENDS.items()}
_BY_NUMBER = "json_each(?{place}) j CROSS JOIN link l ON l.id = j.value"
_NUMBERED = {one: _SIDE.format(links=_BY_NUMBER.format(place=1), **ends) for one, ends in ENDS.items()}
_CHOSEN = " UNION ALL ".join(
    (_SIDE + " WHERE l.{near} = ?1").format(links=_BY_NUMBER.format(place=2), **ends) for ends in ENDS.values()
)


def link_rows(
    connection: sqlite3.Connection,
    record_id: int,
    *,
    types: tuple[str, ...] = (),
    direction: str | None = None,
) -> list[LinkRow]:
    """Return all links of a record that the filters let through and that may have been, in the order of reading.

    Raises UsageError for a type or a direction that there is not.
    """
    if direction is not None and direction not in _SIDES:
        raise UsageError(f"direction {quoted(direction)}: write in or out")
    sides = _SIDES.values() if direction is None else (_SIDES[direction],)
    query = " UNION ALL ".join(sides)
    found = map(LinkRow._make, connection.execute(query, (record_id, _type_ids(connection, types))))
    never = never_were(connection, record_id)
    rows = [row for row in found if row.id not in never]
    rows.sort(key=_order)
    return rows


def chosen_link_rows(connection: sqlite3.Connection, record_id: int, links: Iterable[int]) -> list[LinkRow]:
    """Return links of a record by their numbers, in the order of reading."""
    found = connection.execute(_CHOSEN, (record_id, id_list(links)))
    return sorted(map(LinkRow._make, found), key=_order)


def numbered_link_rows(connection: sqlite3.Connection, direction: str, links: Iterable[int]) -> list[LinkRow]:
    """Return links of any records by their numbers, seen from their source (`out`) or from their target (`in`)."""
    return sorted(map(LinkRow._make, connection.execute(_NUMBERED[direction], (id_list(links),))), key=_order)


LinkPlace = tuple[bool, bool, str, str, str, int]
"""What decides the place of a link among those of one label, its number last."""


def link_place(number: int, name: str, key: str, is_closed: bool, since: str | None) -> LinkPlace:
    """Sort links of one label by name, what is not closed first and what is only a code last."""
    return is_code(name, key), is_closed, name.casefold(), key, since or "", number


def _order(row: LinkRow) -> tuple[int, bool, LinkPlace]:
    """Sort by type as the vocabulary orders them, then as each label has them."""
    return row.position, row.direction == "in", link_place(row.id, row.name, row.key, row.open == 0, row.since)


def _type_ids(connection: sqlite3.Connection, types: tuple[str, ...]) -> str | None:
    """Return the ids of link types as JSON, or None for all of them. Raises UsageError for one that there is not."""
    if not types:
        return None
    known = dict(connection.execute("SELECT name, id FROM link_type"))
    return id_list(known[name] for name in type_names(connection, types))


def type_names(connection: sqlite3.Connection, types: Iterable[str]) -> tuple[str, ...]:
    """Return the names of link types as the register has them, of those whose label is given (`takes part in`) as well.

    Raises UsageError for one that there is not.
    """
    rows = connection.execute("SELECT name, forward, reverse FROM link_type ORDER BY position, id").fetchall()
    known: dict[str, list[str]] = {}
    for name, *labels in rows:
        for label in dict.fromkeys(map(_as_name, labels)):
            known.setdefault(label, []).append(name)
    known |= {name: [name] for name, *_ in rows}
    found: dict[str, None] = {}
    for wanted in map(_as_name, types):
        if wanted not in known:
            raise UsageError(f"unknown link type {quoted(wanted)}{_nearest(wanted, [name for name, *_ in rows])}")
        found |= dict.fromkeys(known[wanted])
    return tuple(found)


def _as_name(text: str) -> str:
    return text.strip().lower().replace(" ", "-")


def _nearest(name: str, known: Iterable[str]) -> str:
    near = nearest_word(name, known)
    return f", did you mean '{near}'?" if near else "; `interlock stats` lists those in use"
