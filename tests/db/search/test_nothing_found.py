"""Nothing found is better than nonsense: what is hardly like the text is no match, and the hint says what is known."""

from __future__ import annotations

import pytest

from tests.db.search.miniature import Miniature


@pytest.fixture(scope="module")
def prose() -> Miniature:
    made = Miniature()
    text = "The partners spend their money on public concerns and police matters, manage some homes, and pay officials."
    made.add("arr:a", "Riverside Alliance", "alliance", summary=text)
    made.add("ods:S", "K Seston", "pharmacy", town="Hereford")
    made.add("ods:C", "Commissioning Committee Board", town="Hereford")
    for number in range(12):
        made.add(f"ods:H{number}", f"Hereford Practice {number}", "gp-practice", town="Hereford")
    made.add("ods:N", "Navigo", "social-enterprise")
    made.link("ods:N", "arr:a")
    return made.indexed()


@pytest.mark.parametrize(
    "typed", ["section 75 agreement", "age concern", "home office", "policy", "rjl", "water board", "hereford council"]
)
def test_words_that_are_not_accounted_for_find_nothing(prose: Miniature, typed: str) -> None:
    assert prose.keys(typed) == []


def test_a_long_word_of_a_text_may_still_be_misspelt(prose: Miniature) -> None:
    assert prose.keys("partnres money") == ["arr:a"]
    assert prose.keys("navigoo alliance") == ["arr:a"]


def test_usual_words_of_names_may_still_be_added(prose: Miniature) -> None:
    assert prose.keys("navigo nhs trust")[0] == "ods:N"


def test_unknown_words_are_named_with_the_nearest_known_ones(prose: Miniature) -> None:
    hint = prose.find("section 75 agreement").hint
    assert hint == "no record has “section” (nearest words: seston) or “75” or “agreement”"


def test_words_that_are_known_but_not_together_are_left_out_one_by_one(prose: Miniature) -> None:
    hint = prose.find("hereford alliance").hint
    assert hint == "without “hereford” there is 1, without “alliance” there are 14"


def test_words_of_which_no_others_are_known_together_are_counted_one_by_one(prose: Miniature) -> None:
    hint = prose.find("seston money board").hint
    assert hint == "1 has “seston”, 1 has “money”, 1 has “board”, and none has all of them"


def test_a_filter_to_leave_out_is_named_beside_the_nearest_words(prose: Miniature) -> None:
    assert prose.find("hereford kind:person").hint == "without kind:person there are 14"
    hint = prose.find("commitee kind:person").hint
    assert hint == "no record has “commitee” (nearest words: committee); without kind:person there is 1"
