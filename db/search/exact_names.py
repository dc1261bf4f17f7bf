"""Records by a name that is theirs exactly, but for case, accents, punctuation and this field's abbreviations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from db.parameters import marks
from db.search.expressions import name_match
from db.search.layout import RECORD_MASK
from db.search.text import forms


class ExactName(NamedTuple):
    """A record that has the name; the lower `rank` and then `weight`, the surer that it is the one meant."""

    rank: int
    """0 for the official name, 1 for another in use, 2 for a former one; 3 to 5 of what is closed or a placeholder."""
    weight: int
    """What `weights` returns."""
    key: str
    name: str


def records_named(connection: sqlite3.Connection, text: str) -> list[ExactName]:
    """Return every record with the name, each once, the one that is meant most surely first."""
    wanted = set(forms(text))
    if not wanted:
        return []
    best: dict[str, tuple[int, str]] = {}
    # Written out, because a view looks up numbers that it is given and reads all rows for those of a subquery.
    listed = ",".join(map(str, _candidates(connection, wanted)))
    for name, verbatim, kind, key, shown, is_past in connection.execute(
        "SELECT n.name, n.verbatim, n.kind, r.key, r.name, r.open = 0 OR r.placeholder "
        f"FROM name n JOIN record r ON r.id = n.record_id WHERE n.record_id IN ({listed})"
    ):
        if not wanted.isdisjoint((*forms(name), *forms(verbatim or ""))):
            rank = {"official": 0, "former": 2}.get(kind, 1) + (3 if is_past else 0)
            best[key] = min((rank, shown), best.get(key, (rank, shown)))
    weight = weights(connection, best)
    return sorted(ExactName(rank, weight[key], key, shown) for key, (rank, shown) in best.items())


def weights(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """Return numbers that tell which of some records is meant by a name that they share: the one with the lowest.

    0 are public bodies, 1 other bodies, arrangements and people, 2 codes and places of bodies and documents, 3
    placeholders; `meant` in the vocabulary of types tells which types are the first and the last.
    """
    listed = list(keys)
    return dict(
        connection.execute(
            "SELECT r.key, CASE WHEN r.placeholder THEN 3 WHEN r.kind IN ('site', 'document') THEN 2"
            " WHEN r.kind = 'organisation' THEN CASE json_extract(t.extra, '$.meant')"
            " WHEN 'first' THEN 0 WHEN 'last' THEN 2 ELSE 1 END ELSE 1 END"
            " FROM record r LEFT JOIN term t ON t.vocabulary = 'organisation_types' AND t.name = r.type"
            f" WHERE r.key IN ({marks(listed)})",
            listed,
        )
    )


def _candidates(connection: sqlite3.Connection, wanted: set[str]) -> list[int]:
    """Return the records that the search index knows by one of these spellings as a whole name."""
    sql = f"SELECT rowid & {RECORD_MASK} FROM _search WHERE _search MATCH ?"
    return [row[0] for row in connection.execute(sql, (name_match(sorted(wanted)),))]
