"""One `Organisation` element as plain data: both families of dates everywhere, targets kept apart from their owner.

Each element is looked at once and in passing: every look costs a third of a microsecond, and a release has 15 million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from db.model import Address
from importers.ods.organisation import (
    MOST,
    Organisation,
    Period,
    RefusedError,
    Relationship,
    Role,
    Succession,
    address,
    checked_code,
    checked_name,
    checked_relationship,
    checked_role,
    dates,
    is_active,
    is_forward,
    is_site,
)
from importers.ods_xml.markup import BARE, value

_LISTS = ("Roles", "Rels", "Succs", "Contacts")
_RELATIONSHIP = ("Rel", "Relationship")
_SUCCESSION = ("Succ", "Successor")
"""What a list calls what it lists: both names are seen in releases."""
_PLACE = ("Town", "County", "PostCode", "Country")


def organisation(element: etree._Element) -> Organisation:
    """Read a record; raises `RefusedError` with the reason where it cannot be taken."""
    periods, status, parts = _looked_at(element)
    for name in _LISTS:
        if name in parts and len(parts[name]) > MOST:
            raise RefusedError(f"has more than {MOST:,} {name}")
    get = parts.get
    code = checked_code(_extension(get("OrgId")))
    name = checked_name(value(get("Name")), code)
    active = is_active(status)
    site = is_site(element.get("orgRecordClass") or value(get("OrgRecordClass")), code)
    place, uprn = _address(get("GeoLoc"))
    return Organisation(
        code,
        name,
        element.get("refOnly", "").lower() in ("true", "1"),
        site,
        active,
        dates(periods, code),
        place,
        uprn,
        tuple(_contacts(get("Contacts", ()))),
        tuple([_role(one, code) for one in get("Roles", ()) if BARE[one.tag] == "Role"]),
        tuple([_relationship(one, code) for one in get("Rels", ()) if BARE[one.tag] in _RELATIONSHIP]),
        tuple([_succession(one, code) for one in get("Succs", ()) if BARE[one.tag] in _SUCCESSION]),
    )


def _looked_at(element: etree._Element) -> tuple[Sequence[Period], str, dict[str, etree._Element]]:
    """The dates and the status that are an element's own, and its other parts by their names."""
    periods: tuple[Period, ...] = ()
    status = ""
    parts: dict[str, etree._Element] = {}
    for child in element:
        name = BARE[child.tag]
        if name == "Date":
            said = {BARE[one.tag]: (one.get("value") or one.text or "").strip() for one in child}
            periods = (*periods, (said.get("Type", ""), said.get("Start", ""), said.get("End", "")))
        elif name == "Status":
            status = value(child)
        else:
            parts[name] = child
    return periods, status or element.get("status") or "", parts


def _extension(org_id: etree._Element | None) -> str:
    return (org_id.get("extension") or "").strip() if org_id is not None else ""


def _role(role: etree._Element, code: str) -> Role:
    name = checked_role(role.get("id") or "", code)
    primary = (role.get("primaryRole") or "").lower() in ("true", "1")
    periods, status, _ = _looked_at(role)
    return Role(name, primary, dates(periods, code), is_active(status) is not False)


def _target(parts: dict[str, etree._Element], code: str) -> tuple[str, str]:
    """The code of a target, and its primary role."""
    far = role = None
    for child in parts.get("Target", ()):
        name = BARE[child.tag]
        if name == "OrgId":
            far = child
        elif name == "PrimaryRoleId":
            role = child
    return checked_code(_extension(far), code), (role.get("id") or "") if role is not None else ""


def _relationship(rel: etree._Element, code: str) -> Relationship:
    name = checked_relationship(rel.get("id") or "", code)
    periods, status, parts = _looked_at(rel)
    far, target_role = _target(parts, code)
    return Relationship(name, far, target_role, dates(periods, code), is_active(status) is not False)


def _succession(one: etree._Element, code: str) -> Succession:
    periods, _, parts = _looked_at(one)
    forward = is_forward(value(parts.get("Type")), code)
    far, _ = _target(parts, code)
    told = dates(periods, code)
    return Succession(forward, far, told.legal_start or told.start)


def _address(geo: etree._Element | None) -> tuple[Address | None, str]:
    """The address, and the UPRN."""
    for location in () if geo is None else geo:
        if BARE[location.tag] == "Location":
            said = {BARE[one.tag]: (one.get("value") or one.text or "").strip() for one in location}
            lines = [said[name] for name in sorted(said) if name.startswith("Addr")]
            town, county, postcode, country = [said.get(name, "") for name in _PLACE]
            return address(lines, town, county, postcode, country), said.get("UPRN", "")
    return None, ""


def _contacts(contacts: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
    for contact in contacts:
        if BARE[contact.tag] != "Contact":
            continue
        kind, said = (contact.get("type") or "").lower(), (contact.get("value") or "").strip()
        if kind and said:
            yield kind, said


def called(element: etree._Element) -> str | None:
    """What a refused record is called, for the list of rejects."""
    return (element.findtext("{*}Name") or "").strip()[:80] or None
