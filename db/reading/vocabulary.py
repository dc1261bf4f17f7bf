"""The vocabularies as readers need them: the label of a word, and the words with their definitions."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.reports import Term
    from db.statements import LinkTypeSaid

TYPES = {
    "organisation": "organisation_types",
    "arrangement": "arrangement_types",
    "person": "person_types",
    "site": "site_types",
    "document": "document_types",
}
"""Which vocabulary holds the types of each kind of record."""


def type_labels(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the label of each type, which lists need without its definition."""
    return dict(connection.execute("SELECT name, label FROM term WHERE vocabulary LIKE '%_types'"))


class Labels:
    """Labels of words, each read when it is first asked for: there are hundreds, and a record uses a dozen."""

    __slots__ = ("_connection", "_labels")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._labels: dict[tuple[str, str], str] = {}

    def label(self, vocabulary: str, name: str) -> str:
        """Return the label of a word; one that nobody defined reads as itself."""
        word = vocabulary, name
        if word not in self._labels:
            found = self._connection.execute(
                "SELECT label FROM term WHERE vocabulary = ? AND name = ?", word
            ).fetchone()
            self._labels[word] = (found[0] if found else None) or name.replace("-", " ")
        return self._labels[word]

    def label_or_none(self, vocabulary: str, name: str | None) -> str | None:
        """Return the label of a word, or None where there is no word."""
        return None if name is None else self.label(vocabulary, name)


def terms(connection: sqlite3.Connection, vocabulary: str | None) -> tuple[Term, ...]:
    """Return the words of a vocabulary, or of all, in the order in which they were defined."""
    # 8 ms: a record in full needs none of the classes for lists.
    from db.reports import Term

    return tuple(
        Term(*row)
        for row in connection.execute(
            """SELECT vocabulary, name, label, definition, source FROM term
                WHERE ?1 IS NULL OR vocabulary = ?1 ORDER BY vocabulary, id""",
            (vocabulary,),
        )
    )


def link_types(connection: sqlite3.Connection) -> tuple[LinkTypeSaid, ...]:
    """Return every type of link with its definition and the kinds of records that it may join."""
    from db.statements import LinkTypeSaid  # 11 ms, which only an export needs

    rows = connection.execute(
        """SELECT name, forward, reverse, category, definition, source, owner, source_kinds, target_kinds
             FROM link_type"""
    )
    return tuple(
        LinkTypeSaid(
            name, forward, reverse, category, definition, source, owner, tuple(near.split()), tuple(far.split())
        )
        for name, forward, reverse, category, definition, source, owner, near, far in rows
    )
