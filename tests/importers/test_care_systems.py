"""A code of ODS that a footprint, a system and a board had means the one of its day, in every format alike."""

from __future__ import annotations

import json

import pytest

from db.statements import Statement
from importers import care_systems
from tests.importers.ods_csv import lists
from tests.importers.table.made import statements

FOOTPRINTS = (
    "ods_stp_code,ons_stp_code,footprint_no,stp_name,ics_wave,footprint_lead,address,region,status,merged_into_note\n"
    "QOQ,E54000006,6,Hill STP,,tbc,?,North (Y99),current,\n"
    "QVP,E54000046,1,Dale STP,,tbc,?,North (Y99),closed,CODE: QHM CUMBRIA\n"
)
SYSTEM, BOARD = "arr:humber-and-north-yorkshire-ics", "ods:QOQ"


def ties(said: list[Statement]) -> set[tuple[str, str, str]]:
    """Who is tied to whom by what, of the three and what followed."""
    named = ("became", "convened-by", "succeeded-by")
    return {(one.key, link.type, link.other.key) for one in said for link in one.links if link.type in named}


def test_footprint_system_and_board_lead_to_one_another() -> None:
    said = statements(FOOTPRINTS, None)
    assert ties(said) == {
        ("arr:stp-qoq", "became", SYSTEM), ("arr:stp-qoq", "became", BOARD), (SYSTEM, "convened-by", BOARD),
        ("arr:stp-qvp", "succeeded-by", "arr:stp-qhm"),
    }  # fmt: skip
    (board,) = [one for one in said if one.key == BOARD]
    assert (board.opened, [cite.source for cite in board.cites]) == ("2022-07-01", ["file:care-systems"])


def test_the_code_of_a_footprint_is_its_own_only_where_no_board_has_it() -> None:
    said = statements(FOOTPRINTS, None)
    codes = {(one.key, code.scheme, code.value) for one in said for code in one.identifiers}
    assert codes == {
        ("arr:stp-qoq", "ods-stp", "QOQ"), ("arr:stp-qoq", "gss-stp", "E54000006"), ("arr:stp-qvp", "ods-stp", "QVP"),
        ("arr:stp-qvp", "gss-stp", "E54000046"), ("arr:stp-qvp", "ods", "QVP"),
    }  # fmt: skip


def test_a_cell_that_names_two_systems_is_two_memberships() -> None:
    trust = {"ods_code": "RY3", "names": ["Hill NHS Trust"], "type": "Community Trusts", "region": "London"}
    both = trust | {"ics": "Norfolk and Waveney; Cambridgeshire and Peterborough"}
    said = statements(json.dumps([both]), None, "trusts.json")
    members = {one.key for one in said for link in one.links if link.type == "participates-in"}
    assert members == {"arr:norfolk-and-waveney-ics", "arr:cambridgeshire-and-peterborough-ics"}
    assert {end for _, _, end in ties(said)} == {"ods:QMM", "ods:QUE"}


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("QVP,QHM,20180401", ("arr:stp-qvp", "arr:stp-qhm")),
        ("QMM,T6Y0W,20260401", ("ods:QMM", "ods:T6Y0W")),
        ("RXX,RYY,20180401", ("ods:RXX", "ods:RYY")),
    ],
)
def test_a_succession_is_of_what_had_the_code_on_its_day(row: str, wanted: tuple[str, str]) -> None:
    said = statements(f"old_code,new_code,date\n{row}\n", None, "successions.csv")
    assert {(one, other) for one, _, other in ties(said)} == {wanted}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("epraccur-2021-11.csv", "arr:stp-qoq"), ("epraccur-2023.csv", "ods:QOQ"), ("epraccur-2022.csv", "ods:QOQ")],
)
def test_an_area_in_a_list_is_what_had_the_code_on_the_day_of_the_list(name: str, wanted: str) -> None:
    rows = [lists.practice("A99901", c4="QOQ"), lists.practice("A99902", c4="QZZ")]
    one, other = (
        {link.other.key for link in said.links if link.type == "in-geography-of"}
        for said in lists.taken(lists.read(rows, name))
    )
    assert wanted in one
    assert "ods:QZZ" in other


def test_what_is_no_code_of_a_footprint_has_no_lives() -> None:
    assert care_systems.key_on("RLQ", "2019") == "ods:RLQ"
    assert care_systems.key_on("QOQ", None) == "ods:QOQ"
    told = [care_systems.footprint(text) for text in ("RLQ", "E54000006", "qoq", "", "Hill")]
    assert told == [None, "arr:stp-qoq", "arr:stp-qoq", None, None]
    assert (care_systems.board("Norfolk and Waveney"), care_systems.board("QVP")) == ("ods:QMM", None)


def test_the_systems_are_as_many_as_the_boards_of_2022() -> None:
    held = care_systems.care_systems()
    assert (len(set(held.codes.values())), len(held.names), len(held.named)) == (45, 42, 42)
