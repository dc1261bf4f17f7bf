"""`python -m tests.crosswalks [SHARED]`: makes the crosswalks that are made of lists anew from the shared files.

It reads the lists by itself: what importers make of them is what the crosswalks are to be right about.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import capwords
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "db" / "crosswalks"
HEADING = ("key", "codes", "name", "called")

SPELT = {
    "112": "MDB", "213": "WKF", "368": "WLA", "615": "WBK", "708": "LBH", "709": "LEW", "710": "SWK", "711": "TWH",
    "713": "WSM", "714": "LND", "729": "KTT", "730": "MRT", "731": "NWM", "732": "RDB", "733": "RIC", "734": "STN",
    "735": "WFT", "738": "BPC", "910": "NSM",
}  # fmt: skip
"""Councils that a list with codes of ODS writes otherwise than every spelling that the register of councils knows."""
CONTINUED = {"905": "SMT"}
"""Codes that went on: the county of Somerset became the council of today, which a newer list has by the same one."""
OWN_KEYS = {
    "ods:RN707": ("site:darent-valley-hospital",), "ods:RN7ED": ("site:erith-and-district-hospital",),
    "ods:RN7QM": ("site:queen-marys-hospital-sidcup", "ods:RPGHF"),
}  # fmt: skip
"""Hospitals that the built-in register tells of without a code.

The older list has the last under another code, too: as "Queen Mary", in its street and postcode, run by
Oxleas as that is.
"""
_WELSH = "networks/local_health_boards.json"


class SharedLists:
    """The shared files, read plainly."""

    def __init__(self, shared: Path) -> None:
        self.data = shared / "data"

    def rows(self, name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
        """The rows of a CSV by its headings, whatever its line ends."""
        text = (self.data / name).read_bytes().decode(encoding)
        return list(csv.DictReader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))))

    def items(self, name: str) -> list[dict[str, Any]]:
        """The items of a list in JSON."""
        found: list[dict[str, Any]] = json.loads((self.data / name).read_text("utf-8"))
        return found


class GatheredBodies:
    """Bodies by key, each with its codes, its name and how else lists call it."""

    def __init__(self) -> None:
        self.codes: dict[str, dict[str, None]] = {}
        self.names: dict[str, tuple[str, str]] = {}

    def add(self, key: str, codes: Iterable[str], name: str, called: str = "") -> None:
        """Note codes of a body; the name that comes first stays."""
        self.codes.setdefault(key, {}).update(dict.fromkeys(code for code in codes if code != key))
        self.names.setdefault(key, (" ".join(name.split()), called if called != name else ""))

    def text(self) -> str:
        """The crosswalk; a code that two bodies have is left out of both, as it tells neither."""
        holders: dict[str, list[str]] = {}
        for key, codes in self.codes.items():
            for code in (key, *codes):
                holders.setdefault(code, []).append(key)
        out = io.StringIO()
        write = csv.writer(out, lineterminator="\n").writerow
        write(HEADING)
        for key in sorted(self.codes):
            others = sorted(code for code in self.codes[key] if len(holders[code]) == 1)
            if others and len(holders[key]) == 1:
                write((key, " ".join(others), *self.names[key]))
        return out.getvalue()


def _plain(name: str) -> str:
    """A name as councils are compared: what stands in brackets tells what a council is and not which."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*?\)", "", name.lower()).replace("&", " and ")).split())


