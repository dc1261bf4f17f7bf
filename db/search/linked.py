"""Reading links as far as the index wants them: never all of a hub, as regions and boards are, which has thousands."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from db.parameters import id_list
from db.search.hospitals import IS_HOSPITAL

_MOST_TIES = 300
_MANY = 500
"""Links that lead to a record from which on it is quicker to go through all that may be at the other end."""


def of_types(*names: str) -> str:
    """Return SQL that links `l` are of some types, which the indexes of both ends tell: no other link is read."""
    return f"l.type_id IN (SELECT id FROM link_type WHERE name IN ({','.join(map(repr, names))}))"


SUCCESSORS = f"""
SELECT l.target_id, l.source_id FROM json_each(?) j CROSS JOIN link l ON l.{{}} = j.value
 AND {of_types("succeeded-by", "became")} JOIN record p ON p.id = l.source_id WHERE p.open = 0"""
"""SQL: who came after those that have closed, and what they came after, with one of the ends given."""


def leading_to(conn: sqlite3.Connection, ids: Iterable[int], wanted: str) -> Iterator[tuple[int, int]]:
    """Yield some records with those that have a link to them and are `wanted`, as SQL tells it of a record.

    It must leave out organisations, of which there are most.
    """
    listed = set(ids)
    hubs = _hubs(conn, listed)
    if listed - hubs:
        sql = (
            "SELECT l.target_id, l.source_id FROM json_each(?) j CROSS JOIN link l ON l.target_id = j.value"
            f" WHERE EXISTS (SELECT 1 FROM record WHERE id = l.source_id AND {wanted})"
        )
        yield from conn.execute(sql, (id_list(listed - hubs),))
    if hubs:
        sql = (
            f"SELECT l.target_id, l.source_id FROM (SELECT id FROM record WHERE kind <> 'organisation' AND {wanted}) r"
            " CROSS JOIN link l ON l.source_id = r.id WHERE l.target_id IN (SELECT value FROM json_each(?))"
        )
        yield from conn.execute(sql, (id_list(hubs),))


def _hubs(conn: sqlite3.Connection, ids: set[int]) -> set[int]:
    """Return those of some records to which many links lead."""
    sql = (
        "SELECT j.value FROM json_each(?) j"
        f" WHERE EXISTS (SELECT 1 FROM link WHERE target_id = j.value LIMIT 1 OFFSET {_MANY})"
    )
    return {row[0] for row in conn.execute(sql, (id_list(ids),))} if ids else set()


def hospitals_of(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the hospitals that each of those records has a link with, or had one that it alone came after."""
    if not ids:
        return {}
    heirs: defaultdict[int, set[int]] = defaultdict(set)
    before = [row[1] for row in conn.execute(SUCCESSORS.format("target_id"), (id_list(ids),))]
    for heir, one in conn.execute(SUCCESSORS.format("source_id"), (id_list(before),)) if before else ():
        heirs[one].add(heir)
    found: defaultdict[int, set[int]] = defaultdict(set)
    asked, known = {*ids, *heirs}, set(ids)
    sql = (
        "SELECT l.source_id, l.target_id FROM json_each(?) j CROSS JOIN link l ON l.source_id = j.value"
        f" WHERE EXISTS (SELECT 1 FROM record WHERE id = l.target_id AND {IS_HOSPITAL})"
    )
    for one, site in chain(conn.execute(sql, (id_list(asked),)), leading_to(conn, asked, IS_HOSPITAL)):
        for body in {one, *(heirs[one] if len(heirs[one]) == 1 else ())} & known:
            found[body].add(site)
    return {one: tuple(sorted(sites)[:_MOST_TIES]) for one, sites in found.items()}
