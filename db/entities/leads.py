"""Leads whom a source names in words that may mean nobody or several people: a person is asked who it is."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection

from db.entities.suggestions import Question, keep_questions
from db.parameters import chunks, id_list
from db.search.expressions import name_match
from db.search.layout import RECORD_MASK
from db.search.text import forms
from db.store.changelog import Changelog

RULE = "unclear-lead"
PROPERTY = "lead-as-written"
"""The property of facts that hold such words."""
_APART = re.compile(r"[,;/()&]|\band\b")
_LONGEST = 6
"""Words of a person's name, titles and honours included."""
_LEADS = """
SELECT r.id, r.key, f.text FROM json_each(?) j CROSS JOIN record r ON r.id = j.value JOIN fact f ON f.record_id = r.id
 WHERE f.property = ? AND f.text IS NOT NULL
"""


def ask_for_leads(changelog: Changelog, touched: Collection[int]) -> None:
    """Have a suggestion for each unclear lead of the touched records, with the people of the register who may be meant.

    The search index must be up to date.
    """
    if not touched:
        return
    changelog.flush()
    connection = changelog.connection
    questions = [
        Question(record, f"{key} has “{text}” for its lead: who is that?", _people(connection, text))
        for chunk in chunks(touched)
        for record, key, text in connection.execute(_LEADS, (id_list(chunk), PROPERTY)).fetchall()
    ]
    keep_questions(changelog, RULE, questions, lambda held: held.record in touched)


def _people(connection: sqlite3.Connection, text: str) -> str:
    """The people of the register whose names stand in a text, as candidates."""
    parts = [part for part in _APART.split(text) if 2 <= len(part.split()) <= _LONGEST]
    wanted = {form for part in parts for form in forms(part)}
    if not wanted:
        return "[]"
    rows = connection.execute(
        f"SELECT rowid & {RECORD_MASK} FROM _search WHERE _search MATCH ?", (name_match(sorted(wanted)),)
    )
    listed = ",".join(str(row) for (row,) in rows)
    names = connection.execute(
        "SELECT r.key, r.name, n.name FROM name n JOIN record r ON r.id = n.record_id "
        f"WHERE n.record_id IN ({listed}) AND r.kind = 'person' ORDER BY r.key"
    )
    found = {key: shown for key, shown, name in names if not wanted.isdisjoint(forms(name))}
    return json.dumps([{"key": key, "name": shown, "score": 100.0} for key, shown in found.items()])
