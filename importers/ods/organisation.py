"""An organisation as the Organisation Data Service describes it, whatever the format, and what its parts may be.

A reader of a format takes its elements apart; whether a code, a name, a date or a status can be taken is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from db.dates import parse
from db.identifiers import normalised
from db.model import Address
from importers.readable_case import readable

FILLERS = frozenset({"1900-01-01", "2999-12-31", "9999-12-31"})
"""Dates that stand for an unknown one; the first is on 12,471 records of 2026, mostly schools."""

LONGEST = 1_000
"""The most characters of a name; real ones have a hundred."""

MOST = 5_000
"""The most roles, relationships or successions of one record; real ones have a few hundred at most."""

Period = tuple[str, str, str]
"""The family of two dates (Operational or Legal), and its start and end as they are written; empty where not told."""

_is_role = lru_cache(maxsize=4096)(re.compile(r"RO\d{1,6}").fullmatch)
_is_relationship = lru_cache(maxsize=4096)(re.compile(r"RE\d{1,6}").fullmatch)
_SHOWN = 100
"""Characters of a reason that are kept where it holds what a file wrote."""


class RefusedError(Exception):
    """A record or a row that cannot be taken; the text is the reason."""


class Dates(NamedTuple):
    """The operational dates and the legal ones; unknown is None."""

    start: str | None = None
    end: str | None = None
    legal_start: str | None = None
    legal_end: str | None = None


class Role(NamedTuple):
    """A role that an organisation has or had."""

    id: str
    primary: bool
    dates: Dates
    active: bool


class Relationship(NamedTuple):
    """A relationship as its source states it."""

    id: str
    target: str
    target_role: str
    dates: Dates
    active: bool


class Succession(NamedTuple):
    """That `target` came after this organisation or before it, on a day in law."""

    forward: bool
    target: str
    legal_start: str | None


class Organisation(NamedTuple):
    """All that a record holds; `active` is None where it has no status of its own."""

    code: str
    name: str
    stub: bool
    site: bool
    active: bool | None
    dates: Dates
    address: Address | None
    uprn: str
    contacts: tuple[tuple[str, str], ...]
    roles: tuple[Role, ...]
    relationships: tuple[Relationship, ...]
    successions: tuple[Succession, ...]


@lru_cache(maxsize=65536)
def _code(text: str) -> str:
    return normalised("ods", text)


def checked_code(code: str, of: str = "") -> str:
    """A code, of a target where `of` names its owner; raises `RefusedError` where it is none."""
    try:
        return _code(code)
    except ValueError as error:
        if not code.strip():
            raise RefusedError(f"{of} names a target without a code" if of else "has no code") from None
        raise RefusedError(f"{of} names a target whose code {error}" if of else str(error)) from None


def checked_name(name: str, code: str) -> str:
    """A name; raises `RefusedError` for none and for one that is none."""
    if not name:
        raise RefusedError(f"{code} has no name")
    if len(name) > LONGEST:
        raise RefusedError(f"{code} has a name of {len(name):,} characters")
    return name


def checked_role(role: str, code: str) -> str:
    """The id of a role; raises `RefusedError` for what is none."""
    if not _is_role(role):
        raise RefusedError(f"{code} has a role '{role[:20]}', which is none of ODS")
    return role


def checked_relationship(relationship: str, code: str) -> str:
    """The id of a relationship; raises `RefusedError` for what is none."""
    if not _is_relationship(relationship):
        raise RefusedError(f"{code} has a relationship '{relationship[:20]}', which is none of ODS")
    return relationship


def is_site(record_class: str, code: str) -> bool:
    """Whether a record class is that of sites; raises `RefusedError` for an unknown one."""
    if record_class not in ("RC1", "RC2", ""):
        raise RefusedError(f"{code} is of the unknown record class '{record_class[:20]}'")
    return record_class == "RC2"


def is_active(status: str) -> bool | None:
    """Whether a status is that of what is active, None for none; raises `RefusedError` for an unknown one."""
    if status == "Active":
        return True
    if status and status != "Inactive":
        raise RefusedError(f"has the unknown status '{status[:20]}' (Active and Inactive are known)")
    return False if status else None


def is_forward(succession: str, code: str) -> bool:
    """Whether a succession is to what came after; raises `RefusedError` for another type than the two."""
    if succession not in ("Successor", "Predecessor"):
        raise RefusedError(f"{code} has a succession of the unknown type '{succession[:20]}'")
    return succession == "Successor"


@lru_cache(maxsize=32768)
def day(text: str) -> str | None:
    """A date, None for none or a filler; raises ValueError for what is no date."""
    return None if not text or text in FILLERS else parse(text)


_NO_DATES = Dates()


def dates(periods: Sequence[Period], code: str) -> Dates:
    """The first date of each kind that is told; raises `RefusedError` for one that is no date."""
    if not periods:
        return _NO_DATES
    try:
        first = _told(*periods[0])
        for period in periods[1:]:
            first = Dates(*[one or another for one, another in zip(first, _told(*period), strict=True)])
    except ValueError as error:
        raise RefusedError(f"{code}{error}") from None
    return first


@lru_cache(maxsize=32768)
def _told(family: str, start: str, end: str) -> Dates:
    """What one period tells; raises ValueError, in words that follow a code."""
    if family not in ("Operational", "Legal"):
        raise ValueError(f" has a date of the unknown type '{family[:20]}'")
    told: list[str | None] = []
    for name, text in (("start", start), ("end", end)):
        try:
            told.append(day(text))
        except ValueError as error:
            raise ValueError(f": the {name} {str(error)[:_SHOWN]}") from None
    return Dates(*told) if family == "Operational" else Dates(None, None, *told)


def address(lines: Iterable[str], town: str, county: str, postcode: str, country: str) -> Address | None:
    """An address in readable case, None where nothing of it is told."""
    shown = tuple([readable(line) for line in lines if line])
    if not shown and not (town or county or postcode or country):
        return None
    return Address(
        shown, readable(town) or None, readable(county) or None, postcode.upper() or None, readable(country) or None
    )
