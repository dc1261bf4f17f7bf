"""How a link stands follows from what is stated, from the days of lists, and from what became of its ends."""

from __future__ import annotations

import pytest

from db.parties import ClosedParty, Follower, Party
from db.reading.as_of import Day
from db.reading.standing import Standing, Tie, TieEnd, standing, stood

TODAY = Day("2026-11-28")
HERE = TieEnd(Party("ods:A", "A"), "open", True)
THERE = TieEnd(Party("ods:B", "B"), "open", True)
HEIR = Follower("ods:C", "C")


def tie(
    since: str | None = None,
    until: str | None = None,
    *lists: str,
    status: str | None = None,
    far: TieEnd = THERE,
    gone: str | None = None,
    kind: str = "participates-in",
    category: str = "participation",
) -> Tie:
    """A tie that lists of some days have."""
    first, last = (lists[0], lists[-1]) if lists else (None, None)
    return Tie(kind, category, since, until, status, HERE, far, first, last, gone is not None, gone)


def closed(day: str | None = "2020-03-31") -> TieEnd:
    """A body that has closed, and what it became."""
    return TieEnd(Party("ods:B", "B"), "closed", False, None, day, (HEIR,))


def status(one: Tie) -> str | None:
    return standing(one, TODAY).status


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2026", "current"), ("2026-01", "current"), ("2026-06-01", "current"), ("2025", None), ("2019-04", None)],
)
def test_a_list_makes_current_what_it_has_until_its_year_is_over(day: str, wanted: str | None) -> None:
    assert status(tie(None, None, day)) == wanted
    assert status(tie("2013-04-01", None, day, status="current")) == wanted


@pytest.mark.parametrize(("day", "wanted"), [("2026-01-31", "current"), ("2026-02-01", None)])
def test_a_list_of_late_in_a_year_speaks_for_six_months(day: str, wanted: str | None) -> None:
    assert standing(tie(None, None, "2025-07-31"), Day(day)).status == wanted


def test_what_an_undated_document_tells_is_neither_current_nor_past() -> None:
    assert standing(tie(status="current"), TODAY) == Standing(None, None, None, "stated", None, None)


def test_a_stated_period_that_covers_today_is_current_and_one_that_is_over_past() -> None:
    assert status(tie("2013-04-01", "2027-03-31")) == "current"
    assert status(tie("2013-04-01", "2026-11-28", "2019")) == "current"
    assert status(tie("2013-04-01", "2026-11-27", "2019")) == "past"
    assert status(tie(None, "2027-03-31", "2019")) is None


def test_a_tie_ends_with_a_body_that_closes_whatever_a_list_of_before_says() -> None:
    found = standing(tie("2013-04-01", None, "2019-08-01", status="current", far=closed()), TODAY)
    assert found[1:4] == ("2020-03-31", "past", "inferred")
    assert (found.ended_with, found.became) == (ClosedParty("ods:B", "B", "2020-03-31"), (HEIR,))
    assert standing(tie(None, None, "2019-10", far=closed()), TODAY).end == "2020-03-31"
    long_before = standing(tie(None, None, "2019-08", far=closed()), TODAY)
    assert (long_before.end, long_before.status, long_before.ended_with) == (None, "past", found.ended_with)
    stated = standing(tie("2013-04-01", "2018-03-31", far=closed()), TODAY)
    assert (stated.end, stated.basis, stated.ended_with) == ("2018-03-31", "stated", None)


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (tie("2013-04-01", None, "2026", far=THERE._replace(opened="2020-04-01")), "2020-04-01"),
        (tie("2020-05-01", None, "2026", far=THERE._replace(opened="2020-04-01")), "2020-05-01"),
        (tie("2020", None, "2026", far=THERE._replace(opened="2020-04-01")), "2020"),
        (tie("2013", "2015", "2026", far=THERE._replace(opened="2020-04-01")), "2013"),
        (tie(None, None, "2026", far=THERE._replace(opened="2020-04-01")), None),
        (tie("2013", None, kind="follows", category="succession", far=THERE._replace(opened="2020-04-01")), "2013"),
        (
            tie("2013", None, "2026", far=THERE._replace(opened="2020"))._replace(near=HERE._replace(opened="2021")),
            "2021",
        ),
    ],
)
def test_a_tie_begins_with_the_later_of_its_ends(one: Tie, wanted: str | None) -> None:
    assert standing(one, TODAY).start == wanted