def councils(lists: SharedLists) -> GatheredBodies:
    """Councils with their codes of ODS, geography and their registers."""
    known = lists.rows("councils/uk_local_authorities_current.csv")
    spelt: dict[str, set[str]] = {}
    for row in lists.rows("councils/lookup_name_to_registry.csv"):
        spelt.setdefault(_plain(row["la-name"]), set()).add(row["local-authority-code"])
    for row in known:
        spelt.setdefault(_plain(row["official-name"]), set()).add(row["local-authority-code"])
    ods: dict[str, str] = {}
    for code, name in _councils_with_ods(lists):
        meant = {CONTINUED.get(code) or SPELT.get(code, "")} - {""} or spelt.get(_plain(name), set())
        if len(meant) == 1:
            ods.setdefault(next(iter(meant)), code)
    earlier = _earlier_codes(lists)
    northern = {row["name"]: row["local-authority-nir"] for row in lists.rows("nations/local-authority-nir.csv")}
    found = GatheredBodies()
    for row in known:
        register = row["local-authority-code"]
        gss = [code for code in (row["gss-code"], *row["former-gss-codes"].replace(" ", "").split(",")) if code]
        gss += [old for code in gss for old in earlier.get(code, ())]
        codes = [f"gss:{code}" for code in gss]
        codes += [f"local-authority-code:{register}", row["old-register-and-code"], row["even-older-register-and-code"]]
        codes += [f"{scheme}:{row[scheme]}" for scheme in ("old-ons-la-code", "snac") if row[scheme]]
        if row["nation"] == "Northern Ireland" and row["official-name"] in northern:
            codes.append(f"local-authority-nir:{northern[row['official-name']]}")
        codes = [code for code in codes if code]
        # Codes of geography change with boundaries, the register's own never do.
        key = f"ods:{ods[register]}" if register in ods else f"local-authority-code:{register}"
        found.add(key, codes, row["official-name"], row["nice-name"].removesuffix(" Council"))
    return found


def _councils_with_ods(lists: SharedLists) -> list[tuple[str, str]]:
    """Codes of ODS with the name that a list gives to the council of each."""
    found = [(row["ODS LA Code"], row["Local Authority"]) for row in lists.items("icb/icb-partners-2022.json")]
    partners = lists.rows("stp/stp-partner-mapping-2019-04_partners.csv")
    found += [(row["partner_code"], row["partner_name"]) for row in partners if row["partner_type"] == "la"]
    return [(code, name) for code, name in dict.fromkeys(found) if re.fullmatch(r"[0-9]{3}|[A-Z0-9]{5}", code)]


def _earlier_codes(lists: SharedLists) -> Mapping[str, list[str]]:
    """Codes of geography that districts and Scottish councils had before, by each one that they had."""
    one: list[set[str]] = []
    for row in lists.rows("geography/lookup_ltla_ltla.csv"):
        if row["ltla16_name"] == row["ltla24_name"] and row["ltla16_code"] != row["ltla24_code"]:
            one.append({row["ltla16_code"], row["ltla24_code"]})
    one += _by_area(lists, "S12").values()
    return {code: sorted(codes) for codes in one for code in codes}


def _by_area(lists: SharedLists, start: str) -> dict[str, set[str]]:
    """Codes of Scottish geography by the name of their area: one is archived when a boundary moves, the body stays."""
    found: dict[str, set[str]] = {}
    for row in lists.rows("nations/area_lookup_S08_S12_S37.csv"):
        if row["geo_code"].startswith(start):
            name, _, before = row["area_name"].partition(", ")
            found.setdefault(f"{before} {name}".strip(), set()).add(row["geo_code"])
    return found


def boards(lists: SharedLists) -> GatheredBodies:
    """Boards for health, regions, and those that commissioned before them, with codes of ODS and geography."""
    found = GatheredBodies()
    tables = (
        ("icb/icb_names_codes_dec_2024.csv", "ICB24CDH", "ICB24CD", "ICB24NM"),
        ("icb/LOC22_ICB22_NHSER22_EN_LU.csv", "ICB22CDH", "ICB22CD", "ICB22NM"),
        ("icb/LOC22_ICB22_NHSER22_EN_LU.csv", "NHSER22CDH", "NHSER22CD", "NHSER22NM"),
        ("icb/LOC22_ICB22_NHSER22_EN_LU.csv", "LOC22CDH", "LOC22CD", "LOC22NM"),
        ("geography/derived_sicbl24_icb24_ltla24.csv", "sicbl24_code_nhs", "sicbl24_code", "sicbl24_name"),
        ("geography/ccg_icb_to_cancer_alliance.csv", "CCG21CDH", "CCG21CD", "CCG21NM"),
        ("legacy/CCG_APR_2013.csv", "CCG13CDH", "CCG13CD", "CCG13NM"),
        ("legacy/PCO_2012.csv", "PCO12CDO", "PCO12CD", "PCO12NM"),
        ("legacy/at.csv", "hscic_code", "ons_code", "name"),
    )
    for file, ods, gss, name in tables:
        for row in lists.rows(file, "cp1252" if "CCG_APR" in file else "utf-8-sig"):
            found.add(f"ods:{row[ods]}", [f"gss:{row[gss]}"], row[name])
    for one in lists.items(_WELSH):
        found.add(f"ods:{one['ods_code']}", [f"gss:{one['gss_code']}"], capwords(one["health_board"]))
    for area, codes in _by_area(lists, "S080").items():
        found.add(f"gss:{max(codes)}", [f"gss:{code}" for code in codes], f"NHS {area}")
    return found


