"""A record of the ORD API as plain data: the XML release in JSON, with a list of one sometimes left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Address
from importers.documents.nodes import MappingNode, SequenceNode
from importers.ods_json.parts import Item, Period, active, address, checked_code, checked_name, dates, day_or_none
from importers.ods_json.trees import first, many, step, text, truth, written
from importers.ods_xml.organisation import MOST, Dates, Organisation, RefusedError, Relationship, Role, Succession

_ROLE = re.compile(r"RO\d{1,6}")
_REL = re.compile(r"RE\d{1,6}")
_LISTS = (("Roles", "Role"), ("Rels", "Rel"), ("Succs", "Succ"), ("Contacts", "Contact"))


def record(node: MappingNode) -> Item:
    """Read what stands under `Organisation`; raises `RefusedError` with the reason where it cannot be taken."""
    for names in _LISTS:
        many(node, names[0])
        held = step(node, *names)
        if isinstance(held, SequenceNode) and len(held.items) > MOST:
            raise RefusedError(f"has more than {MOST:,} {names[0]}")
    code = checked_code(text(node, "OrgId", "extension"))
    location = first(node, "GeoLoc", "Location")
    return Item(
        Organisation(
            code=code,
            name=checked_name(text(node, "Name"), code),
            stub=truth(node, "refOnly") is True,
            site=_is_site(node, code),
            active=active(text(node, "Status")),
            dates=_dates(node, code),
            address=_address(location),
            uprn=written(location, "UPRN"),
            contacts=tuple(_contacts(node)),
            roles=tuple(_role(one, code) for one in many(node, "Roles", "Role")),
            relationships=tuple(_relationship(one, code) for one in many(node, "Rels", "Rel")),
            successions=tuple(_succession(one, code) for one in many(node, "Succs", "Succ")),
        ),
        day_or_none(text(node, "LastChangeDate")),
    )


def _is_site(node: MappingNode, code: str) -> bool:
    written = text(node, "orgRecordClass") or text(node, "OrgRecordClass")
    if written not in ("RC1", "RC2", ""):
        raise RefusedError(f"{code} is of the unknown record class '{written[:20]}'")
    return written == "RC2"


def _dates(node: MappingNode, code: str) -> Dates:
    periods: list[Period] = [(text(one, "Type"), text(one, "Start"), text(one, "End")) for one in many(node, "Date")]
    return dates(periods, code)


def _address(location: MappingNode | None) -> Address | None:
    if location is None:
        return None
    lines = [text(location, name) for name in sorted(location.entries) if name.startswith("AddrLn")]
    return address(lines, *(text(location, name) for name in ("Town", "County", "PostCode", "Country")))


def _contacts(node: MappingNode) -> Iterator[tuple[str, str]]:
    for one in many(node, "Contacts", "Contact"):
        kind, said = text(one, "type").lower(), text(one, "value")
        if kind and said:
            yield kind, said


def _role(role: MappingNode, code: str) -> Role:
    name = text(role, "id")
    if not _ROLE.fullmatch(name):
        raise RefusedError(f"{code} has a role '{name[:20]}', which is none of ODS")
    return Role(name, truth(role, "primaryRole") is True, _dates(role, code), active(text(role, "Status")) is not False)


def _relationship(rel: MappingNode, code: str) -> Relationship:
    name = text(rel, "id")
    if not _REL.fullmatch(name):
        raise RefusedError(f"{code} has a relationship '{name[:20]}', which is none of ODS")
    target = checked_code(text(rel, "Target", "OrgId", "extension"), code)
    role = text(rel, "Target", "PrimaryRoleId", "id")
    return Relationship(name, target, role, _dates(rel, code), active(text(rel, "Status")) is not False)


def _succession(one: MappingNode, code: str) -> Succession:
    kind = text(one, "Type")
    if kind not in ("Successor", "Predecessor"):
        raise RefusedError(f"{code} has a succession of the unknown type '{kind[:20]}'")
    told = _dates(one, code)
    target = checked_code(text(one, "Target", "OrgId", "extension"), code)
    return Succession(kind == "Successor", target, told.legal_start or told.start)
