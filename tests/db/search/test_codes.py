"""A code is found with other text around it; a word that only looks like one stays a word."""

from __future__ import annotations

import pytest

from tests.db.search.miniature import Miniature, stories


def _coded() -> Miniature:
    """A register whose words and codes could be taken for each other."""
    made = stories()
    for code, name in (
        ("AGE", "Hill Surgery"),
        ("NEW", "Oak Forest Trust"),
        ("THE", "Elm House"),
        ("RYE", "Rye Group"),
    ):
        made.add(f"ods:{code}", name)
    for number, name in enumerate(
        ("Age Concern", "New Forest Council", "Rye Surgery", "The Oak Surgery", "Age UK Hill")
    ):
        made.add(f"org:{number}", name)
    made.add("ods:00C", "NHS Darlington CCG", "clinical-commissioning-group", open=False)
    for key, scheme, value in (
        ("org:navigo", "gb-coh", "07458926"),
        ("org:navigo", "gb-chc", "1157983"),
        ("ods:RJC", "gss", "E54000042"),
        ("org:navigo", "ror", "00aBc9x12"),
    ):
        made.conn.execute(
            "INSERT INTO identifier (record_id, scheme, value) VALUES (?, ?, ?)", (made.number(key), scheme, value)
        )
    made.conn.execute(
        "INSERT INTO fact (record_id, property, value) VALUES (?, 'uprn', '100121234567')",
        (made.number("ods:RJL"),),
    )
    return made.indexed()


@pytest.fixture(scope="module")
def coded() -> Miniature:
    return _coded()


@pytest.mark.parametrize(
    "typed",
    [
        "Wye Valley (RLQ)", "Wye Valley NHS Trust (RLQ)", "rlq wye valley", "RLQ,", "(RLQ)", "[RLQ]", "ods:RLQ",
        "(ods:rlq)", "RLQ - Wye Valley", "wye valley rlq", "RLQ: Wye Valley NHS Trust", "Hereford RLQ", "rlq wye vally",
        "RLQ/Wye Valley",
        "Wye Valley NHS Trust, RLQ.", "rlq w", "RLQ (WVT)",
        "ＲＬＱ", "(ＲＬＱ)", "ods:ＲＬＱ", "wye valley ＲＬＱ",
        "RL\u200bQ", "\ufeffRLQ", "wye valley \u202dRL\u00adQ\u202c",
    ],
)  # fmt: skip
def test_a_code_is_found_with_other_text_around_it(coded: Miniature, typed: str) -> None:
    first = coded.find(typed).hits[0]
    assert (first.brief.key, first.matched.how, first.matched.field) == ("ods:RLQ", "code", "code")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Navigo (07458926)", "org:navigo"),
        ("charity 1157983", "org:navigo"),
        ("company gb-coh:07458926", "org:navigo"),
        ("E54000042", "ods:RJC"),
        ("south warwickshire e54000042", "ods:RJC"),
        ("100121234567", "ods:RJL"),
        ("UPRN 100121234567", "ods:RJL"),
        ("(00C)", "ods:00C"),
        ("00c darlington", "ods:00C"),
        ("NHS Darlington CCG (00C)", "ods:00C"),
    ],
)
def test_so_is_a_code_of_any_scheme_and_of_a_closed_body(coded: Miniature, typed: str, key: str) -> None:
    assert coded.find(typed).hits[0].brief.key == key


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("age concern", "Age Concern"),
        ("age concrn", "Age Concern"),
        ("new forest", "New Forest Council"),
        ("forest new", "New Forest Council"),
        ("rye surgery", "Rye Surgery"),
        ("rye surgry", "Rye Surgery"),
        ("the oak surgery", "The Oak Surgery"),
        ("the oak", "The Oak Surgery"),
        ("age uk hill", "Age UK Hill"),
    ],
)
def test_a_word_that_only_looks_like_a_code_displaces_no_name(coded: Miniature, typed: str, wanted: str) -> None:
    assert coded.find(typed).hits[0].brief.name == wanted


def test_a_code_that_the_other_words_do_not_agree_with_is_shown_where_nothing_else_is(coded: Miniature) -> None:
    assert coded.keys("rlq zebra crossing") == ["ods:RLQ"]
    assert set(coded.keys("rlq rjl")[:2]) == {"ods:RJL", "ods:RLQ"}
    assert coded.keys("age zebra crossing") == ["ods:AGE"]


