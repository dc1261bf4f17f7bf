"""What each layer is made of: the public file, the rows that are wanted of it, and the columns that are not blanked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.layers.compact import PLAIN, CsvShape, Row, compact_csv, compact_json, compact_workbook, csv_rows, sheet_rows
from tests.layers.statutory import SLIVER, written

_LIST = CsvShape(heading=False)
CHOICES = CsvShape("cp1252", "¬")
PARTNERS_2019 = "stp/stp-partner-mapping-2019-04_partners.csv"
_DETAILS = "PCNDetails"
_PARTNERS = "PCN Core Partner Details"
_NOT_ADDRESSES = (0, 1, 10, 11, 12, 13, 14, 15, 16, 25)
"""Columns of an ODS list that tell of a practice and who commissions it."""
_ADDRESS = (4, 5, 6, 7, 8, 9)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the file of a layer is made of the public one at `shared`."""

    shared: str
    make: Callable[[Path], bytes]


def _csv(
    shared: str,
    columns: tuple[str, ...] | tuple[int, ...] | None = None,
    wanted: Callable[[Path], Callable[[Row], bool]] | None = None,
    shape: CsvShape = PLAIN,
    trimmed: Callable[[Row], Row] = list,
) -> Recipe:
    def make(data: Path) -> bytes:
        return compact_csv(data / shared, shape, wanted(data) if wanted else _all, columns, trimmed)

    return Recipe(shared, make)


def _json(shared: str, *without: str, wanted: Callable[[Any], bool] = lambda _: True) -> Recipe:
    return Recipe(shared, lambda data: compact_json(data / shared, wanted, without))


def _all(_: object) -> bool:
    return True


def _practice_list(data: Path) -> list[Row]:
    return [row for _, row in csv_rows(data / "ods-csv/epraccur-2025-09.csv", _LIST)]


def practices(data: Path) -> set[str]:
    """Codes of the GP practices that are open: setting 4, status A."""
    return {row[0] for row in _practice_list(data) if row[12] == "A" and row[25] == "4"}


def networks(data: Path) -> set[str]:
    """Codes of the primary care networks that are open."""
    return {row[0] for row in sheet_rows(data / "pcn/ePCN-2024-10.xlsx", _DETAILS)[1:] if not row[5]}


def members(data: Path) -> list[tuple[str, str]]:
    """Practices with the open networks that they have not left."""
    opened = networks(data)
    rows = sheet_rows(data / "pcn/ePCN-2024-10.xlsx", _PARTNERS)[1:]
    return [(row[0], row[4]) for row in rows if not row[9] and row[4] in opened]


def _open_or_named_elsewhere(data: Path) -> Callable[[Row], bool]:
    # A practice that closed since it was listed in a network has to be told closed; what is no practice, what it is.
    codes = practices(data) | {practice for practice, _ in members(data)}
    codes |= {row[3] for _, row in csv_rows(data / PARTNERS_2019)}
    codes |= {row[16] for _, row in csv_rows(data / "sites/nhs-choices-hospitals.csv", CHOICES)}
    return lambda row: row[0] in codes


def _town_alone(row: Row) -> Row:
    """Leave out the lines of an address above the town, where the list keeps a column for that."""
    return [*row[:4], "", "", "", *row[7:]] if row[7] else row


def _renamed_since(data: Path) -> Callable[[Row], bool]:
    """Want the trusts that go by another name in the list of today."""
    now = {row[0]: row[1] for _, row in csv_rows(data / "ods-csv/etr-2025-12.csv", _LIST)}
    return lambda row: len(row[0]) == 3 and now.get(row[0], row[1]) != row[1]


def _in_a_county(_: Path) -> Callable[[Row], bool]:
    return lambda row: row[0] != row[2]


def _no_sliver(_: Path) -> Callable[[Row], bool]:
    return lambda row: not row[8].isdigit() or int(row[8]) >= SLIVER


def _north_of_tyne(row: Row) -> Row:
    """Leave out that this authority is a current one: an Order abolished it, and the list does not know of it yet."""
    return [cell if row[0] != "NTCA" or cell != "True" else "" for cell in row]


def described(data: Path) -> set[str]:
    """Codes of trusts, boards and groups that other layers describe."""
    lists = ("ods-csv/etr-2025-12.csv", "ods-csv/eccg-2025-12.csv")
    codes = {row[0] for name in lists for _, row in csv_rows(data / name, _LIST)}
    for name in ("trusts-2026/trusts.json", "trusts-2026/icbs.json"):
        codes |= {item["ods_code"] for item in json.loads((data / name).read_text("utf-8"))}
    return codes


def _of_the_described(data: Path) -> Callable[[Row], bool]:
    codes = described(data)
    return lambda row: row[0] in codes or row[1] in codes


def _networks(data: Path) -> bytes:
    opened, practising = networks(data), set(members(data))
    address = [f"Address Line {number}" for number in range(1, 6)]
    columns = ("PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Open Date", "Close Date", *address, "Postcode")
    ties = ("Partner Organisation Code", "PCN Code", "Practice to PCN Relationship Start Date")
    return compact_workbook(
        data / "pcn/ePCN-2024-10.xlsx",
        {
            _DETAILS: (lambda row: row[0] in opened, columns),
            _PARTNERS: (lambda row: (row[0], row[4]) in practising and not row[9], ties),
        },
    )


