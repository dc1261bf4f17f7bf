"""Where no record has all the words, those that have all but one are shown, and the word left out is named."""

from __future__ import annotations

import pytest

from db.errors import NotFoundError
from db.reading.resolve_key import resolve
from tests.db.search.miniature import Miniature


@pytest.fixture(scope="module")
def valley() -> Miniature:
    made = Miniature()
    made.add("ods:RSH", "Steel City Hospitals NHS Trust", "nhs-trust", town="Southall")
    made.add("ods:RSE", "Seaside NHS Trust", "nhs-trust", town="Margate")
    for key, name, body in (
        ("site:park", "Weston Park Hospital", "ods:RSH"),
        ("site:north", "Northern General Hospital", "ods:RSH"),
        ("site:weston", "Weston General Hospital", "ods:RSE"),
    ):
        made.add(key, name, "hospital", open=None)
        made.link(key, body)
    made.add("ods:P", "Ambulance Pharmacy", "pharmacy", town="Hereford")
    made.add("ods:NQL", "Navigo", "care-provider", town="Cleethorpes")
    made.add("arr:south", "Seaside Paediatric Asthma Network", "clinical-network")
    made.add("arr:thames", "Thames Paediatric Epilepsy Network", "clinical-network")
    made.add("ods:RTH", "Seaslide NHS Trust", "nhs-trust", town="Sandwich")
    made.link("arr:thames", "ods:RTH")
    for number in range(12):
        made.add(f"ods:H{number}", f"Hereford Town Practice {number}", "gp-practice", town="Hereford")
    return made.indexed()


def test_all_words_but_one_find_what_is_left_and_the_word_is_named(valley: Miniature) -> None:
    found = valley.find("northern general hospital pharmacy")
    assert [hit.brief.key for hit in found.hits] == ["site:north"]
    assert found.words_left_out == ("pharmacy",)
    assert found.hint == "left out: “pharmacy”, which no record has beside the others"


@pytest.mark.parametrize(
    "typed",
    [
        "northern general hospital pharm",
        'northern "general hospital" pharmacy',
        "northern general hospital pharmacy kind:site",
        "northern pharmacy",
        "hereford town practice pharmacy",
    ],
)
def test_none_is_left_out_of_what_is_unfinished_quoted_filtered_short_or_too_usual(
    valley: Miniature, typed: str
) -> None:
    found = valley.find(typed)
    assert not found.words_left_out
    assert not found.hits


def test_a_match_without_a_word_is_not_taken_for_the_one_record_meant(valley: Miniature) -> None:
    with pytest.raises(NotFoundError):
        resolve(valley.conn, "northern general hospital pharmacy")


def test_who_runs_a_hospital_is_tied_to_one_that_has_all_the_words(valley: Miniature) -> None:
    assert valley.keys("who runs weston general hospital")[:2] == ["ods:RSE", "ods:RSH"]


def test_of_two_words_one_is_left_out_only_beside_a_whole_name_that_few_have(valley: Miniature) -> None:
    found = valley.find("navigo hereford")
    assert [hit.brief.key for hit in found.hits] == ["ods:NQL"]
    assert found.words_left_out == ("hereford",)


def test_of_many_words_no_two_are_left_out(valley: Miniature) -> None:
    assert not valley.find("ambulance weston park hospital hereford").hits


def test_a_word_that_names_have_is_not_taken_for_another_of_a_tied_record(valley: Miniature) -> None:
    assert [hit.brief.key for hit in valley.find("epilepsy seaside").hits] == ["ods:RSE"]
    assert [hit.brief.key for hit in valley.find("epilepsy seaslyde").hits] == ["arr:thames"]