def test_what_a_newer_list_dropped_ended_between_the_two_whatever_closed_in_that_time() -> None:
    found = standing(tie(None, None, "2015", status="past", gone="2025-07"), TODAY)
    assert (found.status, found.basis, found.listed_last, found.unlisted) == ("past", "listed", "2015", "2025-07")
    found = standing(tie(None, None, "2015", status="past", gone="2025-07", far=closed()), TODAY)
    assert (found.end, found.basis, found.ended_with) == (None, "listed", None)


def test_what_a_source_tells_as_past_did_not_end_with_a_body() -> None:
    found = standing(tie(None, None, "2019-04", status="past", far=closed()), TODAY)
    assert (found.status, found.end, found.basis, found.ended_with) == ("past", None, "stated", None)


def test_a_plan_stays_a_plan_until_a_list_has_what_was_planned() -> None:
    assert status(tie("2027-04-01", None, "2026", status="current")) == "planned"
    assert status(tie("2026-04-01", None, "2025", status="planned")) == "planned"
    assert status(tie("2026-04-01", None, "2026-05", status="planned")) == "current"
    assert status(tie(None, None, "2026-05", status="planned")) == "planned"
    assert status(tie(None, None, "2026-05", status="proposed")) == "proposed"


def test_what_is_not_there_yet_or_no_longer_listed_has_no_current_ties() -> None:
    for state in ("planned", "unlisted"):
        assert status(tie(None, None, "2026", far=THERE._replace(status=state, open=None))) is None


def test_what_was_done_on_a_day_is_never_current_and_outlives_its_ends() -> None:
    done = tie("2020-04-01", None, "2026", status="current", far=closed(), kind="succeeded-by", category="succession")
    assert standing(done, TODAY)[1:4] == (None, None, "stated")


@pytest.mark.parametrize(
    ("one", "day", "wanted"),
    [
        (tie(None, None, "2015", "2019"), "2016-06-30", True),
        (tie(None, None, "2015", "2019"), "2014-12-31", None),
        (tie(None, None, "2015-03", "2019-04"), "2019-12-31", True),
        (tie(None, None, "2015-03", "2019-04"), "2020-01-01", None),
        (tie("2013-04-01", None, "2019"), "2013-03-31", False),
        (tie("2013-04-01", None, "2019"), "2013-04-01", True),
        (tie("2013-04-01", None, "2019"), "2020-01-01", None),
        (tie("2013-04-01", None), "2014", None),
        (tie("2013-04-01", "2016-03-31", "2019"), "2016-03-31", True),
        (tie("2013-04-01", "2016-03-31", "2019"), "2016-04-01", False),
        (tie(None, None, "2019", far=THERE._replace(opened="2018")), "2017", False),
        (tie("2013", None, "2019", far=closed()), "2020-04-01", False),
        (tie(None, None, "2026-11", far=THERE._replace(closed="2027-03-31")), "2027-03-31", True),
        (tie(None, None, "2026-11", far=THERE._replace(closed="2027-03-31")), "2027-04-01", False),
        (tie(None, None, "2015", gone="2018-08", status="past"), "2016-01-01", None),
        (tie(None, None, "2015", gone="2018-08", status="past"), "2018-09", False),
        (tie(None, None, "2019", status="past"), "2016", None),
        (tie(None, None, "2019", status="past"), "2020", None),
        (tie(None, None, "2026", kind="about", category="document"), "2016", False),
        (tie(None, None, "2015", kind="about", category="document"), "2016", True),
    ],
)
def test_as_of_a_day_a_tie_was_there_was_not_or_is_not_dated(one: Tie, day: str, wanted: bool | None) -> None:
    assert stood(one, Day(day)) is wanted
