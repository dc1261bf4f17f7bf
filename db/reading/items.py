"""What is said of a record or a link beside its fields: names, identifiers, facts, events, with their evidence."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from db import dates
from db.model import Event, Fact, Identifier, Name
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.citations import Cited, Ids, cited
from db.reading.listings import first_and_last, releases
from db.reading.vocabulary import Labels

_OFFICIAL = ("official", "former")
"""Kinds of names of which one is in force at a time."""
_LAST = {"as-written": 1, "former": 2}
"""Kinds of names that come after all others, in this order."""


def names(connection: sqlite3.Connection, record_id: int, own: Cited, shown: str, day: Day | None) -> tuple[Name, ...]:
    """Return the names of a record with evidence `own`: the one `shown` first, other spellings and former ones last.

    As of a day, of its official names that one alone, and of the others those that are not known to be later.
    """
    rows = connection.execute(
        "SELECT id, name, kind, since, until, verbatim FROM name WHERE record_id = ? ORDER BY id", (record_id,)
    ).fetchall()
    inherited = own.evidence.get(record_id, ())
    told = cited(connection, "name", (row[0] for row in rows), inherited)
    found = [
        Name(name, kind, since, until, verbatim, told.of(row_id, inherited))
        for row_id, name, kind, since, until, verbatim in rows
    ]
    found.sort(key=lambda one: (one.name != shown, _LAST.get(one.kind, 0), told.first(one.evidence), one.name))
    if day is None:
        return tuple(found)
    days, released = own.days | told.days, releases(connection)
    first = {name: first_and_last((days[one] for one in name.evidence), released)[0] for name in found}
    return tuple(_then(name, shown) for name in found if _was_there(name, shown, first[name], day))


def _was_there(name: Name, shown: str, listed_first: str | None, day: Day) -> bool:
    """Whether a name was used on a day, as far as is known."""
    if name.name == shown:
        return True
    if name.kind in _OFFICIAL or day.excludes(name.start, name.end):
        return False
    return name.start is not None or not day.precedes(listed_first)


def _then(name: Name, shown: str) -> Name:
    """A name as it stood on the day on which `shown` was in force."""
    return name._replace(kind="official") if name.name == shown and name.kind == "former" else name


def identifiers(connection: sqlite3.Connection, record_id: int, own: Ids) -> tuple[Identifier, ...]:
    """Return the identifiers of a record; `own` is the record's evidence."""
    rows = connection.execute(
        "SELECT id, scheme, value FROM identifier WHERE record_id = ? ORDER BY id", (record_id,)
    ).fetchall()
    told = cited(connection, "identifier", (row[0] for row in rows), own)
    rows.sort(key=lambda row: told.place(row[0], own))
    return tuple(Identifier(scheme, value, told.of(row_id, own)) for row_id, scheme, value in rows)


class FactsOn(NamedTuple):
    """Facts by what is known of them as of a day: those told of it or at no known time, and those of other years."""

    there: tuple[Fact, ...]
    other_years: tuple[Fact, ...]

    def every(self) -> tuple[Fact, ...]:
        """Return both."""
        return (*self.there, *self.other_years)


def record_facts(connection: sqlite3.Connection, record_id: int, own: Ids, words: Labels, day: Day | None) -> FactsOn:
    """Return the facts of a record; `own` is the record's evidence. Those told as of a later day are left out.

    One without a day of its own is of the days of the lists that have it.
    """
    rows = connection.execute(
        "SELECT id, property, value, unit, as_of, text FROM fact WHERE record_id = ? ORDER BY id", (record_id,)
    ).fetchall()
    kept = [row for row in rows if day is None or not day.precedes(row[4])]
    told = cited(connection, "fact", (row[0] for row in kept), own)
    kept.sort(key=lambda row: told.place(row[0], own))
    released = releases(connection) if day is not None and kept else {}
    there: list[Fact] = []
    others: list[Fact] = []
    for row_id, name, value, unit, as_of, text in kept:
        evidence = told.of(row_id, own)
        first, last = first_and_last((told.days[one] for one in evidence), released)
        apart = day is not None and not as_of and last is not None and not day.is_listed_around(first, last)
        fact = Fact(name, words.label("properties", name), value, unit, as_of, text, evidence)
        (others if apart else there).append(fact)
    return FactsOn(tuple(there), tuple(others))


def link_facts(
    connection: sqlite3.Connection, links: Mapping[int, Ids], words: Labels, day: Day | None = None
) -> dict[int, tuple[Fact, ...]]:
    """Return the facts of links by link id; `links` maps each link's id to its evidence."""
    rows = connection.execute(
        """SELECT f.id, f.link_id, f.property, f.value, f.unit, f.as_of, f.text
             FROM json_each(?) j CROSS JOIN fact f ON f.link_id = j.value ORDER BY f.id""",
        (id_list(links),),
    ).fetchall()
    told = cited(connection, "fact", (row[0] for row in rows), {one for row in rows for one in links[row[1]]})
    rows.sort(key=lambda row: told.place(row[0], links[row[1]]))
    found: dict[int, list[Fact]] = {}
    for row_id, link_id, name, value, unit, as_of, text in rows:
        if day is None or not day.precedes(as_of):
            label = words.label("properties", name)
            fact = Fact(name, label, value, unit, as_of, text, told.of(row_id, links[link_id]))
            found.setdefault(link_id, []).append(fact)
    return {link_id: tuple(facts) for link_id, facts in found.items()}


def events(connection: sqlite3.Connection, record_id: int, own: Ids, day: Day | None) -> tuple[Event, ...]:
    """Return the events of a record, oldest first, undated last; `own` is the record's evidence."""
    rows = connection.execute(
        "SELECT id, date, kind, text FROM event WHERE record_id = ? ORDER BY id", (record_id,)
    ).fetchall()
    kept = [row for row in rows if day is None or not day.precedes(row[1])]
    told = cited(connection, "event", (row[0] for row in kept), own)
    kept.sort(key=lambda row: (dates.order(row[1]), told.place(row[0], own)))
    return tuple(Event(date, kind, text, told.of(row_id, own)) for row_id, date, kind, text in kept)
