"""Records as the APIs of the Organisation Data Service write them, made for a test."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from db.reports import Run
from db.statements import Reading, RejectSaid, RowSaid, Statement
from db.store.session import ImportSession
from importers.base import ReadOptions
from importers.ods_json.importer import importer
from tests.importers.things import given

Json = dict[str, Any]

ROOT = "2.16.840.1.113883.2.1.3.2.4.18.48"
FHIR = "https://fhir.nhs.uk"
STU3 = f"{FHIR}/STU3/StructureDefinition"
R4 = f"{FHIR}/England/StructureDefinition"


def dated(start: str | None = None, end: str | None = None, family: str = "Operational") -> Json:
    """Dates of one family; those that are unknown are absent."""
    return {"Type": family} | ({"Start": start} if start else {}) | ({"End": end} if end else {})


def org_id(code: str) -> Json:
    """A code as records hold it."""
    return {"root": ROOT, "assigningAuthorityName": "HSCIC", "extension": code}


def role(name: str, start: str = "2001-04-01", status: str = "Active", **more: object) -> Json:
    """A role."""
    return {"id": name, "uniqueRoleId": 7, "Date": [dated(start)], "Status": status, **more}


def rel(name: str, target: str, target_role: str = "RO197", status: str = "Active", start: str = "2002-04-01") -> Json:
    """A relationship."""
    far = {"OrgId": org_id(target), "PrimaryRoleId": {"id": target_role, "uniqueRoleId": 8}}
    return {"Date": [dated(start)], "Status": status, "Target": far, "id": name, "uniqueRelId": 9}


def succ(target: str, kind: str = "Predecessor", day: str = "2001-04-01") -> Json:
    """A succession."""
    return {"uniqueSuccId": 3, "Date": [dated(day, family="Legal")], "Type": kind, "Target": {"OrgId": org_id(target)}}


def record(code: str = "RX1", name: str = "ONE NHS TRUST", /, **more: object) -> Json:
    """A record of the ORD API; a value of None leaves its key out."""
    held: Json = {
        "Name": name,
        "Date": [dated("2001-04-01")],
        "OrgId": org_id(code),
        "Status": "Active",
        "LastChangeDate": "2024-05-06",
        "orgRecordClass": "RC1",
        "GeoLoc": {
            "Location": {"AddrLn1": "1 HIGH STREET", "AddrLn3": "OLD MILL", "Town": "OXLEY", "PostCode": "OX1 2AB"}
        },
        "Roles": {"Role": [role("RO197", primaryRole=True)]},
        **more,
    }
    return {"Organisation": {key: value for key, value in held.items() if value is not None}}


def line(code: str = "RX1", name: str = "ONE NHS TRUST", /, **more: object) -> Json:
    """A line of a search of the ORD API."""
    return {
        "Name": name, "OrgId": code, "Status": "Active", "OrgRecordClass": "RC1", "PostCode": "OX1 2AB",
        "LastChangeDate": "2024-05-06", "PrimaryRoleId": "RO197", "PrimaryRoleDescription": "NHS TRUST",
        "OrgLink": f"https://directory.spineservices.nhs.uk/ORD/2-0-0/organisations/{code}", **more,
    }  # fmt: skip


def stu3(code: str = "N81001", /, **more: object) -> Json:
    """An Organization of STU3: objects where lists belong, role ids without RO."""

    def span(start: str, family: str = "Operational") -> Json:
        typed = {"url": f"{STU3}/Extension-ODSAPI-DateType-1", "valueString": family}
        return {"extension": [typed], "start": start}

    held = [
        {"url": "role", "valueCoding": {"code": "76", "display": "GP PRACTICE"}},
        {"url": "primaryRole", "valueBoolean": False},
        {"url": "activePeriod", "valuePeriod": span("2014-04-15")},
        {"url": "status", "valueString": "Active"},
    ]
    return {
        "resourceType": "Organization",
        "id": code,
        "meta": {"lastUpdated": "2021-03-24T00:00:00+00:00"},
        "extension": [
            {"url": f"{STU3}/Extension-ODSAPI-ActivePeriod-1", "valuePeriod": span("1974-04-01")},
            {"url": f"{STU3}/Extension-ODSAPI-OrganizationRole-1", "extension": held},
        ],
        "identifier": {"system": f"{FHIR}/Id/ods-organization-code", "value": code},
        "active": True,
        "type": {"coding": {"system": f"{FHIR}/STU3/CodeSystem/ODSAPI-OrganizationRecordClass-1", "code": "1"}},
        "name": "OLD MILL SURGERY",
        "telecom": [{"system": "phone", "value": "01632 960001"}],
        "address": {"line": ["1 HIGH STREET"], "city": "OXLEY", "postalCode": "OX1 2AB"},
        **more,
    }


def r4(code: str = "RX1", /, **more: object) -> Json:
    """An Organization of R4: lists everywhere, role ids with RO, dates of both families beside one another."""

    def span(family: str, start: str, end: str | None = None) -> Json:
        period = {"start": start} | ({"end": end} if end else {})
        parts = [
            {"url": "dateType", "valueCoding": {"code": family, "display": family}},
            {"url": "period", "valuePeriod": period},
        ]
        return {"url": f"{R4}/Extension-England-TypedPeriod", "extension": parts}

    held = [
        {"url": "instanceID", "valueInteger": 78491},
        {"url": "roleCode", "valueCodeableConcept": {"coding": [{"code": "RO157", "display": "NON-NHS ORGANISATION"}]}},
        span("Legal", "2001-04-02"),
        span("Operational", "2001-04-01", "2009-03-31"),
        {"url": "active", "valueBoolean": False},
    ]
    changed = [
        {"url": "type", "valueCoding": {"code": "LastChangeDate"}},
        {"url": "dateTime", "valueDateTime": "2026-01-02"},
    ]
    system = "https://digital.nhs.uk/services/organisation-data-service/CodeSystem/ODSRecordClass"
    return {
        "resourceType": "Organization",
        "id": code,
        "meta": {"lastUpdated": "2026-02-03T04:05:06+00:00"},
        "extension": [
            {"url": f"{R4}/Extension-England-OrganisationRole", "extension": held},
            {"url": f"{R4}/Extension-England-TypedDateTime", "extension": changed},
            span("Operational", "2001-04-01"),
            span("Legal", "2001-04-02"),
        ],
        "identifier": [{"system": f"{FHIR}/Id/ods-organization-code", "value": code}],
        "active": True,
        "type": [{"coding": [{"system": system, "code": "RC2"}]}],
        "name": "OLD MILL HOUSE",
        "address": [{"line": ["1 HIGH STREET", "OLD MILL"], "city": "OXLEY", "country": "ENGLAND"}],
        **more,
    }


def bundle(*resources: Json) -> Json:
    """A page of a FHIR search."""
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def read(content: object, name: str = "answer.json", published: str | None = None) -> Reading:
    """What a file says; text and bytes are taken as they are, all else is written as JSON."""
    written = content if isinstance(content, str | bytes) else json.dumps(content)
    return importer.read(given(written, name), ReadOptions(published=published))


def rows(content: object, **more: str) -> list[RowSaid | RejectSaid]:
    """Its rows."""
    return list(read(content, **more).rows)


def said(content: object, **more: str) -> Statement:
    """The one statement of a file."""
    (row,) = rows(content, **more)
    assert isinstance(row, RowSaid), row
    (statement,) = row.statements
    return statement


def refused(content: object) -> str:
    """The reason for which the one record of a file is refused."""
    (row,) = rows(content)
    assert isinstance(row, RejectSaid), row
    return row.reason


def take(connection: sqlite3.Connection, content: object, name: str = "answer.json") -> Run:
    """Import a file."""
    with ImportSession.in_memory(connection, command="t") as session:
        session.take(read(content, name), format=importer.name)
        return session.finish()