def sites(lists: SharedLists) -> GatheredBodies:
    """Hospitals that have another code since another trust runs them, by the one that they have now.

    Two codes of one name and postcode that bodies have beside each other may be those of services there, and stay two.
    """
    now = {row["OrganisationCode"]: row for row in lists.items("sites/hospitals-2024.json")}
    before = {row["OrganisationCode"]: row for row in _choices(lists) if row["OrganisationCode"] not in now}
    found = GatheredBodies()
    for code, others in OWN_KEYS.items():
        found.add(code, others, capwords((now | before)[code.removeprefix("ods:")]["OrganisationName"]))
    became = _successors(lists)
    places = [_places(rows) for rows in (now, before)]
    for place, codes in places[0].items():
        olds = places[1].get(place, [])
        if len(codes) == len(olds) == 1:
            new, old = now[codes[0]], before[olds[0]]
            if new["ParentODSCode"] in {old["ParentODSCode"], *_heirs(became, old["ParentODSCode"])}:
                found.add(f"ods:{codes[0]}", [f"ods:{olds[0]}"], capwords(new["OrganisationName"]))
    return found


def _choices(lists: SharedLists) -> list[dict[str, str]]:
    text = (lists.data / "sites/nhs-choices-hospitals.csv").read_bytes().decode("cp1252")
    return list(csv.DictReader(io.StringIO(text), delimiter="¬", quoting=csv.QUOTE_NONE))


def _places(rows: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Codes of hospitals by name and postcode."""
    found: dict[tuple[str, str], list[str]] = {}
    for code, row in rows.items():
        name = _plain(row["OrganisationName"]).removeprefix("the ")
        found.setdefault((name, row["Postcode"].replace(" ", "")), []).append(code)
    return found


def _successors(lists: SharedLists) -> dict[str, set[str]]:
    """Codes of the bodies that followed trusts, as two lists have them."""
    found: dict[str, set[str]] = {}
    for row in lists.rows("succession/ods-successions-1992-2021.csv"):
        found.setdefault(row["old_code"], set()).add(row["new_code"])
    for one in lists.items("trusts-2026/trusts.json"):
        for code in one.get("predecessor_codes", ()):
            found.setdefault(code, set()).add(one["ods_code"])
    return found


def _heirs(became: Mapping[str, set[str]], code: str) -> set[str]:
    """All that followed a body, one after another."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        new = became.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def main(shared: Path) -> int:
    """Write the crosswalks; 0 where they were written or the files are not there, which is said."""
    if not (shared / "data").is_dir():
        print(f"no public files in {shared.name}: name the folder that has them", file=sys.stderr)
        return 0
    for name, text in made(shared).items():
        (FOLDER / name).write_text(text, "utf-8")
        print(f"{name}: {text.count(chr(10)) - 1:,} bodies")
    return 0


def made(shared: Path) -> dict[str, str]:
    """Return the texts of the crosswalks that are made of lists, by file."""
    lists = SharedLists(shared)
    return {
        "councils.csv": councils(lists).text(),
        "boards.csv": boards(lists).text(),
        "sites.csv": sites(lists).text(),
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"))
