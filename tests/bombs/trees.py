"""Large and odd files of the formats that hold trees, written piece by piece: records, ODS JSON, mapped JSON, ODS XML.

Each writes `size` rows (or megabytes, or whatever its one sentence says) to a path; what they hold is made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

Json = dict[str, Any]

PRACTICES_MAP = """\
format: interlock-map/1
id: made-practices
title: Made-up practices
published: 2026-01
rows: practices
records:
  - kind: organisation
    key: "ods:{code}"
    name: "{name}"
    type: gp-practice
    address: {lines: ["{address.line}"], town: "{address.town}", postcode: "{address.postcode}"}
"""
"""The mapping by which `mapped_json` is read."""

_ROOT = "2.16.840.1.113883.2.1.3.2.4.18.48"
_FHIR = "https://fhir.nhs.uk"


def code(number: int) -> str:
    """Return a made-up code that looks like that of a practice."""
    return f"A{number:06d}"


def name(number: int) -> str:
    """Return a name that no other number has."""
    return f"THE {_WORDS[number % 16]} {_WORDS[number // 16 % 16]} SURGERY {number}"


_WORDS = tuple("ASH BIRCH CEDAR DOGWOOD ELM FIR GORSE HAZEL IVY JUNIPER KALE LARCH MAPLE NETTLE OAK PINE".split())


def practice(number: int) -> Json:
    """Return a practice as the records format writes it."""
    return {
        "key": f"ods:{code(number)}",
        "name": name(number).title(),
        "type": "gp-practice",
        "status": "open",
        "opened": "1974-04-01",
        "address": {"lines": [f"{number} High Street"], "town": "Oxley", "postcode": f"OX{number % 90 + 1} 2AB"},
        "links": [{"type": "part-of", "to": "ods:QU9", "start": "2022-07-01"}],
    }


def records_yaml(path: Path, size: int) -> None:
    """Write practices as YAML in block style."""
    lines = (
        f"  - key: {one['key']}\n    name: {one['name']}\n    type: {one['type']}\n    status: {one['status']}\n"
        f"    opened: {one['opened']}\n"
        f"    address: {{lines: [{one['address']['lines'][0]}], town: Oxley, postcode: {one['address']['postcode']}}}\n"
        f"    links:\n      - {{type: part-of, to: ods:QU9, start: 2022-07-01}}\n"
        for one in map(practice, range(size))
    )
    _write(path, chain(["format: interlock-records/1\nid: made\norganisations:\n"], lines))


def records_json(path: Path, size: int) -> None:
    """Write practices as JSON, a line for each."""
    head = '{"format": "interlock-records/1", "id": "made", "organisations": [\n'
    _write(path, _listed(head, (json.dumps(practice(number)) for number in range(size)), ",\n", "]}\n"))


def records_json_on_one_line(path: Path, size: int) -> None:
    """Write practices as JSON all on one line."""
    head = '{"format":"interlock-records/1","id":"made","organisations":['
    _write(path, _listed(head, (json.dumps(practice(number)) for number in range(size)), ",", "]}"))


def records_lines(path: Path, size: int) -> None:
    """Write practices as JSONL."""
    lines = (json.dumps({"kind": "organisation", **practice(number)}) + "\n" for number in range(size))
    _write(path, chain(['{"format": "interlock-records/1", "id": "made"}\n'], lines))


def ord_record(number: int, called: str | None = None, role: str = "RO177") -> Json:
    """Return a body as the ORD API writes it, a practice unless its role is another."""
    dated = {"Type": "Operational", "Start": "1974-04-01"}
    target = {"OrgId": _org_id("QU9"), "PrimaryRoleId": {"id": "RO261", "uniqueRoleId": 8}}
    return {
        "Organisation": {
            "Name": called or name(number),
            "Date": [dated],
            "OrgId": _org_id(code(number)),
            "Status": "Active",
            "LastChangeDate": "2024-05-06",
            "orgRecordClass": "RC1",
            "GeoLoc": {"Location": {"AddrLn1": "1 HIGH STREET", "Town": "OXLEY", "PostCode": "OX1 2AB"}},
            "Contacts": {"Contact": [{"type": "tel", "value": "01632 960001"}]},
            "Roles": {"Role": [{"id": role, "primaryRole": True, "Date": [dated], "Status": "Active"}]},
            "Rels": {"Rel": [{"Date": [dated], "Status": "Active", "Target": target, "id": "RE4"}]},
        }
    }


def _org_id(of: str) -> Json:
    return {"root": _ROOT, "assigningAuthorityName": "HSCIC", "extension": of}


def ord_list(path: Path, size: int) -> None:
    """Write ORD records as one list."""
    _write(path, _listed("[\n", (json.dumps(ord_record(number)) for number in range(size)), ",\n", "]\n"))


def ord_by_code(path: Path, size: int) -> None:
    """Write ORD records under their codes."""
    texts = (f'"{code(number)}": {json.dumps(ord_record(number))}' for number in range(size))
    _write(path, _listed("{\n", texts, ",\n", "}\n"))


def ord_lines(path: Path, size: int) -> None:
    """Write ORD records as JSONL."""
    _write(path, (json.dumps(ord_record(number)) + "\n" for number in range(size)))


def ord_namesakes(path: Path, size: int) -> None:
    """Write ORD records of trusts that all have one name."""
    texts = (json.dumps(ord_record(number, "OXLEY NHS TRUST", "RO197")) for number in range(size))
    _write(path, _listed("[\n", texts, ",\n", "]\n"))


def search_page(path: Path, size: int) -> None:
    """Write the lines of an ORD search."""
    texts = (
        json.dumps(
            {
                "Name": name(number), "OrgId": code(number), "Status": "Active", "OrgRecordClass": "RC1",
                "PostCode": "OX1 2AB", "LastChangeDate": "2024-05-06", "PrimaryRoleId": "RO177",
                "PrimaryRoleDescription": "PRESCRIBING COST CENTRE",
                "OrgLink": f"https://directory.spineservices.nhs.uk/ORD/2-0-0/organisations/{code(number)}",
            }
        )
        for number in range(size)
    )  # fmt: skip
    _write(path, _listed('{"Organisations": [\n', texts, ",\n", "]}\n"))


def fhir_bundle(path: Path, size: int) -> None:
    """Write FHIR Organizations in a Bundle that says only at its end that it is one."""
    texts = (json.dumps({"resource": _organization(number)}) for number in range(size))
    _write(path, _listed('{"entry": [\n', texts, ",\n", f'], "resourceType": "Bundle", "total": {size}}}\n'))


def _organization(number: int) -> Json:
    structure = f"{_FHIR}/STU3/StructureDefinition"
    typed = {"url": f"{structure}/Extension-ODSAPI-DateType-1", "valueString": "Operational"}
    role = [
        {"url": "role", "valueCoding": {"code": "177", "display": "PRESCRIBING COST CENTRE"}},
        {"url": "primaryRole", "valueBoolean": True},
        {"url": "status", "valueString": "Active"},
    ]
    return {
        "resourceType": "Organization",
        "id": code(number),
        "extension": [
            {
                "url": f"{structure}/Extension-ODSAPI-ActivePeriod-1",
                "valuePeriod": {"extension": [typed], "start": "1974-04-01"},
            },
            {"url": f"{structure}/Extension-ODSAPI-OrganizationRole-1", "extension": role},
        ],
        "identifier": {"system": f"{_FHIR}/Id/ods-organization-code", "value": code(number)},
        "active": True,
        "name": name(number),
        "address": {"line": ["1 HIGH STREET"], "city": "OXLEY", "postalCode": "OX1 2AB"},
    }


def mapped_json(path: Path, size: int) -> None:
    """Write rows that `PRACTICES_MAP` reads."""
    texts = (
        json.dumps(
            {
                "code": code(number),
                "name": name(number),
                "address": {"line": f"{number} High Street", "town": "Oxley", "postcode": "OX1 2AB"},
            }
        )
        for number in range(size)
    )
    _write(path, _listed('{"practices": [\n', texts, ",\n", "]}\n"))


_XML_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<HSCOrgRefData:OrgRefData xmlns:HSCOrgRefData="http://refdata.hscic.gov.uk/org/v2-0-0">
<Organisations>
"""
_XML_END = "</Organisations>\n</HSCOrgRefData:OrgRefData>\n"


