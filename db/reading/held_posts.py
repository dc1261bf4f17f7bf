"""The posts of people with how each stands today, by what sources state and the days of their lists, as links stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.dates import today
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.link_rows import LinkRow, numbered_link_rows
from db.reading.standing import standing
from db.reading.ties import told_of_several
from db.reading.vocabulary import Labels
from db.results import HeldPost

_POSTS = """
SELECT l.id, l.source_id FROM json_each(?) j CROSS JOIN link l ON l.source_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'holds-post-in'"""
_ORDER = ("current", None, "past")


def held_posts(connection: sqlite3.Connection, people: Iterable[int]) -> dict[int, tuple[HeldPost, ...]]:
    """Return by record the posts of people, those of today first and those that are over last."""
    holders: dict[int, int] = dict(connection.execute(_POSTS, (id_list(people),)))
    if not holders:
        return {}
    seen: dict[int, list[LinkRow]] = {}
    for row in numbered_link_rows(connection, "out", holders):
        seen.setdefault(holders[row.id], []).append(row)
    ties, words, now = told_of_several(connection, seen).ties, Labels(connection), Day(today())
    found: dict[int, tuple[HeldPost, ...]] = {}
    for person, rows in seen.items():
        posts: dict[str, HeldPost] = {}
        stands = {row: standing(ties[row.id], now) for row in rows}
        for row in sorted(rows, key=lambda row: (_place(stands[row].status), row.open == 0, row.id)):
            role = words.label_or_none("roles", row.role) or row.role
            text = f"{role}, {row.name}" if role else row.name
            posts.setdefault(text, HeldPost(text, stands[row].status, row.until, stands[row].listed_last))
        found[person] = tuple(posts.values())
    return found


def _place(status: str | None) -> int:
    """Sort what is ahead between what is of today and what nobody tells the standing of."""
    return _ORDER.index(status) if status in _ORDER else 1
