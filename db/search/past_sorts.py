"""Sorts of body of which there are none any more: who asks for one of them means what has closed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from db.search.candidates import SearchIndex
from db.search.text import expanded, plain


def speaks_of_the_past(index: SearchIndex, readings: Iterable[str]) -> bool:
    """Whether a text has the words for a sort of body that has ended as a whole: `primary care trust`, `ccg`."""
    if index.memory is None:
        known = _past(index.conn)
    else:
        known = index.memory.past_sorts = index.memory.past_sorts or _past(index.conn)
    return any(f" {sort} " in f" {text} " for text in readings for sort in known)


def _past(conn: sqlite3.Connection) -> list[str]:
    sql = "SELECT label, extra FROM term WHERE vocabulary = 'organisation_types' AND json_extract(extra, '$.past')"
    found = ((label.partition(" (")[0], *json.loads(extra).get("aliases", ())) for label, extra in conn.execute(sql))
    return sorted({spelt for several in found for one in several for spelt in (plain(one), expanded(plain(one)))})
