"""Who else takes part in what a record takes part in, for the few arrangements of which a page tells that."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from db.dates import today
from db.model import Link, Party
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.link_rows import LinkRow, numbered_link_rows
from db.reading.links import links_on
from db.reading.standing import standing
from db.reading.ties import told_of_several

_PARTICIPANTS = """
SELECT l.target_id, l.id FROM json_each(?) j CROSS JOIN link l ON l.target_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'participates-in' WHERE l.source_id <> ?"""


def with_others(
    connection: sqlite3.Connection, record_id: int, rows: Sequence[LinkRow], links: tuple[Link, ...], day: Day | None
) -> tuple[Link, ...]:
    """Return links of a record, those under a heading that has it told with who else takes part there.

    Whoever has left is no fellow of one who has not.
    """
    wanted = {row.other_id for row in rows if row.heading.with_others}
    if not wanted:
        return links
    shared: dict[int, list[int]] = {}
    for arrangement, number in connection.execute(_PARTICIPANTS, (id_list(wanted), record_id)):
        shared.setdefault(arrangement, []).append(number)
    found = _fellows(connection, shared, day)
    return tuple(
        replace(link, others=_told(found[row.other_id], past=link.status == "past")) if row.other_id in found else link
        for row, link in zip(rows, links, strict=True)
    )


def _fellows(
    connection: sqlite3.Connection, shared: dict[int, list[int]], day: Day | None
) -> dict[int, list[tuple[LinkRow, bool]]]:
    """Return who takes part in arrangements, by the numbers of these, and whether that is over."""
    numbers = [number for several in shared.values() for number in several]
    rows = {row.id: row for row in numbered_link_rows(connection, "in", numbers)}
    seen = {arrangement: [rows[one] for one in several if one in rows] for arrangement, several in shared.items()}
    told = told_of_several(connection, seen)
    now = Day(today())
    return {
        arrangement: [
            (row, standing(told.ties[row.id], now).status == "past" and day is None)
            for row in (several if day is None else links_on(connection, several, told, day).there)
        ]
        for arrangement, several in seen.items()
    }


def _told(fellows: Sequence[tuple[LinkRow, bool]], *, past: bool) -> tuple[Party, ...]:
    """Return each once, in the order in which lists have them."""
    named = {row.key: row.name for row, over in fellows if past or not over}
    return tuple(Party(key, named[key]) for key in sorted(named, key=lambda key: (named[key].casefold(), key)))
