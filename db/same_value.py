"""When two values of a detail are one: what their spelling alone makes different is no disagreement."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from unicodedata import normalize

from db.dates import earliest, latest, parse

_ENDS = frozenset({"closed", "end", "legal_end"})
_DAYS = _ENDS | {"opened", "legal_start", "start"}


@lru_cache(maxsize=16384)
def same_value(value: str) -> str:
    """Return what all spellings of a value share: its letters and digits, whatever their case, and nothing between."""
    return "".join(filter(str.isalnum, normalize("NFKC", value).casefold())) or value


def disagree(what: str, value: str, other: str) -> bool:
    """Whether two sources that say this of a detail disagree.

    A coarser date does not where the finer one lies in it, nor does an address that but leaves out words of the other.
    Of two closing days one may be the day after the other: some give the last day, some the first without.
    """
    if same_value(value) == same_value(other) or (what == "address" and _is_coarser(value, other)):
        return False
    if what not in _DAYS or not (_is_date(value) and _is_date(other)):
        return True
    (first, last), (other_first, other_last) = _span(value), _span(other)
    if not first or not other_first:
        # Of a day without its year, the day is all that can be compared.
        return not (value[4:].startswith(other[4:]) or other[4:].startswith(value[4:]))
    if (first <= other_first and other_last <= last) or (other_first <= first and last <= other_last):
        return False
    return what not in _ENDS or abs(_day(last) - _day(other_last)) > timedelta(days=1)


def _is_coarser(value: str, other: str) -> bool:
    """Tell whether one of two addresses is the other with words left out."""
    fewer, more = sorted((_words(value), _words(other)), key=len)
    left = iter(more)
    return all(word in left for word in fewer)


def _words(value: str) -> list[str]:
    return re.findall(r"\w+", normalize("NFKC", value).casefold())


def _is_date(text: str) -> bool:
    try:
        return parse(text) == text
    except ValueError:
        return False


def _span(value: str) -> tuple[str, str]:
    return earliest(value) or "", latest(value) or ""


def _day(text: str) -> date:
    return date.fromisoformat(max(text, date.min.isoformat()))
