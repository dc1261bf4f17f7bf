"""Counts what heads of pages tell that no source says: that a body is open, of which old or undated sources say so, or
that it was on a day what it became later."""

from __future__ import annotations

import sqlite3

from db.register import Register
from tui.text.phrases import AS_TOLD
from tui.text.record_standing import standing

_OLD = """
SELECT r.key, max(coalesce(e.as_of, s.published)) AS day
  FROM record r JOIN _citation c ON c.subject = 'record' AND c.subject_id = r.id
  JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id
 WHERE r.status = 'open' AND r.gone IS NULL AND r.kind NOT IN ('person', 'document') AND r.id % 20 = 0
 GROUP BY r.id HAVING day IS NULL OR day < '2024'"""
_EARLY = """
SELECT key FROM record
 WHERE type = 'nhs-foundation-trust' AND opened < '2003' AND coalesce(closed, '9') > '2003-12-31'"""


def open_without_a_day(connection: sqlite3.Connection) -> int:
    """Count those of one in twenty whose sources are all of years before 2024 or undated, and whose head is silent."""
    register = Register(connection, label="all files")
    told = (standing(register.record(key)) for key, _ in connection.execute(_OLD).fetchall())
    return sum("listed to " not in one and AS_TOLD not in one for one in told)


def foundation_trusts_of_2003(connection: sqlite3.Connection) -> int:
    """Count the trusts that are told to be foundation trusts as of 2003: the first were authorised in April 2004."""
    register = Register(connection, label="all files")
    found = (register.record(key, as_of="2003").type for (key,) in connection.execute(_EARLY).fetchall())
    return sum(one == "nhs-foundation-trust" for one in found)


_BEFORE = "SELECT key FROM record WHERE type = 'primary-care-trust' AND opened IS NULL"


def open_before_anything_tells(connection: sqlite3.Connection) -> int:
    """Count the primary care trusts that are told to have been open in 1950: nothing tells when they began."""
    register = Register(connection, label="all files")
    return sum(register.record(key, as_of="1950").open is True for (key,) in connection.execute(_BEFORE).fetchall())


_SPLIT = """
SELECT DISTINCT site.key, old.key FROM link l JOIN link_type t ON t.id = l.type_id AND t.name = 'operated-by'
  JOIN record site ON site.id = l.source_id JOIN record old ON old.id = l.target_id AND old.open = 0
 WHERE 1 < (SELECT count(*) FROM link s JOIN link_type k ON k.id = s.type_id AND k.name = 'succeeded-by'
             WHERE s.source_id = old.id)
   AND EXISTS (SELECT 1 FROM link n JOIN link s ON s.target_id = n.target_id AND s.source_id = old.id
                 JOIN link_type k ON k.id = s.type_id AND k.name = 'succeeded-by'
                WHERE n.source_id = site.id AND n.type_id = t.id)"""


def places_left_to_several_heirs(connection: sqlite3.Connection) -> int:
    """Count places of bodies that were split of which no source is said to tell the heir, though one lists it there."""
    register = Register(connection, label="all files")
    return sum(
        len(link.became) > 1
        for site, old in connection.execute(_SPLIT).fetchall()
        for link in register.record(site).links
        if link.key == old
    )
