"""How what is dated stands on the day of the list that tells of it: the days before, of and after."""

from __future__ import annotations

import pytest

from importers.status import ended, has_closed, link_status, to_come

DAY = "2026-08-28"
BEFORE, AFTER = "2026-08-27", "2026-08-29"


@pytest.mark.parametrize(("end", "state"), [(BEFORE, "past"), (DAY, "current"), (AFTER, "current"), (None, "current")])
def test_a_link_is_current_to_the_end_of_its_last_day(end: str | None, state: str) -> None:
    assert link_status(True, "2013-04-01", end, DAY) == state
    assert ended(end, DAY) == (state == "past")


@pytest.mark.parametrize(("start", "state"), [(BEFORE, "current"), (DAY, "current"), (AFTER, "planned")])
def test_a_link_is_current_from_its_first_day(start: str, state: str) -> None:
    assert link_status(True, start, None, DAY) == state
    assert to_come(start, DAY) == (state == "planned")


@pytest.mark.parametrize(("closing", "closed"), [(BEFORE, True), (DAY, True), (AFTER, False), (None, False)])
def test_a_body_has_closed_from_its_closing_day(closing: str | None, closed: bool) -> None:
    assert has_closed(closing, DAY) is closed


def test_what_is_not_active_is_past_whatever_its_dates() -> None:
    assert link_status(False, DAY, AFTER, DAY) == link_status(False, AFTER, None, DAY) == "past"


def test_without_a_day_of_the_list_an_end_has_come_and_nothing_lies_ahead() -> None:
    assert link_status(True, None, AFTER, None) == "past"
    assert link_status(True, AFTER, None, None) == "current"
    assert has_closed(AFTER, None)
