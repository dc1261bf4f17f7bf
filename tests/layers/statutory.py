"""Partnerships that statutes set up in every area: who must be in them follows from areas of boards and councils."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.layers.compact import csv_rows

SLIVER = 5
"""Small areas below which an overlap is a slip of borders: the mapping `sub-icb-districts` refuses them, too."""
_AREAS = "geography/derived_sicbl24_icb24_ltla24.csv"
_COUNTIES = "geography/lookup_ltla23_utla23.csv"
_COUNCILS = "councils/uk_local_authorities_future.csv"
_AREAS_KEY, _COUNTIES_KEY = "file:sub-icb-districts-2024", "file:district-counties-2023"
_ACT_2007, _ACT_2012 = "law:lgpiha-2007", "law:health-and-social-care-act-2012"
_AREAS_OF = "2024"
"""The year whose areas say who takes part: an Act lists nobody on its own day."""
Overlap = dict[str, dict[str, list[int]]]
"""By board and by council, the lines of the list that tell of small areas of both."""


def statutory(data: Path) -> dict[str, Any]:
    """Return a records file of integrated care partnerships and health and wellbeing boards, inferred from two Acts."""
    boards, overlap = _overlap(data)
    councils = _councils(data)
    by_council: Overlap = defaultdict(dict)
    for board, found in overlap.items():
        for council, lines in found.items():
            by_council[council][board] = lines
    arrangements = [_partnership(board, boards[board], overlap[board], councils) for board in sorted(overlap)]
    arrangements += [_wellbeing(council, by_council[council], councils, boards) for council in sorted(by_council)]
    return {
        "format": "interlock-records/1",
        "id": "statutory-partnerships",
        "title": "Partnerships that statutes set up for the boards and councils of 2024",
        "publisher": "Interlock, from Acts and from lists of the Office for National Statistics",
        "published": "2024",
        "licence": "OGL-UK-3.0",
        "sources": [
            {
                "key": _ACT_2007, "title": "Local Government and Public Involvement in Health Act 2007",
                "publisher": "UK Parliament", "published": "2007-10-30", "licence": "OGL-UK-3.0",
                "url": "https://www.legislation.gov.uk/ukpga/2007/28/section/116ZA",
            },
            {
                "key": _ACT_2012, "title": "Health and Social Care Act 2012",
                "publisher": "UK Parliament", "published": "2012-03-27", "licence": "OGL-UK-3.0",
                "url": "https://www.legislation.gov.uk/ukpga/2012/7/contents",
            },
        ],
        "arrangements": arrangements,
    }  # fmt: skip


def written(data: Path) -> bytes:
    """Return that file, an arrangement a line."""
    made = statutory(data)
    arrangements = made.pop("arrangements")
    head = json.dumps(made, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in arrangements)
    return f'{head},\n "arrangements":[\n{lines}\n]}}\n'.encode()


def _overlap(data: Path) -> tuple[dict[str, str], Overlap]:
    """The names of boards by code, and with which councils of counties and single tiers each shares small areas."""
    counties = {row[0]: row[2] for _, row in csv_rows(data / _COUNTIES)}
    names: dict[str, str] = {}
    overlap: Overlap = defaultdict(lambda: defaultdict(list))
    rows = list(csv_rows(data / _AREAS))[1:]
    whole = Counter[str]()
    for _, row in rows:
        whole[row[6]] += int(row[8])
    for line, row in rows:
        board, district, areas = row[4], row[6], int(row[8])
        names[board] = row[5]
        # The Isles of Scilly are a single small area, and no sliver of anything.
        if areas >= SLIVER or areas == whole[district]:
            overlap[board][counties.get(district, district)].append(line)
    return names, overlap


def _councils(data: Path) -> dict[str, tuple[str, str]]:
    """Official and short names of councils by code of geography, with the codes they have had."""
    rows = [row for _, row in csv_rows(data / _COUNCILS)]
    place = {heading: number for number, heading in enumerate(rows[0])}
    found: dict[str, tuple[str, str]] = {}
    for row in rows[1:]:
        for code in (row[place["gss-code"]], *row[place["former-gss-codes"]].split(",")):
            found.setdefault(code.strip(), (row[place["official-name"]], row[place["nice-name"]]))
    return found


def _evidence(act: str, where: str, note: str, lines: Iterable[int]) -> list[dict[str, str]]:
    counted = sorted(lines)
    shown = ", ".join(map(str, counted[:3])) + (f" and {len(counted) - 3} more" if len(counted) > 3 else "")
    inferred = {"basis": "inferred", "note": note}
    return [
        {"source": act, "locator": where, "as_of": _AREAS_OF, **inferred},
        {"source": _AREAS_KEY, "locator": f"line{'s' * (len(counted) > 1)} {shown}", **inferred},
    ]


def _partnership(
    board: str, name: str, found: dict[str, list[int]], councils: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    area = name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
    note = "The Act has a board and the upper-tier councils that share its area set it up; the areas are those of 2024."
    every = [line for lines in found.values() for line in lines]
    return {
        "key": f"arr:{_slug(area)}-integrated-care-partnership",
        "name": f"{area} integrated care partnership",
        "name_kind": "descriptive",
        "type": "integrated-care-partnership",
        "legal_basis": "Local Government and Public Involvement in Health Act 2007 s.116ZA",
        "basis_status": "inferred",
        "evidence": _evidence(_ACT_2007, "s.116ZA", note, every),
        "participants": [
            {"who": f"ods:{board}", "name": name, "role": "member"},
            *(
                {
                    "who": f"gss:{council}", "name": councils[council][0], "role": "member",
                    "evidence": _evidence(_ACT_2007, "s.116ZA", note, found[council]),
                }
                for council in sorted(found)
            ),
        ],
    }  # fmt: skip


def _wellbeing(
    council: str, found: dict[str, list[int]], councils: dict[str, tuple[str, str]], boards: dict[str, str]
) -> dict[str, Any]:
    official, short = councils[council]
    note = "The Act has the council set it up with each integrated care board of its area; the areas are those of 2024."
    every = [line for lines in found.values() for line in lines]
    return {
        "key": f"arr:{_slug(short)}-health-and-wellbeing-board",
        "name": f"{short} health and wellbeing board",
        "name_kind": "descriptive",
        "type": "health-and-wellbeing-board",
        "legal_basis": "Health and Social Care Act 2012 s.194",
        "basis_status": "inferred",
        "evidence": _evidence(_ACT_2012, "s.194", note, every),
        "participants": [
            {"who": f"gss:{council}", "name": official, "role": "host"},
            *(
                {
                    "who": f"ods:{board}", "name": boards[board], "role": "member",
                    "evidence": _evidence(_ACT_2012, "s.194", note, found[board]),
                }
                for board in sorted(found)
            ),
        ],
    }  # fmt: skip


def _slug(name: str) -> str:
    letters = "".join(letter if letter.isalnum() else " " for letter in name.lower().replace("'", ""))
    return "-".join(letters.split())
