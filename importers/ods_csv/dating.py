"""Dates in the lists, and the vintage of a list: given, else in its file's name, else the latest date in its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from db.dates import parse
from db.errors import UsageError
from importers.base import Input, ReadOptions
from importers.ods_csv.families import lists

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_YEAR = r"(?<!\d)((?:19[89]|20\d)\d)"
_NUMBERS = re.compile(_YEAR + r"([-_. ]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)")
_NAMED = re.compile(r"(?<![a-z])(" + "|".join(_MONTHS) + r")[a-z]*[-_. ]*((?:19[89]|20\d)\d)(?!\d)", re.I)
_YEAR_MONTH = re.compile(_YEAR + r"[-_. ]*(" + "|".join(_MONTHS) + r")", re.I)
_ALONE = re.compile(_YEAR + r"(?!\d)")


@lru_cache(maxsize=65536)
def iso(text: str) -> str | None:
    """The date of a cell (`20130401`) in ISO 8601, None for an empty cell or a filler.

    Raises ValueError in words for a reject.
    """
    if not text or text in lists().fillers:
        return None
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError("is not a date in the form 20130401")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError:
        raise ValueError("is no day of the calendar") from None


def from_name(name: str) -> str | None:
    """The date in a file's name (`etr-2025-07.csv`, `eccg_20251231`, `epraccur 2023`, `July2025`), None without one."""
    for found in _NUMBERS.finditer(name):
        year, _, month, day = found.groups()
        text = "-".join(part for part in (year, month, day) if part)
        try:
            return parse(text)
        except ValueError:
            return f"{year}-{month}"
    if named := _NAMED.search(name):
        return f"{named[2]}-{_month(named[1])}"
    if named := _YEAR_MONTH.search(name):
        return f"{named[1]}-{_month(named[2])}"
    alone = _ALONE.findall(name)
    return str(max(alone)) if alone else None


def _month(word: str) -> str:
    return f"{_MONTHS.index(word[:3].lower()) + 1:02d}"


def vintage(source: Input, options: ReadOptions, cells: Iterable[Sequence[str]], columns: Sequence[int]) -> str | None:
    """The date of a list; `columns` are the places of the dates in a row, counted from 0."""
    if options.published is not None:
        try:
            return parse(options.published)
        except ValueError as error:
            raise UsageError(f"--published: {error}") from error
    names = [source.name, *(part.replace("\\", "/").rpartition("/")[2] for part in _containers(source))]
    for name in names:
        if dated := from_name(name):
            return dated
    return _latest(cells, columns)


def _containers(source: Input) -> list[str]:
    """The zips that an input is in, innermost first, since a dated zip often holds an undated list."""
    return list(reversed((source.path or "").split(" › ")[:-1]))


def _latest(cells: Iterable[Sequence[str]], columns: Sequence[int]) -> str | None:
    seen = {row[column].strip() for row in cells for column in columns if column < len(row)}
    for text in sorted(seen, reverse=True):
        try:
            if found := iso(text):
                return found
        except ValueError:
            continue
    return None


def in_words(published: str) -> str:
    """A vintage as a title has it: `2023`, `July 2025`, `21 April 2017`."""
    year, *rest = published.split("-")
    if not rest:
        return year
    month = MONTH_NAMES[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
