"""A FHIR Organization of STU3 or R4 as plain data. It tells roles and dates, but no relationship and no succession."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from importers.documents.nodes import MappingNode, ScalarNode, SequenceNode
from importers.ods.organisation import (
    MOST,
    Organisation,
    Period,
    RefusedError,
    Role,
    address,
    checked_code,
    checked_name,
    is_active,
)
from importers.ods_json.fields import JsonRecord, dates_of, day_or_none, first, json_codes, many, step, text, truth

_ROLE = re.compile(r"(?:RO)?(\d{1,6})")


def organization(node: MappingNode) -> JsonRecord:
    """Read an Organization; raises `RefusedError` with the reason where it cannot be taken."""
    code = _code(node)
    extensions = many(node, "extension")
    if len(extensions) > MOST:
        raise RefusedError(f"{code} has more than {MOST:,} extensions")
    roles = [_role(one, code) for one in _extensions(extensions, "role")]
    lines, place = _address(node)
    return JsonRecord(
        Organisation(
            code=code,
            name=checked_name(text(node, "name"), code),
            stub="RefOnly" in _types(node, "use"),
            site=any(one.endswith("2") for one in _types(node, "record_class")),
            active=truth(node, "active"),
            dates=dates_of(_periods(extensions, "period"), code),
            address=address(lines, *place),
            uprn="",
            contacts=tuple(_contacts(node)),
            roles=tuple(role for role, _ in roles),
            relationships=(),
            successions=(),
        ),
        _changed(node, extensions),
        {role.id: display for role, display in roles if display},
    )


def refusal(node: MappingNode) -> str:
    """What an OperationOutcome says, in its own words."""
    for issue in many(node, "issue"):
        coding = first(issue, "details", "coding")
        said = text(issue, "diagnostics") or text(issue, "details", "text") or text(coding, "display")
        if said or text(issue, "code"):
            return said or text(issue, "code")
    return "it gives no reason"


def _code(node: MappingNode) -> str:
    """The ODS code among the identifiers; without any identifier, the id."""
    identifiers = many(node, "identifier")
    for one in identifiers:
        if text(one, "system").endswith(json_codes()["systems"]["code"]):
            return checked_code(text(one, "value"))
    if identifiers:
        raise RefusedError("has no ODS code among its identifiers")
    return checked_code(text(node, "id"))


def _extensions(extensions: Iterable[MappingNode], kind: str) -> list[MappingNode]:
    """The extensions of a kind, by how their addresses end."""
    known: list[str] = json_codes()["extensions"][kind]
    return [one for one in extensions if text(one, "url").rpartition("/")[2] in known]


def _periods(extensions: Iterable[MappingNode], kind: str) -> Iterator[Period]:
    """The periods that say of which family they are: with the type inside the period (STU3) or beside it (R4)."""
    for one in _extensions(extensions, kind):
        parts = {text(part, "url"): part for part in many(one, "extension")}
        period = first(one, "valuePeriod")
        if period is not None:
            types = _extensions(many(period, "extension"), "date_type")
            family = text(types[0], "valueString") or text(types[0], "valueCode") if types else ""
        else:
            period = first(parts.get("period"), "valuePeriod")
            family = text(parts.get("dateType"), "valueCoding", "code")
        if period is not None and family:
            yield family, text(period, "start"), text(period, "end")


def _role(extension: MappingNode, code: str) -> tuple[Role, str]:
    """A role with its name: ids are written with RO (R4) or without (STU3)."""
    parts = many(extension, "extension")
    by_name = {text(part, "url"): part for part in parts}
    found = next(iter(_extensions(parts, "role_code")), None)
    coding = first(found, "valueCoding") or first(found, "valueCodeableConcept", "coding")
    written = text(coding, "code")
    number = _ROLE.fullmatch(written)
    if number is None:
        raise RefusedError(f"{code} has a role '{written[:20]}', which is none of ODS")
    spans = dates_of([*_periods(parts, "role_period"), *_periods(parts, "period")], code)
    lapsed = is_active(text(by_name.get("status"), "valueString")) is False
    lapsed = lapsed or truth(by_name.get("active"), "valueBoolean") is False
    primary = truth(by_name.get("primaryRole"), "valueBoolean") is True
    return Role(f"RO{number[1]}", primary, spans, not lapsed), text(coding, "display")


def _types(node: MappingNode, kind: str) -> list[str]:
    """The codes of a type in one of the systems of ODS."""
    known: list[str] = json_codes()["systems"][kind]
    return [
        text(coding, "code")
        for one in many(node, "type")
        for coding in many(one, "coding")
        if text(coding, "system").rpartition("/")[2] in known
    ]


def _address(node: MappingNode) -> tuple[list[str], list[str]]:
    """The lines of the first address; its town, county, postcode and country."""
    found = first(node, "address")
    held = step(found, "line")
    lines = held.items if isinstance(held, SequenceNode) else [held] if isinstance(held, ScalarNode) else []
    return [text(line) for line in lines], [text(found, name) for name in ("city", "district", "postalCode", "country")]


def _contacts(node: MappingNode) -> Iterator[tuple[str, str]]:
    for one in many(node, "telecom"):
        said = text(one, "value")
        if said:
            yield json_codes()["contacts"].get(text(one, "system"), text(one, "system") or "other"), said


def _changed(node: MappingNode, extensions: list[MappingNode]) -> str | None:
    """The last change by ODS, else of the resource."""
    for one in _extensions(extensions, "changed"):
        parts = {text(part, "url"): part for part in many(one, "extension")}
        if text(parts.get("type"), "valueCoding", "code") == "LastChangeDate":
            return day_or_none(text(parts.get("dateTime"), "valueDateTime"))
    return day_or_none(text(node, "meta", "lastUpdated"))
