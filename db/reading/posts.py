"""Which posts people hold or held, in a few words each, and how they stand: what tells one of a name from another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.parameters import id_list
from db.results import HeldPost

_POSTS = """
SELECT l.source_id, coalesce((SELECT label FROM term WHERE vocabulary = 'roles' AND name = l.role), l.role), b.name,
       (SELECT status FROM _standing s WHERE s.id = l.id) AS stands, l.until,
       (SELECT listed_last FROM _standing s WHERE s.id = l.id)
  FROM json_each(?) j CROSS JOIN link l ON l.source_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'holds-post-in' JOIN record b ON b.id = l.target_id
 ORDER BY l.source_id, stands IS 'past', stands IS NULL, b.open = 0, l.id"""


def posts_of(connection: sqlite3.Connection, people: Iterable[int]) -> dict[int, tuple[HeldPost, ...]]:
    """Return by record the posts of people, those that are past last: `chief executive, NHS Confederation`."""
    found: dict[int, tuple[HeldPost, ...]] = {}
    for person, role, body, *stands in connection.execute(_POSTS, (id_list(people),)):
        held, post = found.get(person, ()), HeldPost(f"{role}, {body}" if role else body, *stands)
        found[person] = held if post.text in (one.text for one in held) else (*held, post)
    return found
