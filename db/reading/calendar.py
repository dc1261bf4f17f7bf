"""The calendar: ends, reviews, notices, decisions and beginnings that lie ahead, with who says so."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from db.dates import earliest, latest, order
from db.errors import UsageError, quoted
from db.parameters import id_list
from db.reading.citations import cited, own_or_inherited
from db.reading.evidence import details
from db.reading.terms import BEGIN, DatedTerm, terms_from
from db.reports import Calendar, CalendarEntry
from db.search.about import About

_LENGTH = re.compile(r"(\d{1,6})([dwmy]?)\Z", re.ASCII)
_LAST = date.max.isoformat()
_STATED = """
SELECT v.{owner}, v.id FROM json_each(?) j CROSS JOIN value v ON v.{owner} = j.value WHERE v.what = ? AND v.chosen"""
_DETAILS = {
    ("record", BEGIN): "opened", ("record", "end"): "closed", ("link", BEGIN): "start", ("link", "end"): "end",
}  # fmt: skip
"""The detail that a day is, by the table that holds it."""


def calendar(connection: sqlite3.Connection, start: str, within: str, about: str) -> Calendar:
    """Return what lies from one day to so many days, weeks, months or years after it: `180d`, `26w`, `6m`, `1y`.

    What is known by its year alone stands apart, and so does what is told of a day without its year. Raises UsageError.
    """
    end = horizon(start, within)
    asked = About(connection, about)
    terms = terms_from(connection, start, of_all=bool(about.strip()))
    parties = [{one.key, *([one.party.key] if one.party else [])} for one in terms]
    wanted = asked.among(set().union(*parties))
    ahead = [
        one for one, keys in zip(terms, parties, strict=True) if not keys.isdisjoint(wanted) and _lies(one, start, end)
    ]
    says = _who_says(connection, ahead)
    entries = [
        CalendarEntry(one.date, one.what, one.key, one.name, one.text, one.party, one.role, says[place])
        for place, one in enumerate(ahead)
    ]
    entries = _once(connection, entries)
    entries.sort(key=lambda one: (*order(one.date), one.name, one.key, one.what))
    dated = tuple(one for one in entries if len(one.date) > 4 and latest(one.date))
    by_year = tuple(one for one in entries if len(one.date) == 4)
    without_year = tuple(one for one in entries if latest(one.date) is None)
    proofs = details(connection, dict.fromkeys(proof for one in entries for proof in one.evidence))
    return Calendar(start, end, dated, by_year, without_year, proofs)


_DECIDES = """
SELECT a.key, b.key FROM link l JOIN link_type t ON t.id = l.type_id AND t.name IN ('decides-by', 'decides-on')
  JOIN record a ON a.id = l.source_id JOIN record b ON b.id = l.target_id
 WHERE a.key IN (SELECT value FROM json_each(?1)) AND b.key IN (SELECT value FROM json_each(?1))"""


def _once(connection: sqlite3.Connection, entries: list[CalendarEntry]) -> list[CalendarEntry]:
    """Return entries without those of who decides where what that decides on has the same day from the same place."""
    places: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for one in entries:
        places[one.date, one.what, one.evidence].add(one.key)
    several = {key for keys in places.values() if len(keys) > 1 for key in keys}
    if not several:
        return entries
    on: dict[str, set[str]] = defaultdict(set)
    for decides, what in connection.execute(_DECIDES, (json.dumps(sorted(several)),)):
        on[decides].add(what)
    return [one for one in entries if on[one.key].isdisjoint(places[one.date, one.what, one.evidence])]


def horizon(start: str, within: str) -> str:
    """Return the last day of a time after a day. Raises UsageError for what is no length of time."""
    found = _LENGTH.match(within.strip())
    if not found:
        raise UsageError(f"{quoted(within)} is no length of time: write 180d, 26w, 6m or 1y")
    number, day = int(found[1]), date.fromisoformat(start)
    if found[2] in ("m", "y"):
        months = day.month - 1 + number * (12 if found[2] == "y" else 1)
        year, month = day.year + months // 12, months % 12 + 1
        if year > date.max.year:
            return _LAST
        return min(f"{year:04d}-{month:02d}-{day.day:02d}", latest(f"{year:04d}-{month:02d}") or "")
    try:
        return (day + timedelta(days=number * (7 if found[2] == "w" else 1))).isoformat()
    except OverflowError:
        return _LAST


def _lies(one: DatedTerm, start: str, end: str) -> bool:
    """Tell whether a term may lie in some days; what begins in a time that has begun may be there already."""
    first, last = earliest(one.date), latest(one.date)
    if first is None or last is None:
        return True
    return last >= start and first <= end and (one.what != BEGIN or first > start)


def _who_says(connection: sqlite3.Connection, terms: Iterable[DatedTerm]) -> dict[int, tuple[int, ...]]:
    """Return the evidence of terms, by their places: who states the very day, else who tells of the whole."""
    groups: dict[tuple[str, str | None], list[tuple[int, DatedTerm]]] = defaultdict(list)
    for place, one in enumerate(terms):
        groups[one.subject, _DETAILS.get((one.subject, one.what))].append((place, one))
    found: dict[int, tuple[int, ...]] = {}
    for (subject, detail), several in groups.items():
        if subject == "record":
            whole = cited(connection, "record", (one.item for _, one in several)).evidence
        else:
            whole = own_or_inherited(connection, subject, {one.item: one.owner or 0 for _, one in several})[0]
        stated: dict[int, tuple[int, ...]] = {}
        if detail:
            items = id_list(one.item for _, one in several)
            rows = connection.execute(_STATED.format(owner=f"{subject}_id"), (items, detail)).fetchall()
            values = cited(connection, "value", (value for _, value in rows)).evidence
            stated = {item: values.get(value, ()) for item, value in rows}
        for place, one in several:
            found[place] = stated.get(one.item) or whole.get(one.item, ())
    return found
