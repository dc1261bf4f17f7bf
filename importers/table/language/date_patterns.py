"""Dates as tables write them, told by patterns such as `YYYYMMDD`, `DD/MM/YYYY` or `D Month YYYY`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from db.dates import MONTHS, parse

_TOKENS = (
    ("YYYY", r"(?P<year>\d{4})"),
    ("YY", r"(?P<year_of_2000>\d{2})"),
    ("Month", r"(?P<month_name>[A-Za-z]{3,9})"),
    ("Mon", r"(?P<month_name>[A-Za-z]{3})"),
    ("MM", r"(?P<month>\d{2})"),
    ("DD", r"(?P<day>\d{2})"),
    ("hh:mm:ss", r"\d{2}:\d{2}:\d{2}"),
    ("hh:mm", r"\d{2}:\d{2}"),
    ("M", r"(?P<month>\d{1,2})"),
    ("D", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"),
)

TOKENS = tuple(name for name, _ in _TOKENS)
"""The parts of a date that a pattern may name."""


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """The expression for a pattern; raises ValueError, in words, where it is none."""
    out, rest, used = "", pattern, set[str]()
    while rest:
        token = next(((name, found) for name, found in _TOKENS if rest.startswith(name)), None)
        if token is None:
            out += re.escape(rest[0])
            rest = rest[1:]
            continue
        name, found = token
        group = name[:1].lower()
        if group in used:
            raise ValueError(f"'{pattern}' names the same part of a date twice")
        used.add(group)
        out += found
        rest = rest[len(name) :]
    if "y" not in used or ("d" in used and "m" not in used):
        raise ValueError(f"'{pattern}' is no pattern of a date; write one such as YYYYMMDD, DD/MM/YYYY or D Month YYYY")
    return re.compile(out, re.ASCII)


def reader(patterns: Iterable[str]) -> Callable[[str], str]:
    """What turns a text of one of the patterns, or one that is a date already, into a date of the register."""
    known = tuple(patterns)

    @lru_cache(maxsize=16384)
    def read(text: str) -> str:
        for pattern in known:
            found = compiled(pattern).fullmatch(text)
            if found:
                return parse("-".join(_parts(found.groupdict())))
        try:
            return parse(text)
        except ValueError:
            if not known:
                raise
            raise ValueError(f"'{text[:40]}' is not a date like {' or '.join(known)}") from None

    return read


def _parts(found: dict[str, str]) -> list[str]:
    month = found.get("month")
    name = found.get("month_name")
    if name is not None:
        numbers = [place for place, one in enumerate(MONTHS, 1) if one.lower().startswith(name.lower())]
        if not numbers:
            raise ValueError(f"'{name}' is no month")
        month = str(numbers[0])
    parts = [found.get("year") or f"20{found['year_of_2000']}"]
    if month is not None:
        parts.append(month.zfill(2))
        if found.get("day") is not None:
            parts.append(found["day"].zfill(2))
    return parts
