"""Searching as of a day asks the database what one record at a time is asked of its dates."""

from __future__ import annotations

from itertools import product

import pytest

from db.reading.as_of import Day
from db.reading.not_dated import not_dated
from db.search.on_day import there_on
from tests.db.reading.small import Small
from tui.text.record_standing import standing

_DATES = (None, "2015", "2016", "2017", "2016-06", "2016-07", "2016-06-29", "2016-06-30", "2016-07-01", "XXXX-06-01")


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("day", [Day("2016-06-30"), Day("2016-12-31"), Day("2014")], ids=lambda day: day.iso)
def test_who_was_there_and_open_is_what_their_dates_say(day: Day, closed: bool) -> None:
    small = Small()
    wanted: dict[int, int] = {}
    for number, (opened, until, is_open, kind) in enumerate(
        product(_DATES, _DATES, (None, 0, 1), ("organisation", "arrangement"))
    ):
        row = small.record(f"ods:{number}", "A", kind, opened=opened, closed=until, open=is_open)
        state = day.state(None if is_open is None else bool(is_open), None, opened, until)[0]
        hidden = state is False and kind == "organisation" and not closed
        if not day.excludes(opened, None if closed else until) and not hidden:
            wanted[row] = {True: 0, None: 1, False: 2}[state]
    assert there_on(small.connection, range(1, 10_000), day, closed=closed) == wanted
    assert set(wanted.values()) == {0, 1, 2}


@pytest.mark.parametrize(
    ("kind", "opened", "listed", "is_dated"),
    [
        ("organisation", "1990", (), True),
        ("organisation", None, ("2026", "2004-11"), True),
        ("site", None, ("2005-12-31",), True),
        ("arrangement", None, ("2006", "2026"), False),
        ("arrangement", None, (None,), False),
        ("organisation", None, (), False),
        ("organisation", "XXXX-04-01", ("2026",), False),
        ("person", None, (), True),
        ("document", None, (), True),
    ],
)
def test_a_body_is_dated_to_a_day_by_its_opening_or_a_list_up_to_then(
    kind: str, opened: str | None, listed: tuple[str | None, ...], is_dated: bool
) -> None:
    small = Small()
    row = small.record("ods:A", "A", kind, opened=opened)
    small.cite("record", row, *(small.evidence(small.source(f"file:{one}", published=one)) for one in listed))
    assert (row not in not_dated(small.connection, [row], Day("2005"))) is is_dated


@pytest.mark.parametrize(
    ("since", "end", "is_dated"),
    [("2005", "source", True), ("2005-06", "target", True), ("2006", "source", False), (None, "target", False)],
)
def test_what_a_link_began_with_was_there_by_then(since: str | None, end: str, is_dated: bool) -> None:
    small = Small()
    row, other = small.record("ods:A", "A"), small.record("ods:B", "B", opened="1990")
    runs = small.link_type("runs", "runs", "is run by")
    small.link(runs, *((row, other) if end == "source" else (other, row)), since=since)
    assert (row not in not_dated(small.connection, [row], Day("2005"))) is is_dated


def test_of_a_body_that_nothing_dates_to_a_day_it_is_not_said_that_it_was_open() -> None:
    small = Small()
    row = small.record("ods:A", "Vale", status="closed", open=0, closed="2013-03-31")
    small.record("ods:B", "Vale Hospital", status="open")
    small.cite("record", row, small.evidence(small.source("file:2012", published="2012")))
    small.index()
    register = small.register()

    told = {day: register.record("ods:A", as_of=day) for day in ("1950", "2012", "2014")}

    assert {day: (one.status, one.open) for day, one in told.items()} == {
        "1950": (None, None), "2012": ("open", True), "2014": ("closed", False)
    }  # fmt: skip
    assert standing(told["1950"]) == "no source tells whether it was there then, to end 31 March 2013"
    (first, second) = register.find("vale", as_of="1950").hits
    assert (first.brief.open, first.brief.dated, second.brief.open) == (None, False, None)
    assert register.record("ods:B", as_of="2999").open
