"""A closed body that is named exactly is shown, marked as closed, without being asked for."""

from __future__ import annotations

import pytest

from tests.db.search.miniature import Miniature


@pytest.fixture(scope="module")
def mills() -> Miniature:
    made = Miniature()
    made.add("ods:OPEN", "Mill Surgery")
    made.add("ods:SHUT", "Mill Surgery", open=False, status="closed")
    made.add("ods:LONG", "Mill Surgery Annexe")
    made.add("ods:NEAR", "Mile Surgery")
    made.add("ods:GONE", "Weir Practice", names=["former: Old Weir", "acronym: WPX"], open=False, status="closed")
    made.add("site:hall", "Mill Hall", open=False)
    made.add("ods:ELSE", "Mill Surgery of Elsewhere", open=False)
    return made.indexed()


def test_it_stands_below_open_ones_of_the_name_and_above_what_matches_less_surely(mills: Miniature) -> None:
    hits = mills.find("mill surgery").hits
    assert [hit.brief.key for hit in hits] == ["ods:OPEN", "ods:SHUT", "ods:LONG", "ods:NEAR"]
    assert hits[1].brief.open is False
    assert hits[1].brief.status == "closed"


@pytest.mark.parametrize("typed", ["weir practice", "Old Weir", "WPX", "GONE", "weir practice (GONE)"])
def test_any_of_its_names_or_its_code_will_do(mills: Miniature, typed: str) -> None:
    assert mills.keys(typed)[:1] == ["ods:GONE"]


def test_others_that_are_closed_are_counted_apart(mills: Miniature) -> None:
    assert mills.find("mill surgery").advice("--all") == "1 closed one matches: --all shows it"
    assert mills.find("weir practice").advice("--all") is None


def test_the_beginning_of_its_name_is_not_its_name(mills: Miniature) -> None:
    assert mills.keys("weir pract") == []
    assert mills.find("weir pract").advice("--all") == "1 closed one matches: --all shows it"


def test_filters_hold_for_it_too(mills: Miniature) -> None:
    assert mills.keys("mill surgery status:open") == ["ods:OPEN", "ods:LONG", "ods:NEAR"]
    assert mills.keys("mill hall kind:organisation") == []
    assert mills.keys("mill hall kind:site") == ["site:hall"]


def test_it_stands_below_all_open_ones_of_the_name_however_many_they_are() -> None:
    made = Miniature()
    for number in range(150):
        made.add(f"ods:T{number:03}", "The Surgery")
    made.add("ods:X", "The Surgery", open=False)
    made.add("ods:Y", "The Surgery of the Mill")
    found = made.indexed().find("the surgery", limit=None)
    assert [hit.brief.key for hit in found.hits][-2:] == ["ods:X", "ods:Y"]
    assert found.total == 152
