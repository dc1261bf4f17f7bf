"""How much of each kind the built-in register holds, beside what the public files have, counted by themselves."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.layers.compact import PLAIN, CsvShape, csv_rows
from tests.layers.recipes import CHOICES, PARTNERS_2019, described, members, networks, practices
from tests.layers.statutory import statutory

_TRUSTS_2026, _BOARDS_2026 = "trusts-2026/trusts.json", "trusts-2026/icbs.json"
_COUNCILS = "councils/uk_local_authorities_future.csv"
_ALLIANCES = "arrangements/trust-to-cancer-alliance-2026.csv"
_ALLIANCES_2021 = "geography/ccg_icb_to_cancer_alliance.csv"
_DIABETES = "networks/paediatric_diabetes_networks.json"
_FOOTPRINTS = "stp/stp-partner-mapping-2019-04_footprints.csv"
_FIRE, _SAFETY = "geography/lookup_ltla24_fra24.csv", "geography/lookup_ltla24_csp24_pfa24.csv"
_IRISH = "geography/lookup_ltla21_hsct18.csv"


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the public files have by themselves, and the question that must come to the same."""

    about: str
    in_files: Callable[[Path], int]
    question: str


def _rows(name: str, shape: CsvShape = PLAIN) -> Callable[[Path], int]:
    return lambda data: sum(1 for _ in csv_rows(data / name, shape)) - shape.heading


def _distinct(name: str, column: str, shape: CsvShape = PLAIN) -> Callable[[Path], int]:
    def count(data: Path) -> int:
        rows = [row for _, row in csv_rows(data / name, shape)]
        place = rows[0].index(column)
        return len({row[place] for row in rows[1:] if row[place]})

    return count


def _items(name: str, wanted: Callable[[dict[str, Any]], bool] = lambda _: True) -> Callable[[Path], int]:
    return lambda data: sum(map(wanted, json.loads((data / name).read_text("utf-8"))))


def _checked(data: Path) -> list[dict[str, Any]]:
    items = json.loads((data / "curated/arrangements-2026-11.json").read_text("utf-8"))
    return [item for item in items if item["checked"] != "not checked"]


def _hospitals(data: Path) -> int:
    older = {row[1] for _, row in list(csv_rows(data / "sites/nhs-choices-hospitals.csv", CHOICES))[1:]}
    newer = json.loads((data / "sites/hospitals-2024.json").read_text("utf-8"))
    return len(older | {item["OrganisationCode"] for item in newer})


def _abolished(data: Path) -> int:
    items = json.loads((data / _BOARDS_2026).read_text("utf-8"))
    return len({code for item in items for code in item.get("predecessor_codes", ())})


def _participants(data: Path) -> int:
    return sum(len(item["participants"]) for item in _checked(data))


def _epilepsy_members(data: Path) -> int:
    items = json.loads((data / "arrangements/open_uk_networks_trusts.json").read_text("utf-8"))
    return len({(item["ods trust code"], item["OPEN UK Network Code"]) for item in items})


def _integration(data: Path) -> int:
    """Areas of them by name: one that got another boundary has two codes."""
    rows = csv_rows(data / "nations/area_lookup_S08_S12_S37.csv")
    return len({row[1] for _, row in rows if row[0].startswith("S37")})


def _successions(data: Path) -> int:
    codes = described(data)
    rows = csv_rows(data / "succession/ods-successions-1992-2021.csv")
    return sum(1 for _, row in rows if row[0] in codes or row[1] in codes)


def _statutory(kind: str) -> Callable[[Path], int]:
    return lambda data: sum(one["type"] == kind for one in statutory(data)["arrangements"])


def _typed(kinds: str, more: str = "") -> str:
    return f"SELECT count(*) FROM record WHERE type IN ({kinds}) AND NOT placeholder{more}"


def _combined(data: Path) -> int:
    """Those of a council's cells that name one; of Greater London they tell the area."""
    rows = [row for _, row in csv_rows(data / _COUNCILS)]
    place = rows[0].index("combined-authority")
    return sum(row[place] not in ("", "GLA") for row in rows[1:])


def _coded(scheme: str, like: str = "%") -> str:
    return f"SELECT count(DISTINCT record_id) FROM identifier WHERE scheme = '{scheme}' AND value LIKE '{like}'"


def _told_by(subject: str, source: str, where: str = "") -> str:
    """The records or links that a source is cited for, or that stand on one whose evidence it is."""
    return (
        f"SELECT count(DISTINCT i.subject_id) FROM item_evidence i JOIN evidence e ON e.id = i.evidence_id"
        f" JOIN source s ON s.id = e.source_id JOIN {subject} ON {subject}.id = i.subject_id"
        f" WHERE i.subject = '{subject}' AND s.key LIKE 'file:{source}%' {where}"
    )


def _arrangements(source: str) -> str:
    return _told_by("record", source, "AND record.kind = 'arrangement'")


def _links(source: str, kind: str) -> str:
    return _told_by("link", source, f"AND link.type_id = (SELECT id FROM link_type WHERE name = '{kind}')")


