"""Words of the field that stand for one another are looked for where nothing has those that were typed."""

from __future__ import annotations

import pytest

from db.search.said_otherwise import said_otherwise
from tests.db.search.miniature import Miniature


@pytest.fixture(scope="module")
def shire() -> Miniature:
    made = Miniature()
    made.add("ods:M1", "Market Drayton Medical Practice", "gp-practice")
    made.add("ods:M2", "Market Surgery", "gp-practice")
    made.add("ods:M3", "Drayton Medical Practice", "gp-practice")
    made.add("ods:U1", "North Norfolk PCN", "primary-care-network")
    for one in ("ods:M2", "ods:M3"):
        made.link(one, "ods:U1", role="core-member")
    made.add("arr:diabetes", "Yorkshire paediatric diabetes network", "clinical-network")
    made.add("site:hull", "Hull Children's Hospital", "hospital")
    made.link("site:hull", "arr:diabetes", role="member")
    made.add("arr:stp", "Norfolk Health and Care Partnership (STP)", "sustainability-and-transformation-partnership")
    made.add("person:lejk", "Antek Lejk")
    made.link("person:lejk", "arr:stp", "holds-post-in", role="footprint-lead")
    return made.indexed()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("market drayton surgery", "ods:M1"),
        ("childrens diabetes yorkshire", "arr:diabetes"),
        ("norfolk stp leader", "person:lejk"),
    ],
)
def test_what_has_all_words_in_others_of_the_field_comes_before_what_needs_those_of_others(
    shire: Miniature, typed: str, meant: str
) -> None:
    assert shire.keys(typed)[0] == meant


def test_what_was_typed_stands_as_it_is_where_a_name_has_it(shire: Miniature) -> None:
    assert shire.keys("market surgery")[0] == "ods:M2"


def test_phrases_are_said_otherwise_as_wholes_and_no_text_in_very_many_ways() -> None:
    assert "leeds general hospital" in said_otherwise("leeds hospital")
    assert said_otherwise("wye valley") == ()
    assert len(said_otherwise(" ".join(["surgery", "children", "hospital"] * 8))) < 50
