"""Ties to areas that never were: lists give closed bodies the area of today in which their postcode lies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.dates import earliest, latest
from db.reading.citations import own_or_inherited

DOUBTED = "l.since IS NULL AND l.until IS NULL AND {body}.closed < {began}"
"""SQL: whether a link may be one of them, if it is to an area: it is not dated, and the body had closed by then."""

_BEGAN = """
coalesce(area.opened, (SELECT json_extract(extra, '$.began') FROM term
                        WHERE vocabulary = 'organisation_types' AND term.name = area.type))"""
_LATER = f"""
SELECT l.id, l.source_id, body.closed, {_BEGAN} AS began
  FROM link l JOIN link_type t ON t.id = l.type_id AND t.category = 'geography'
  JOIN record body ON body.id = l.source_id JOIN record area ON area.id = l.target_id
 WHERE l.{{near}} = ?1 AND {DOUBTED.format(body="body", began="began")}"""
_SIDES = {end: _LATER.format(near=f"{end}_id") for end in ("source", "target")}


def began(connection: sqlite3.Connection, record_id: int) -> str | None:
    """Return since when a record can have been an area."""
    found = connection.execute(f"SELECT {_BEGAN} FROM record area WHERE area.id = ?", (record_id,)).fetchone()
    return None if found is None else found[0]


def never_were(
    connection: sqlite3.Connection, record_id: int, ends: Iterable[str] = ("source", "target")
) -> frozenset[int]:
    """Return the undated links of a closed body to an area that began after it closed, told by later lists alone.

    An area of which nobody says when it opened began with its kind at the earliest. The record is the body where it is
    the source of the link, the area where it is the target.
    """
    bodies: dict[int, int] = {}
    closings: dict[int, str] = {}
    for end in ends:
        for link, body, closed, first in connection.execute(_SIDES[end], (record_id,)):
            last = latest(closed)
            if last is not None and last < (earliest(first) or ""):
                bodies[link], closings[link] = body, last
    if not bodies:
        return frozenset()
    evidence, days = own_or_inherited(connection, "link", bodies)
    return frozenset(
        link for link in bodies if not any((earliest(days[one][0]) or "~") <= closings[link] for one in evidence[link])
    )
