"""Where records are, by the area of their postcode: those that one is linked to, or that filters let through."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict

from db.parties import Party
from db.reports import PlacedRecord, Places, PostcodeArea
from db.search.about import About

LISTED = 5000
"""Records up to which each is named; of more there are numbers alone."""
_TOWNS = 3
_AREA = """
CASE WHEN substr(r.postcode, 2, 1) GLOB '[0-9]' THEN substr(r.postcode, 1, 1) ELSE substr(r.postcode, 1, 2) END"""
_HOLDS = "l.status IS NOT 'past' AND l.gone IS NULL AND l.source_id <> l.target_id"
_LINKED = f"""
SELECT l.target_id FROM record s JOIN link l ON l.source_id = s.id WHERE s.key = ?1 AND {_HOLDS}
UNION SELECT l.source_id FROM record s JOIN link l ON l.target_id = s.id WHERE s.key = ?1 AND {_HOLDS}"""
_THERE = "r.placeholder = 0 AND r.open IS NOT 0"
"""What has closed is nowhere any more, and of a code that is only pointed at nobody tells where it is."""
_PLACED = "r.postcode GLOB '[A-Z]*[0-9]*'"
_COUNTED = f"""
SELECT iif({_PLACED}, {_AREA}, NULL), iif({_PLACED}, r.town, NULL), count(*) FROM record r
 WHERE {_THERE} AND {{wanted}} GROUP BY 1, 2"""
"""Of no area are those of which no postcode is told."""
_NAMED = f"""
SELECT {_AREA}, r.key, r.kind, r.name, r.town, r.postcode FROM record r
 WHERE {_PLACED} AND {_THERE} AND {{wanted}} ORDER BY r.name COLLATE NOCASE, r.key"""


def places(connection: sqlite3.Connection, about: str = "") -> Places:
    """Return where those are that a record is linked to now, or that filters let through, or all.

    Raises UsageError, NotFoundError.
    """
    asked = About(connection, about)
    wanted: str = "1"
    values: tuple[object, ...] = ()
    subject = None
    if asked.key is not None:
        (name,) = connection.execute("SELECT name FROM record WHERE key = ?", (asked.key,)).fetchone()
        wanted, values, subject = f"r.id IN ({_LINKED})", (asked.key,), Party(asked.key, name)
    elif about.strip():
        wanted, values = asked.passing()
    towns: dict[str, Counter[str]] = defaultdict(Counter)
    numbers: Counter[str] = Counter()
    nowhere = 0
    for area, town, number in connection.execute(_COUNTED.format(wanted=wanted), values):
        if area is None:
            nowhere = number
            continue
        numbers[area] += number
        towns[area][town or ""] += number
    named: dict[str, list[PlacedRecord]] = defaultdict(list)
    if numbers.total() <= LISTED:
        for area, *record in connection.execute(_NAMED.format(wanted=wanted), values):
            named[area].append(PlacedRecord(*record))
    areas = (
        PostcodeArea(area, number, _most(towns[area]), tuple(named[area]))
        for area, number in sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    )
    return Places(subject, tuple(areas), nowhere)


def _most(towns: Counter[str]) -> tuple[str, ...]:
    """Return the towns in which most are, the first of them."""
    return tuple(town for town, _ in sorted(towns.items(), key=lambda one: (-one[1], one[0])) if town)[:_TOWNS]
