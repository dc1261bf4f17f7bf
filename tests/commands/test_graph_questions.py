"""Questions about real bodies that nobody else answers; each answer was worked out by hand from the files named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importers.run import ImportOptions, import_sources
from tests.commands.conftest import Asking, Interlock

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


@pytest.fixture(scope="module")
def commissioners(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of commissioners, of what followed them and of the footprints of 2019 beside the built-in one."""
    folder = tmp_path_factory.mktemp("commissioners")
    data = shared / "data"
    # Its first lines tell of commissioners that merged in 2020; 25,000 others are of no concern here.
    successions = folder / "ods-successions-1992-2021.csv"
    every = (data / "succession" / successions.name).read_text("utf-8").splitlines(keepends=True)
    successions.write_text("".join((*every[:60], *(line for line in every if line.startswith("QMK,")))), "utf-8")
    files = (
        data / "ods-csv/eccg-2025-12.csv",
        data / "succession/ccg-mergers-2020-04.csv",
        successions,
        data / "stp/stp-partner-mapping-2019-04_footprints.csv",
        data / "stp/stp-partner-mapping-2019-04_partners.csv",
    )
    import_sources(folder / "commissioners.db", tuple(map(str, files)), ImportOptions(command="import"))
    return folder / "commissioners.db"


def ask(interlock: Interlock, path: Path, *words: str) -> Answer:
    done = interlock(*words, "--db", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: Answer = json.loads(done.stdout)
    return found


def test_what_connects_wye_valley_and_south_warwickshire(interlock: Interlock, real: Path) -> None:
    # The story has the first four; arrangements-2026-11.json (line 3527) has the group as well, since 2017; by lines 57
    # and 58 of the cancer alliances both are in that of the West Midlands, with some twenty others.
    found = ask(interlock, real, "path", "RLQ", "RJC", "-k", "6")["paths"]
    over = {way["steps"][1]["key"]: way["steps"][1]["link"] for way in found if way["hops"] == 2}
    assert over.keys() >= {
        "arr:foundation-group",
        "arr:foundation-group-joint-board-committee",
        "arr:wvt-swft-strategic-partnership",
        "person:glen-burley",
        "ods:N45",
    }
    assert found[0]["steps"][1]["key"] == "arr:foundation-group"
    assert over["person:glen-burley"]["role"] == "chief-executive"


def test_what_the_trusts_of_the_humber_group_share(interlock: Interlock, real: Path) -> None:
    # Lines 110 and 1220 of arrangements-2026-11.json, 21 and 22 of the cancer alliances, 808 and 851 of trusts.json
    # (`ics`); for the footprint 116 and 123 of the partners of 2019, and 136 and 137 of the lookup of 2017.
    found = ask(interlock, real, "shared", "RJL", "RWA")["shared"]
    assert {(one["what"], one["name"]) for one in found} >= {
        ("arrangement", "Humber Health Partnership board"),
        ("arrangement", "Humber shared chief executive"),
        ("arrangement", "Humber & North Yorkshire Cancer Alliance"),
        ("arrangement", "Humber and North Yorkshire ICS"),
    }
    then = ask(interlock, real, "shared", "RJL", "RWA", "--as-of", "2018-06-30")["shared"]
    footprint = next(one for one in then if "Humber, Coast and Vale" in one["name"])
    for links in footprint["links"].values():
        assert (links[0]["role"], links[0]["listed_first"], links[0]["listed_last"]) == ("partner", "2017", "2019-04")


def test_who_leads_two_bodies(interlock: Interlock, real: Path) -> None:
    # The story has one chief executive of two trusts; lines 2312 and 3866 of arrangements-2026-11.json have one chair
    # of two arrangements. Each of the leads of 2019 leads one footprint.
    ranked = ask(interlock, real, "shared", "kind:person", "--rank", "--type", "holds-post-in,leads")["ranked"]
    leading = {one["name"]: {thing["key"] for thing in one["things"]} for one in ranked if one["number"] > 1}
    assert leading["Glen Burley"] == {"ods:RJC", "ods:RLQ"}
    assert leading["David Nicholson"] == {
        "arr:black-country-acute-trusts-shared-chair",
        "arr:black-country-provider-collaborative",
    }
    assert "Amanda Doyle" not in leading


def test_which_trusts_take_part_in_most_arrangements(interlock: Interlock, real: Path) -> None:
    # RYJ: six of arrangements-2026-11.json, one of them the group board of trusts.json, its cancer alliance and its
    # system. RTD: six, its cancer alliance and its system. The footprints of 2019 are past.
    ranked = ask(interlock, real, "shared", "type:trust", "--rank", "--type", "participates-in")["ranked"]
    numbers = {one["key"]: one["number"] for one in ranked}
    assert (numbers["ods:RYJ"], numbers["ods:RTD"], max(numbers.values())) == (8, 8, 8)


def test_which_councils_share_a_footprint_and_when(interlock: Interlock, real: Path) -> None:
    # Lines 111 to 128 of the partners of 2019.
    words = ("shared", "type:council", "--type", "participates-in")

    def humber(day: str) -> list[Answer]:
        shared = ask(interlock, real, *words, "--as-of", day)["shared"]
        return [one for one in shared if "Humber, Coast and Vale" in one["name"]]

    (footprint,) = humber("2019-04-10")
    assert set(footprint["roles"]) == {f"ods:{code}" for code in (214, 215, 216, 217, 218, 219)}
    assert {links[0]["listed_last"] for links in footprint["links"].values()} == {"2019-04"}
    assert humber("2014-04-10") == []


def test_what_became_of_darlington_ccg_and_of_the_ccgs_of_its_footprint(
    interlock: Interlock, commissioners: Path
) -> None:
    # Lines 776 to 788 of the partners of 2019 have five CCGs in QMK; lines 2, 3, 5, 6 and 22 of the successions of
    # codes tell what followed each (in the mergers of 2020 lines 2 and 4 to 7), on 1 April 2020. All five closed the
    # day before, by eccg of December 2025, where 16C, 84H and 42D are open: no line there says what they became.
    # QMK passed on to QHM on 1 April 2018 (line 15249 there), and that code to the board in July 2022 (care-systems).
    partners = ask(interlock, commissioners, "links", "arr:stp-qmk", "--type", "participates-in", "--limit", "100")
    codes = {link["key"] for link in partners["links"]}
    became = {"00C": "16C", "00K": "16C", "00M": "16C", "00D": "84H", "03D": "42D"}
    assert codes >= {f"ods:{code}" for code in became}
    for code, later in became.items():
        found = ask(interlock, commissioners, "after", code)
        followed = [(one["key"], one["from"], one["depth"], one["open"]) for one in found["successors"]]
        assert (followed, found["closed"]) == ([(f"ods:{later}", "2020-04-01", 1, True)], "2020-03-31")
        parts = {one["key"]: (one["role"], one["outcome"], one["closed"]) for one in found["arrangements"]}
        assert parts["arr:stp-qmk"] == ("partner", "ended", "2018-03-31")
        assert parts["arr:stp-qhm"][:2] == ("partner", "ended")
    footprint = ask(interlock, commissioners, "timeline", "arr:stp-qmk")["events"]
    assert [(one["date"], one["kind"], one["other_key"], one["depth"]) for one in footprint] == [
        ("2018-03-31", "closed", None, 0),
        ("2018-04-01", "succeeded", "arr:stp-qhm", 1),
        ("2022-07-01", "succeeded", "ods:QHM", 2),
    ]
    board = ask(interlock, commissioners, "timeline", "16C")["events"]
    assert [(one["date"], one["kind"], one["other_key"]) for one in board if one["depth"]] == [
        ("2020-04-01", "took-over", "ods:00C"),
        ("2020-04-01", "took-over", "ods:00K"),
        ("2020-04-01", "took-over", "ods:00M"),
    ]


def test_the_questions_have_answers_in_the_built_in_register_as_well(asked: Asking) -> None:
    def things(*words: str) -> list[list[str]]:
        ranked = asked("shared", *words, "--builtin")["ranked"]
        return [[thing["key"] for thing in one["things"]] for one in ranked if one["number"] > 1]

    assert things("kind:person", "--rank", "--type", "holds-post-in,leads") == [["ods:RJC", "ods:RLQ"]]
    most = asked("shared", "type:trust", "--rank", "--type", "participates-in", "--builtin")["ranked"][0]
    assert (most["key"], most["number"]) == ("ods:RN7", 6)


def test_what_became_of_an_arrangement_of_the_built_in_register(asked: Asking) -> None:
    # Paragraph 4 of the announcement: the partnership was to become a group; no day is told.
    (followed,) = asked("after", "arr:wvt-swft-strategic-partnership", "--builtin")["successors"]
    assert (followed["key"], followed["from"], followed["depth"]) == ("arr:foundation-group", None, 1)


def test_the_same_is_answered_by_the_national_register_that_comes_with_interlock(
    interlock: Interlock, country: Path
) -> None:
    # Its layers are the files named above, so that the answers are those of the files.
    (national,) = (country / "interlock").glob("builtin-*.db")

    def asked(*words: str) -> Answer:
        return ask(interlock, national, *words)

    ways = asked("path", "RLQ", "RJC", "-k", "8")["paths"]
    over = {way["steps"][1]["key"] for way in ways if way["hops"] == 2}
    assert over >= {"arr:foundation-group", "person:glen-burley", "ods:N45"}
    assert {one["name"] for one in asked("shared", "RJL", "RWA")["shared"]} >= {
        "Humber Health Partnership board",
        "Humber shared chief executive",
        "Humber & North Yorkshire Cancer Alliance",
        "Humber and North Yorkshire ICS",
    }
    leading = asked("shared", "kind:person", "--rank", "--type", "holds-post-in,leads")["ranked"]
    assert {"ods:RJC", "ods:RLQ"} in [{thing["key"] for thing in one["things"]} for one in leading]
    darlington = asked("after", "00C")
    assert [(one["key"], one["from"]) for one in darlington["successors"]] == [("ods:16C", "2020-04-01")]
    parts = {one["key"]: one["outcome"] for one in darlington["arrangements"]}
    assert (parts["arr:stp-qmk"], parts["arr:stp-qhm"]) == ("ended", "ended")
    dangling = asked("gaps", "--kind", "closed-participant", "--limit", "500")["gaps"]
    # RVJ became part of Bristol NHS Foundation Trust on 1 July 2026; QMM and QNQ ended with March 2026 (icbs.json).
    assert {"ods:RVJ", "ods:QMM", "ods:QNQ"} <= {one["participant"]["key"] for one in dangling}
    most = asked("shared", "type:trust", "--rank", "--type", "participates-in", "--limit", "300")["ranked"]
    numbers = {one["key"]: one["number"] for one in most}
    assert min(numbers["ods:RYJ"], numbers["ods:RTD"]) >= 8
    councils = asked("shared", "type:council", "--type", "participates-in", "--as-of", "2019-04-10")["shared"]
    (footprint,) = (one for one in councils if "Humber, Coast and Vale" in one["name"])
    assert set(footprint["roles"]) == {f"ods:{code}" for code in (214, 215, 216, 217, 218, 219)}
