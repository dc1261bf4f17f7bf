"""What results may be narrowed to: counted by asking, a key each, and shown as a filter in what was typed."""

from __future__ import annotations

import pytest

from db.results import Brief, Hit, Match, Results
from tests.tui.exploring import NARROW, WIDE, exploring
from tui.explorer.messages import FacetsFound
from tui.explorer.pages.facets import Facet, facets

NAMED = (
    ("Wye Surgery", "gp-practice", "Ross on Wye"),
    ("Wye Valley", "nhs-trust", "Hereford"),
    ("Wye Practice", "gp-practice", "HR9 1AA"),
)


def _ask(text: str, most: int) -> Results:
    """Find those that pass the filters of a text; two more are never among the first."""
    filters = [part for part in ("gp-practice", "nhs-trust", "Ross on Wye", "Hereford") if part in text]
    found = [Brief(f"ods:{n}", "organisation", type_, name, "open", True, place)
             for n, (name, type_, place) in enumerate(NAMED) if {*filters} <= {type_, place}]  # fmt: skip
    hits = tuple(Hit(one, 90, Match("name", one.name, "word")) for one in found)
    return Results(text, len(hits) + (0 if "nhs-trust" in text else 2), hits[:most], total_is_exact="gp" not in text)


def test_each_facet_says_how_many_there_would_be_and_is_a_filter_as_it_is_typed() -> None:
    assert facets(_ask, "wye", {"nhs-trust": "NHS trust"}) == (
        Facet("type:gp-practice", "gp practice", "4+"),
        Facet("type:nhs-trust", "NHS trust", "1"),
        Facet('place:"Ross on Wye"', "Ross on Wye", "3"),
        Facet("place:Hereford", "Hereford", "3"),
    )


def test_a_filter_that_stands_there_already_is_not_offered_again_nor_one_that_narrows_nothing() -> None:
    assert [one.words for one in facets(_ask, "wye type:gp-practice", {})] == ['place:"Ross on Wye"']
    assert facets(_ask, "wye type:nhs-trust", {}) == ()


def test_a_town_that_one_result_alone_has_is_not_offered() -> None:
    briefs = [Brief(f"ods:{n}", "organisation", None, f"Wye {n}", "open", True, place) for n, place in
              enumerate(("Ross on Wye", "Hereford", "Hereford", "Leeds"))]  # fmt: skip

    def ask(text: str, most: int) -> Results:
        found = [one for one in briefs if "place:" not in text or (one.place or "") in text]
        return Results(text, len(found), tuple(Hit(one, 90, Match("name", one.name, "word")) for one in found[:most]))

    assert [one.words for one in facets(ask, "wye", {})] == ["place:Hereford"]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_key_narrows_the_results_by_a_filter_that_can_be_taken_away_again(size: tuple[int, int]) -> None:
    async with exploring(size=size, search="wye") as explorer:
        number = explorer.screen.session.desk.facets.number()
        explorer.screen.post_message(FacetsFound(number, (Facet("kind:person", "person", "1"),)))
        await explorer.settle()
        assert "F2 person 1" in explorer.text()
        await explorer.press("f3")
        assert explorer.screen.search_input.value == "wye"
        await explorer.press("f2")
        assert explorer.screen.search_input.value == "wye kind:person "
        assert "F2 person 1" not in explorer.text()
        await explorer.press("ctrl+w")
        assert explorer.screen.search_input.value.strip() in ("wye", "wye kind:")
