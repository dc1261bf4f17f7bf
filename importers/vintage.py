"""The day of a source: given, else in its file's name, else that of its latest past event.

The day of a source is never ahead of it: what it says of days to come are plans, and so is what is dated after today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from db.dates import MONTHS, earliest, latest, parse, today
from db.errors import UsageError
from importers.base import Input, ReadOptions

_MONTHS = tuple(name[:3].lower() for name in MONTHS)
_YEAR = r"(?<!\d)((?:19[89]|20\d)\d)"
_NUMBERS = re.compile(_YEAR + r"([-_. ]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])([-_. ])(0[1-9]|1[0-2])\2((?:19[89]|20\d)\d)(?!\d)")
_UNTIL = re.compile(_YEAR + r"([-_.]?)\d\d\2\d\d[-_. ]+to[-_. ]+(?=\d{4})", re.I)
"""The first day of two, in the name of a list of changes: `edispensary_changes_20250301_to_20250424`."""
_NAMED = re.compile(
    r"(?:(?<!\d)([0-3]?\d)(?:st|nd|rd|th)?[-_. ]*)?(?<![a-z])("
    + "|".join(_MONTHS)
    + r")[a-z]*[-_. ]*((?:19[89]|20\d)\d)(?!\d)",
    re.I,
)
_YEAR_MONTH = re.compile(_YEAR + r"[-_. ]*(" + "|".join(_MONTHS) + r")", re.I)
_ALONE = re.compile(_YEAR + r"(?!\d)")


def from_name(name: str) -> str | None:
    """The date in a file's name (`etr-2025-07.csv`, `eccg_20251231`, `22_04_2025_pack`, `July2025`), else None."""
    name = _UNTIL.sub("", name)
    if first := _DAY_FIRST.search(name):
        return _day(first[4], first[3], first[1])
    for found in _NUMBERS.finditer(name):
        year, _, month, day = found.groups()
        return _day(year, month, day)
    if named := _NAMED.search(name):
        return _day(named[3], _month(named[2]), named[1].zfill(2) if named[1] else None)
    if named := _YEAR_MONTH.search(name):
        return f"{named[1]}-{_month(named[2])}"
    alone = _ALONE.findall(name)
    return str(max(alone)) if alone else None


def _day(year: str, month: str, day: str | None) -> str:
    """The day where there is such a day, else the month."""
    try:
        return parse("-".join(part for part in (year, month, day) if part))
    except ValueError:
        return f"{year}-{month}"


def _month(word: str) -> str:
    return f"{_MONTHS.index(word[:3].lower()) + 1:02d}"


@dataclass(frozen=True, slots=True)
class Vintage:
    """The day of a source, None where nothing tells it, and whether that is a guess."""

    day: str | None
    guessed: bool = False

    @property
    def last(self) -> str:
        """The last day of which the source can tell; today where its day is unknown, a guess, or partly yet to come.

        A guess is the least that can be; what the source dates between it and today has come to pass by now.
        """
        return today() if self.guessed else last_day(self.day)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the user should know of it: where it is a guess, that decides which source weighs more."""
        if not self.guessed:
            return ()
        if self.day is None:
            return ("tells no day, so that whatever has one weighs more; --published DATE gives it",)
        told = f"its day is not told, and {in_words(self.day)}, the latest past event in it, is taken for it"
        return (f"{told}; what is newer weighs more, so give the day with --published DATE if it is another",)


def vintage(source: Input, options: ReadOptions, events: Iterable[str]) -> Vintage:
    """The day of a source: given, else in its name or that of what it is in, else of the latest of these events."""
    if (told := given(options)) is not None:
        return Vintage(told)
    names = [source.name, *(part.replace("\\", "/").rpartition("/")[2] for part in _containers(source))]
    for name in names:
        if dated := named_day(name):
            return Vintage(dated)
    return Vintage(latest_past(events), guessed=True)


def given(options: ReadOptions) -> str | None:
    """The day that the user gave with `--published`; raises `UsageError` where it is no date."""
    if options.published is None:
        return None
    try:
        return parse(options.published)
    except ValueError as error:
        raise UsageError(f"--published: {error}") from error


def named_day(name: str) -> str | None:
    """The date in a file's name, if it is not yet to come."""
    found = from_name(name)
    return found if found and (earliest(found) or "") <= today() else None


def latest_past(events: Iterable[str]) -> str | None:
    """The latest of some dates that has come by today, None without one; whole dates or parts of dates."""
    now = today()
    past = ((latest(one) or "", one) for one in set(events) if (earliest(one) or "9999") <= now)
    return max(past, default=("", None))[1]


def last_day(published: str | None) -> str:
    """The last day of which a source of that day can tell: today at the latest, and today where it is unknown."""
    return min(latest(published) or today(), today())


def _containers(source: Input) -> list[str]:
    """The zips that an input is in, innermost first, since a dated zip often holds an undated list."""
    return list(reversed((source.path or "").split(" › ")[:-1]))


def in_words(published: str) -> str:
    """A vintage as a title has it: `2023`, `July 2025`, `21 April 2017`."""
    year, *rest = published.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
