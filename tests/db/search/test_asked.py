"""A question is answered with what it asks for: who runs a place, what has ended, who holds a post."""

from __future__ import annotations

import pytest

from db.search.asking import asked, without_question
from tests.db.search.miniature import Miniature


@pytest.fixture(scope="module")
def valley() -> Miniature:
    made = Miniature()
    made.add("ods:RKL", "West Valley NHS Trust", "nhs-trust", town="Southall")
    made.add("site:moor", "Broadmoor Hospital", "hospital", town="Crowthorne", open=None)
    made.link("site:moor", "ods:RKL")
    made.add("ods:RBZ", "Northern Moors Healthcare NHS Trust", "nhs-trust", open=False)
    made.add("ods:NOW", "Northern Moors Healthcare Group", "nhs-trust")
    made.add("ods:RNA", "The Dudley Group NHS Foundation Trust", "nhs-foundation-trust")
    made.add("arr:chair", "Black Country shared chair", "shared-leadership")
    made.add("arr:pact", "Black Country Collaborative", "provider-collaborative", summary="It has a chair.")
    for one in ("arr:chair", "arr:pact"):
        made.link("ods:RNA", one, role="member")
    return made.indexed()


@pytest.mark.parametrize(
    "typed", ["who runs broadmoor", "trust in charge of Broadmoor", "which trust is broadmoor in", "Broadmoor run by"]
)
def test_who_runs_a_place_comes_before_the_place(valley: Miniature, typed: str) -> None:
    assert valley.keys(typed) == ["ods:RKL", "site:moor"]
    assert valley.keys("broadmoor")[0] == "site:moor"


@pytest.mark.parametrize(
    "typed",
    ["what happened to {}", "{} what happened", "What became of {}?", "is {} still open", "former {}", "{} successor"],
)
def test_what_has_ended_comes_first_where_it_is_asked_what_became_of_it(valley: Miniature, typed: str) -> None:
    for name in ("Northern Moors Healthcare", "northern moors healthcare nhs trust"):
        assert valley.keys(typed.format(name))[0] == "ods:RBZ"
    assert valley.keys("northern moors healthcare")[0] == "ods:NOW"


def test_a_post_that_bodies_share_tells_who_holds_it_in_each(valley: Miniature) -> None:
    assert valley.keys("who chairs the dudley group")[:2] == ["arr:chair", "arr:pact"]


def test_what_only_asks_is_left_out_and_what_is_asked_for_is_kept() -> None:
    assert asked("who provides mental health services in cornwall").texts == (
        "mental health services in cornwall", "mental health in cornwall",
    )  # fmt: skip
    assert asked("who leads devon").texts == ("lead devon", "chief executive devon")
    assert asked("the freeman").texts == ("freeman",)
    assert asked("which surgery").texts == asked("wye valley").texts == ()
    assert without_question("what is QT6?") == "QT6?"
    assert without_question("what is it") == "what is it"


def test_a_sort_of_body_of_which_none_is_left_is_looked_for_among_the_closed() -> None:
    made = Miniature()
    made.add("ods:5QJ", "South Bristol", "primary-care-trust", open=False)
    made.add("ods:15C", "NHS Bristol and South Avon CCG", "clinical-commissioning-group", open=False)
    made.indexed()
    assert made.keys("pct bristol") == ["ods:5QJ"]
    assert made.keys("avon ccg") == ["ods:15C"]
    assert made.keys("avon") == ["ods:15C"]


def test_which_board_covers_a_place_is_told_by_its_partners_before_others_that_have_the_words() -> None:
    made = Miniature()
    made.add("ods:QWO", "West Yorkshire Integrated Care Board", "integrated-care-board")
    made.add("ods:203", "Leeds City Council", "metropolitan-district")
    made.add("ods:15F", "West Yorkshire ICB - Leeds", "sub-icb-location")
    made.link("ods:203", "ods:QWO", "partner-to")
    assert made.indexed().keys("which icb covers leeds")[0] == "ods:QWO"
    assert made.keys("leeds icb")[0] == "ods:15F"
    made.conn.execute("UPDATE name SET name = 'Ledston Council' WHERE record_id = ?", (made.number("ods:203"),))
    made.conn.execute("UPDATE record SET name = 'Ledston Council' WHERE key = 'ods:203'")
    assert made.indexed("ods:203").keys("which icb covers ledston") == ["ods:QWO"]


