"""Towns in which public bodies have hospitals: people ask for a trust where they were treated, not at its office."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from db.parameters import id_list
from db.search.text import plain

_HOSPITAL_WORDS = frozenset(("hospital", "hospitals", "infirmary"))
_ACUTE, _SORTS = "acute", ("ambulance", "community", "mental")
"""Words by which a list tells the sort of a trust: people go to the hospital of an acute one."""


def hospitals_in_towns(conn: sqlite3.Connection, run: Mapping[int, Iterable[int]]) -> dict[int, list[tuple[str, str]]]:
    """Return the towns and names of those hospitals that each record runs, where a town is known."""
    sites = id_list(site for several in run.values() for site in several)
    sql = "SELECT r.id, r.town, r.name FROM json_each(?) j JOIN record r ON r.id = j.value WHERE r.town IS NOT NULL"
    known = {number: (town, name) for number, town, name in conn.execute(sql, (sites,))}
    return {one: [known[site] for site in several if site in known] for one, several in run.items()}


def towns_called(
    town: str | None, hospitals: Iterable[tuple[str, str]], texts: Iterable[str]
) -> tuple[set[str], set[str]]:
    """Return the towns by which people call a public body, and others in which it has some place.

    By that of its office and those of its hospitals, unless it is told to be of a sort that gives other care.
    """
    said = {word for text in texts for word in plain(text).split()}
    places = {where for where, _ in hospitals} | ({town} if town else set())
    if _ACUTE not in said and not said.isdisjoint(_SORTS):
        return set(), places
    own = {where for where, name in hospitals if not _HOSPITAL_WORDS.isdisjoint(plain(name).split())}
    own |= {town} if town else set()
    return own, places - own
