"""The roles that a text speaks of: who holds such a role is meant before a record that only has the words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.search.candidates import SearchIndex
from db.search.layout import PLAIN_ROLES, of_role
from db.search.text import plain


def roles_in(index: SearchIndex, readings: Iterable[str]) -> frozenset[str]:
    """Return the roles whose labels end in a word of a text, as the index has them: `lead` may be a footprint lead."""
    words = {word for text in readings for word in text.split()}
    if len(words) < 2:
        return frozenset()
    known = index.memory.roles = index.memory.roles or _roles(index.conn)
    return frozenset(of_role(role) for word in words for role in known.get(word, ()))


def _roles(conn: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the roles that tell something of who holds them, by the last words of their labels."""
    found: dict[str, list[str]] = {}
    for name, label in conn.execute("SELECT name, label FROM term WHERE vocabulary = 'roles'"):
        words = plain(label).split()
        if words and name not in PLAIN_ROLES:
            found.setdefault(words[-1], []).append(name)
    return found