def test_a_post_that_is_told_of_nobody_is_left_out_and_that_is_said(valley: Miniature) -> None:
    found = valley.find("who is the chief executive of west valley")
    assert [hit.brief.key for hit in found.hits] == ["ods:RKL"]
    assert found.hint == "left out: “chief executive”, which no record has beside the others"


def test_who_runs_a_place_is_a_company_or_a_trust_that_has_closed_where_no_open_body_does(valley: Miniature) -> None:
    made = Miniature()
    made.add("ods:NTN", "Priory Group Limited")
    made.add("site:priory", "Priory Hospital Roehampton", "hospital", open=None)
    made.link("site:priory", "ods:NTN", "operated-by")
    made.add("ods:RW6", "Pennine Acute Hospitals NHS Trust", "nhs-trust", open=False)
    made.add("site:rochdale", "Rochdale Infirmary", "hospital", open=None)
    made.link("site:rochdale", "ods:RW6", "operated-by")
    made.indexed()
    assert made.keys("who owns the priory in roehampton") == ["ods:NTN", "site:priory"]
    hits = made.find("rochdale infirmary who runs it").hits
    assert [hit.brief.key for hit in hits] == ["ods:RW6", "site:rochdale"]
    assert hits[0].matched == ("tied", "Rochdale Infirmary", "word")
    assert made.keys("rochdale infirmary") == ["site:rochdale"]


def test_a_board_is_looked_for_by_the_area_of_the_one_that_it_alone_came_after() -> None:
    made = Miniature()
    made.add("ods:NEW", "Thames Valley ICB", "integrated-care-board")
    made.add("ods:QU9", "NHS Oxfordshire and Berkshire ICB", "integrated-care-board", open=False)
    made.add("ods:10Q", "NHS Oxfordshire and Berkshire ICB - 10Q", "sub-icb-location")
    made.link("ods:QU9", "ods:NEW", "succeeded-by")
    made.indexed()
    hits = made.find("oxford icb").hits
    assert [hit.brief.key for hit in hits] == ["ods:NEW", "ods:10Q"]
    assert hits[0].matched == ("tied", "NHS Oxfordshire and Berkshire ICB", "word")
    assert made.keys("what became of oxfordshire icb")[0] == "ods:QU9"
    assert made.keys("NHS Oxfordshire and Berkshire ICB")[0] == "ods:QU9"
    made.add("ods:TWO", "Chiltern ICB", "integrated-care-board")
    made.link("ods:QU9", "ods:TWO", "succeeded-by")
    assert made.indexed("ods:QU9").keys("oxford icb")[0] == "ods:10Q"


def test_who_gives_care_to_an_area_is_found_by_its_board_and_by_the_sort_of_care_that_a_list_tells() -> None:
    made = Miniature()
    made.add("ods:QJK", "NHS Devon Integrated Care Board", "integrated-care-board")
    made.add("ods:RYF", "South Western Ambulance Service NHS Foundation Trust", "nhs-foundation-trust")
    made.link("ods:RYF", "ods:QJK", "partner-to")
    west = made.add("ods:RKL", "West London NHS Trust", "nhs-trust")
    made.conn.execute(
        "INSERT INTO fact (record_id, property, text) VALUES (?, 'kind-of-trust', 'Mental Health & Community Trusts')",
        (west,),
    )
    made.add("ods:RQY", "South West London and St George's Mental Health NHS Trust", "nhs-trust")
    made.indexed()
    hits = made.find("ambulance devon").hits
    assert [hit.brief.key for hit in hits] == ["ods:RYF", "ods:QJK"]
    assert hits[0].matched == ("tied", "NHS Devon Integrated Care Board", "word")
    assert made.keys("mental health west london")[0] == "ods:RKL"


