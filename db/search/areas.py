"""Places by which people look for a board, a system or a network that has another name: the councils of its area."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.parameters import id_list
from db.search.called import area_of_council
from db.search.linked import SUCCESSORS, of_types

_PARTS = f"""
SELECT j.value, l.source_id FROM json_each(?1) j CROSS JOIN link l ON l.target_id = j.value
 AND {of_types("sub-division-of")}
UNION SELECT j.value, l.target_id FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value
 AND {of_types("serves")}"""
"""SQL: what boards consist of and networks serve."""
_WHOLES = f"""
SELECT l.target_id FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value AND {of_types("sub-division-of")}
UNION SELECT l.source_id FROM json_each(?1) j CROSS JOIN link l ON l.target_id = j.value AND {of_types("serves")}"""
_PARTNERSHIPS = """
SELECT j.value, c.source_id FROM json_each(?) j JOIN link l ON l.source_id = j.value
 JOIN record p ON p.id = l.target_id AND p.type = 'integrated-care-partnership' JOIN link c ON c.target_id = p.id"""
"""SQL: boards with who takes part in their partnerships."""
_SYSTEMS = f"""
SELECT l.source_id, l.target_id FROM json_each(?) j CROSS JOIN link l ON l.{{}} = j.value
 AND {of_types("convened-by", "became")} JOIN record s ON s.id = l.source_id WHERE s.kind = 'arrangement'"""
"""SQL: systems and footprints with the boards that convene them or came after them, with one of the ends given."""
_SHARING = f"""
SELECT l.source_id, l.target_id FROM json_each(?) j CROSS JOIN link l ON l.{{}} = j.value
 AND {of_types("shares-population-with")}"""
"""SQL: parts of boards with the councils of their area, with one of the ends given."""


class Areas(NamedTuple):
    """The places that the area of a record has, and the parts whose links tell it."""

    names: tuple[str, ...] = ()
    parts: tuple[int, ...] = ()


NOWHERE = Areas()


def areas_of(
    conn: sqlite3.Connection,
    ids: Sequence[int],
    before: Mapping[int, Sequence[int]],
    nicknames: Mapping[str, Sequence[tuple[str, str]]],
) -> dict[int, Areas]:
    """Return the areas of those of some records that are boards or networks, or that a board convenes or came after.

    Those that came after others have the parts of these, `before`, as well. `nicknames` has, by key, what people call
    councils by places in their areas.
    """
    boards = {one: {one, *before.get(one, ())} for one in ids}
    for system, board in conn.execute(_SYSTEMS.format("source_id"), (id_list(ids),)):
        boards[system].add(board)
    parts, councils = defaultdict(set), defaultdict(set)
    asked = id_list(set().union(*boards.values()))
    for whole, part in conn.execute(_PARTS, (asked,)):
        parts[whole].add(part)
    for part, council in conn.execute(_SHARING.format("source_id"), (id_list(set().union(*parts.values())),)):
        councils[part].add(council)
    for board, council in conn.execute(_PARTNERSHIPS, (asked,)):
        parts[board].add(board)
        councils[board].add(council)
    listed = id_list(set().union(*councils.values()))
    places = {
        number: {*map(area_of_council, (name, *(one for one, _ in nicknames.get(key, ()))))} - {""}
        for number, name, key in conn.execute(
            "SELECT r.id, r.name, r.key FROM json_each(?) j JOIN record r ON r.id = j.value", (listed,)
        )
    }
    found = {}
    for one, several in boards.items():
        of_area = {part for board in several for part in parts[board] if part in councils}
        called = {place for part in of_area for council in councils[part] for place in places[council]}
        if of_area:
            found[one] = Areas(tuple(sorted(called)), tuple(sorted(of_area - {one})))
    return found


def areas_told_by(conn: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """Return the records whose areas may follow from some: boards with these as parts or councils, their systems."""
    parts = {row[0] for row in conn.execute(_SHARING.format("target_id"), (id_list(ids),))}
    boards = {row[0] for row in conn.execute(_WHOLES, (id_list(parts.union(ids)),))}
    boards |= {row[0] for row in conn.execute(SUCCESSORS.format("source_id"), (id_list(boards),))}
    return boards.union(row[0] for row in conn.execute(_SYSTEMS.format("target_id"), (id_list(boards.union(ids)),)))
