"""Records and lines of a search of the ORD API as plain data; a list of one is sometimes the thing itself."""

from __future__ import annotations

from collections.abc import Iterator

from db.model import Address
from importers.documents.nodes import MappingNode, SequenceNode
from importers.ods.organisation import (
    MOST,
    Dates,
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
    is_active,
    is_forward,
    is_site,
)
from importers.ods_json.fields import JsonRecord, dates_of, day_or_none, first, many, step, text, truth, written

_LISTS = (("Roles", "Role"), ("Rels", "Rel"), ("Succs", "Succ"), ("Contacts", "Contact"))


def record(node: MappingNode) -> JsonRecord:
    """Read what stands under `Organisation`; raises `RefusedError` with the reason where it cannot be taken."""
    for names in _LISTS:
        many(node, names[0])
        held = step(node, *names)
        if isinstance(held, SequenceNode) and len(held.items) > MOST:
            raise RefusedError(f"has more than {MOST:,} {names[0]}")
    code = checked_code(text(node, "OrgId", "extension"))
    location = first(node, "GeoLoc", "Location")
    return JsonRecord(
        Organisation(
            code=code,
            name=checked_name(text(node, "Name"), code),
            stub=truth(node, "refOnly") is True,
            site=is_site(text(node, "orgRecordClass") or text(node, "OrgRecordClass"), code),
            active=is_active(text(node, "Status")),
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


def _dates(node: MappingNode, code: str) -> Dates:
    periods: list[Period] = [(text(one, "Type"), text(one, "Start"), text(one, "End")) for one in many(node, "Date")]
    return dates_of(periods, code)


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
    name = checked_role(text(role, "id"), code)
    primary = truth(role, "primaryRole") is True
    return Role(name, primary, _dates(role, code), is_active(text(role, "Status")) is not False)


def _relationship(rel: MappingNode, code: str) -> Relationship:
    name = checked_relationship(text(rel, "id"), code)
    target = checked_code(text(rel, "Target", "OrgId", "extension"), code)
    role = text(rel, "Target", "PrimaryRoleId", "id")
    return Relationship(name, target, role, _dates(rel, code), is_active(text(rel, "Status")) is not False)


def _succession(one: MappingNode, code: str) -> Succession:
    forward = is_forward(text(one, "Type"), code)
    told = _dates(one, code)
    target = checked_code(text(one, "Target", "OrgId", "extension"), code)
    return Succession(forward, target, told.legal_start or told.start)


def summary(node: MappingNode) -> JsonRecord:
    """Read a line of a search; raises `RefusedError` where it cannot be taken."""
    code = checked_code(text(node, "OrgId"))
    role, display = text(node, "PrimaryRoleId"), text(node, "PrimaryRoleDescription")
    status = is_active(text(node, "Status"))
    return JsonRecord(
        Organisation(
            code=code,
            name=checked_name(text(node, "Name"), code),
            stub=False,
            site=text(node, "OrgRecordClass") == "RC2",
            active=status,
            dates=Dates(),
            address=address((), "", "", text(node, "PostCode"), ""),
            uprn="",
            contacts=(),
            roles=(Role(role, True, Dates(), status is not False),) if role else (),
            relationships=(),
            successions=(),
        ),
        day_or_none(text(node, "LastChangeDate")),
        {role: display} if role and display else {},
    )
