"""One `Organisation` element as plain data: both families of dates everywhere, targets kept apart from their owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from db.dates import parse
from db.identifiers import normalised
from db.model import Address
from importers.ods_xml.markup import local, value
from importers.readable_case import readable

FILLERS = frozenset({"1900-01-01", "2999-12-31", "9999-12-31"})
"""Dates that stand for an unknown one; the first is on 12,471 records of 2026, mostly schools."""

LONGEST = 1_000
"""The most characters of a name; real ones have a hundred."""

MOST = 5_000
"""The most roles, relationships or successions of one record; real ones have a few hundred at most."""

_ROLE = re.compile(r"RO\d{1,6}")
_REL = re.compile(r"RE\d{1,6}")


class RefusedError(Exception):
    """A record that cannot be taken; the text is the reason."""


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


def organisation(element: etree._Element) -> Organisation:
    """Read a record; raises `RefusedError` with the reason where it cannot be taken."""
    parts = {local(child): child for child in element}
    for part in ("Roles", "Rels", "Succs", "Contacts"):
        if part in parts and len(parts[part]) > MOST:
            raise RefusedError(f"has more than {MOST:,} {part}")
    code = _code(parts.get("OrgId"))
    name = value(parts.get("Name"))
    if not name:
        raise RefusedError(f"{code} has no name")
    if len(name) > LONGEST:
        raise RefusedError(f"{code} has a name of {len(name):,} characters")
    status = _status(element, parts)
    record_class = element.get("orgRecordClass") or value(parts.get("OrgRecordClass"))
    if record_class not in ("RC1", "RC2", ""):
        raise RefusedError(f"{code} is of the unknown record class '{record_class[:20]}'")
    address, uprn = _address(parts.get("GeoLoc"))
    return Organisation(
        code,
        name,
        element.get("refOnly", "").lower() in ("true", "1"),
        record_class == "RC2",
        status,
        _dates(element, code),
        address,
        uprn,
        tuple(_contacts(parts.get("Contacts"))),
        tuple(_role(role, code) for role in _children(parts.get("Roles"), "Role")),
        tuple(_relationship(rel, code) for rel in _children(parts.get("Rels"), "Rel", "Relationship")),
        tuple(_succession(one, code) for one in _children(parts.get("Succs"), "Succ", "Successor")),
    )


def _children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    return [child for child in element if local(child) in names] if element is not None else []


def _child(element: etree._Element, name: str) -> etree._Element | None:
    for child in element:
        if local(child) == name:
            return child
    return None


def _code(org_id: etree._Element | None, of: str = "") -> str:
    code: str = (org_id.get("extension") or "").strip() if org_id is not None else ""
    if not code:
        raise RefusedError(f"{of} names a target without a code" if of else "has no code")
    try:
        return normalised("ods", code)
    except ValueError as error:
        raise RefusedError(f"{of} names a target whose code {error}" if of else str(error)) from None


def _status(element: etree._Element, parts: dict[str, etree._Element] | None = None) -> bool | None:
    """Whether it is active; None where nothing says so."""
    child = parts.get("Status") if parts is not None else _child(element, "Status")
    status = value(child) or element.get("status") or ""
    if not status:
        return None
    if status not in ("Active", "Inactive"):
        raise RefusedError(f"has the unknown status '{status[:20]}' (Active and Inactive are known)")
    return status == "Active"


@lru_cache(maxsize=65536)
def _day(text: str) -> str | None:
    """A date, None for none or a filler; raises ValueError for what is no date."""
    return None if not text or text in FILLERS else parse(text)


def _dates(element: etree._Element, code: str) -> Dates:
    """The dates that are an element's own: the first of each family that is told."""
    found: dict[str, str | None] = {}
    for date in _children(element, "Date"):
        said = {local(child): value(child) for child in date}
        family = said.get("Type", "")
        if family not in ("Operational", "Legal"):
            raise RefusedError(f"{code} has a date of the unknown type '{family[:20]}'")
        for end in ("Start", "End"):
            try:
                day = _day(said.get(end, ""))
            except ValueError as error:
                raise RefusedError(f"{code}: the {end.lower()} {error}") from None
            found[family + end] = found.get(family + end) or day
    return Dates(
        found.get("OperationalStart"), found.get("OperationalEnd"), found.get("LegalStart"), found.get("LegalEnd")
    )


def _role(role: etree._Element, code: str) -> Role:
    name = role.get("id") or ""
    if not _ROLE.fullmatch(name):
        raise RefusedError(f"{code} has a role '{name[:20]}', which is none of ODS")
    primary = (role.get("primaryRole") or "").lower() in ("true", "1")
    return Role(name, primary, _dates(role, code), _status(role) is not False)


def _relationship(rel: etree._Element, code: str) -> Relationship:
    name = rel.get("id") or ""
    if not _REL.fullmatch(name):
        raise RefusedError(f"{code} has a relationship '{name[:20]}', which is none of ODS")
    target = _child(rel, "Target")
    far = _code(_child(target, "OrgId") if target is not None else None, code)
    role = _child(target, "PrimaryRoleId") if target is not None else None
    target_role = (role.get("id") or "") if role is not None else ""
    return Relationship(name, far, target_role, _dates(rel, code), _status(rel) is not False)


def _succession(one: etree._Element, code: str) -> Succession:
    kind = value(_child(one, "Type"))
    if kind not in ("Successor", "Predecessor"):
        raise RefusedError(f"{code} has a succession of the unknown type '{kind[:20]}'")
    target = _child(one, "Target")
    far = _code(_child(target, "OrgId") if target is not None else None, code)
    dates = _dates(one, code)
    return Succession(kind == "Successor", far, dates.legal_start or dates.start)


def _address(geo: etree._Element | None) -> tuple[Address | None, str]:
    """The address in readable case, and the UPRN."""
    location = _child(geo, "Location") if geo is not None else None
    if location is None:
        return None, ""
    said = {local(child): value(child) for child in location}
    lines = tuple(readable(said[name]) for name in sorted(said) if name.startswith("Addr") and said[name])
    town, county, country = (readable(said.get(name, "")) or None for name in ("Town", "County", "Country"))
    postcode = said.get("PostCode", "").upper() or None
    if not lines and not (town or county or postcode or country):
        return None, said.get("UPRN", "")
    return Address(lines, town, county, postcode, country), said.get("UPRN", "")


def _contacts(contacts: etree._Element | None) -> Iterator[tuple[str, str]]:
    for contact in _children(contacts, "Contact"):
        kind, said = (contact.get("type") or "").lower(), (contact.get("value") or "").strip()
        if kind and said:
            yield kind, said
