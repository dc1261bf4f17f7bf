"""What lies ahead in words: what a day is set for, and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.reports import PAST_END, PAST_REVIEW, PAST_START
from tui.text import phrases

if TYPE_CHECKING:
    from db.reports import Calendar, CalendarEntry, Gap

BY_YEAR = "Known by the year alone"
WITHOUT_YEAR = "No year is stated: the day may be past"
PASSED = "Passed, and no source tells whether it came so"
NOTHING = "No source tells of a day in the next two years"
_WHAT = {
    "end": "ends",
    "review": "review due",
    "notice": "notice due",
    "decision": "decision due",
    "begin": "begins",
}


_WAS = {PAST_END: "was to end", PAST_REVIEW: "review was due", PAST_START: "was to begin"}


def headline(found: Calendar) -> str:
    """Return which days are told of: `From 28 November 2026 to 27 May 2027: 3 entries`."""
    number = phrases.count(len(found.dated), "entry", "entries")
    return f"From {phrases.date(found.start)} to {phrases.date(found.end)}: {number}"


def what(one: CalendarEntry) -> str:
    """Return what a day is set for."""
    return _WHAT.get(one.what, phrases.readable(one.what))


def date(one: CalendarEntry) -> str:
    """Return the day, as far as it is known: `8 July` where the year is not."""
    return phrases.date(one.date).removesuffix(", year unknown")


def passed(one: Gap) -> str:
    """Return what was set for a day that has passed, in short."""
    return f"{_WAS[one.what]} {phrases.date(one.date)}"


def text(one: CalendarEntry) -> str:
    """Return what is told of the day; of a participation or a post, whose it is."""
    if one.party is None:
        return one.text or ""
    till = "from then" if one.what == "begin" else "until then"
    return f"{one.party.name}{f' ({one.role})' if one.role else ''}, {till}"


def nothing(found: Calendar, further: str = "") -> str:
    """Return that nothing is told for some days, and how one looks further."""
    told = f"nothing is told from {phrases.date(found.start)} to {phrases.date(found.end)}"
    return f"{told}; {further} looks further" if further else told


def left_out(number: int) -> str:
    """Return how many entries a calendar file cannot hold."""
    return f"{phrases.count(number, 'entry', 'entries')} left out of the file, known by the year alone or without it"
