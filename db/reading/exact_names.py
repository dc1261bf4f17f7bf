"""Records by a name that is theirs exactly, but for case, accents, punctuation and this field's abbreviations."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from db.search.expressions import name_match
from db.search.layout import RECORD_MASK
from db.search.normalise import forms


class Named(NamedTuple):
    """A record that has the name; the lower `rank`, the surer that it is the one meant."""

    rank: int
    key: str
    name: str


def records_named(connection: sqlite3.Connection, text: str) -> list[Named]:
    """Return every record with the name, each once: 0 official, 1 another name in use, 2 former; 3 to 5 if closed."""
    wanted = set(forms(text))
    if not wanted:
        return []
    best: dict[str, Named] = {}
    # Written out, because a view looks up numbers that it is given and reads all rows for those of a subquery.
    listed = ",".join(map(str, _candidates(connection, wanted)))
    for name, verbatim, kind, key, shown, is_open in connection.execute(
        "SELECT n.name, n.verbatim, n.kind, r.key, r.name, r.open "
        f"FROM name n JOIN record r ON r.id = n.record_id WHERE n.record_id IN ({listed})"
    ):
        if not wanted.isdisjoint((*forms(name), *forms(verbatim or ""))):
            rank = {"official": 0, "former": 2}.get(kind, 1) + (3 if is_open == 0 else 0)
            if key not in best or rank < best[key].rank:
                best[key] = Named(rank, key, shown)
    return sorted(best.values())


def _candidates(connection: sqlite3.Connection, wanted: set[str]) -> list[int]:
    """Return the records that the search index knows by one of these spellings as a whole name."""
    sql = f"SELECT rowid & {RECORD_MASK} FROM search WHERE search MATCH ?"
    return [row[0] for row in connection.execute(sql, (name_match(sorted(wanted)),))]
