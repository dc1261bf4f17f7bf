"""Questions about real bodies that nobody else answers; each answer was worked out by hand from the files named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importers.run import ImportOptions, import_sources
from tests.commands.conftest import Interlock

Answer = dict[str, Any]
FILES = (
    "curated/arrangements-2026-11.json",
    "arrangements/trust-to-cancer-alliance-2026.csv",
    "stp/stp-partner-mapping-2019-04_footprints.csv",
    "stp/stp-partner-mapping-2019-04_partners.csv",
    "stp/Trust-STP-lookup-2017.csv",
    "trusts-2026/trusts.json",
)


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of six public files beside the built-in one."""
    path = tmp_path_factory.mktemp("real") / "real.db"
    done = import_sources(path, tuple(str(shared / "data" / name) for name in FILES), ImportOptions(command="import"))
    assert len(done.run.sources) == len(FILES)
    return path


def ask(interlock: Interlock, path: Path, *words: str) -> Answer:
    done = interlock(*words, "--db", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: Answer = json.loads(done.stdout)
    return found


def test_what_connects_wye_valley_and_south_warwickshire(interlock: Interlock, real: Path) -> None:
    # The story has four; arrangements-2026-11.json (line 3527) has a group of four trusts since 2017; by lines 57 and
    # 58 of the cancer alliances both are in that of the West Midlands, with twenty others.
    found = ask(interlock, real, "path", "RLQ", "RJC", "-k", "9")["paths"]
    assert {way["hops"] for way in found[:6]} == {2}
    assert [way["steps"][1]["name"] for way in found[:6]] == [
        "Foundation Group",
        "Foundation Group (Warwickshire, Herefordshire, Worcestershire)",
        "Glen Burley",
        "Joint board committee of the Foundation Group",
        "Strategic partnership of Wye Valley and South Warwickshire",
        "West Midlands Cancer Alliance",
    ]
    group = found[1]["steps"][1]["link"]
    assert (group["role"], group["start"], group["listed_last"]) == ("member", "2017", "2023")


def test_what_the_trusts_of_the_humber_group_share(interlock: Interlock, real: Path) -> None:
    # Lines 110 and 1220 of arrangements-2026-11.json, 21 and 22 of the cancer alliances, 808 and 851 of trusts.json
    # (`ics`); for the footprint 116 and 123 of the partners of 2019, and 136 and 137 of the lookup of 2017.
    found = ask(interlock, real, "shared", "RJL", "RWA")["shared"]
    assert {(one["what"], one["name"]) for one in found} == {
        ("arrangement", "NHS Humber Health Partnership, boards in common"),
        ("arrangement", "Humber shared chief executive"),
        ("arrangement", "Humber & North Yorkshire Cancer Alliance"),
        ("arrangement", "Humber and North Yorkshire ICS"),
        ("arrangement", "Humber, Coast and Vale STP"),
    }
    footprint = next(one for one in found if one["key"] == "ods:QOQ")
    for links in footprint["links"].values():
        assert (links[0]["role"], links[0]["listed_first"], links[0]["listed_last"]) == ("partner", "2017", "2019-04")


def test_who_leads_two_bodies(interlock: Interlock, real: Path) -> None:
    # Each of the leads of 2019 leads one footprint; the story has one chief executive of two trusts.
    ranked = ask(interlock, real, "shared", "kind:person", "--rank", "--type", "holds-post-in,leads")["ranked"]
    assert [(one["name"], [thing["key"] for thing in one["things"]]) for one in ranked if one["number"] > 1] == [
        ("Glen Burley", ["ods:RJC", "ods:RLQ"])
    ]


def test_which_trusts_take_part_in_most_arrangements(interlock: Interlock, real: Path) -> None:
    # RYJ: six of arrangements-2026-11.json, its footprint, its cancer alliance, its system and its group board. RTD:
    # six, its footprint, its cancer alliance and its system; two more footprints had closed by 2019.
    ranked = ask(interlock, real, "shared", "type:trust", "--rank", "--type", "participates-in")["ranked"]
    numbers = {one["key"]: one["number"] for one in ranked}
    assert ranked[0]["name"] == "Imperial College Healthcare NHS Trust"
    assert (numbers["ods:RYJ"], numbers["ods:RTD"], max(numbers.values())) == (10, 9, 10)


def test_which_councils_share_a_footprint_and_when(interlock: Interlock, real: Path) -> None:
    # Lines 111 to 128 of the partners of 2019.
    words = ("shared", "type:council", "--type", "participates-in")
    found = ask(interlock, real, *words, "--as-of", "2019-04-10")["shared"]
    humber = next(one for one in found if one["key"] == "ods:QOQ")
    assert humber["name"] == "Humber, Coast and Vale STP"
    assert set(humber["roles"]) == {f"ods:{code}" for code in (214, 215, 216, 217, 218, 219)}
    assert {links[0]["listed_last"] for links in humber["links"].values()} == {"2019-04"}
    before = ask(interlock, real, *words, "--as-of", "2014-04-10")
    assert not any(one["key"] == "ods:QOQ" for one in before["shared"])


def test_the_questions_have_answers_in_the_built_in_register_as_well(interlock: Interlock) -> None:
    def things(*words: str) -> list[list[str]]:
        ranked = json.loads(interlock("shared", *words, "--builtin", "--format", "json").stdout)["ranked"]
        return [[thing["key"] for thing in one["things"]] for one in ranked if one["number"] > 1]

    assert things("kind:person", "--rank", "--type", "holds-post-in,leads") == [["ods:RJC", "ods:RLQ"]]
    most = json.loads(
        interlock("shared", "type:trust", "--rank", "--type", "participates-in", "--builtin", "--format", "json").stdout
    )["ranked"][0]
    assert (most["key"], most["number"]) == ("ods:RN7", 6)
