"""Boards, systems and councils are found by their areas: places in them, their initials, and what people leave out."""

from __future__ import annotations

import json

from db.search.check import check
from db.search.heirs import came_after
from tests.db.search.miniature import Miniature


def _north() -> Miniature:
    made = Miniature()
    made.add("ods:QOQ", "NHS Humber and North Yorkshire Integrated Care Board", "integrated-care-board")
    made.add("ods:QWO", "NHS West Yorkshire Integrated Care Board", "integrated-care-board")
    made.add("arr:hny", "Humber and North Yorkshire ICS", "integrated-care-system")
    made.add("ods:42D", "NHS Humber and North Yorkshire ICB - 42D", "sub-icb-location")
    made.add("ods:219", "City of York Council", "unitary-authority")
    made.link("ods:42D", "ods:QOQ", "sub-division-of")
    made.link("ods:42D", "ods:219", "shares-population-with")
    made.link("arr:hny", "ods:QOQ", "convened-by")
    return made


def test_a_board_and_its_system_are_found_by_a_place_in_their_area_before_one_whose_name_begins_so() -> None:
    made = _north().indexed()
    hits = made.find("york icb").hits
    assert [hit.brief.key for hit in hits[:2]] == ["ods:QOQ", "ods:QWO"]
    assert hits[0].matched == ("place", "York", "word")
    assert made.keys("york ics")[0] == "arr:hny"
    assert made.keys("york")[0] == "ods:219"


def test_an_area_follows_the_links_and_names_that_tell_it() -> None:
    made = _north().indexed()
    made.conn.execute("UPDATE record SET name = 'Selby Council' WHERE key = 'ods:219'")
    made.indexed("ods:219")
    assert made.keys("selby icb") == ["ods:QOQ"]
    made.conn.execute("DELETE FROM link WHERE source_id = ?", (made.number("ods:42D"),))
    assert "ods:QOQ" not in made.indexed("ods:42D").keys("selby icb")


def test_the_area_of_a_board_goes_to_one_heir_and_to_none_of_several() -> None:
    made = _north()
    for key, name in (("ods:OLD", "NHS North Board"), ("ods:T6Y", "NHS Norfolk Board"), ("ods:D7T", "NHS Essex Board")):
        made.add(key, name, "integrated-care-board", open=key != "ods:OLD")
    made.link("ods:42D", "ods:OLD", "sub-division-of")
    made.link("ods:OLD", "ods:T6Y", "succeeded-by")
    assert made.indexed().find("york icb").hits[0].brief.key == "ods:QOQ"
    made.link("ods:OLD", "ods:D7T", "succeeded-by")
    assert came_after(made.conn, [made.number("ods:D7T")]) == {}, "whoever else is asked about with it"
    assert check(made.indexed("ods:D7T").conn) == []
    made.conn.execute("DELETE FROM link WHERE target_id = ?", (made.number("ods:D7T"),))
    assert check(made.indexed("ods:D7T", "ods:OLD").conn) == []


def test_a_board_is_called_as_it_writes_itself_before_its_parts_though_it_has_closed() -> None:
    made = Miniature()
    made.add("ods:QNQ", "NHS Frimley Integrated Care Board", "integrated-care-board", open=False)
    made.add("ods:D4U1Y", "NHS Frimley ICB - D4U1Y", "sub-icb-location")
    assert made.indexed().keys("nhs frimley") == ["ods:QNQ", "ods:D4U1Y"]


def test_initials_of_an_area_beside_other_words_are_read_as_the_area() -> None:
    made = Miniature()
    made.add("arr:stroke", "Greater Manchester Stroke Network", "clinical-network")
    made.add("ods:gm", "GM", "gp-practice")
    made.add("arr:c-and-m", "Cheshire and Merseyside STP", "sustainability-and-transformation-partnership", open=False)
    made.indexed()
    assert made.keys("gm stroke network") == ["arr:stroke"]
    assert made.keys("C&M stp") == ["arr:c-and-m"]
    assert made.keys("gm")[0] == "ods:gm"


def test_a_council_is_called_by_its_name_but_for_council_and_by_a_town_with_it_though_not_by_the_town() -> None:
    made = Miniature()
    made.add("ods:507", "Derby City Council", "unitary-authority")
    made.add("ods:5N7", "Derby City", "primary-care-trust", open=False)
    made.add("ods:216", "North East Lincolnshire Council", "unitary-authority")
    assert made.indexed().keys("derby city") == ["ods:507", "ods:5N7"]
    made.conn.execute("DELETE FROM term WHERE vocabulary = 'nicknames'")
    of = json.dumps({"of": ["ods:216"], "also": ["Cleethorpes Council"]})
    made.conn.execute(
        "INSERT INTO term (vocabulary, name, label, definition, source, extra) VALUES ('nicknames', 'g', ?, '', '', ?)",
        ("Grimsby Council", of),
    )
    made.indexed()
    assert made.keys("grimsby council") == made.keys("cleethorpes council") == ["ods:216"]
    assert made.keys("cleethorpes") == made.keys("council cleethorpes")
    assert made.find("grimsby").hits[0].matched.how == "prefix"


def test_initials_beside_a_word_of_the_name_are_those_of_the_record() -> None:
    made = Miniature()
    made.add("ods:323", "Lancashire County Council", "county-council")
    made.add("ods:212", "Leeds City Council", "metropolitan-district")
    assert made.indexed().keys("lcc leeds") == ["ods:212"]


def test_what_is_asked_for_by_its_sort_comes_before_members_and_other_sorts() -> None:
    made = Miniature()
    made.add("ods:RTD", "Newcastle Trust", "nhs-trust")
    made.add("arr:north", "Great North Alliance", "alliance")
    made.add("arr:cancer", "Northern Cancer Alliance", "cancer-alliance")
    for arrangement in ("arr:north", "arr:cancer"):
        made.link("ods:RTD", arrangement)
    assert made.indexed().keys("newcastle alliance")[0] == "arr:north"


def test_who_asks_for_one_post_is_not_shown_what_shares_another_first() -> None:
    made = Miniature()
    made.add("ods:RVW", "Stockton Trust", "nhs-trust", names=["former: Stockton Chief Executive Trust"])
    for key, name in (("arr:chair", "Tees chair"), ("arr:chief", "Tees hospitals shared chief executive")):
        made.add(key, name, "shared-leadership")
        made.link("ods:RVW", key)
    assert made.indexed().keys("stockton chief executive kind:arrangement") == ["arr:chief", "arr:chair"]
