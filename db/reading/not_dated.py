"""Of which records nothing tells that they were there by a day."""

import sqlite3
from collections.abc import Iterable

from db.dates import today
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.citations import cited
from db.reading.listings import first_and_last

# Links that are acts, too: whom a body took over from it did when it was there.
_UNOPENED = """
SELECT r.id FROM json_each(:ids) j CROSS JOIN record r ON r.id = j.value
 WHERE r.kind NOT IN ('person', 'document') AND (r.opened IS NULL OR r.opened LIKE 'X%')
   AND NOT EXISTS (SELECT 1 FROM link WHERE source_id = r.id AND since <= substr(:day, 1, length(since)))
   AND NOT EXISTS (SELECT 1 FROM link WHERE target_id = r.id AND since <= substr(:day, 1, length(since)))"""


def not_dated(connection: sqlite3.Connection, ids: Iterable[int], day: Day) -> frozenset[int]:
    """Return those of some organisations, arrangements and sites of which nothing tells that they were there by a day.

    Nobody says when they opened, no link of theirs began by then, and the first list that has one is of a later day.
    What is there today is there on days to come.
    """
    if day.iso >= today():
        return frozenset()
    unopened = [number for (number,) in connection.execute(_UNOPENED, {"ids": id_list(ids), "day": day.iso})]
    told = cited(connection, "record", unopened)
    first = {one: first_and_last([told.days[by] for by in told.evidence.get(one, ())], {})[0] for one in unopened}
    return frozenset(one for one, listed in first.items() if listed is None or day.precedes(listed))


def known_on(is_open: bool | None, status: str | None, *, dated: bool) -> tuple[bool | None, str | None]:
    """Return what is known on a day of whether a record was open, and of its status: not that what is not dated was."""
    return (None, None) if is_open and not dated and status in (None, "open") else (is_open, status)
