"""How something dated stands on the day of the list that tells of it: the only place that compares the two."""

from __future__ import annotations

from typing import TypeVar

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


def standing(active: bool, start: Day | None, end: Day | None, today: Day | None) -> str:
    """How a relationship stands on the day of the list: past, current or planned."""
    if not active or ended(end, today):
        return "past"
    return "planned" if to_come(start, today) else "current"
