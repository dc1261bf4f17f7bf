"""Dates as the register keeps them: a subset of EDTF (ISO 8601-2), as partial as their source, never filled in.

`2016`, `2016-07`, `2016-07-08`, and the same with an unknown year: `XXXX-07`, `XXXX-07-08`. An unknown date is None.
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta

from db.errors import UsageError

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHAPE = r"(?a)(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?\Z"
_IN_WORDS = r"(?a)(?:(\d{1,2})(?:st|nd|rd|th)? )?([A-Za-z]{3,9}),? (\d{4})\Z"
_IN_FIGURES = r"(?a)(?:(\d{1,2})([/.-]))?(\d{1,2})(?(2)\2|[/.-])(\d{4})\Z"
"""Day, month and year between signs of one sort; the day comes first, as Britain writes it."""
_DAYS_WRITTEN = "2016, July 2016 or 8 July 2016"
_LETTERS = 10
"""Of what is no date, so that the line that says so has room for what would be one."""
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _days(year: str, month: int) -> int:
    """Days of a month; February of an unknown year has 29."""
    if month == 2 and year != "XXXX":
        number = int(year)
        leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
        return 29 if leap else 28
    return _DAYS[month - 1]


def parse(text: str) -> str:
    """Return `text` if it is a date of the subset; raises ValueError in words that can be shown to a person."""
    found = re.match(_SHAPE, text)
    if not found:
        raise ValueError(f"'{text}' is not a date: write 2016, 2016-07, 2016-07-08 or XXXX-07-08")
    year, month, day = found.groups()
    if year == "XXXX" and month is None:
        raise ValueError("'XXXX' says nothing: leave an unknown date out")
    if month is not None and not 1 <= int(month) <= 12:
        raise ValueError(f"'{text}' is not a date: there is no month {month}")
    if day is not None and not 1 <= int(day) <= _days(year, int(month)):
        raise ValueError(f"'{text}' is not a date: there is no such day")
    return text


def parse_day(text: str) -> str:
    """Return a date with a year, also in words or figures (`8 July 2016`, `July 2016`, `8/7/2016`, the day first).

    Raises ValueError as `parse` does.
    """
    text = " ".join(text.split())
    if text.startswith("XXXX"):
        raise ValueError(f"'{text}' has no year: write {_DAYS_WRITTEN}")
    if re.match(_SHAPE, text):
        return parse(text)
    if said := re.match(_IN_WORDS, text):
        day, name, year = said.groups()
        months = [n for n, month in enumerate(MONTHS, 1) if month.casefold().startswith(name.casefold())]
        if len(months) == 1:
            return parse(f"{year}-{months[0]:02d}" + (f"-{int(day):02d}" if day else ""))
    if figures := re.match(_IN_FIGURES, text):
        day, _, month, year = figures.groups()
        return parse(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
    said_so = text if len(text) <= _LETTERS else f"{text[:_LETTERS]}…"
    raise ValueError(f"'{said_so}' is not a date: write {_DAYS_WRITTEN}")


def earliest(text: str | None) -> str | None:
    """Return the first day that a date may mean, ISO 8601; None where unknown or without a year."""
    if text is None or text.startswith("XXXX"):
        return None
    return text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text


def latest(text: str | None) -> str | None:
    """Return the last day that a date may mean, ISO 8601; None where unknown or without a year."""
    if text is None or text.startswith("XXXX"):
        return None
    if len(text) == 4:
        return text + "-12-31"
    if len(text) == 7:
        return f"{text}-{_days(text[:4], int(text[5:7])):02d}"
    return text


def today() -> str:
    """Return the day that counts as today, ISO 8601: that of the clock, unless INTERLOCK_TODAY names another."""
    told = os.environ.get("INTERLOCK_TODAY")
    if not told:
        return date.today().isoformat()
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError as error:
        raise UsageError(f"INTERLOCK_TODAY: '{told}' is not a day: write 2016-07-08") from error


def day_before(text: str) -> str:
    """Return the day before a day; of a month or a year, which may begin or end with it, the same."""
    return (date.fromisoformat(text) - timedelta(days=1)).isoformat() if len(text) == 10 else text


def day_after(text: str) -> str:
    """Return the day after a day."""
    return (date.fromisoformat(text) + timedelta(days=1)).isoformat()


def order(text: str | None) -> tuple[bool, str, int]:
    """Return a sort key: by first possible day, the coarser first, dates without a year and unknown ones last."""
    first = earliest(text)
    return (first is None, first or text or "~", len(text or ""))
