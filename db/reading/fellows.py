"""Who else is linked as a record is, for the few links of which a page tells that: who shares its group, say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from db.dates import today
from db.model import Link
from db.parameters import id_list
from db.parties import Party
from db.reading.as_of import Day
from db.reading.link_rows import LinkRow, numbered_link_rows
from db.reading.links import links_on
from db.reading.standing import standing
from db.reading.ties import told_of_several

_FELLOWS = """
SELECT l.target_id, l.id FROM json_each(?1) j CROSS JOIN link l ON l.target_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name IN (SELECT value FROM json_each(?2))
  JOIN record s ON s.id = l.source_id
 WHERE l.source_id <> ?3 AND (?4 = '[]' OR s.type IN (SELECT value FROM json_each(?4)))"""


def with_others(
    connection: sqlite3.Connection, record_id: int, rows: Sequence[LinkRow], links: tuple[Link, ...], day: Day | None
) -> tuple[Link, ...]:
    """Return links of a record, those under a heading that has it told with who else is linked so.

    Whoever has left is no fellow of one who has not.
    """
    wanted: dict[tuple[str, tuple[str, ...], tuple[str, ...]], set[int]] = {}
    for row in rows:
        if row.heading.others and row.direction == "out":
            ties = row.heading.other_ties or (row.type,)
            wanted.setdefault((row.type, ties, row.heading.other_types), set()).add(row.other_id)
    found: dict[tuple[str, int], list[tuple[LinkRow, bool]]] = {}
    for (link_type, ties, types), targets in wanted.items():
        shared: dict[int, list[int]] = {}
        asked = (id_list(targets), json.dumps(ties), record_id, json.dumps(types))
        for target, number in connection.execute(_FELLOWS, asked):
            shared.setdefault(target, []).append(number)
        found |= {(link_type, one): fellows for one, fellows in _fellows(connection, shared, day).items()}
    return tuple(
        link
        if (fellows := found.get((row.type, row.other_id))) is None
        else link._replace(others=_told(fellows, past=link.status == "past"), others_as=row.heading.others)
        for row, link in zip(rows, links, strict=True)
    )


def _fellows(
    connection: sqlite3.Connection, shared: dict[int, list[int]], day: Day | None
) -> dict[int, list[tuple[LinkRow, bool]]]:
    """Return who is linked to what, by the numbers of that, and whether it is over."""
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
