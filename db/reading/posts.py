"""Which posts people hold or held, in a few words each: what tells one of a name from another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.parameters import id_list

_POSTS = """
SELECT l.source_id, coalesce((SELECT label FROM term WHERE vocabulary = 'roles' AND name = l.role), l.role), b.name
  FROM json_each(?) j CROSS JOIN link l ON l.source_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'holds-post-in' JOIN record b ON b.id = l.target_id
 ORDER BY l.source_id, l.status = 'past', b.open = 0, l.id"""


def posts_of(connection: sqlite3.Connection, people: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return by record the posts of people, those that are past last: `chief executive, NHS Confederation`."""
    found: dict[int, tuple[str, ...]] = {}
    for person, role, body in connection.execute(_POSTS, (id_list(people),)):
        post = f"{role}, {body}" if role else body
        found[person] = tuple(dict.fromkeys((*found.get(person, ()), post)))
    return found