def test_the_end_of_a_key_that_the_register_made_is_a_word_among_others(coded: Miniature) -> None:
    assert coded.find("together navigo").hits[0].matched.field == "tied"
    assert coded.find("arr:together navigo").hits[0].matched.how == "code"


def test_a_code_finds_what_is_tied_to_its_record_below_it(coded: Miniature) -> None:
    hits = coded.find("RLQ").hits
    assert hits[0].brief.key == "ods:RLQ"
    tied = {hit.brief.key: hit.matched for hit in hits[1:]}
    assert "arr:foundation-group" in tied
    assert tied["arr:foundation-group"].field == "tied"
    assert tied["arr:foundation-group"].text == "Wye Valley NHS Trust (RLQ)"


def test_a_code_beside_a_filter_for_another_kind_finds_what_its_record_takes_part_in(coded: Miniature) -> None:
    found = coded.find("kind:arrangement rlq")
    assert found.hits[0].brief.key == "arr:foundation-group"
    assert {hit.matched.field for hit in found.hits} == {"tied"}
    assert coded.keys("kind:arrangement rlq group")[0] == "arr:foundation-group"
    assert coded.keys("kind:person rjc") == ["person:glen-burley"]


def test_a_code_and_a_filter_that_its_record_does_not_pass_find_nothing_unlike_it(coded: Miniature) -> None:
    assert coded.keys("kind:document rlq") == []


def test_many_words_are_looked_up_no_longer_than_a_query_may_be(coded: Miniature) -> None:
    assert coded.find(" ".join(["(zzz)"] * 240) + " rlq").total == 0


@pytest.mark.parametrize("typed", ["00aBc9x12", "00ABC9X12", "00abc9x12", "00Abc9X12", "ror:00abC9x12", "(00abC9x12)"])
def test_a_code_in_letters_of_both_cases_is_found_however_it_is_typed(coded: Miniature, typed: str) -> None:
    assert coded.keys(typed)[0] == "org:navigo"


def test_a_code_is_looked_up_without_reading_others(coded: Miniature) -> None:
    queries: list[str] = []
    coded.conn.set_trace_callback(queries.append)
    coded.keys("00abC9x12")
    coded.conn.set_trace_callback(None)
    asked = [query for query in queries if "FROM identifier" in query]
    assert asked
    for query in asked:
        plan = [row[3] for row in coded.conn.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert not [step for step in plan if step.startswith("SCAN identifier")], plan


def test_a_code_that_is_only_pointed_at_is_found_by_itself_alone_behind_whatever_is_described_and_never_counted() -> (
    None
):
    made = stories()
    made.add("arr:oak-alliance", "Oak Alliance", "alliance")
    before = made.find("kind:organisation").total
    made.conn.execute("INSERT INTO record (key, kind, name, placeholder) VALUES ('ods:QX7', 'organisation', 'QX7', 1)")
    made.conn.execute("INSERT INTO record (key, kind, name, placeholder) VALUES ('ods:QX8', 'organisation', 'Hill', 1)")
    made.link("ods:QX7", "arr:oak-alliance")
    made.indexed()
    assert made.find("kind:organisation").total == before + 1
    assert [hit.brief.key for hit in made.find("qx7").hits] == ["arr:oak-alliance", "ods:QX7"]
    assert [hit.brief.key for hit in made.find("qx").hits] == ["arr:oak-alliance"]
    assert [made.find(text).total for text in ("qx7 kind:organisation", "Hill")] == [0, 1]


def test_what_the_key_of_a_joined_record_was_made_of_is_told_as_its_name() -> None:
    made = stories()
    made.add("ods:212", "Dale City Council", names=("short: Dale",))
    made.conn.execute(
        "INSERT INTO identifier (record_id, scheme, value) VALUES (?, 'org', 'dale')", (made.number("ods:212"),)
    )
    hits = made.indexed().find("dale").hits
    assert [(hit.brief.key, hit.matched.field, hit.matched.text) for hit in hits] == [("ods:212", "short name", "Dale")]
