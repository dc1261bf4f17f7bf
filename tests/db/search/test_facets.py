"""What filters ask for stands in the index, and follows the records."""

from __future__ import annotations

import pytest

from db.search.check import check
from tests.db.search.miniature import Miniature


@pytest.fixture
def made() -> Miniature:
    one = Miniature()
    one.add("ods:A", "Castle Surgery", "gp-practice", postcode="B1 1AA", town="Birmingham")
    one.add("ods:B", "Castle Clinic", "nhs-site", postcode="BA1 1AA", town="Bath", open=False, status="closed")
    one.add("site:c", "Castle House", postcode="B19 1AA", town="Great Barr")
    one.add("arr:d", "Castle Alliance", "alliance", status="proposed")
    one.add("arr:e", "Castle Federation", "alliance", status="planned")
    one.add("person:f", "Ann Castle", open=None)
    one.add("ods:…", "…")
    return one


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("kind:organisation", {"ods:A", "ods:…"}),
        ("-kind:organisation", {"site:c", "arr:d", "arr:e", "person:f"}),
        ("kind:site kind:person", {"site:c", "person:f"}),
        ("castle -kind:arrangement -kind:person", {"ods:A", "site:c"}),
        ("status:open", {"ods:A", "site:c", "arr:d", "arr:e", "ods:…"}),
        ("-status:open", {"person:f"}),
        ("status:closed", {"ods:B"}),
        ("-status:closed", {"ods:A", "site:c", "arr:d", "arr:e", "person:f", "ods:…"}),
        ("-status:unknown", {"ods:A", "site:c", "arr:d", "arr:e", "ods:…"}),
        ("status:unknown status:proposed", {"person:f", "arr:d"}),
        ("status:planned", {"arr:e"}),
        ("castle -status:planned kind:arrangement", {"arr:d"}),
        ("postcode:B", {"ods:A", "site:c"}),
        ("-postcode:B kind:site", set()),
        ('place:"great barr"', {"site:c"}),
        ('-place:"great barr" castle -kind:arrangement', {"ods:A", "person:f"}),
        ("type:alliance -status:proposed", {"arr:e"}),
        ("ods:A kind:organisation", {"ods:A"}),
        ("ods:A kind:person", set()),
        ("type:nonsense", set()),
        ("kind:organisation -type:nonsense", {"ods:A", "ods:…"}),
    ],
)
def test_filters_count_and_list_the_same_records(made: Miniature, typed: str, wanted: set[str]) -> None:
    found = made.indexed().find(typed)
    assert {hit.brief.key for hit in found.hits} == wanted
    assert found.total == len(wanted)


def test_a_role_of_the_ods_is_found_wherever_it_stands_among_the_facts(made: Miniature) -> None:
    number = made.number("ods:A")
    for role in ("RO177", "RO76"):
        values = (number, role, f"{role}, from 1974")
        sql = "INSERT INTO fact (record_id, property, value, text) VALUES (?, 'ods-role', ?, ?)"
        made.conn.execute(sql, values)
    made.indexed()
    assert made.keys("role:RO76") == made.keys("role:ro177") == ["ods:A"]
    assert made.keys("castle -role:RO76 kind:organisation") == []


def test_a_role_follows_the_links_of_the_arrangement_that_was_changed(made: Miniature) -> None:
    made.indexed()
    made.link("ods:A", "arr:d", role="host")
    made.indexed("arr:d")
    assert made.keys("role:host") == ["ods:A"]
    made.conn.execute("DELETE FROM link")
    made.indexed("arr:d")
    assert made.keys("role:host") == []
    assert check(made.conn) == []


def test_nobody_can_type_what_filters_ask_for(made: Miniature) -> None:
    made.indexed()
    assert made.keys("~~ks") == made.keys('"~~ka"') == []
    assert all("~" not in row[0] for row in made.conn.execute("SELECT word FROM _search_word"))