def _rows_of_links(source: str, kind: str) -> str:
    """Rows, where several may tell of one link."""
    return _links(source, kind).replace("DISTINCT i.subject_id", "DISTINCT e.locator")


def _read_on_pages(query: str) -> str:
    """Told by the collection or, where the day of a page is unknown, by the page itself."""
    by_collection = f"s.key LIKE 'file:{_PAGES}%'"
    return query.replace(by_collection, f"({by_collection} OR e.note LIKE '%The day of the page is unknown.')")


_TRUSTS = "'nhs-trust', 'nhs-foundation-trust', 'care-trust'"
_BOARD = "'integrated-care-board'"
_PAGES = "curated-arrangements"
_PARTNERSHIP, _WELLBEING = "integrated-care-partnership", "health-and-wellbeing-board"
_SITE_CODES = (
    "SELECT count(DISTINCT value) FROM identifier JOIN record ON record.id = record_id"
    " WHERE scheme = 'ods' AND kind = 'site' AND NOT placeholder"
)
_WELSH = "'ods:RQF', 'ods:RT4', 'ods:RYT'"
_OPEN = " AND open"
COUNTS = (
    Count("trusts of England open", _items(_TRUSTS_2026), _typed(_TRUSTS, f" AND open AND key NOT IN ({_WELSH})")),
    Count("integrated care boards open", _items(_BOARDS_2026), _typed(_BOARD, _OPEN)),
    Count("boards abolished in 2026", _abolished, _typed(_BOARD, " AND closed = '2026-03-31'")),
    Count("parts of boards", _rows("icb/LOC22_ICB22_NHSER22_EN_LU.csv"), _typed("'sub-icb-location'")),
    Count("integrated care systems", _rows("icb/icb_names_codes_dec_2024.csv"), _typed("'integrated-care-system'")),
    Count("arrangements read on pages", lambda data: len(_checked(data)), _read_on_pages(_arrangements(_PAGES))),
    Count("who takes part in them", _participants, _read_on_pages(_links(_PAGES, "participates-in"))),
    Count("councils and combined authorities", _rows(_COUNCILS), _coded("local-authority-code")),
    Count("councils that are members of combined authorities", _combined, _links("councils", "participates-in")),
    Count("integrated care partnerships", _statutory(_PARTNERSHIP), _typed(f"'{_PARTNERSHIP}'")),
    Count("health and wellbeing boards", _statutory(_WELLBEING), _typed(f"'{_WELLBEING}'")),
    Count("cancer alliances of 2026", _distinct(_ALLIANCES, "cancer_alliance_code"), _arrangements("cancer-alliances")),
    Count("cancer alliances of 2021", _distinct(_ALLIANCES_2021, "CAL21CD"), _coded("gss", "E56%")),
    Count("stroke networks", _distinct("networks/SICBL_ICB_ISDN.csv", "ISDN"), _arrangements("stroke-networks")),
    Count(
        "epilepsy networks", _items("arrangements/open_uk_networks.json"), _arrangements("epilepsy-networks-networks")
    ),
    Count("their members", _epilepsy_members, _links("epilepsy-networks-members", "participates-in")),
    Count("diabetes networks", _items(_DIABETES), _arrangements("diabetes-networks-networks")),
    Count("STP footprints", _rows(_FOOTPRINTS), _typed("'sustainability-and-transformation-partnership'")),
    Count(
        "rows of partners in STP footprints", _rows(PARTNERS_2019), _rows_of_links("stp-partners", "participates-in")
    ),
    Count("primary care networks open", lambda data: len(networks(data)), _typed("'primary-care-network'", _OPEN)),
    Count("practices in networks", lambda data: len(set(members(data))), _links("epcn", "participates-in")),
    Count("GP practices open", lambda data: len(practices(data)), _typed("'gp-practice'", _OPEN)),
    Count("codes of hospitals and other sites", _hospitals, _SITE_CODES),
    Count("fire and rescue areas", _distinct(_FIRE, "fra24_code"), _typed("'fire-and-rescue-area'")),
    Count("safety partnerships", _distinct(_SAFETY, "csp24_code"), _typed("'community-safety-partnership'")),
    Count("integration authorities of Scotland", _integration, _typed("'integration-joint-board'")),
    Count("local health boards of Wales", _items("networks/local_health_boards.json"), _typed("'local-health-board'")),
    Count("trusts of Northern Ireland", _distinct(_IRISH, "trust18_code"), _typed("'health-and-social-care-trust'")),
    Count("successions of trusts, boards and groups", _successions, _links("ods-successions", "succeeded-by")),
)
"""What must agree."""


def differing(register: sqlite3.Connection, data: Path) -> list[tuple[str, int, int]]:
    """Return what the public files and the register count differently: about what, in the files, in the register."""
    both = ((count.about, count.in_files(data), _answer(register, count.question)) for count in COUNTS)
    return [(about, files, held) for about, files, held in both if files != held]


def _answer(register: sqlite3.Connection, question: str) -> int:
    (found,) = register.execute(question).fetchone()
    return int(found)
