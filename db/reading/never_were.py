"""Ties to areas that never were: lists give closed bodies the area of today in which their postcode lies."""

from __future__ import annotations

import sqlite3

from db.dates import earliest, latest
from db.reading.evidence import own_or_inherited

_BEGAN = """
coalesce(area.opened, (SELECT json_extract(extra, '$.began') FROM term
                        WHERE vocabulary = 'organisation_types' AND term.name = area.type))"""
_LATER = f"""
SELECT l.id, l.source_id, body.closed, {_BEGAN} AS began
  FROM link l JOIN link_type t ON t.id = l.type_id AND t.category = 'geography'
  JOIN record body ON body.id = l.source_id JOIN record area ON area.id = l.target_id
 WHERE l.{{near}} = ?1 AND l.since IS NULL AND l.until IS NULL AND body.closed < began"""
_SIDES = tuple(_LATER.format(near=near) for near in ("source_id", "target_id"))


def never_were(connection: sqlite3.Connection, record_id: int) -> frozenset[int]:
    """Return the undated links of a closed body to an area that began after it closed, told by later lists alone.

    An area of which nobody says when it opened began with its kind at the earliest.
    """
    bodies: dict[int, int] = {}
    closings: dict[int, str] = {}
    for side in _SIDES:
        for link, body, closed, began in connection.execute(side, (record_id,)):
            last = latest(closed)
            if last is not None and last < (earliest(began) or ""):
                bodies[link], closings[link] = body, last
    if not bodies:
        return frozenset()
    evidence, days = own_or_inherited(connection, "link", bodies)
    return frozenset(
        link for link in bodies if not any((earliest(days[one][0]) or "~") <= closings[link] for one in evidence[link])
    )
