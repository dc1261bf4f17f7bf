"""How something dated stands on the day of the list that tells of it: the only place that compares the two.

What a source says of days to come are plans: what closes next year is open, and who leaves then takes part.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from db.dates import earliest
from db.statements import LinkSaid, RejectSaid, RowSaid, Statement

Day = TypeVar("Day", int, str)
"""A day, as a date or as a number of days."""


def ended(end: Day | None, today: Day | None) -> bool:
    """Whether a period is over: its end is its last day, so on that day it is not. Without a day of the list it is."""
    return end is not None and (today is None or end < today)


def has_closed(closing: Day | None, today: Day | None) -> bool:
    """Whether a body has closed: a list made on the very day tells the closing as done."""
    return closing is not None and (today is None or closing <= today)


def to_come(start: Day | None, today: Day | None) -> bool:
    """Whether a start lies ahead; what starts on the day of the list has begun."""
    return start is not None and today is not None and start > today


def link_status(active: bool, start: Day | None, end: Day | None, today: Day | None) -> str:
    """How a relationship stands on the day of the list: past, current or planned."""
    if not active or ended(end, today):
        return "past"
    return "planned" if to_come(start, today) else "current"


def as_plans(row: RowSaid | RejectSaid, last_day: str) -> RowSaid | RejectSaid:
    """A row in which nothing has ended or begun after the last day of which its source can tell."""
    if isinstance(row, RejectSaid):
        return row
    said = tuple(_statement(one, last_day) for one in row.statements)
    return row if said == row.statements else replace(row, statements=said)


def open_until(said: Statement, last_day: str) -> Statement:
    """A record of which no status is told but a closing day ahead: open until then, unless it is to open first."""
    if said.status is None and _is_ahead(said.closed, last_day) and not _is_ahead(said.opened, last_day):
        return replace(said, status="open")
    return said


def _statement(said: Statement, last_day: str) -> Statement:
    said = open_until(said, last_day)
    links = tuple(_link(one, last_day) for one in said.links)
    if said.status == "closed" and _is_ahead(said.closed, last_day):
        return replace(said, status="open", links=links)
    return said if links == said.links else replace(said, links=links)


def _link(link: LinkSaid, last_day: str) -> LinkSaid:
    if link.status == "past" and _is_ahead(link.end, last_day):
        link = replace(link, status="current")
    if link.status == "current" and _is_ahead(link.start, last_day):
        link = replace(link, status="planned")
    return link


def _is_ahead(date: str | None, last_day: str) -> bool:
    """Whether a date is wholly after a day; one that may be of it or before is not."""
    return to_come(earliest(date), last_day)
