"""What others say of the bodies of a made-up country: an ODS list, a records file, a table that knows names alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from tests.national.country import Country
from tests.national.groups import GROUPS
from tests.national.things import Org


def bodies(country: Country, group: str, number: int) -> list[Org]:
    """The first bodies of a group, open and closed."""
    prefix = next(one.prefix for one in GROUPS if one.name == group)
    everyone = sorted((*country.orgs(False), *country.orgs(True)), key=lambda org: org.code)
    return [org for org in everyone if org.code[:2] == prefix][:number]


def ods_list(country: Country, folder: Path) -> list[str]:
    """A list of practices that renames some, closes one, opens one, and names parents that nobody describes."""
    practices = bodies(country, "practice", 9)
    rows = [_row(place, org) for place, org in enumerate(practices)]
    rows.append(_listed("GP9999", "A PRACTICE THAT OPENED SINCE", "20260801", "", "A", "SB0000"))
    for place, day in enumerate(("20260929", "20260930", "20261001")):
        rows.append(_listed(f"GP998{place}", f"CLOSING PRACTICE {place}", "20010401", day, "A", "SB0000"))
        rows.append(_listed(f"GP999{place}", f"OPENING PRACTICE {place}", day, "", "A", "SB0000"))
    rows.append(_listed("", "A PRACTICE WITHOUT A CODE", "20260801", "", "A", "SB0000"))
    path = folder / "epraccur-2026-09.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return [path.name, "--as", "ods-csv"]


def _row(place: int, org: Org) -> list[str]:
    name = f"{org.name} GROUP" if place % 3 == 1 else org.name
    closed = "20260731" if place == 4 else (org.span.end or "").replace("-", "")
    opened = (org.span.start or "").replace("-", "")
    return _listed(org.code, name, opened, closed, "C" if closed else "A", ("SB0000", "SB0001", "15N")[place % 3])


def _listed(code: str, name: str, opened: str, closed: str, status: str, parent: str) -> list[str]:
    address = ["2 LOW STREET", "", "TOWN", "", "", "AB1 2CD"]
    row = [code, name, "Y58", "QQ0000", *address, opened, closed, status, "B", parent, opened, closed]
    return row + ["01234 567890", "", "", "", "0", "", parent, "", "4", ""][: 27 - len(row)]


def records_file(country: Country, folder: Path) -> list[str]:
    """A records file: an alliance of trusts, people who hold posts in them, and other names for them."""
    trusts, practices = bodies(country, "trust", 4), bodies(country, "practice", 3)
    content = {
        "format": "interlock-records/1",
        "id": "alliance",
        "title": "An alliance",
        "publisher": "Somebody",
        "published": "2026-09-10",
        "cites": "doc:alliance",
        "documents": [
            {
                "key": "doc:alliance",
                "title": "How the alliance works",
                "type": "web-page",
                "links": [{"type": "about", "to": "arr:alliance", "evidence": "whole text"}],
                "evidence": "whole text",
            }
        ],
        "organisations": [_told(place, org) for place, org in enumerate([*trusts, *practices])],
        "arrangements": [
            {
                "key": "arr:alliance",
                "name": "The Alliance",
                "type": "provider-collaborative",
                "status": "open",
                "opened": "2024-04",
                "participants": [_member(place, org) for place, org in enumerate(trusts)],
                "events": [
                    {"date": "2024-04", "kind": "formed", "text": "The alliance was formed.", "evidence": "paragraph 4"}
                ],
                "evidence": ["paragraph 1", {"locator": "paragraph 2", "quote": "We work together"}],
            }
        ],
        "people": [
            {
                "key": "person:alex-example",
                "name": "Alex Example",
                "posts": [
                    {
                        "in": f"ods:{trusts[0].code}",
                        "role": "chief-executive",
                        "start": "2025",
                        "evidence": "paragraph 5",
                    }
                ],
                "evidence": "paragraph 5",
            }
        ],
    }
    path = folder / "alliance.json"
    path.write_text(json.dumps(content, indent=1), "utf-8")
    return [path.name]


def _told(place: int, org: Org) -> dict[str, object]:
    claimed = {"locator": "paragraph 3", "basis": "claimed", "claimant": "person:alex-example", "confidence": 0.6}
    told: dict[str, object] = {
        "key": f"ods:{org.code}",
        "name": org.name.title() if place % 2 else f"{org.name.title()} and Friends",
        "names": [{"name": f"Friends {place}", "kind": "short", "evidence": "paragraph 1"}],
        "facts": [{"property": "character", "text": f"Is number {place}.", "evidence": claimed}],
        "evidence": f"paragraph {place}",
    }
    return told | ({"status": "closed", "closed": "2026-09-01"} if place == 2 else {})


def _member(place: int, org: Org) -> dict[str, object]:
    fact = {"property": "independence", "text": "Stays as it is.", "evidence": "paragraph 7"}
    return {
        "who": f"ods:{org.code}",
        "role": "lead" if place == 0 else "member",
        "start": f"{2024 + place % 2}-04-01",
        "facts": [fact] if place == 1 else [],
        "evidence": [f"paragraph {place + 1}"],
    }


MAPPING = """
format: interlock-map/1
id: contracts
title: Contracts of made-up bodies
publisher: Somebody
published: "2026-09-05"
columns: {provider: provider, board: board, began: began, places: places}
records:
  - kind: organisation
    key: "org:{provider|slug}"
    name: "{provider}"
    facts:
      - {property: team-size, value: "{places}", unit: places, as_of: "2026-09"}
    links:
      - {type: commissioned-by, to: "ods:{board}", start: "{began}"}
"""


RIVALS = ("Rival Care", "Twin Care", "Late Care", "Old Glory", "First Glory", "New Glory", "Gone Glory")
"""Names that several bodies have or had."""


def table_of_names(country: Country, folder: Path) -> list[str]:
    """A table that knows bodies by their names alone: some are in the country once, some twice, some nearly or not."""
    groups = ("trust", "care", "company", "supplier", "network", "board")
    orgs = [org for group in groups for org in bodies(country, group, 3)]
    rows = [(org.name.title(), "QQ0001", "2025-04-01", str(place)) for place, org in enumerate(orgs)]
    rows += [
        (f"{orgs[0].name.title()} Trust", "QQ0001", "2025-04-01", "5"),
        (orgs[3].name.title().replace("E", "", 1).replace("e", "", 1), "QQ0001", "2025-05-01", "6"),
        *((f"{name} Ltd", "QQ0001", "2025-06-01", "9") for name in RIVALS),
        ("Nobody Knows Ltd", "QQ0002", "", "7"),
        ("", "QQ0002", "", "8"),
    ]
    _write(folder / "contracts.csv", [("provider", "board", "began", "places"), *rows])
    (folder / "contracts.yaml").write_text(MAPPING, "utf-8")
    return ["contracts.csv", "--map", "contracts.yaml"]


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


OTHERS = (ods_list, records_file, table_of_names)
