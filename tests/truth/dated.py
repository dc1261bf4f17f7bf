"""Counts what is dated: records that tables date and that have no timeline all the same, of one in fifty and a merged
trust; and arrangements that all have left."""

from __future__ import annotations

import sqlite3

from db.register import Register

_DATED = """
SELECT key FROM record
 WHERE (id % 50 = 0 OR key = 'ods:RVJ')
   AND (coalesce(opened, closed, legal_opened, legal_closed) IS NOT NULL
        OR EXISTS (SELECT 1 FROM event WHERE record_id = record.id AND date IS NOT NULL)
        OR EXISTS (SELECT 1 FROM link WHERE source_id = record.id AND coalesce(since, legal_since) IS NOT NULL)
        OR EXISTS (SELECT 1 FROM link WHERE target_id = record.id AND coalesce(since, legal_since) IS NOT NULL))"""

_LEFT = """
SELECT key FROM record JOIN link ON target_id = record.id JOIN link_type ON link_type.id = type_id
 WHERE record.type = 'primary-care-network' AND record.open AND link_type.name = 'participates-in'
 GROUP BY record.id HAVING count(*) = count(until) AND max(until) < date('now')"""


def left_and_not_told(connection: sqlite3.Connection) -> int:
    """Count the open networks that all have left by days that are told, and of which gaps do not tell since when."""
    found = Register(connection, label="all files").gaps(("one-participant",))
    told = {gap.key for gap in found if gap.date and not gap.usual}
    return sum(key not in told for (key,) in connection.execute(_LEFT))


def left_by_all(connection: sqlite3.Connection) -> int:
    """Count the open networks of which gaps tell since when nobody takes part."""
    found = Register(connection, label="all files").gaps(("one-participant",))
    return sum(gap.date is not None and gap.type == "primary-care-network" and not gap.usual for gap in found)


def without_a_timeline(connection: sqlite3.Connection) -> int:
    """Count those of which a timeline tells nothing dated."""
    register = Register(connection, label="all files")
    keys = [key for (key,) in connection.execute(_DATED)]
    return sum(not any(entry.date for entry in register.timeline(key).entries) for key in keys)
