"""Counts people whom lists of results tell by a post that they no longer hold, in words that do not say so."""

from __future__ import annotations

import sqlite3

from db.reading.held_posts import held_posts
from tui.text.held_posts import posts_in_short

_OVER = """
SELECT source_id FROM link JOIN link_type ON link_type.id = type_id JOIN _standing ON _standing.id = link.id
 WHERE link_type.name = 'holds-post-in' GROUP BY source_id HAVING min(_standing.status IS 'past')"""


def told_by_a_post_that_is_over(connection: sqlite3.Connection) -> int:
    """Count those all of whose posts are past, and whose post is told like one of today."""
    held = held_posts(connection, [person for (person,) in connection.execute(_OVER)])
    of_today = {person: (those[0]._replace(status="current"), *those[1:]) for person, those in held.items()}
    return sum(posts_in_short(those) == posts_in_short(of_today[person]) for person, those in held.items())
