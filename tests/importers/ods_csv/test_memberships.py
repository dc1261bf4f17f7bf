"""Memberships are links of practices that other lists describe; a practice comes once for each commissioner it had."""

from __future__ import annotations

import pytest

from db.statements import End, LinkSaid
from tests.importers.ods_csv.lists import read, refused, taken

FIRST = ["A99901", "5ZZ", "W", "20010401", "20130331", "0"]
SECOND = ["A99901", "99Z", "W", "20130401", "", "0"]


def test_a_code_repeats_by_design_and_describes_nobody() -> None:
    first, second = taken(read([FIRST, SECOND]))
    assert first.key == second.key == "ods:A99901"
    assert first.partial and second.partial
    assert first.links == (
        LinkSaid("commissioned-by", End("ods:5ZZ"), start="2001-04-01", end="2013-03-31", status="past"),
    )
    assert second.links == (LinkSaid("commissioned-by", End("ods:99Z"), start="2013-04-01", status="current"),)


def test_what_is_dated_after_the_list_has_not_happened() -> None:
    joining, leaving = taken(
        read(
            [["A99901", "99Z", "W", "20200701", "", "1"], ["A99902", "99Z", "W", "20130401", "20200731", "0"]],
            published="2020-06",
        )
    )
    assert joining.links[0].status == "planned"
    assert (leaving.links[0].status, leaving.links[0].end) == ("current", "2020-07-31")


def test_a_joining_later_than_anything_has_ended_may_be_planned_and_dates_no_list() -> None:
    ahead = ["A99902", "99Z", "W", "20131001", "", "0"]
    assert read([FIRST, SECOND, ahead], name="epcmem.csv").source.published == "2013-04-01"
    assert read([SECOND, ahead], name="epcmem.csv").source.published == "2013-10-01"


def test_practices_of_northern_ireland_belong_to_local_commissioning_groups() -> None:
    reading = read([["Z99901", "ZLCG1", "L", "20130401", "", "0"]])
    assert (reading.source.series, reading.source.format) == ("ods-nlhscgpr", "epcmem")
    assert [(one.key, one.links[0].other.key) for one in taken(reading)] == [("ods:Z99901", "ods:ZLCG1")]


def test_a_membership_is_current_on_its_first_and_on_its_last_day() -> None:
    rows = [
        ["A99901", "99Z", "W", "20130401", "20200629", "0"],
        ["A99902", "99Z", "W", "20130401", "20200630", "0"],
        ["A99903", "99Z", "W", "20200630", "", "0"],
        ["A99904", "99Z", "W", "20200701", "", "0"],
    ]
    states = [one.links[0].status for one in taken(read(rows, published="2020-06-30"))]
    assert states == ["past", "current", "current", "planned"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["A99902", "99Z", "W", "20130401", ""], "has 5 columns where the list has 6"),
        (["G9999901", "A99902", "P", "20130401", "", "0"], "a practitioner, not an organisation"),
        (["", "99Z", "W", "20130401", "", "0"], "has no code"),
        (["A99902", "", "W", "20130401", "", "0"], "has no commissioner"),
        (["A99902", "9 Z", "W", "20130401", "", "0"], "commissioner '9 Z' is no ODS code"),
        (["A99902", "99Z", "W", "2013", "", "0"], "joining date '2013' is not a date in the form 20130401"),
        (["A99902", "99Z", "W", "20130401", "20130231", "0"], "leaving date '20130231' is no day of the calendar"),
        (["A99902", "A99902", "W", "20130401", "", "0"], "A99902 is its own commissioner"),
        (FIRST, "A99901 joining 5ZZ on that day is on line 1 already"),
    ],
)
def test_a_membership_that_cannot_be_taken_is_refused_with_its_reason(row: list[str], reason: str) -> None:
    reading = read([FIRST, SECOND, row])
    assert [(one.line, one.reason) for one in refused(reading)] == [(3, reason)]
    assert len(taken(reading)) == 2


def test_the_source_is_a_full_list_dated_by_its_latest_row() -> None:
    source = read([FIRST, SECOND], name="epcmem.csv").source
    assert (source.key, source.series, source.full) == ("file:ods-epcmem-2013-04-01", "ods-epcmem", True)
    assert source.title == "Memberships of practices in commissioners (epcmem), 1 April 2013"
