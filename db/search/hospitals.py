"""Towns in which public bodies have hospitals: people ask for a trust where they were treated, not at its office."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from db.parameters import marks

_AT_ONCE = 400


def hospitals_in_towns(conn: sqlite3.Connection, run: Mapping[int, Iterable[int]]) -> dict[int, list[tuple[str, str]]]:
    """Return the towns and names of those hospitals that each record runs, where a town is known."""
    listed = sorted(set().union(*run.values()))
    known: dict[int, tuple[str, str]] = {}
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        sql = f"SELECT id, town, name FROM record WHERE id IN ({marks(some)}) AND town IS NOT NULL"
        known.update((number, (town, name)) for number, town, name in conn.execute(sql, some))
    return {one: [known[site] for site in sites if site in known] for one, sites in run.items()}
