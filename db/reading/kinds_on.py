"""What records are, and what some were on a day: their kind, and the type within it, or that it is not known."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from db.dates import earliest, latest, today
from db.model import ON_DAY, Fact, StatedValue
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.citations import cited
from db.reading.listings import first_and_last

EARLIER_TYPE = "earlier-type"
"""The property of facts that tell what a record was, and until when."""


class Kind(NamedTuple):
    """What a record is: its kind, and the type within it; None where nothing tells that."""

    kind: str
    type: str | None


class Stated(NamedTuple):
    """A type that sources state of a record, and the first and the last day on which they do."""

    type: str
    first: str | None
    last: str | None


def kinds(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return the kinds of records by their keys, of those that are there."""
    asked = json.dumps(sorted(set(keys)))
    found = connection.execute("SELECT key, kind FROM record WHERE key IN (SELECT value FROM json_each(?))", (asked,))
    return dict(found.fetchall())


def kinds_on(connection: sqlite3.Connection, day: Day, now: Mapping[int, Kind]) -> dict[int, Kind]:
    """Return kind and type on `day` by record id, for those that were something else then; `now` is what they are.

    Of a body whose type is conferred on what is there already, as that of a foundation trust, the type is not told
    before the first day on which a source states it, unless sources tell what it was.
    """
    by_roles = _by_roles(connection, day, now)
    return _before_it_was_conferred(connection, day, {one: now[one] for one in now if one not in by_roles}) | by_roles


def _by_roles(connection: sqlite3.Connection, day: Day, now: Mapping[int, Kind]) -> dict[int, Kind]:
    """Return what records were by the facts of their earlier types."""
    listed = ",".join(map(str, now))
    found: dict[int, tuple[str, str]] = {}
    for record_id, earlier, text in connection.execute(
        f"SELECT record_id, value, text FROM fact WHERE record_id IN ({listed}) AND property = ?", (EARLIER_TYPE,)
    ):
        until = str(text).removeprefix("until ")
        if not day.follows(until) and until < found.get(record_id, ("~", ""))[0]:
            found[record_id] = until, earlier
    kinds = {"arrangement_types": "arrangement", "organisation_types": "organisation", "site_types": "site"}
    words = (
        {
            name: kinds[vocabulary]
            for name, vocabulary in connection.execute(
                "SELECT name, vocabulary FROM term WHERE vocabulary LIKE '%_types'"
            )
            if vocabulary in kinds
        }
        if found
        else {}
    )
    return {record: Kind(words.get(earlier, now[record].kind), earlier) for record, (_, earlier) in found.items()}


_CONFERRED = """
SELECT name, json_extract(extra, '$.began') FROM term
 WHERE vocabulary = 'organisation_types' AND json_extract(extra, '$.conferred')"""


def _before_it_was_conferred(connection: sqlite3.Connection, day: Day, now: Mapping[int, Kind]) -> dict[int, Kind]:
    """Return what those were whose type is not told to have been theirs by the day."""
    if day.iso >= today():
        return {}
    began: dict[str | None, str | None] = dict(connection.execute(_CONFERRED))
    asked = {record: one for record, one in now.items() if one.type in began}
    stated = _stated(connection, {record: one.type or "" for record, one in asked.items()})
    found: dict[int, Kind] = {}
    for record, kind in asked.items():
        of_now = [one for one in stated[record] if one.type == kind.type]
        is_too_early = day.precedes(began[kind.type])
        first = min((earliest(one.first) or "~" for one in of_now), default="~")
        if is_too_early or day.precedes(first if first != "~" else None) or first == "~":
            others = [one for one in stated[record] if one.type != kind.type]
            found[record] = kind._replace(type=_type_then(day, others, before=is_too_early))
    return found


def _type_then(day: Day, others: list[Stated], *, before: bool) -> str | None:
    """Return the other type that lists around a day state; `before` there was the present one, the only other one."""
    around = [one for one in others if day.is_listed_around(one.first, one.last)]
    if len(around) == 1:
        return around[0].type
    return others[0].type if before and len(others) == 1 and latest(others[0].last) else None


def _stated(connection: sqlite3.Connection, now: Mapping[int, str]) -> dict[int, list[Stated]]:
    """Return the types that sources state of records, which are of the type that is given."""
    rows = connection.execute(
        "SELECT v.id, v.record_id, v.value FROM json_each(?) j CROSS JOIN value v ON v.record_id = j.value"
        " WHERE v.what = 'type'",
        (id_list(now),),
    ).fetchall()
    told = cited(connection, "value", (row for row, _, _ in rows))
    found: dict[int, list[Stated]] = {record: [] for record in now}
    for row, record, value in rows:
        days = [told.days[one] for one in told.evidence.get(row, ())]
        found[record].append(Stated(value, *first_and_last(days, {})))
    agreed = [record for record, several in found.items() if not several]
    own = cited(connection, "record", agreed)
    for record in agreed:
        days = [own.days[one] for one in own.evidence.get(record, ())]
        found[record].append(Stated(now[record], *first_and_last(days, {})))
    return found


def with_type_on(
    values: tuple[StatedValue, ...], now: str | None, then: str | None, facts: Iterable[Fact]
) -> tuple[StatedValue, ...]:
    """Return what is stated of a record as of a day on which it was of type `then`: that is shown, if anything is."""
    if now == then:
        return values
    told = [one._replace(chosen=one.value == then, why=ON_DAY) if one.what == "type" else one for one in values]
    if then is not None and not any(one.what == "type" and one.chosen for one in told):
        by_roles = (one.evidence for one in facts if one.property == EARLIER_TYPE and one.value == then)
        told.insert(0, StatedValue("type", then, True, ON_DAY, next(by_roles, ())))
    return tuple(told)
