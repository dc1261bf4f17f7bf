"""The sorts of body that a text speaks of: one of which there are none any more, or one that a question asks for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from db.parameters import marks
from db.search.candidates import SearchIndex
from db.search.layout import TYPE_WORDS, of_type
from db.search.text import expanded, needed_words, plain

_ASKING = ("which", "what")


def speaks_of_the_past(index: SearchIndex, readings: Iterable[str]) -> bool:
    """Whether a text has the words for a sort of body that has ended as a whole: `primary care trust`, `ccg`."""
    return any(f" {sort} " in f" {text} " for text in readings for sort in _types(index, "past"))


def sort_asked(index: SearchIndex, readings: Iterable[str]) -> frozenset[str]:
    """Return the types that a question asks for, as the index has them: `which icb covers leeds` asks for a board."""
    for text in readings:
        words = text.split()
        if words[0] in _ASKING and len(words) > 2:
            types = _types(index)
            for end in range(len(words), 1, -1):
                if found := types.get(" ".join(words[1:end])):
                    return found
    return frozenset()


def sort_named(index: SearchIndex, readings: Iterable[str]) -> frozenset[str]:
    """Return the types whose words a text begins or ends with beside others, of those that are looked for by area."""
    for text in readings:
        if _longest(_types(index, "by_area"), text):
            return _longest(_types(index), text)
    return frozenset()


def without_sort(index: SearchIndex, text: str) -> str:
    """Return a text without the longest words for a sort of body with which it begins or ends; else nothing."""
    said = [one for one in _types(index) if text.startswith(f"{one} ") or text.endswith(f" {one}")]
    longest = max(said, key=len, default=text)
    return " ".join(needed_words(f" {text} ".replace(f" {longest} ", " ").strip() or "")) if said else ""


def _longest(types: dict[str, frozenset[str]], text: str) -> frozenset[str]:
    """Return the types of the longest words for a sort with which a text begins or ends beside others."""
    said = [sort for sort in types if text.startswith(f"{sort} ") or text.endswith(f" {sort}")]
    return types[max(said, key=len)] if said else frozenset()


def _types(index: SearchIndex, told: str = "") -> dict[str, frozenset[str]]:
    """Return the words for sorts of body, in full and in letters, with the types that each stands for in the index.

    Of those alone of which something is `told`, where it is: a dozen have ended as a whole, for which each search asks.
    """
    kept = index.memory.sorts
    if told not in kept:
        kept[told] = _read(index.conn, told)
    return kept[told]


def _read(conn: sqlite3.Connection, told: str) -> dict[str, frozenset[str]]:
    types: dict[str, frozenset[str]] = {}
    sql = f"SELECT name, label, extra FROM term WHERE vocabulary IN ({marks(TYPE_WORDS)})"
    rows = (
        conn.execute(f"{sql} AND instr(extra, ?)", (*TYPE_WORDS, f'"{told}"'))
        if told
        else conn.execute(sql, TYPE_WORDS)
    )
    for name, label, more in rows:
        extra = json.loads(more or "{}")
        if told and not extra.get(told):
            continue
        for said in (label.partition(" (")[0], *extra.get("aliases", ()), *extra.get("said", ())):
            for spelt in {plain(said), expanded(plain(said))}:
                types[spelt] = types.get(spelt, frozenset()) | {of_type(name)}
    return types