def test_who_runs_what_is_wholly_named_comes_before_who_has_the_words_be_it_a_company() -> None:
    made = Miniature()
    made.add("ods:RCB", "Minster Hospitals NHS Trust", "nhs-trust")
    made.add("ods:RGD", "Leeds and York Hospital Partnership", "nhs-trust")
    made.add("ods:NT2", "Nuffield", open=None)
    for key, name, body in (
        ("site:york", "York Hospital", "ods:RCB"),
        ("site:mount", "The Mount Hospital of York", "ods:RGD"),
        ("site:vale", "York Vale Hospital", "ods:NT2"),
    ):
        made.hospital(key, name, body)
    made.indexed()
    assert made.keys("who runs york hospital")[:2] == ["ods:RCB", "ods:RGD"]
    assert made.keys("who runs york vale hospital")[0] == "ods:NT2"


def test_the_board_of_an_area_and_who_gives_care_there_are_found_by_its_council() -> None:
    made = Miniature()
    made.add("ods:QWO", "NHS West Yorkshire Integrated Care Board", "integrated-care-board", open=False)
    made.add("ods:NEW", "Yorkshire Integrated Care Board", "integrated-care-board")
    made.add("arr:icp", "West Yorkshire integrated care partnership", "integrated-care-partnership")
    made.add("ods:COUNTY", "Aireshire County Council", "county-council")
    made.add("ods:203", "Leeds City Council", "metropolitan-district")
    made.add("ods:204", "Otley District Council", "non-metropolitan-district")
    made.add("ods:RX8", "Northern Ambulance Service", "nhs-trust")
    made.add("ods:RX9", "Southern Ambulance Service", "nhs-trust")
    made.add("ods:SUB", "Otley - Sub-ICB Reporting Entity", "sub-icb-reporting-entity")
    made.link("ods:203", "arr:icp")
    made.link("ods:QWO", "arr:icp")
    made.link("ods:204", "ods:COUNTY", "in-geography-of")
    made.link("ods:COUNTY", "ods:QWO", "partner-to")
    made.link("ods:QWO", "ods:NEW", "succeeded-by")
    made.link("ods:RX8", "ods:QWO", "partner-to")
    made.link("ods:RX9", "ods:NEW", "partner-to")
    made.indexed()
    for area in ("leeds", "otley"):
        assert made.keys(f"{area} ambulance")[:2] == ["ods:RX8", "ods:RX9"]
        assert made.keys(f"{area} icb")[0] == "ods:NEW"


def test_a_code_that_abbreviates_a_name_is_behind_the_initials_of_an_open_body() -> None:
    made = Miniature()
    council = made.add("ods:287", "Rushmoor Borough Council", "non-metropolitan-district")
    made.conn.execute(
        "INSERT INTO identifier (record_id, scheme, value) VALUES (?, 'local-authority-code', 'RUH')", (council,)
    )
    assert made.indexed().keys("RUH") == ["ods:287"]
    made.add("ods:RD1", "Royal United Hospitals Bath NHS Foundation Trust", "nhs-trust", names=["acronym: RUH"])
    hits = made.indexed().find("RUH").hits
    assert [(hit.brief.key, hit.matched.how) for hit in hits] == [("ods:RD1", "acronym"), ("ods:287", "code")]


def test_a_hospital_of_a_company_is_behind_that_of_the_nhs_unless_it_is_named() -> None:
    made = Miniature()
    made.add("ods:RWD", "United Lincolnshire Hospitals NHS Trust", "nhs-trust")
    made.add("ods:NVC", "Ramsay Health Care")
    for key, name, by in (("site:w", "Boston West Hospital", "ods:NVC"), ("site:p", "Pilgrim Hospital", "ods:RWD")):
        site = made.hospital(key, name, by, town="Boston")
        made.conn.execute(
            "INSERT INTO fact (record_id, property, text) VALUES (?, 'sector', 'Independent Sector')", (site,)
        )
    made.indexed()
    assert made.keys("boston hospital")[0] == "site:p"
    assert made.keys("boston west")[0] == "site:w"
