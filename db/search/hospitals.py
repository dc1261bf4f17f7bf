"""Towns in which public bodies have hospitals: people ask for a trust where they were treated, not at its office."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from db.parameters import id_list


def hospitals_in_towns(conn: sqlite3.Connection, run: Mapping[int, Iterable[int]]) -> dict[int, list[tuple[str, str]]]:
    """Return the towns and names of those hospitals that each record runs, where a town is known."""
    sites = id_list(site for several in run.values() for site in several)
    sql = "SELECT r.id, r.town, r.name FROM json_each(?) j JOIN record r ON r.id = j.value WHERE r.town IS NOT NULL"
    known = {number: (town, name) for number, town, name in conn.execute(sql, (sites,))}
    return {one: [known[site] for site in several if site in known] for one, several in run.items()}
