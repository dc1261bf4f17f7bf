"""What an import of each real public file has to come to, reckoned from its rows alone, by no importer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from tests.importers.shared_rows import Cells, Expected, distinct

Reckoning = Callable[[list[Cells]], Expected]


def _kept(rows: list[Cells], column: str, least: float) -> list[Cells]:
    return [row for row in rows if float(row[column]) >= least]


def _curated(rows: list[Cells]) -> Expected:
    kept = [row for row in rows if row["checked"] != "not checked"]
    pages = [(row["name"], page) for row in kept for page in [row["source"], *row.get("also_source", [])]]
    taking_part = sum(len(row["participants"]) for row in kept)
    return Expected(
        len(rows) - len(kept),
        {**Counter(row["type"] for row in kept), "web-page": len({page for _, page in pages})},
        # Those whom the notes on posts name, counted note by note.
        {"participates-in": taking_part, "about": len(set(pages)), "holds-post-in": 42},
    )


COUNCILS = {
    "NMD": "non-metropolitan-district", "UA": "unitary-authority", "NID": "ni-district", "MD": "metropolitan-district",
    "SCO": "scottish-council", "LBO": "london-borough", "CTY": "county-council", "WPA": "welsh-council",
    "COMB": "combined-authority", "SRA": "strategic-authority", "CC": "local-authority",
}  # fmt: skip


def _councils(rows: list[Cells]) -> Expected:
    followed = [code for row in rows for code in row["replaced-by"].split(",") if code]
    london = [row["combined-authority"] == "GLA" for row in rows]
    members = sum(bool(row["combined-authority"]) for row in rows) - sum(london)
    lying = sum(bool(row["county-la"]) for row in rows) + sum(london)
    types = Counter(COUNCILS[row["local-authority-type"]] for row in rows)
    links = {"in-geography-of": lying, "participates-in": members, "succeeded-by": len(followed)}
    return Expected(0, types, links)


def _districts(rows: list[Cells]) -> Expected:
    names = {row["ltla24_name"] for row in rows}
    gone = [row for row in rows if row["ltla16_code"] != row["ltla24_code"] and row["ltla16_name"] not in names]
    return Expected(links={"succeeded-by": distinct(gone, "ltla16_code", "ltla24_code")})


def _scottish_areas(rows: list[Cells]) -> Expected:
    # Edinburgh stands there by two names, with a code each.
    areas = {(row["geo_code"][:4], row["area_name"]) for row in rows}
    types = Counter(code if code.startswith("S08") else code[:3] for code, _ in areas)
    return Expected(
        sum(row["geo_code"].startswith("S082") for row in rows),
        {"health-board": types["S080"], "scottish-council": types["S12"] - 1, "integration-joint-board": types["S37"]},
    )


def _parts_of_boards(rows: list[Cells]) -> Expected:
    part, board, region = "LOC22CDH", "ICB22CDH", "NHSER22CDH"
    types = {"sub-icb-location": part, "integrated-care-board": board, "commissioning-region": region}
    links = {"sub-division-of": distinct(rows, part, board), "in-geography-of": distinct(rows, board, region)}
    return Expected(0, {name: distinct(rows, column) for name, column in types.items()}, links)


def _stroke_networks(rows: list[Cells]) -> Expected:
    boards = _parts_of_boards(rows)
    networks = {"clinical-network": distinct(rows, "ISDN")}
    return Expected(0, boards.types | networks, boards.links | {"serves": distinct(rows, "LOC22CDH", "ISDN")})


def _stroke_hospitals(rows: list[Cells]) -> Expected:
    network = [row["Strategic Clinical Network"] for row in rows if row["Strategic Clinical Network"].endswith("SCN")]
    run = sum(row["Health Board / Trust"].endswith("Trust") for row in rows)
    types = {"stroke-unit": len(rows), "clinical-network": len(set(network))}
    return Expected(0, types, {"operated-by": run, "in-geography-of": len(network)})


def _stroke_units(rows: list[Cells]) -> Expected:
    areas = sum(bool(row[name]) for row in rows for name in ("isdn", "icb_code", "region_code"))
    return Expected(
        0,
        {"stroke-unit": len(rows)},
        {"in-geography-of": areas},
    )


def _icb_partners(rows: list[Cells]) -> Expected:
    types = {"integrated-care-board": "ODS ICB Code", "sub-icb-location": "ODS Sub ICB Code"}
    types |= {"local-authority": "ODS LA Code"}
    partners = sum(distinct(rows, name, "ODS ICB Code") for name in ("ODS LA Code", "ODS Trust Code"))
    return Expected(
        0,
        {name: distinct(rows, column) for name, column in types.items()},
        {
            "partner-to": partners,
            "sub-division-of": distinct(rows, "ODS Sub ICB Code", "ODS ICB Code"),
            "in-geography-of": distinct(rows, "ODS ICB Code", "NHS England Region Code"),
        },
    )


def _alliances(rows: list[Cells]) -> Expected:
    also = sum(row["notes"].startswith("Also partners with") for row in rows)
    members = distinct(rows, "ods_code", "cancer_alliance_code")
    return Expected(0, {"cancer-alliance": distinct(rows, "cancer_alliance_code")}, {"participates-in": members + also})


def _typed(name: str, *columns: str) -> Reckoning:
    """One type, a record for each different text."""
    return lambda rows: Expected(0, {name: distinct(rows, *columns)})


def _lying(name: str | None, district: str, area: str) -> Reckoning:
    """Districts, each in an area that has a type; a district is not in itself."""

    def expected(rows: list[Cells]) -> Expected:
        lying = distinct([row for row in rows if row[district] != row[area]], district, area)
        return Expected(0, {name: distinct(rows, area)} if name else {}, {"in-geography-of": lying})

    return expected


def _patients(column: str, area: str) -> Reckoning:
    def expected(rows: list[Cells]) -> Expected:
        kept = _kept(rows, column, 0.05)
        return Expected(len(rows) - len(kept), {}, {"serves": distinct(kept, "nhs_trust22_code", area)})

    return expected


def _sub_icb_districts(rows: list[Cells]) -> Expected:
    kept = _kept(rows, "lsoas", 5)
    return Expected(
        len(rows) - len(kept),
        {
            "sub-icb-location": distinct(kept, "sicbl24_code_nhs"),
            "integrated-care-board": distinct(kept, "icb24_code_nhs"),
        },
        {
            "sub-division-of": distinct(kept, "sicbl24_code_nhs", "icb24_code_nhs"),
            "shares-population-with": distinct(kept, "sicbl24_code_nhs", "ltla24_code"),
        },
    )


def _safety(rows: list[Cells]) -> Expected:
    areas = (("ltla24_code", "pfa24_code"), ("csp24_code", "pfa24_code"), ("ltla24_code", "csp24_code"))
    lying = sum(distinct(rows, *pair) for pair in areas)
    return Expected(
        0,
        {"police-area": distinct(rows, "pfa24_code"), "community-safety-partnership": distinct(rows, "csp24_code")},
        {"in-geography-of": lying},
    )


def _ccg_alliances(rows: list[Cells]) -> Expected:
    types = {
        "clinical-commissioning-group": "CCG21CDH",
        "sustainability-and-transformation-partnership": "STP21CDH",
        "cancer-alliance": "CAL21CD",
    }
    lying = distinct(rows, "CCG21CDH", "STP21CDH") + distinct(rows, "CCG21CDH", "CAL21CD")
    return Expected(0, {name: distinct(rows, column) for name, column in types.items()}, {"in-geography-of": lying})


def _hospitals(rows: list[Cells]) -> Expected:
    run = distinct(rows, "OrganisationCode", "ParentODSCode")
    return Expected(0, {"hospital": distinct(rows, "OrganisationCode")}, {"operated-by": run})


def _hospitals_by_name(rows: list[Cells]) -> Expected:
    words = ("HOSPITAL", "INFIRMARY", "YSBYTY")
    named = [row for row in rows if any(word in (row["OrganisationName"] or "").upper() for word in words)]
    return _hospitals(rows)._replace(types={"hospital": distinct(named, "OrganisationCode")})


def _diabetes(rows: list[Cells]) -> Expected:
    coded = [row for row in rows if row["network_code"]]
    networks = {"clinical-network": distinct(coded, "network_code")}
    return Expected(0, networks, {"part-of": distinct(coded, "ods_code", "network_code")})


def _icb_councils(rows: list[Cells]) -> Expected:
    council, board = "Location.Local.Authority", "ICB22CDH"
    lying = distinct(rows, council, board) + distinct(rows, board, "NHSER22CDH")
    types = {"local-authority": distinct(rows, council), "integrated-care-board": distinct(rows, board)}
    return Expected(0, types, {"in-geography-of": lying})


def _footprints(rows: list[Cells]) -> Expected:
    stps = distinct(rows, "ods_stp_code")
    # The codes of all that went on in 2019 became those of a system and its board.
    went_on = distinct([row for row in rows if row["status"] == "current"], "ods_stp_code")
    lives = ("sustainability-and-transformation-partnership", "integrated-care-system", "integrated-care-board")
    return Expected(
        0,
        dict(zip(lives, (stps, went_on, went_on), strict=True)),
        {
            "became": 2 * went_on,
            "convened-by": went_on,
            "part-of": stps,
            "in-geography-of": stps,
            "succeeded-by": sum(row["status"] == "closed" for row in rows),
            # One cell names nobody, four name two people and two name three.
            "holds-post-in": stps - 1 + 4 + 2 * 2,
        },
    )


def _stp_partners(rows: list[Cells]) -> Expected:
    # The one council that stands for others stands with its own name and code in the same footprint.
    rows = [row for row in rows if not row["partner_name"].startswith("* MDC on behalf of ")]
    codes = [row["partner_code"].partition("(")[0].strip() for row in rows]
    names = [row["partner_name"].casefold().removeprefix("the ") for row in rows]
    coded = [re.fullmatch(r"[A-Z0-9]{3,5}", code) is not None for code in codes]
    known = {name: code for name, code, is_code in zip(names, codes, coded, strict=True) if is_code}
    partners: dict[str, str] = {}
    for row, name, code, is_code in zip(rows, names, codes, coded, strict=True):
        end = next((kind for kind in ("nhs-foundation-trust", "nhs-trust") if _ends_as(name, kind)), None)
        kind = {"ccg": "clinical-commissioning-group", "la": "local-authority", "trust": end}.get(row["partner_type"])
        if kind:
            partners[code if is_code else known.get(name, name)] = kind
    stps = {"sustainability-and-transformation-partnership": distinct(rows, "ods_stp_code")}
    taking_part = {"participates-in": distinct(rows, "ods_stp_code", "partner_name")}
    return Expected(0, stps | Counter(partners.values()), taking_part)


def _ends_as(name: str, kind: str) -> bool:
    return name.casefold().endswith(kind.replace("-", " "))


def _trust_stps(rows: list[Cells]) -> Expected:
    stps = {"sustainability-and-transformation-partnership": distinct(rows, "STP_code")}
    return Expected(0, stps, {"participates-in": distinct(rows, "code", "STP_code")})


def _stp_changes(rows: list[Cells]) -> Expected:
    return Expected(sum(row["STP Code"] == "-" for row in rows))


def _boards(rows: list[Cells]) -> Expected:
    clustered = [row for row in rows if "cluster_id" in row]
    followed = sum(len(row.get("predecessor_codes", ())) for row in rows)
    return Expected(
        0,
        {"integrated-care-board": len(rows), "integrated-care-board-cluster": distinct(clustered, "cluster_id")},
        {"participates-in": len(clustered), "succeeded-by": followed, "in-geography-of": len(rows)},
    )


def _epilepsy(rows: list[Cells]) -> Expected:
    code = "OPEN UK Network Code"
    return Expected(
        0, {"clinical-network": distinct(rows, code)}, {"participates-in": distinct(rows, "ods trust code", code)}
    )


def _mergers(rows: list[Cells]) -> Expected:
    old, new = "Legacy (closing) CCG Code", "New CCG Code"
    groups = {row[name] for row in rows for name in (old, new)}
    return Expected(0, {"clinical-commissioning-group": len(groups)}, {"succeeded-by": distinct(rows, old, new)})


def _trust_names(rows: list[Cells]) -> Expected:
    names = {row["Name_scraped"] for row in rows}
    foundations = sum(name.endswith("Foundation Trust") for name in names)
    types = {"nhs-foundation-trust": foundations, "nhs-trust": sum(name.endswith("NHS Trust") for name in names)}
    return Expected(0, {name: number for name, number in types.items() if number})


def _primary_care(rows: list[Cells]) -> Expected:
    return Expected(
        0, Counter("care-trust" if row["PCO12CD"].startswith("E17") else "primary-care-trust" for row in rows)
    )


def _networks(rows: list[Cells]) -> Expected:
    tied = {"commissioned-by": distinct(rows, "PCN Code", "Current Sub ICB Loc Code")}
    return Expected(0, {"primary-care-network": distinct(rows, "PCN Code")}, tied)


def _damaged_names(rows: list[Cells]) -> Expected:
    return Expected(sum("ï¿½" in row["la-name"] for row in rows))


TABLES: dict[str, Reckoning] = {
    "arrangements/open_uk_networks.json": _typed("clinical-network", "OPEN_UK_Network_Code"),
    "arrangements/open_uk_networks_trusts.json": _epilepsy,
    "arrangements/trust-to-cancer-alliance-2026.csv": _alliances,
    "councils/lookup_gss_to_registry.csv": lambda _: Expected(),
    "councils/lookup_name_to_registry.csv": _damaged_names,
    "councils/uk_local_authorities_current.csv": _councils,
    "councils/uk_local_authorities_future.csv": _councils,
    "curated/arrangements-2026-11.json": _curated,
    "geography/ccg_icb_to_cancer_alliance.csv": _ccg_alliances,
    "geography/derived_scotland_ltla19_hb19.csv": _lying(None, "ltla19_code", "hb19_code"),
    "geography/derived_sicbl24_icb24_ltla24.csv": _sub_icb_districts,
    "geography/lookup_ltla21_hsct18.csv": _lying("health-and-social-care-trust", "ltla21_code", "trust18_code"),
    "geography/lookup_ltla21_lhb22.csv": _lying("local-health-board", "ltla21_code", "lhb22_code"),
    "geography/lookup_ltla21_utla21.csv": _lying(None, "ltla21_code", "utla21_code"),
    "geography/lookup_ltla23_cauth23.csv": _lying("combined-authority", "ltla23_code", "cauth23_code"),
    "geography/lookup_ltla23_utla23.csv": _lying(None, "ltla23_code", "utla23_code"),
    "geography/lookup_ltla24_csp24_pfa24.csv": _safety,
    "geography/lookup_ltla24_fra24.csv": _lying("fire-and-rescue-area", "ltla24_code", "fra24_code"),
    "geography/lookup_ltla_ltla.csv": _districts,
    "geography/lookup_nhs_trusts22_icb22.csv": _patients("proportion_trust_came_from_icb", "icb22_code"),
    "geography/lookup_nhs_trusts22_ltla21.csv": _patients("proportion_trust_came_from_ltla", "ltla21_code"),
    "geography/names_codes_hb19.csv": _typed("health-board", "hb19_name"),
    "icb/LOC22_ICB22_NHSER22_EN_LU.csv": _parts_of_boards,
    "icb/icb-la-lookup.csv": _icb_councils,
    "icb/icb-partners-2022.json": _icb_partners,
    "icb/icb_names_codes_dec_2024.csv": _typed("integrated-care-board", "ICB24CDH"),
    "legacy/CCG_APR_2013.csv": _typed("clinical-commissioning-group", "CCG13CDH"),
    "legacy/PCO_2012.csv": _primary_care,
    "legacy/at.csv": _typed("area-team", "hscic_code"),
    "nations/area_lookup_S08_S12_S37.csv": _scottish_areas,
    "nations/government-organisation.csv": lambda _: Expected(),
    "nations/local-authority-nir.csv": _typed("ni-district", "local-authority-nir"),
    "nations/local-authority-sct.csv": _typed("scottish-council", "local-authority-sct"),
    "nations/principal-local-authority.csv": _typed("welsh-council", "principal-local-authority"),
    "networks/SICBL_ICB_ISDN.csv": _stroke_networks,
    "networks/local_health_boards.json": _typed("local-health-board", "ods_code"),
    "networks/nhs_england_regions.json": _typed("commissioning-region", "NHS_ENGLAND_REGION_CODE"),
    "networks/paediatric_diabetes_networks.json": _typed("clinical-network", "id"),
    "networks/pz_codes.json": lambda _: Expected(),
    "networks/pz_codes_networks.json": _diabetes,
    "networks/stroke_hospitals_2022.csv": _stroke_hospitals,
    "networks/stroke_units_regions.csv": _stroke_units,
    "pcn/epcn-details-2023.csv": _networks,
    "sites/hospitals-2024.json": _hospitals_by_name,
    "sites/nhs-choices-hospitals.csv": _hospitals,
    "stp/Trust-STP-lookup-2017.csv": _trust_stps,
    "stp/stp-partner-mapping-2019-04_changelog.csv": _stp_changes,
    "stp/stp-partner-mapping-2019-04_footprints.csv": _footprints,
    "stp/stp-partner-mapping-2019-04_partners.csv": _stp_partners,
    "succession/ccg-mergers-2020-04.csv": _mergers,
    "succession/lookup-old-new-trust-names.csv": _trust_names,
    "trusts-2026/icbs.json": _boards,
}
"""By file, what its rows come to."""
