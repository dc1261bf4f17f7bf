"""Days that have passed without a word since: of a stated end, of a review, of a beginning that was planned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.acts import PLANNED
from db.dates import latest, today
from db.gaps.mend import by_hand, by_register
from db.parameters import sql_texts
from db.reading.terms import END, REVIEW, DatedTerm, event_terms
from db.reports import PAST_END, PAST_REVIEW, PAST_START, Gap

_ENDED = """
SELECT r.key, r.name, r.type, r.closed FROM record r
 WHERE r.open IS NOT 0 AND r.closed IS NOT NULL AND r.kind <> 'document' AND r.placeholder = 0"""
_BEGUN = """
SELECT r.key, r.name, r.type, r.opened, r.kind = 'organisation' FROM record r
 WHERE r.status IN ({planned}) AND r.opened IS NOT NULL AND r.kind <> 'document' AND r.placeholder = 0"""
_REVIEWED = "SELECT record_id, max(date) FROM event WHERE kind = 'reviewed' AND date IS NOT NULL GROUP BY record_id"
_CLOSING = "SELECT r.id FROM record r WHERE r.closed IS NOT NULL AND r.kind <> 'organisation'"


def past_end(connection: sqlite3.Connection) -> list[Gap]:
    """Return what is not known to have closed, and whose stated end has passed.

    That is its closing day where it has one, else the last term that is told of it.
    """
    day = today()
    found = [
        Gap(PAST_END, key, name, type=type_, date=closed, mend=by_hand(key))
        for key, name, type_, closed in connection.execute(_ENDED)
        if _has_passed(closed, day)
    ]
    dated = {record for (record,) in connection.execute(_CLOSING)}
    found += [
        Gap(PAST_END, one.key, one.name, date=one.date, text=one.text, mend=by_hand(one.key))
        for one in _last(connection, END) if one.record not in dated and _has_passed(one.date, day)
    ]  # fmt: skip
    return _by_day(found)


def past_review(connection: sqlite3.Connection) -> list[Gap]:
    """Return what was to be reviewed by a day that has passed, where no review since and no later day is told."""
    day = today()
    reviewed = dict(connection.execute(_REVIEWED))
    return _by_day(
        Gap(PAST_REVIEW, one.key, one.name, date=one.date, text=one.text, mend=by_hand(one.key))
        for one in _last(connection, REVIEW)
        if _has_passed(one.date, day) and (latest(reviewed.get(one.record)) or "") < one.date
    )


def past_start(connection: sqlite3.Connection) -> list[Gap]:
    """Return what was planned to begin on a day that has passed, where nothing tells whether it did."""
    day = today()
    return _by_day(
        Gap(PAST_START, key, name, type=type_, date=opened, mend=by_register(key) if is_body else by_hand(key))
        for key, name, type_, opened, is_body in connection.execute(_BEGUN.format(planned=sql_texts(PLANNED)))
        if _has_passed(opened, day)
    )


def _last(connection: sqlite3.Connection, what: str) -> list[DatedTerm]:
    """Return of each record the last term of a kind."""
    dated = [one for one in event_terms(connection) if one.what == what and latest(one.date)]
    dated.sort(key=lambda one: latest(one.date) or "")
    return list({one.record: one for one in dated}.values())


def _has_passed(date: str, day: str) -> bool:
    last = latest(date)
    return last is not None and last < day


def _by_day(gaps: Iterable[Gap]) -> list[Gap]:
    """Return gaps, those of the newest days first: of them it is likeliest that somebody still knows."""
    by_name = sorted(gaps, key=lambda gap: (gap.name, gap.key))
    return sorted(by_name, key=lambda gap: gap.date or "", reverse=True)
