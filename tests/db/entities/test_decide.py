"""How like two names are, and what the lists behind that hold."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from db.entities.decide import (
    ENOUGH,
    Body,
    ComparedBodies,
    Decision,
    Sought,
    decide,
    likeness,
    with_like,
)
from db.search.text import spellings
from db.vocabularies import load_vocabularies

NAMES = st.text(st.sampled_from("abc NHS&'’-.é"), max_size=20)


@given(NAMES, NAMES)
def test_likeness_is_a_share_of_a_hundred_and_the_same_either_way(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, other) == likeness(other, one)


@given(st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=12))
@example(["Hill NHS Trust", ""], ["Hill", "Hull NHS Trust", "", "Dale", "The Hill NHS Trusts"])
def test_bodies_that_are_compared_at_once_are_those_that_are_like_the_name(asked: list[str], names: list[str]) -> None:
    bodies = [Body(number, f"ods:{number}", name, name, "official") for number, name in enumerate(names)]
    near = ComparedBodies.of(bodies).near(asked)
    for one in bodies:
        scores = [likeness(name, one.name) for name in asked if spellings(name).isdisjoint(spellings(one.name))]
        assert one in near or max(scores, default=0) < ENOUGH


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Hill NHS FT", "The Hill N.H.S. Foundation Trust", 100, 100),
        ("Suffolk", "Suffolk County Council", 95, 95),
        ("Hill and Dale NHS Trust", "Dale & Hill NHS Trust", 90, 99),
        ("York", "North Yorkshire County Council", 0, 60),
    ],
)
def test_what_a_body_is_counts_less_than_which_it_is(one: str, other: str, least: int, most: int) -> None:
    assert least <= likeness(one, other) <= most


def test_a_key_that_a_person_has_ruled_out_is_not_meant() -> None:
    body = Body(1, "ods:RXX", "Hill NHS Trust", "Hill NHS Trust", "official")
    asked = Sought(("Hill NHS Trust",))
    assert decide(asked, [body]).record == 1
    assert decide(asked, [body], {"ods:RXX"}).record is None


def _bodies(*, official_is_open: bool, closed: str | None) -> list[Body]:
    goes_by = Body(1, "ods:RAA", "Dale NHS Trust", "Hill NHS Trust", "as-written", is_open=True)
    had = Body(2, "ods:RBB", "Hill NHS Trust", "Hill NHS Trust", "official", None, official_is_open, "2001", closed)
    return [goes_by, had]


def test_a_closed_body_that_had_the_name_officially_leaves_the_choice_to_a_person() -> None:
    asked = Sought(("Hill NHS Trust",), published="2019")
    decision = decide(asked, _bodies(official_is_open=False, closed="2010-03-31"))
    assert decision.record is None
    assert {one.key for one in decision.candidates} == {"ods:RAA", "ods:RBB"}
    assert decide(asked, _bodies(official_is_open=False, closed="2010-03-31")[:1]).record == 1


@pytest.mark.parametrize("published", ["2010", "2010-03", "2010-03-31"])
def test_a_body_is_meant_by_a_list_of_its_last_day_if_it_has_the_name_officially(published: str) -> None:
    asked = Sought(("Hill NHS Trust",), published=published)
    assert decide(asked, _bodies(official_is_open=False, closed="2010-03-31")).record == 2


def test_of_many_bodies_with_the_name_a_person_is_asked_about_five() -> None:
    bodies = [
        Body(n, f"ods:R{n}", "Hill NHS Trust", "Hill NHS Trust", "official", None, is_open=True) for n in range(1, 8)
    ]
    decision = decide(Sought(("Hill NHS Trust",)), bodies)
    assert decision.record is None
    assert [one.key for one in decision.candidates] == ["ods:R1", "ods:R2", "ods:R3", "ods:R4", "ods:R5"]


def test_every_type_that_is_compared_is_a_word_of_the_register() -> None:
    known = {term.name for term in load_vocabularies()[0] if term.vocabulary == "organisation_types"}
    listed = yaml.safe_load(Path(inspect.getfile(decide)).with_name("likeness.yaml").read_text("utf-8"))
    used = {one for family in listed["families"] for one in family}
    used |= {*listed["not_bodies"].split(), *listed["unique_names"].split()}
    assert used - known == set()


@pytest.mark.parametrize(
    ("asked", "found", "type_"),
    [
        ("Newcastle University", "Newcastle City Council", "metropolitan-district"),
        ("University of Bristol", "Bristol", "primary-care-trust"),
        ("University of Manchester", "Manchester University", "nhs-foundation-trust"),
        ("King's College London", "King’s College Hospital NHS Foundation Trust", "nhs-foundation-trust"),
        ("Healthwatch Suffolk", "Healthwatch Norfolk", None),
        ("Thames Valley Police", "Thames Valley police area", "police-area"),
        ("AGH Solutions Ltd", "D2H Solutions Ltd", None),
        ("Medway Community Healthcare CIC", "East Coast Community Healthcare CIC", None),
    ],
)
def test_what_is_another_sort_of_body_or_alike_in_that_alone_is_not_suggested(
    asked: str, found: str, type_: str | None
) -> None:
    body = Body(1, "ods:R1", found, found, "official", type_)
    assert with_like(Sought((asked,)), Decision(None), [body]).candidates == ()


@pytest.mark.parametrize(
    ("asked", "found", "type_"),
    [
        ("London Ambulance Service", "London Ambulance Service NHS Trust", "nhs-trust"),
        ("Royal Brompton and Harefield Hospitals", "Royal Brompton & Harefield NHS Foundation Trust", None),
        ("Twoo NHS Foundation Trust", "Two NHS Foundation Trust", "nhs-foundation-trust"),
        ("Leeds", "Leeds City Council", "metropolitan-district"),
    ],
)
def test_what_may_be_the_same_body_is_suggested(asked: str, found: str, type_: str | None) -> None:
    body = Body(1, "ods:R1", found, found, "official", type_)
    assert with_like(Sought((asked,)), Decision(None), [body]).candidates != ()
