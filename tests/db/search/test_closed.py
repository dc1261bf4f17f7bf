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


@pytest.fixture(scope="module")
def valley() -> Miniature:
    made = Miniature()
    made.add("ods:SHUT", "Stone and Stoke Partnership NHS Trust", "nhs-trust", open=False)
    made.add("ods:HEIR", "Midland Care NHS Trust", "nhs-trust", names=["Midland"], town="Stoke")
    made.add("site:day", "Day Hospital", "hospital", town="Stone", open=None)
    made.link("site:day", "ods:SHUT", "operated-by")
    made.add("ods:SOL", "Solway NHS Trust", "nhs-trust", open=False)
    made.add("ods:VIEW", "Solway View Practice", "gp-practice")
    made.add("ods:PAST", "Midland Health NHS Trust", "nhs-trust", open=False)
    made.add("ods:PRAC", "Stroud Green Practice", "gp-practice", open=False)
    return made.indexed()


def test_a_public_body_is_found_by_words_that_nothing_open_has_in_its_names(valley: Miniature) -> None:
    assert valley.keys("stoke partnership trust")[0] == "ods:SHUT"
    assert valley.keys("stone partnership") == ["ods:SHUT", "site:day"], "what has the words by a link comes after"
    assert "ods:SHUT" not in valley.keys("stoke"), "an open body in the town is called so"
    assert "ods:SHUT" not in valley.keys("stoke partnership trust status:open")
    assert valley.keys("green practice") == [], "no public body"


def test_one_that_is_called_by_all_that_was_typed_stands_before_open_practices_only(valley: Miniature) -> None:
    assert valley.keys("solway") == ["ods:SOL", "ods:VIEW"]
    assert valley.keys("midland") == ["ods:HEIR"]
