"""Records by a name that is theirs exactly, but for case, accents and punctuation."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from typing import NamedTuple

_APOSTROPHES = re.compile(r"['’‘`´]")
_BETWEEN = re.compile(r"[\W_]+")


class Named(NamedTuple):
    """A record that has the name; the lower `rank`, the surer that it is the one meant."""

    rank: int
    key: str
    name: str


def folded(text: str) -> str:
    """Return a name as it is compared: small letters without accents, words apart by one space, `&` read as `and`."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).replace("&", " and "))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", letters.casefold()).strip()


def records_named(connection: sqlite3.Connection, text: str) -> list[Named]:
    """Return every record with the name, each once: 0 official, 1 another name in use, 2 former; 3 to 5 if closed."""
    wanted = folded(text)
    best: dict[str, Named] = {}
    if not wanted:
        return []
    for name, kind, key, shown, is_open in connection.execute(
        """SELECT n.name, n.kind, r.key, r.name, r.open FROM name n JOIN record r ON r.id = n.record_id"""
    ):
        if folded(name) == wanted:
            rank = {"official": 0, "former": 2}.get(kind, 1) + (3 if is_open == 0 else 0)
            if key not in best or rank < best[key].rank:
                best[key] = Named(rank, key, shown)
    return sorted(best.values())
