"""The records that a question names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from db.dates import earliest
from db.errors import no_record
from db.parties import Party
from db.reading.as_of import Day
from db.reading.kinds_on import Kind, kinds_on
from db.reading.names_on import names_on, names_then


class NamedRecord(NamedTuple):
    """A record by its number, named as it was on the day that is asked about."""

    id: int
    key: str
    kind: str
    name: str


def end_of(connection: sqlite3.Connection, key: str, day: Day | None) -> NamedRecord:
    """Return the record of a key. Raises NotFoundError."""
    found = connection.execute("SELECT id, key, kind, name FROM record WHERE key = ?", (key,)).fetchone()
    if found is None:
        raise no_record(key)
    end = NamedRecord._make(found)
    return end if day is None else on_day(connection, end, day)


def then_called(
    connection: sqlite3.Connection, dated: Iterable[tuple[str | None, Party]]
) -> dict[tuple[str | None, Party], str]:
    """Return what records were called on days, where lists or dates tell of another name."""
    wanted = {(date, party) for date, party in dated if date and earliest(date)}
    query = "SELECT r.key, r.id FROM json_each(?) j CROSS JOIN record r ON r.key = j.value"
    numbers = dict(connection.execute(query, (json.dumps(sorted({party.key for _, party in wanted})),)))
    named = ((date, numbers[party.key], party.name) for date, party in wanted)
    told = names_then(connection, named, happened=True)
    return {(date, party): name for date, party in wanted if (name := told.get((date, numbers[party.key])))}


def on_day(connection: sqlite3.Connection, end: NamedRecord, day: Day) -> NamedRecord:
    """Return a record named, and of the kind that it was, on a day."""
    kinds = kinds_on(connection, day, {end.id: Kind(end.kind, None)})
    name = names_on(connection, day, ((end.id, end.name),))[end.id]
    return end._replace(name=name, kind=kinds[end.id].kind if end.id in kinds else end.kind)
