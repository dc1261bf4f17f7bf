"""Details of which sources state different values though both cannot hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from db.gaps.mend import by_hand
from db.parameters import id_list, sql_texts
from db.reading.citations import cited
from db.reports import SOURCES_DIFFER, Gap, GapValue
from db.same_value import disagree

LASTING = ("opened", "closed", "legal_start", "legal_end", "form", "legal_form", "legal_basis")
"""Details that are the same for good: whoever states another value is wrong, whenever that was."""
PASSING = ("status", "type", "basis_status")
"""Details that change: two values disagree where sources of one year state them."""

_VALUES = """
SELECT v.id, v.record_id, v.what, v.value, v.chosen
  FROM value v JOIN (SELECT DISTINCT record_id, what FROM value
                      WHERE NOT chosen AND record_id IS NOT NULL AND why <> 'passing'
                        AND what IN ({details})) USING (record_id, what)
 ORDER BY v.record_id, v.what, v.chosen DESC, v.value"""
_NAMES = """
SELECT r.id, r.key, r.name, r.type FROM json_each(?) j CROSS JOIN record r ON r.id = j.value"""
_TITLES = """
SELECT e.id, s.title FROM json_each(?) j CROSS JOIN evidence e ON e.id = j.value JOIN source s ON s.id = e.source_id"""


class _Stated(NamedTuple):
    value: str
    chosen: bool
    evidence: tuple[int, ...]
    years: frozenset[str]


def sources_differ(connection: sqlite3.Connection) -> list[Gap]:
    """Return the details of which sources disagree: of what lasts for good ever, of what changes within a year.

    A newer source that tells of a change contradicts no older one.
    """
    stated = _stated(connection)
    differing = {(record, what): values for (record, what), values in stated.items() if _differ(what, values)}
    records = id_list({record for record, _ in differing})
    named = {row[0]: row[1:] for row in connection.execute(_NAMES, (records,))}
    cites = id_list({one for values in differing.values() for value in values for one in value.evidence})
    titles = dict(connection.execute(_TITLES, (cites,)))
    found = []
    for (record, what), values in differing.items():
        key, name, type_ = named[record]
        told = tuple(
            GapValue(one.value, one.chosen, tuple(dict.fromkeys(titles[cite] for cite in one.evidence)))
            for one in values
        )
        found.append(Gap(SOURCES_DIFFER, key, name, type=type_, detail=what, values=told, mend=by_hand(key)))
    return sorted(found, key=lambda gap: (gap.detail or "", gap.name, gap.key))


def _stated(connection: sqlite3.Connection) -> dict[tuple[int, str], list[_Stated]]:
    """Return the values of details that have several, by record and detail, with the years in which they are stated."""
    rows = connection.execute(_VALUES.format(details=sql_texts((*LASTING, *PASSING)))).fetchall()
    told = cited(connection, "value", (row[0] for row in rows))
    found: dict[tuple[int, str], list[_Stated]] = {}
    for value_id, record, what, value, chosen in rows:
        evidence = told.evidence.get(value_id, ())
        years = frozenset((told.days[one][0] or "")[:4] for one in evidence)
        found.setdefault((record, what), []).append(_Stated(value, bool(chosen), evidence, years - {""}))
    return found


def _differ(what: str, values: Sequence[_Stated]) -> bool:
    """Tell whether a value that is stated contradicts the one that is shown."""
    shown = [one for one in values if one.chosen]
    return any(
        disagree(what, one.value, other.value) and (what in LASTING or bool(one.years & other.years))
        for one in shown
        for other in values
        if not other.chosen
    )
