"""What a search of the past finds: records as they stood on a day, under the names that were in force."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.parameters import marks
from db.reading.as_of import Day, Kind, kinds_on, names_on
from db.results import Brief, Hit
from db.search.memory import Shown


def stands(record: Shown, day: Day, *, closed: bool) -> Shown | None:
    """Return a record as it stood on a day; None where it was not yet open, or closed and not asked for."""
    is_open = None if record.open is None else bool(record.open)
    state, status = day.state(is_open, record.status, record.opened, record.closed)
    hidden = state is False and record.kind in ("organisation", "site") and not closed
    if day.excludes(record.opened, None if closed else record.closed) or hidden:
        return None
    return record._replace(open=None if state is None else int(state), status=status)


def as_they_were(conn: sqlite3.Connection, hits: Iterable[Hit], day: Day) -> tuple[Hit, ...]:
    """Return the hits as what they were on a day, under the names that were in force."""
    listed = tuple(hits)
    if not listed:
        return ()
    keys = [hit.brief.key for hit in listed]
    numbers = dict(conn.execute(f"SELECT key, id FROM record WHERE key IN ({marks(keys)})", keys).fetchall())
    names = names_on(conn, day, [(numbers[hit.brief.key], hit.brief.name) for hit in listed])
    now = {numbers[hit.brief.key]: Kind(hit.brief.kind, hit.brief.type) for hit in listed}
    then = {**now, **kinds_on(conn, day, now)}

    def as_it_was(brief: Brief) -> Brief:
        number = numbers[brief.key]
        return brief._replace(name=names[number], kind=then[number].kind, type=then[number].type)

    return tuple(hit._replace(brief=as_it_was(hit.brief)) for hit in listed)
