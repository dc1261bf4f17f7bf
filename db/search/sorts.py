"""The sorts of body that a text speaks of: one of which there are none any more, or one that a question asks for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from db.parameters import marks
from db.search.candidates import SearchIndex
from db.search.layout import TYPE_WORDS, of_type
from db.search.text import expanded, plain

_ASKING = ("which", "what")


class KnownSorts(NamedTuple):
    """The words for sorts of body, in full and in letters."""

    past: frozenset[str]
    """Those for what has ended as a whole."""
    types: dict[str, frozenset[str]]
    """The types that each stands for, as the index has them."""


def speaks_of_the_past(index: SearchIndex, readings: Iterable[str]) -> bool:
    """Whether a text has the words for a sort of body that has ended as a whole: `primary care trust`, `ccg`."""
    return any(f" {sort} " in f" {text} " for text in readings for sort in _known(index).past)


def sort_asked(index: SearchIndex, readings: Iterable[str]) -> frozenset[str]:
    """Return the types that a question asks for, as the index has them: `which icb covers leeds` asks for a board."""
    for text in readings:
        words = text.split()
        if words[0] in _ASKING and len(words) > 2:
            types = _known(index).types
            for end in range(len(words), 1, -1):
                if found := types.get(" ".join(words[1:end])):
                    return found
    return frozenset()


def _known(index: SearchIndex) -> KnownSorts:
    if index.memory is None:
        return _read(index.conn)
    found = index.memory.sorts
    if not isinstance(found, KnownSorts):
        found = index.memory.sorts = _read(index.conn)
    return found


def _read(conn: sqlite3.Connection) -> KnownSorts:
    past: set[str] = set()
    types: dict[str, frozenset[str]] = {}
    sql = f"SELECT name, label, extra FROM term WHERE vocabulary IN ({marks(TYPE_WORDS)})"
    for name, label, more in conn.execute(sql, TYPE_WORDS):
        extra = json.loads(more or "{}")
        for said in (label.partition(" (")[0], *extra.get("aliases", ())):
            for spelt in {plain(said), expanded(plain(said))}:
                types[spelt] = types.get(spelt, frozenset()) | {of_type(name)}
                if extra.get("past"):
                    past.add(spelt)
    return KnownSorts(frozenset(past), types)
