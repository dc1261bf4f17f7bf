"""What a register says of the days to come, and what waits for a person: read once what is in it has been counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db import reports

if TYPE_CHECKING:
    from db.register import Register
    from db.reports import Calendar, Gap

WITHIN = "2y"
"""How far ahead it looks unless asked: few sources tell of the next months alone."""
PASSED = (reports.PAST_END, reports.PAST_REVIEW, reports.PAST_START)
"""Kinds of gaps that are days which have passed."""


class Outlook(NamedTuple):
    """Days ahead, days that have passed with nothing told since, the kinds of their records, and open questions."""

    calendar: Calendar
    passed: tuple[Gap, ...]
    kinds: dict[str, str]
    questions: int


def outlook(reader: Register) -> Outlook:
    """Ask the register, in a worker."""
    calendar, passed = reader.calendar(WITHIN), reader.gaps(PASSED)
    named = [*(one.key for one in calendar.entries), *(one.key for one in passed)]
    return Outlook(calendar, passed, reader.kinds(named), len(reader.suggestions()))
