"""A record of any JSON form as it is read, and the days in it, which JSON may write as times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from importers.documents.data_files import load_data
from importers.ods.organisation import Dates, Organisation, Period, dates, day


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """A record as it is read, the day of its last change, and what its file calls the roles in it."""

    said: Organisation
    changed: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@cache
def json_codes() -> dict[str, Any]:
    """Read the data file once."""
    return dict(load_data("importers.ods_json", "codes.yaml"))


def day_of(written: str) -> str:
    """The day of a date or time, as it is written."""
    return written[:10] if written[10:11] in ("T", " ") else written


def day_or_none(written: str) -> str | None:
    """The day of a date or time, None for none, for a filler and for what is no date."""
    try:
        return day(day_of(written))
    except ValueError:
        return None


def dates_of(periods: Iterable[Period], code: str) -> Dates:
    """The first date of each kind that is told, be it a time; raises `RefusedError` for one that is no date."""
    return dates([(family, day_of(start), day_of(end)) for family, start, end in periods], code)
