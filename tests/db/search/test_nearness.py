"""Misspelt words find what comparing them with every word would find, without comparing them with every word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from db.search.expressions import Beginnings, words_match
from db.search.spelling import SortedWords
from tests.db.search.miniature import Miniature
from tests.depth import cases

WORDS = st.text("abcé2", min_size=1, max_size=9)
quick = settings(max_examples=cases(60), deadline=None)


def _sorted(words: list[str]) -> SortedWords:
    return SortedWords(sorted(words))


@quick
@given(
    st.lists(WORDS, min_size=1, max_size=40, unique=True), st.text("abcé2", min_size=3, max_size=9), st.integers(1, 2)
)
def test_near_words_are_all_those_within_the_errors_allowed(words: list[str], typed: str, errors: int) -> None:
    found = dict(_sorted(words).near(typed, errors))
    assert found == {word: OSA.distance(typed, word) for word in words if OSA.distance(typed, word) <= errors}


@quick
@given(st.lists(WORDS, min_size=1, max_size=40, unique=True), st.text("abcé2", min_size=3, max_size=9))
def test_near_beginnings_are_all_those_of_longer_words_with_one_error(words: list[str], typed: str) -> None:
    lengths = range(len(typed) - 1, len(typed) + 2)
    begun = {word[:length] for word in words for length in lengths if length > 1 and len(word) > length}
    found = {near for near, _ in _sorted(words).beginning(typed, 1)}
    assert found == {one for one in begun if OSA.distance(typed, one) <= 1}


@pytest.fixture(scope="module")
def many() -> Miniature:
    """Hundreds of records with words that begin alike, so that starts are not spelt out word by word."""
    made = Miniature()
    letters = "abcdefghijklmnopqrst"
    for one in letters:
        for other in letters:
            made.add(f"org:{one}{other}", f"Care{one}{other} Home", town=f"Town{one}")
    made.add("org:short", "C")
    return made.indexed()


@pytest.mark.parametrize("start", ["c", "ca", "car", "care", "carea", "careab", "x", "h", "ho"])
def test_the_start_of_a_word_finds_every_word_that_begins_so(many: Miniature, start: str) -> None:
    match = words_match([start], Beginnings(many.conn), exactly=True)
    found = {row[0] for row in many.conn.execute("SELECT rowid FROM _search WHERE _search MATCH ?", (match,))}
    rows = many.conn.execute("SELECT rank << 40 | record_id, own FROM _search_text")
    assert found == {number for number, own in rows if any(word.startswith(start) for word in own.split())}


def test_common_words_beside_a_rare_one_still_have_to_be_there(
    many: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.search.expressions._COMMON", 100)
    sure = [hit.brief.key for hit in many.find("careab home").hits if hit.matched.how != "fuzzy"]
    assert sure == ["org:ab"]
    assert all(hit.matched.how == "fuzzy" for hit in many.find("careab homestead").hits)
