"""What a record is called: what the names of a source are weighs before how new it is."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.statements import Cite, NameSaid
from db.store.resolve_names import Naming, resolve_names, same_name
from tests.depth import cases

LEGAL = "NHS Hill Integrated Care Board"


def says(
    day: str, *names: str | tuple[str, str] | NameSaid, source: str = "", describes: bool = True, document: bool = False
) -> Naming:
    """What a source of a day calls a record, officially unless its kind is told."""
    said = tuple(
        name if isinstance(name, NameSaid) else NameSaid(name) if isinstance(name, str) else NameSaid(*name)
        for name in names
    )
    key = f"file:{source or day}"
    return Naming((day, False, "", key), frozenset({Cite(key)}), said, describes, document)


def called(*said: Naming) -> dict[str, str]:
    """Names by kind, the one that the record is called by first; the same for every order of sources."""
    found = {tuple((name.name, name.kind) for name in resolve_names(order)) for order in permutations(said)}
    assert len(found) == 1
    return dict(found.pop())


def test_a_short_name_of_a_newer_list_displaces_no_official_one() -> None:
    names = called(says("2026", ("Hill ICB", "short")), says("2024", LEGAL), says("2019", "Hill and Dale"))
    assert names == {LEGAL: "official", "Hill ICB": "short", "Hill and Dale": "former"}
    assert next(iter(names)) == LEGAL


def test_without_an_official_name_a_record_is_called_as_those_who_describe_it_do() -> None:
    told = (says("2018", ("Hill Hospital", "as-written")), says("2024", ("Hill", "short"), describes=False))
    assert next(iter(called(*told))) == "Hill Hospital"
    made_up = says("", ("Committee of Hill", "descriptive"), ("The committee", "short"))
    assert next(iter(called(made_up))) == "Committee of Hill"
    assert next(iter(called(says("2024", ("HH", "acronym"), ("Hill", "short"), describes=False)))) == "Hill"


def test_a_name_of_an_unknown_day_displaces_none_and_is_none_of_the_past() -> None:
    assert called(says("2015", LEGAL), says("", "Hill Board")) == {LEGAL: "official", "Hill Board": "as-written"}


def test_of_lists_without_a_day_one_that_names_its_document_calls_a_record() -> None:
    told = says("", LEGAL, source="story", document=True), says("", "Hill Board", source="zz")
    assert called(*told) == {LEGAL: "official", "Hill Board": "as-written"}


@pytest.mark.parametrize("older", ["NHS Hill ICB", "The NHS Hill Integrated Care Board"])
def test_another_spelling_is_no_name_of_the_past(older: str) -> None:
    assert called(says("2026", LEGAL), says("2015", older)) == {LEGAL: "official", older: "as-written"}


def test_what_differs_by_case_and_signs_alone_is_one_name_as_the_official_list_has_it() -> None:
    told = (
        says("2015", NameSaid("Hill, Dale & Mcmoor NHS Trust", verbatim="HILL, DALE & MCMOOR NHS TRUST")),
        says("2018", ("Hill, Dale & McMoor NHS Trust", "as-written"), source="z"),
        says("2026", ("Hill Dale and Mcmoor. NHS Trust", "as-written")),
    )
    assert called(*told) == {"Hill, Dale & McMoor NHS Trust": "official"}
    (name,) = resolve_names(told)
    assert (name.verbatim, len(name.cites)) == ("HILL, DALE & MCMOOR NHS TRUST", 3)


def test_another_spelling_of_a_name_of_the_past_is_past_too() -> None:
    told = (says("2026", LEGAL), says("2015", "Dale Clinical Commissioning Group"), says("", "Dale CCG"))
    assert set(called(*told).values()) == {"official", "former"}


def test_a_list_that_gives_two_names_has_both_and_the_first_is_shown() -> None:
    assert called(says("2018", "Hill Hospital", "Dale Hospital")) == {
        "Hill Hospital": "official",
        "Dale Hospital": "as-written",
    }


def test_a_name_that_has_ended_is_former_whatever_the_day_of_its_source() -> None:
    told = says("", NameSaid("Dale", end="2015"), source="a"), says("", NameSaid(LEGAL), source="z")
    assert called(*told) == {LEGAL: "official", "Dale": "former"}


def test_a_name_that_a_newer_list_has_again_is_not_former() -> None:
    told = says("2026", LEGAL), says("2026", "Hill Board", source="other"), says("2015", "Hill Board", source="old")
    assert sorted(called(*told).values()) == ["as-written", "official"]


KINDS = st.sampled_from(["official", "as-written", "short", "descriptive", "acronym", "former"])
SAID = st.builds(
    lambda day, names, source, describes: says(day, *names, source=source, describes=describes),
    st.sampled_from(["", "2015", "2020", "2026"]),
    st.lists(st.tuples(st.sampled_from(["Hill", "hill", "Dale ICB", LEGAL, "H"]), KINDS), min_size=1, max_size=3),
    st.sampled_from("abcd"),
    st.booleans(),
)


@given(st.lists(SAID, min_size=1, max_size=4, unique_by=lambda one: one.rank))
@settings(max_examples=cases(60))
def test_no_weaker_kind_displaces_a_stronger_and_no_name_is_lost(said: list[Naming]) -> None:
    names = resolve_names(said)
    assert {same_name(one.name) for one in names} == {same_name(name.name) for one in said for name in one.names}
    official = {same_name(name.name) for one in said for name in one.names if name.kind == "official"}
    assert [one.kind for one in names].count("official") == bool(official)
    if official:
        assert names[0].kind == "official"
        assert same_name(names[0].name) in official
    dated = [one.day for one in said if any(name.kind == "official" for name in one.names)]
    shown = {one.day for one in said for name in one.names if same_name(name.name) == same_name(names[0].name)}
    assert not official or max(dated) in shown
    assert [(one.name, one.kind) for one in resolve_names(list(reversed(said)))] == [
        (one.name, one.kind) for one in names
    ]
