"""Words by which people know a company: those with which the names of its hospitals begin."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from db.parameters import id_list
from db.search.hospitals import HOSPITAL
from db.search.linked import of_types
from db.search.text import plain

_SORT_WORDS = frozenset(
    "care company cic clinic eye group health healthcare hospital hospitals international limited ltd medical plc"
    " uk".split()
)
"""Words that tell what sort of company it is, which people leave out."""
_FEWEST = 2
"""Hospitals whose names begin alike."""
_RUN = f"""
SELECT l.target_id, r.name FROM json_each(?) j CROSS JOIN link l ON l.target_id = j.value
 AND {of_types("operated-by")} JOIN record r ON r.id = l.source_id
 WHERE r.kind = 'site' AND r.type = '{HOSPITAL}'"""


def brands_of(conn: sqlite3.Connection, companies: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Return, in plain words, the brands of companies, given with their names, of which some have one: `cygnet`."""
    names = dict(companies)
    begun: dict[int, Counter[str]] = {}
    for number, hospital in conn.execute(_RUN, (id_list(names),)) if names else ():
        brand = _shared(_words(names[number]), _words(hospital))
        if brand:
            begun.setdefault(number, Counter())[brand] += 1
    return {number: [one for one, times in found.items() if times >= _FEWEST] for number, found in begun.items()}


def called_by_brand(brands: Iterable[str]) -> list[str]:
    """Return, in plain words, what people call a company of those brands."""
    return [said for one in brands for said in (one, f"the {one}", f"{one} hospitals", f"{one} healthcare")]


def _words(name: str) -> list[str]:
    return plain(name).removeprefix("the ").split()


def _shared(words: list[str], others: list[str]) -> str:
    """Return the words with which both begin, without those for a sort of company at the end."""
    end = 0
    while end < min(len(words), len(others)) and words[end] == others[end]:
        end += 1
    while end and words[end - 1] in _SORT_WORDS:
        end -= 1
    return " ".join(words[:end])
