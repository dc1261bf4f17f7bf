"""One tie is one link, however many sources tell of it; two periods are two."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from db.statements import Cite, End, FactSaid, LinkSaid, Statement
from db.store.resolve import resolve
from db.store.resolve_links import ResolvedLink, _Telling, _told_often, _told_once
from db.store.sourced import Authority, Sourced

COMMISSIONER = End("ods:16C")


def said(source: str, day: str | None, *links: LinkSaid, series: str | None = None) -> Sourced:
    """What a source of a day says of a practice."""
    by = Authority(sum(map(ord, source)), source, day, series)
    return Sourced(by, Statement("ods:A81001", "organisation", line=1, links=links))


def period(start: str | None = None, end: str | None = None, kind: str = "commissioned-by") -> LinkSaid:
    """A tie to the commissioner."""
    return LinkSaid(kind, COMMISSIONER, start=start, end=end)


def links(*spoken: Sourced, acts: tuple[str, ...] = ()) -> list[ResolvedLink]:
    """The links that come of it, the same in any order of telling."""
    found = [
        sorted(resolve(order, {}, acts).links, key=lambda one: (one.start or "", one.end or ""))
        for order in permutations(spoken)
    ]
    assert all(one == found[0] for one in found)
    return found[0]


def sources(cites: frozenset[Cite]) -> set[str]:
    return {cite.source for cite in cites}


def test_a_tie_told_with_its_dates_and_without_is_one_that_says_who_tells_the_start() -> None:
    (one,) = links(said("old", "2023", period("2020-04-01")), said("new", "2024-10", period()))
    assert (one.start, one.end) == ("2020-04-01", None)
    assert sources(one.cites) == {"old", "new"}
    assert [(value.what, value.value, sources(value.cites)) for value in one.values] == [
        ("start", "2020-04-01", {"old"})
    ]


@pytest.mark.parametrize("day", ["2019-12", "2023"])
def test_what_a_list_has_on_a_day_outside_the_dates_is_a_period_of_its_own(day: str) -> None:
    dated = said("dated", "2025-09", period("2020-04-01", "2022-07-31"))
    found = links(dated, said("undated", day, period()))
    assert [(one.start, one.end) for one in found] == [(None, None), ("2020-04-01", "2022-07-31")]


def test_an_undated_tie_is_the_one_of_two_periods_in_which_its_list_was_made() -> None:
    dated = said("dated", "2025-09", period("2013-04-01", "2016-03-31"), period("2019-10-01"))
    first, second = links(dated, said("early", "2015", period()), said("late", "2023", period()))
    assert (sources(first.cites), sources(second.cites)) == ({"dated", "early"}, {"dated", "late"})


def test_a_source_of_no_known_day_means_the_latest_period() -> None:
    dated = said("dated", "2025-09", period("2013-04-01", "2016-03-31"), period("2019-10-01"))
    assert [sources(one.cites) for one in links(dated, said("story", None, period()))] == [
        {"dated"},
        {"dated", "story"},
    ]


def test_a_year_and_a_day_in_it_are_one_start_told_as_exactly_as_anyone_does() -> None:
    (one,) = links(said("new", "2025", period("2020")), said("old", "2021", period("2020-04-01")))
    assert one.start == "2020-04-01"
    ended = period("2019-04-01", "2019-09-30")
    assert len(links(said("new", "2025", period("2020")), said("old", "2021", ended))) == 2


def test_two_sources_that_tell_an_open_tie_of_the_same_days_mean_one_whose_start_they_tell_otherwise() -> None:
    (one,) = links(said("old", "2019-08", period("2013-04-01")), said("new", "2025", period("2013-05-01")))
    assert (one.start, sources(one.cites)) == ("2013-05-01", {"old", "new"})
    stated = {(value.value, value.chosen, *sources(value.cites)) for value in one.values}
    assert stated == {("2013-05-01", True, "new"), ("2013-04-01", False, "old")}


@pytest.mark.parametrize(
    ("older", "day"),
    [(period("2013-04-01"), "2015"), (period("2013-04-01", "2018-04-01"), "2019-08")],
)
def test_two_starts_are_two_periods_where_one_was_over_or_not_begun(older: LinkSaid, day: str) -> None:
    assert len(links(said("old", day, older), said("new", "2025", period("2018-04-01")))) == 2


def test_periods_of_two_sources_that_overlap_are_one_whose_dates_they_tell_otherwise() -> None:
    old = said("old", "2019-08", period("2015-06-03", "2017-06-30"))
    (one,) = links(old, said("new", "2025", period("2015-04-01", "2017-06-30")))
    assert (one.start, one.end, sources(one.cites)) == ("2015-04-01", "2017-06-30", {"old", "new"})
    stated = {(value.what, value.value, value.chosen, *sources(value.cites)) for value in one.values}
    assert stated == {("start", "2015-04-01", True, "new"), ("start", "2015-06-03", False, "old")}
    (ended,) = links(said("open", "2019-08", period("2013-05-01")), said("new", "2025", period("2013", "2017-06-30")))
    assert (ended.start, ended.end) == ("2013-05-01", "2017-06-30")


def test_two_periods_that_one_source_tells_stay_two_though_another_tells_one_that_covers_both() -> None:
    apart = said("old", "2019-08", period("2013-04-01", "2015-03-31"), period("2016-04-01", "2018-03-31"))
    first, second = links(apart, said("new", "2025", period("2014-01-01", "2018-06-30")))
    assert (first.start, sources(first.cites)) == ("2013-04-01", {"old"})
    assert (second.start, second.end, sources(second.cites)) == ("2014-01-01", "2018-06-30", {"old", "new"})


def test_a_source_that_tells_a_tie_with_dates_and_without_means_two_things() -> None:
    assert len(links(said("list", "2025", period("2020-04-01"), period()))) == 2


def test_a_succession_told_without_its_day_is_the_dated_one_whenever_it_was_told() -> None:
    dated = said("dated", "2021", period("2020-04-01", kind="succeeded-by"))
    early = said("early", "2019-12", period(kind="succeeded-by"))
    assert len(links(dated, early, acts=("succeeded-by",))) == 1
    assert len(links(dated, early)) == 2


def test_a_link_is_gone_from_the_first_list_of_its_series_without_it() -> None:
    first, second, third = (said(day, day, *told, series="lists") for day, told in (
        ("2015", (period(),)), ("2021", ()), ("2025", ()),
    ))  # fmt: skip
    (one,) = links(first, second, third)
    assert (one.status, one.end, one.gone_from) == ("past", None, second.voice.key)
    for other in (said("older", "2016", period()), said("undated", None, period())):
        (one,) = links(first, second, third, other)
        assert (one.status, one.gone_from) == ("past", second.voice.key)
    (one,) = links(first, second, third, said("between", "2023", period()))
    assert (one.status, one.gone_from) == ("past", third.voice.key)
    (kept,) = links(first, second, third, said("newer", "2026", period()))
    assert (kept.status, kept.gone_from) == (None, None)


def test_a_newer_list_that_knows_no_dates_does_not_take_back_an_end() -> None:
    (one,) = links(said("old", "2023", period("2020-04-01", "2025-03-31")), said("new", "2024-10", period()))
    assert one.end == "2025-03-31"
    (reopened,) = links(
        said("old", "2023", period("2020-04-01", "2025-03-31")), said("new", "2024", period("2020-04-01"))
    )
    assert reopened.end is None


@pytest.mark.parametrize("status", [None, "current", "past"])
@pytest.mark.parametrize("end", [None, "2019"])
@pytest.mark.parametrize("facts", [(), (FactSaid("share", 3),)])
@pytest.mark.parametrize("cites", [(), (Cite("doc:a", "p1"),)])
@pytest.mark.parametrize("newer", [None, "2020"])
def test_a_link_that_is_told_once_is_what_it_would_be_among_several(
    status: str | None, end: str | None, facts: tuple[FactSaid, ...], cites: tuple[Cite, ...], newer: str | None
) -> None:
    told = LinkSaid("commissioned-by", COMMISSIONER, True, "lead", "2013", end, "2012", None, status, facts, cites)
    by = said("list", "2019", told, series="lists")
    later = [Authority(9, "later", newer, "lists")] if newer else []
    telling, releases = _Telling(by, 0), {"lists": [by.voice, *later]}
    assert _told_once(telling, releases) == _told_often([telling], releases)


@pytest.mark.parametrize(
    ("plan", "told", "wanted"),
    [
        (None, ("2023", "2017"), (None, "2017")),
        (None, ("2017-01", "2017-04-01"), ("planned", "2017-04-01")),
        ("2024", ("2023", "2017"), ("planned", "2017")),
    ],
)
def test_a_plan_gives_way_to_a_newer_source_that_tells_since_when_it_is_so(
    plan: str | None, told: tuple[str, str], wanted: tuple[str | None, str]
) -> None:
    planned = replace(period(), status="planned")
    (one,) = links(said("plan", plan, planned), said("later", told[0], period(told[1])))
    assert (one.status, one.start) == wanted
    (body,) = {
        resolve(order, {}).scalars["status"]
        for order in permutations(
            Sourced(
                Authority(number, str(number), day), Statement("arr:a", "arrangement", status=status, opened=opened)
            )
            for number, (day, status, opened) in enumerate(((plan, "planned", None), (told[0], None, told[1])))
        )
    }
    assert body == wanted[0]
