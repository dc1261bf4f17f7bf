"""How names are written so that the index and what a person types meet."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.search.spelling import Vocabulary
from db.search.text import LONGEST, forms, initials, is_outward, place_words, plain, readings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("King's College", "KINGS COLLEGE"),
        ("Guy’s & St.Thomas’", "guys and st thomas"),
        ("Care-Plus", "care plus"),
        ("Tŷ Glân", "ty glan"),
        ("N.H.S. Trust", "nhs trust"),
        ("  Wye\tValley\0 ", "wye valley"),
        ("Ｗｙｅ", "wye"),
        ("Straße", "strasse"),
    ],
)
def test_case_accents_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("Oxleas NHS FT", "oxleas nhs foundation trust"),
        ("Kent ICB", "kent integrated care board"),
        ("St Thomas Hosp", "saint thomas hospital"),
        ("Uni Hosp", "university hospital"),
        ("High St Surgery", "high street surgery"),
        ("12 High St", "12 high street"),
    ],
)
def test_abbreviations_are_written_out_beside_the_name_itself(short: str, whole: str) -> None:
    assert forms(short) == (whole, plain(short))


def test_an_unfinished_last_word_is_read_both_ways() -> None:
    assert readings("st uni") == ("saint university", "saint uni", "st uni")


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("South Warwickshire NHS Foundation Trust", "swft"),
        ("Guy's and St Thomas' NHS Foundation Trust", "gstt"),
        ("King's College Hospital NHS Foundation Trust", "kch"),
        ("Northern Lincolnshire and Goole NHS Foundation Trust", "nlag"),
        ("University Hospitals Coventry and Warwickshire NHS Trust", "uhcw"),
        ("Blackburn with Darwen Borough Council", "bwd"),
        ("South East London Integrated Care System", "selics"),
    ],
)
def test_initials_make_the_acronyms_that_people_use(name: str, acronym: str) -> None:
    assert acronym in initials(plain(name))


def test_a_postcode_is_always_two_words() -> None:
    assert place_words("Hereford", "HR12ER") == place_words("hereford", "hr1 2er") == "hereford hr1 2er"


def test_a_name_of_any_length_is_cut() -> None:
    assert len(plain("x" * 10_000)) <= LONGEST
    assert len(plain("ﷺ " * 10_000)) <= LONGEST


@pytest.fixture
def words() -> Vocabulary:
    return Vocabulary("wye valley vale hereford warwickshire south foundation group lee see")


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("vally", "valley", 1),
        ("vallley", "valley", 1),
        ("avlley", "valley", 1),
        ("galley", "valley", 1),
        ("fuondtaion", "foundation", 2),
    ],
)
def test_a_misspelt_word_is_near_the_word_meant(words: Vocabulary, typed: str, meant: str, errors: int) -> None:
    assert words.near(typed, unfinished=False)[meant] == errors


def test_a_short_word_may_hold_one_error_only(words: Vocabulary) -> None:
    assert words.near("yew", unfinished=False) == {}
    assert words.near("ly", unfinished=True) == {}


def test_a_misspelt_word_may_be_unfinished(words: Vocabulary) -> None:
    assert "foundation" in words.near("fuonda", unfinished=True)
    assert "foundation" not in words.near("fuonda", unfinished=False)


def test_spaces_may_be_missing_or_too_many(words: Vocabulary) -> None:
    assert words.respaced(["wyevalley", "group"]) == [["wye", "valley", "group"]]
    assert words.respaced(["here", "ford"]) == [["hereford"]]
    assert words.respaced(["wyeval"]) == [["wye", "val"]]
    assert words.respaced(["wye", "valley"]) == []


def test_parts_of_words_are_found_wherever_they_stand(words: Vocabulary) -> None:
    assert list(words.containing("all")) == ["valley"]
    assert set(words.containing("ee")) == set()
    assert list(words.containing("ford")) == ["hereford"]
    assert words.containing("here") == {}


@given(st.text(alphabet="abzAé019٣ -", max_size=6))
@example("la1")
@example("la10")
@example("e1w")
@example("ec1a")
@example("la100")
def test_the_first_half_of_a_postcode_is_letters_a_digit_and_perhaps_one_more(word: str) -> None:
    assert is_outward(word) == bool(re.fullmatch("[a-z]{1,2}[0-9][a-z0-9]?", word))
