"""Who says that a body has closed, for links that ended with it: those who tell of the link, as a rule, do not."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from db.model import Link
from db.parameters import id_list
from db.reading.citations import cited

_BODIES = """
SELECT r.key, r.id, v.id
  FROM json_each(?) j CROSS JOIN link l ON l.id = j.value JOIN record r ON r.id IN (l.source_id, l.target_id)
  LEFT JOIN value v ON v.record_id = r.id AND v.what = 'closed' AND v.chosen"""


def with_who_closed(connection: sqlite3.Connection, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return links with who states the day on which the body closed with which they ended."""
    ended = {link.id for link in links if link.ended_with is not None and link.ended_with.closed is not None}
    if not ended:
        return links
    found = _who_closed(connection, ended)
    return tuple(
        link._replace(ended_with=link.ended_with._replace(evidence=found.get(link.ended_with.key, ())))
        if link.ended_with and link.id in ended
        else link
        for link in links
    )


def _who_closed(connection: sqlite3.Connection, links: Collection[int]) -> dict[str, tuple[int, ...]]:
    """Return who states when the ends of links closed, by their keys: whoever describes one, unless not all do."""
    rows = connection.execute(_BODIES, (id_list(links),)).fetchall()
    values = cited(connection, "value", {value for _, _, value in rows if value is not None})
    own = cited(connection, "record", {record for _, record, value in rows if value is None})
    return {key: own.of(record, ()) if value is None else values.of(value, ()) for key, record, value in rows}
