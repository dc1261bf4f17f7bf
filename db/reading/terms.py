"""What is dated and meant for a day: ends, reviews, notices, decisions, beginnings of what has not closed."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

END, REVIEW, NOTICE, DECISION, BEGIN = "end", "review", "notice", "decision", "begin"
KINDS_OF_TERMS = (END, REVIEW, NOTICE, DECISION, BEGIN)
EVENTS = {"term-ends": END, "review-due": REVIEW, "notice-due": NOTICE, "decision-due": DECISION}
"""What events of these kinds set a day for."""

_EVENTS = """
SELECT r.id, r.key, r.name, e.kind, e.date, e.text, e.id
  FROM event e JOIN record r ON r.id = e.record_id
 WHERE e.kind IN ('term-ends', 'review-due', 'notice-due', 'decision-due') AND e.date IS NOT NULL AND r.open IS NOT 0"""


class DatedTerm(NamedTuple):
    """Something that is meant for a day, of a record."""

    record: int
    key: str
    name: str
    what: str
    """A word of `KINDS_OF_TERMS`."""
    date: str
    text: str | None
    subject: str
    """The table that holds it (`event`, `record` or `link`), and `item` its row there."""
    item: int
    owner: int | None = None
    """The record whose evidence a link has that cites none itself."""


def event_terms(connection: sqlite3.Connection) -> list[DatedTerm]:
    """Return the terms that are told as events, of any day."""
    return [
        DatedTerm(record, key, name, EVENTS[kind], date, text, "event", event, owner=record)
        for record, key, name, kind, date, text, event in connection.execute(_EVENTS)
    ]
