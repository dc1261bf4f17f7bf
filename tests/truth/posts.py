"""Counts people whom lists of results tell by a post that they no longer hold, in words that do not say so."""

from __future__ import annotations

import sqlite3

from db.reading.posts import posts_of
from tui.text import phrases

_OVER = """
SELECT source_id FROM link JOIN link_type ON link_type.id = type_id JOIN _standing ON _standing.id = link.id
 WHERE link_type.name = 'holds-post-in' GROUP BY source_id HAVING min(_standing.status IS 'past')"""


def told_by_a_post_that_is_over(connection: sqlite3.Connection) -> int:
    """Count those all of whose posts are past, and whose post is told like one of today."""
    held = posts_of(connection, [person for (person,) in connection.execute(_OVER)])
    return sum(phrases.posts(those) == phrases.posts([those[0]._replace(status="current")]) for those in held.values())