_COUNCIL = (
    "local-authority-code", "official-name", "nice-name", "gss-code", "start-date", "end-date", "replaced-by", "nation",
    "local-authority-type", "county-la", "combined-authority", "former-gss-codes", "current-authority",
    "even-older-register-and-code", "powers", "old-ons-la-code", "old-register-and-code", "snac",
)  # fmt: skip
_CHOICES_COLUMNS = (
    "OrganisationCode", "OrganisationType", "SubType", "Sector", "OrganisationName", "Address1", "Address2", "Address3",
    "City", "County", "Postcode", "ParentODSCode", "ParentName",
)  # fmt: skip
RECIPES = {
    "etr-2025-12.csv": _csv("ods-csv/etr-2025-12.csv", (*range(17), *range(21, 27)), shape=_LIST),
    "etr-2015.csv": _csv("ods-csv/etr-2015.csv", (0, 1, 11), _renamed_since, _LIST),
    "trusts.json": _json("trusts-2026/trusts.json"),
    "icbs.json": _json("trusts-2026/icbs.json", "url_root"),
    "eccg-2025-12.csv": _csv("ods-csv/eccg-2025-12.csv", (*range(17), *range(21, 27)), shape=_LIST),
    "LOC22_ICB22_NHSER22_EN_LU.csv": _csv("icb/LOC22_ICB22_NHSER22_EN_LU.csv"),
    "icb_names_codes_dec_2024.csv": _csv("icb/icb_names_codes_dec_2024.csv"),
    "icb-partners-2022.json": _json("icb/icb-partners-2022.json"),
    "nhs_england_regions.json": _json("networks/nhs_england_regions.json"),
    "ods-successions-1992-2021.csv": _csv("succession/ods-successions-1992-2021.csv", wanted=_of_the_described),
    "arrangements-2026-11.json": _json(
        "curated/arrangements-2026-11.json", wanted=lambda item: item["checked"] != "not checked"
    ),
    "uk_local_authorities_future.csv": _csv(
        "councils/uk_local_authorities_future.csv", _COUNCIL, trimmed=_north_of_tyne
    ),
    "lookup_ltla23_cauth23.csv": _csv("geography/lookup_ltla23_cauth23.csv"),
    "lookup_ltla23_utla23.csv": _csv("geography/lookup_ltla23_utla23.csv", wanted=_in_a_county),
    "derived_sicbl24_icb24_ltla24.csv": _csv("geography/derived_sicbl24_icb24_ltla24.csv", wanted=_no_sliver),
    "statutory-partnerships.json": Recipe("geography/derived_sicbl24_icb24_ltla24.csv", written),
    "trust-to-cancer-alliance-2026.csv": _csv("arrangements/trust-to-cancer-alliance-2026.csv"),
    "ccg_icb_to_cancer_alliance.csv": _csv("geography/ccg_icb_to_cancer_alliance.csv"),
    "SICBL_ICB_ISDN.csv": _csv("networks/SICBL_ICB_ISDN.csv"),
    "open_uk_networks.json": _json("arrangements/open_uk_networks.json"),
    "open_uk_networks_trusts.json": _json("arrangements/open_uk_networks_trusts.json"),
    "paediatric_diabetes_networks.json": _json("networks/paediatric_diabetes_networks.json"),
    "pz_codes_networks.json": _json("networks/pz_codes_networks.json"),
    "stp-partner-mapping-2019-04_footprints.csv": _csv("stp/stp-partner-mapping-2019-04_footprints.csv"),
    "stp-partner-mapping-2019-04_partners.csv": _csv(PARTNERS_2019),
    "ePCN-2024-10.xlsx": Recipe("pcn/ePCN-2024-10.xlsx", _networks),
    "epraccur-2025-09.csv": _csv(
        "ods-csv/epraccur-2025-09.csv", _NOT_ADDRESSES + _ADDRESS, _open_or_named_elsewhere, _LIST, _town_alone
    ),
    "hospitals-2024.json": _json("sites/hospitals-2024.json", "Latitude", "Longitude", "OrganisationStatus", "Website"),
    "nhs-choices-hospitals.csv": _csv("sites/nhs-choices-hospitals.csv", _CHOICES_COLUMNS, shape=CHOICES),
    "lookup_ltla24_fra24.csv": _csv("geography/lookup_ltla24_fra24.csv"),
    "lookup_ltla24_csp24_pfa24.csv": _csv("geography/lookup_ltla24_csp24_pfa24.csv"),
    "area_lookup_S08_S12_S37.csv": _csv(
        "nations/area_lookup_S08_S12_S37.csv", wanted=lambda _: lambda row: not row[0].startswith("S0820")
    ),
    "derived_scotland_ltla19_hb19.csv": _csv("geography/derived_scotland_ltla19_hb19.csv"),
    "names_codes_hb19.csv": _csv("geography/names_codes_hb19.csv"),
    "local_health_boards.json": _json("networks/local_health_boards.json"),
    "lookup_ltla21_lhb22.csv": _csv("geography/lookup_ltla21_lhb22.csv"),
    "lookup_ltla21_hsct18.csv": _csv("geography/lookup_ltla21_hsct18.csv"),
    "PCO_2012.csv": _csv("legacy/PCO_2012.csv"),
}  # fmt: skip
"""The file of each layer by its name, which is the public one's."""
