"""What people type who half remember an arrangement, and what they must be shown first."""

from __future__ import annotations

import pytest

from tests.db.search.miniature import Miniature, stories


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("blackburn management team", "arr:team"),
        ("together navigo", "arr:together"),
        ("together lincolnshire", "arr:together"),
        ("queen marys bexley", "site:queen-marys"),
        ("SWFT", "ods:RJC"),
        ("swft", "ods:RJC"),
        ("STP", "arr:stp-footprints"),
        ("SEL ICS", "arr:sel-ics"),
        ("NLAG", "ods:RJL"),
        ("wvt", "ods:RLQ"),
        ("Cllr Lee", "person:michael-lee"),
        ("Sir Bill Taylor", "person:bill-taylor"),
        ("wye vally", "ods:RLQ"),
        ("wyevalley", "ods:RLQ"),
        ("south warwick shire", "ods:RJC"),
        ("south warwickshire nhs ft", "ods:RJC"),
        ("gstt", "ods:RJ1"),
        ("guys & saint thomas", "ods:RJ1"),
        ("kch", "ods:RJZ"),
        ("kings college hosp", "ods:RJZ"),
        ("bwrdd iechyd ty glan", "ods:7A1"),
        ("group foundation", "arr:foundation-group"),
        ("rlq", "ods:RLQ"),
        ("ODS:rlq", "ods:RLQ"),
        ("arr:foundation-group", "arr:foundation-group"),
        ("vallye wye", "ods:RLQ"),
        ("xye valley", "ods:RLQ"),
        ("betsi cadwaladr nhs trust", "ods:7A1"),
    ],
)
def test_the_record_meant_is_first(register: Miniature, typed: str, wanted: str) -> None:
    assert register.keys(typed)[:1] == [wanted]


def test_an_arrangement_is_found_by_a_misspelt_name_of_who_takes_part(register: Miniature) -> None:
    assert "arr:foundation-group" in register.keys("wye vally foundation")[:2]


def test_words_of_tied_records_rank_below_own_words(register: Miniature) -> None:
    hits = register.find("SWFT").hits
    assert hits[0].brief.key == "ods:RJC"
    tied = [hit for hit in hits if hit.matched.field == "tied"]
    assert {hit.brief.key for hit in tied} == {"arr:foundation-group", "arr:partnership", "person:glen-burley"}
    assert all(hit.matched.text == "SWFT" for hit in tied)
    told = {hit.brief.key: "with words of records it is tied to" in (hit.explain or "") for hit in hits}
    assert {key for key, is_told in told.items() if is_told} == {hit.brief.key for hit in tied}


@pytest.mark.parametrize(
    ("typed", "how", "field", "text"),
    [
        ("RLQ", "code", "code", "RLQ"),
        ("wye valley nhs trust", "exact", "name", "Wye Valley NHS Trust"),
        ("SWFT", "acronym", "acronym", "SWFT"),
        ("south warwickshire nhs f", "prefix", "former name", "South Warwickshire NHS Foundation Trust"),
        ("valley wye", "word", "name", "Wye Valley NHS Trust"),
        ("alley", "substring", "name", "Wye Valley NHS Trust"),
        ("wye vally", "fuzzy", "name", "Wye Valley NHS Trust"),
        ("sir bill", "prefix", "title", "Sir Bill Taylor"),
        ("trust hereford wye", "word", "place", "Hereford, HR1 2ER"),
        ("merger group", "word", "summary", "Not a merger."),
        ("together navigo", "word", "tied", "Navigo"),
    ],
)
def test_a_hit_says_what_matched_and_how(register: Miniature, typed: str, how: str, field: str, text: str) -> None:
    matched = register.find(typed).hits[0].matched
    assert (matched.how, matched.field, matched.text) == (how, field, text)


def test_a_hit_says_by_which_name_it_was_found_where_that_begins_with_an_article() -> None:
    made = Miniature()
    made.add(
        "site:county", "Hereford Hospital", "hospital", names=["as-written: The County Hospital, Wye Valley"], open=None
    )
    (hit,) = made.indexed().find("wyevalley").hits
    assert (hit.matched.field, hit.matched.text) == ("name as written", "The County Hospital, Wye Valley")


def test_every_row_is_explained_when_asked(register: Miniature) -> None:
    first, *rest = register.find("wye vally").hits
    assert first.explain is not None
    assert "fuzzy" in first.explain
    assert "1 typing error" in first.explain
    assert f"before {rest[0].brief.key}" in first.explain


def test_people_are_found_by_their_posts_and_told_by_them() -> None:
    made = stories()
    made.add("person:ann-example", "Ann Example")
    made.link("person:ann-example", "ods:RLQ", "holds-post-in", "chief-executive")
    made.indexed()
    (hit,) = made.find("chief executive ann").hits
    assert hit.brief.key == "person:ann-example"
    assert [post.text for post in hit.brief.posts] == ["chief executive, Wye Valley NHS Trust"]
    (by_post,) = [one for one in made.find("chief executive kind:person").hits if one.brief.key == "person:ann-example"]
    assert by_post.matched.field == "post"
