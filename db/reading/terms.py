"""What is dated and meant for a day: ends, reviews, notices, decisions, beginnings of what has not closed."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from db.parties import Party
from db.reading.vocabulary import Labels

END, REVIEW, NOTICE, DECISION, BEGIN = "end", "review", "notice", "decision", "begin"
EVENTS = {"term-ends": END, "review-due": REVIEW, "notice-due": NOTICE, "decision-due": DECISION}
"""What events of these kinds set a day for."""

_EVENTS = """
SELECT r.id, r.key, r.name, e.kind, e.date, e.text, e.id
  FROM event e JOIN record r ON r.id = e.record_id
 WHERE e.kind IN ('term-ends', 'review-due', 'notice-due', 'decision-due') AND e.date IS NOT NULL AND r.open IS NOT 0"""
_RECORDS = """
SELECT r.id, r.key, r.name, r.{column}
  FROM record r LEFT JOIN term t ON t.vocabulary = 'organisation_types' AND t.name = r.type
 WHERE r.{column} BETWEEN ?1 AND '9999-12-31' AND r.open IS NOT 0 AND r.kind <> 'document'
   AND (?2 OR r.kind = 'arrangement' OR json_extract(t.extra, '$.meant') = 'first')"""
_LINKS = """
SELECT a.id, a.key, a.name, l.{column}, l.role, l.id, b.key, b.name, iif(t.owner = 'target', a.id, b.id)
  FROM link l JOIN link_type t ON t.id = l.type_id AND t.category IN ('participation', 'post')
  JOIN record a ON a.id = l.target_id AND a.open IS NOT 0 JOIN record b ON b.id = l.source_id AND b.open IS NOT 0
 WHERE l.{column} BETWEEN ? AND '9999-12-31' AND l.gone IS NULL AND l.status IS NOT 'past'"""


class DatedTerm(NamedTuple):
    """Something that is meant for a day, of a record."""

    record: int
    key: str
    name: str
    what: str
    """One of `END`, `REVIEW` and the like."""
    date: str
    text: str | None
    subject: str
    """The table that holds it (`event`, `record` or `link`), and `item` its row there."""
    item: int
    party: Party | None = None
    """Who joins or leaves, where the record itself goes on."""
    role: str | None = None
    owner: int | None = None
    """The record whose evidence a link has that cites none itself."""


def event_terms(connection: sqlite3.Connection) -> list[DatedTerm]:
    """Return the terms that are told as events, of any day."""
    return [
        DatedTerm(record, key, name, EVENTS[kind], date, text, "event", event, owner=record)
        for record, key, name, kind, date, text, event in connection.execute(_EVENTS)
    ]


def terms_from(connection: sqlite3.Connection, day: str, *, of_all: bool) -> list[DatedTerm]:
    """Return the terms that do not lie before the year of a day, or of which no year is told, each once.

    A participation that ends or begins with its arrangement is not told beside that. Of bodies only public ones, such
    as trusts, boards and councils, are told to open or close, unless those `of_all` are wanted.
    """
    year = day[:4]
    found = [one for one in event_terms(connection) if one.date[:4] >= year]
    for what, column in ((END, "closed"), (BEGIN, "opened")):
        rows = connection.execute(_RECORDS.format(column=column), (year, of_all))
        found += [
            DatedTerm(record, key, name, what, date, None, "record", record, owner=record)
            for record, key, name, date in rows
        ]
    told = {(one.record, one.what, one.date) for one in found}
    roles = Labels(connection)
    for what, column in ((END, "until"), (BEGIN, "since")):
        for record, key, name, date, role, link, other, other_name, owner in connection.execute(
            _LINKS.format(column=column), (year,)
        ):
            if (record, what, date) not in told:
                party = Party(other, other_name)
                role = roles.label_or_none("roles", role)
                found.append(DatedTerm(record, key, name, what, date, None, "link", link, party, role, owner))
    return found
