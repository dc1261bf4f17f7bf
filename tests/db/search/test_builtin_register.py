"""The stories of the built-in register are found by what people remember of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.database.builtin import builtin_connection
from db.register import Register, open_register
from db.search.find import find
from db.search.memory import Memory


@pytest.fixture(scope="module")
def builtin() -> Iterator[Register]:
    with open_register(builtin=True) as register:
        yield register


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("wye vally", "ods:RLQ"),
        ("wye vally foundation", "arr:foundation-group"),
        ("SWFT", "ods:RJC"),
        ("WVT", "ods:RLQ"),
        ("NLAG", "ods:RJL"),
        ("STP", "arr:stp-footprints"),
        ("SEL ICS", "arr:south-east-london-ics"),
        ("blackburn management team", "arr:single-integrated-management-team"),
        ("together navigo", "arr:together"),
        ("together lincolnshire", "arr:together"),
        ("Cllr Lee", "person:michael-lee"),
        ("Sir Bill Taylor", "person:bill-taylor"),
        ("chief executive burley", "person:glen-burley"),
        ("kent medway cancer", "ods:N92"),
    ],
)
def test_the_right_record_is_first_or_second(builtin: Register, typed: str, wanted: str) -> None:
    assert wanted in [hit.brief.key for hit in builtin.find(typed, limit=2).hits]


def test_a_hospital_is_found_by_the_borough_it_serves(builtin: Register) -> None:
    found = builtin.find("queen marys bexley", limit=2).hits
    assert any("Queen Mary" in hit.brief.name for hit in found)


def test_what_the_facts_of_a_record_tell_finds_it_and_is_shown(builtin: Register) -> None:
    hit = builtin.find("mental health care", limit=1).hits[0]
    assert (hit.brief.key, hit.matched.field) == ("arr:south-east-london-ics", "fact")
    assert "mental health" in hit.matched.text.lower()


@pytest.mark.parametrize(
    "typed", ["source:announcement", "-source:announcement", "trust source:wye", "team -source:wye"]
)
def test_sources_that_speak_of_few_records_let_through_what_asking_each_record_does(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    conn = builtin_connection()
    listed = find(conn, typed, limit=None, closed=True)
    assert listed == find(conn, typed, limit=None, closed=True, memory=Memory())
    monkeypatch.setattr("db.search.conditions._MOST_LISTED", -1)
    assert listed == find(conn, typed, limit=None, closed=True)
    assert listed.total