def xml_records(path: Path, size: int) -> None:
    """Write records as a fragment of the national release."""
    _write(path, chain([_XML_HEAD], (_xml_record(number, "") for number in range(size)), [_XML_END]))


def _xml_record(number: int, more: str) -> str:
    dated = '<Date><Type value="Operational"/><Start value="1974-04-01"/></Date>'
    return (
        f'<Organisation orgRecordClass="RC1"><Name>{name(number)}</Name>{dated}'
        f'<OrgId root="{_ROOT}" assigningAuthorityName="HSCIC" extension="{code(number)}"/>'
        f'<Status value="Active"/><LastChangeDate value="2024-05-06"/>{more}'
        f'<Roles><Role id="RO177" uniqueRoleId="{number + 1}" primaryRole="true">{dated}'
        '<Status value="Active"/></Role></Roles>'
        "</Organisation>\n"
    )


def xml_contacts(path: Path, size: int) -> None:
    """Write one XML record with contacts of so many megabytes."""
    contact = '<Contact type="tel" value="01632 960001"/>' * (1024**2 // 42)
    record = _xml_record(1, "<Contacts>MARK</Contacts>")
    before, _, after = record.partition("MARK")
    _write(path, chain([_XML_HEAD, before], (contact for _ in range(size)), [after, _XML_END]))


def one_long_text(path: Path, size: int) -> None:
    """Write a record whose summary is a text of so many megabytes; the ending of the path says in what."""
    text = ("all on one line " * 65536 for _ in range(size))
    if path.suffix == ".xml":
        head, end = [_XML_HEAD, '<Organisation orgRecordClass="RC1"><Name>'], ["</Name></Organisation>\n", _XML_END]
    elif path.suffix == ".yaml":
        head, end = ["format: interlock-records/1\norganisations:\n  - {key: ods:A1, name: A, summary: "], ["}\n"]
    else:
        head = ['{"format": "interlock-records/1", "organisations": [{"key": "ods:A1", "name": "A", "summary": "']
        end = ['"}]}\n']
    _write(path, chain(head, text, end))


def one_large_record(path: Path, size: int) -> None:
    """Write one record of the records format with so many facts, as YAML or JSON by the ending of the path."""
    if path.suffix == ".yaml":
        head = "format: interlock-records/1\norganisations:\n  - key: ods:A1\n    name: A\n    facts:\n"
        _write(path, chain([head], (f"      - {{property: expected-savings, value: {one}}}\n" for one in range(size))))
    else:
        head = '{"format": "interlock-records/1", "organisations": [{"key": "ods:A1", "name": "A", "facts": [\n'
        texts = (f'{{"property": "expected-savings", "value": {one}}}' for one in range(size))
        _write(path, _listed(head, texts, ",\n", "]}]}\n"))


def _listed(head: str, texts: Iterable[str], between: str, end: str) -> Iterator[str]:
    yield head
    for number, text in enumerate(texts):
        yield between + text if number else text
    yield end


def _write(path: Path, pieces: Iterable[str]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


BOMBS: dict[str, tuple[Callable[[Path, int], None], str]] = {
    "records-yaml": (records_yaml, "made.yaml"),
    "records-json": (records_json, "made.json"),
    "records-json-on-one-line": (records_json_on_one_line, "made.json"),
    "records-jsonl": (records_lines, "made.jsonl"),
    "ord-list": (ord_list, "ord.json"),
    "ord-by-code": (ord_by_code, "ord.json"),
    "ord-jsonl": (ord_lines, "ord.jsonl"),
    "ord-namesakes": (ord_namesakes, "ord.json"),
    "ord-search": (search_page, "search.json"),
    "fhir-bundle": (fhir_bundle, "fhir.json"),
    "mapped-json": (mapped_json, "practices.json"),
    "xml-records": (xml_records, "release.xml"),
}
"""Those that hold `size` rows, with the name of the file that they are."""
