"""What records of every form hold, checked alike: codes, names, days, dates of both families, addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from db.dates import parse
from db.identifiers import normalised
from db.model import Address
from importers.ods_xml.organisation import FILLERS, LONGEST, Dates, Organisation, RefusedError
from importers.readable_case import readable

Period = tuple[str, str, str]
"""The family of two dates (Operational or Legal), and its start and end as they are written."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record as it is read, the day of its last change, and what its file calls the roles in it."""

    said: Organisation
    changed: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@cache
def codes() -> dict[str, Any]:
    """Read the data file once."""
    import yaml  # 15 ms, wanted only where such a file is read

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(files("importers.ods_json").joinpath("codes.yaml").read_text("utf-8"), Loader=loader)
    return dict(data)


def checked_code(code: str, of: str = "") -> str:
    """A code, of a target where `of` names its owner; raises `RefusedError` where it is none."""
    if not code:
        raise RefusedError(f"{of} names a target without a code" if of else "has no code")
    try:
        return normalised("ods", code)
    except ValueError as error:
        raise RefusedError(f"{of} names a target whose code {error}" if of else str(error)) from None


def checked_name(name: str, code: str) -> str:
    """A name; raises `RefusedError` for none and for one that is none."""
    if not name:
        raise RefusedError(f"{code} has no name")
    if len(name) > LONGEST:
        raise RefusedError(f"{code} has a name of {len(name):,} characters")
    return name


def active(status: str) -> bool | None:
    """Whether a status is that of what is active, None for none; raises `RefusedError` for an unknown one."""
    if status and status not in ("Active", "Inactive"):
        raise RefusedError(f"has the unknown status '{status[:20]}' (Active and Inactive are known)")
    return status == "Active" if status else None


@lru_cache(maxsize=65536)
def day(text: str) -> str | None:
    """The day of a date or time, None for none or a filler; raises ValueError for what is no date."""
    text = text[:10] if text[10:11] in ("T", " ") else text
    return None if not text or text in FILLERS else parse(text)


def day_or_none(text: str) -> str | None:
    """The day of a date or time, None also for what is no date."""
    try:
        return day(text)
    except ValueError:
        return None


def dates(periods: Iterable[Period], code: str) -> Dates:
    """The first date of each kind that is told; raises `RefusedError` for one that is no date."""
    found: dict[str, str | None] = {}
    for family, *ends in periods:
        if family not in ("Operational", "Legal"):
            raise RefusedError(f"{code} has a date of the unknown type '{family[:20]}'")
        for end, written in zip(("Start", "End"), ends, strict=True):
            try:
                told = day(written)
            except ValueError as error:
                raise RefusedError(f"{code}: the {end.lower()} {str(error)[:100]}") from None
            found[family + end] = found.get(family + end) or told
    return Dates(
        found.get("OperationalStart"), found.get("OperationalEnd"), found.get("LegalStart"), found.get("LegalEnd")
    )


def address(lines: Iterable[str], town: str, county: str, postcode: str, country: str) -> Address | None:
    """An address in readable case, None where nothing of it is told."""
    shown = tuple(readable(line) for line in lines if line)
    if not shown and not (town or county or postcode or country):
        return None
    return Address(
        shown, readable(town) or None, readable(county) or None, postcode.upper() or None, readable(country) or None
    )
