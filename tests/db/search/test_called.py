"""What people call a body is weighed: its hospitals' towns, a board's initials, the letters for its sort."""

from __future__ import annotations

import pytest

from tests.db.search.miniature import Miniature


def test_a_trust_is_found_where_it_has_a_hospital_and_says_where() -> None:
    made = Miniature()
    made.add("ods:RWY", "Calder Trust", "nhs-trust", town="Huddersfield")
    made.add("site:royal", "Calder Royal", "hospital", town="Halifax", open=None)
    made.add("arr:net", "North Halifax PCN", "primary-care-network", town="Halifax")
    made.link("site:royal", "ods:RWY")
    hits = made.indexed().find("halifax").hits
    assert [hit.brief.key for hit in hits] == ["ods:RWY", "site:royal", "arr:net"]
    assert hits[0].matched.text == "Halifax, Calder Royal"
    made.conn.execute("UPDATE record SET town = 'Elland' WHERE key = 'site:royal'")
    assert made.indexed("site:royal").keys("elland") == ["ods:RWY", "site:royal"]
    assert "ods:RWY" not in made.keys("halifax")


def test_a_closed_board_is_shown_by_its_initials_with_what_it_is_before_what_is_tied_to_it() -> None:
    made = Miniature()
    made.add(
        "ods:QU9", "Bucks and Oxon Integrated Care Board", "integrated-care-board", names=["acronym: BOB"], open=False
    )
    made.add("arr:ics", "Bucks and Oxon", "integrated-care-system")
    made.link("ods:QU9", "arr:ics", role="convenor")
    assert made.indexed().keys("bob icb") == ["ods:QU9", "arr:ics"]


def test_the_sort_of_a_body_is_known_by_its_letters() -> None:
    made = Miniature()
    made.add("ods:313", "Wigan Metropolitan Borough Council", "metropolitan-district")
    made.add("gss:FEN", "Fenland District Council", "non-metropolitan-district")
    made.add("arr:hub", "North Genomic Laboratory Hub", "back-office-network")
    made.indexed()
    assert (made.keys("wigan mbc"), made.keys("fenland dc"), made.keys("north glh")) == (
        ["ods:313"], ["gss:FEN"], ["arr:hub"],
    )  # fmt: skip


def test_a_body_that_is_known_by_its_place_alone_is_found_by_it_with_its_sort_though_it_has_closed() -> None:
    made = Miniature()
    made.add("ods:5QJ", "Bristol", "primary-care-trust", open=False)
    made.add("local-authority-code:CUM", "Cumbria County Council", "county-council", open=False)
    made.add("ods:7A2", "Hywel Dda University Health Board", "local-health-board")
    made.add("arr:net", "Bristol Inner City PCN", "primary-care-network")
    made.indexed()
    for typed in ("bristol pct", "Bristol Primary Care Trust"):
        assert made.keys(typed)[:1] == ["ods:5QJ"]
    assert made.keys("cumbria council") == ["local-authority-code:CUM"]
    assert made.keys("hywel dda lhb") == ["ods:7A2"]


def test_a_body_is_found_by_the_initials_of_what_it_serves_with_the_words_for_its_sort() -> None:
    made = Miniature()
    made.add("arr:swag", "Somerset, Wiltshire, Avon and Gloucestershire Cancer Alliance", "cancer-alliance")
    made.add("site:hri", "Huddersfield Royal Infirmary", "hospital", town="Huddersfield", open=None)
    made.indexed()
    assert made.keys("SWAG cancer alliance") == made.keys("swag") == ["arr:swag"]
    assert made.keys("HRI huddersfield") == made.keys("hri") == ["site:hri"]


def test_a_short_name_with_the_town_means_the_hospital_before_who_runs_it_and_a_body_that_has_closed() -> None:
    made = Miniature()
    made.add("ods:RR8", "Aire Teaching Hospitals", "nhs-trust", names=["nickname: Jimmy's"], town="Leeds")
    made.add("site:jimmys", "Saint James", "hospital", names=["nickname: Jimmy's"], town="Leeds", open=None)
    made.link("site:jimmys", "ods:RR8", "operated-by")
    made.add("ods:RW3", "Central Irwell Hospitals", "nhs-trust", names=["acronym: CIHX"], town="Salford", open=False)
    made.add("doc:cihx", "cihx.example: partners of Salford", open=None)
    made.indexed()
    assert made.keys("jimmy's leeds") == ["site:jimmys", "ods:RR8"]
    assert made.keys("cihx salford")[0] == "ods:RW3"


def test_a_town_means_the_trust_of_its_hospital_before_one_of_another_sort_that_is_there_and_practices() -> None:
    made = Miniature()
    made.add("ods:RWP", "Severn Acute Trust", "nhs-trust", town="Worcester")
    made.add("ods:R1A", "Severn Minds Trust", "nhs-trust", town="Evesham")
    made.add("site:royal", "Royal Infirmary", "hospital", town="Margate", open=None)
    made.add("site:unit", "Sea View Unit", "hospital", town="Margate", open=None)
    made.add("ods:M81", "Margate Medical Centre", "gp-practice", town="Margate")
    made.link("site:royal", "ods:RWP")
    made.link("site:unit", "ods:R1A")
    found = made.indexed().find("margate").hits
    assert [hit.brief.key for hit in found[:4]] == ["ods:RWP", "ods:R1A", "site:royal", "ods:M81"]
    assert [hit.matched.text for hit in found[:2]] == ["Margate, Royal Infirmary", "Margate, Sea View Unit"]


def test_one_word_of_a_long_name_counts_before_none() -> None:
    made = Miniature()
    made.add("ods:RBK", "Walsall Healthcare", "nhs-trust")
    made.add("arr:chair", "Black Country acute trusts shared chair", "shared-leadership")
    made.add("arr:other", "Black Country pact", "provider-collaborative")
    made.add("person:dn", "David N", open=None)
    for one in ("arr:chair", "arr:other"):
        made.link("ods:RBK", one, role="member")
        made.link("person:dn", one, role="chair")
    assert made.indexed().keys("chair walsall healthcare")[:2] == ["arr:chair", "arr:other"]


def test_a_person_of_whom_a_post_is_told_comes_before_what_tells_of_it_and_after_who_holds_it_here() -> None:
    made = Miniature()
    made.add("arr:footprint", "Devon footprint", summary="chief executive of Devon Trust")
    made.add("person:lead", "Ann Lead", open=None, summary="chief executive of Devon Trust")
    made.add("person:chief", "Bo Chief", open=None, summary="of Devon Trust")
    made.add("ods:DT", "Trust of the south")
    made.link("person:lead", "arr:footprint", role="footprint-lead")
    made.link("person:chief", "ods:DT", role="chief-executive")
    found = made.indexed().keys("chief executive devon trust")
    assert found == ["person:chief", "person:lead", "arr:footprint"]


def test_initials_that_nobody_gave_show_what_has_closed_only_where_nothing_else_is_found() -> None:
    made = Miniature()
    made.add("ods:QUE", "NHS Cam and Peterborough Integrated Care Board", "integrated-care-board", open=False)
    assert made.indexed().keys("cpicb") == ["ods:QUE"]
    made.add("ods:A", "Cpicb Surgery", "gp-practice")
    assert made.indexed().keys("cpicb") == ["ods:A"]


@pytest.mark.parametrize("asked", ["what is QT6", "who is qt6", "QT6"])
def test_a_question_for_a_code_finds_its_record_first(asked: str) -> None:
    made = Miniature()
    made.add("ods:QT6", "Cornwall Board", "integrated-care-board")
    made.add("arr:plan", "Plan", "planning-programme")
    made.add("arr:stp", "Cornwall STP (QT6)", "sustainability-and-transformation-partnership")
    made.link("arr:stp", "arr:plan")
    assert made.indexed().keys(asked)[0] == "ods:QT6"


def test_the_hospitals_of_a_trust_that_ended_are_those_of_the_one_that_came_after_it() -> None:
    made = Miniature()
    made.add("ods:RA7", "Avon Acute Trust", "nhs-trust", town="Bristol")
    made.add("ods:RA8", "Severn Acute Trust", "nhs-trust", town="Gloucester")
    made.add("ods:RA3", "Weston Area Trust", "nhs-trust", open=False)
    made.add("site:general", "General Hospital", "hospital", town="Uphill", open=None)
    made.link("site:general", "ods:RA3")
    made.indexed()
    assert made.keys("uphill") == ["site:general"]
    made.link("ods:RA3", "ods:RA7", "succeeded-by")
    assert made.indexed("ods:RA3").keys("who runs the hospital in uphill") == ["ods:RA7", "site:general"]
    made.link("ods:RA3", "ods:RA8", "succeeded-by")
    assert made.indexed("ods:RA3").keys("uphill") == ["site:general"], "nobody tells which of two has it"


def test_a_town_is_first_the_body_that_has_its_office_there_then_those_with_a_hospital_in_it() -> None:
    made = Miniature()
    made.add("ods:RLT", "George Eliot Hospital NHS Trust", "nhs-trust", town="Nuneaton")
    made.add("ods:RJC", "Great Warwickshire NHS Trust", "nhs-trust", town="Warwick")
    made.add("site:ward", "Bramcote Hospital", "hospital", town="Nuneaton", open=None)
    made.add("arr:pact", "Pact")
    made.link("site:ward", "ods:RJC")
    made.link("ods:RJC", "arr:pact", role="member")
    assert made.indexed().keys("nuneaton")[:2] == ["ods:RLT", "ods:RJC"]


def test_the_hospital_of_a_town_is_that_for_all_sorts_of_care_before_who_runs_it_and_others_there() -> None:
    made = Miniature()
    acute, minds = (
        made.add(f"ods:{key}", f"{key} Trust", "nhs-trust", town="Stoke-on-Trent") for key in ("RA1", "RM1")
    )
    for number, sort in ((acute, "Acute Trusts"), (minds, "Mental Health Trusts")):
        made.conn.execute("INSERT INTO fact (record_id, property, text) VALUES (?, 'sort', ?)", (number, sort))
    for key, name, body in (
        ("site:royal", "Royal Infirmary", "ods:RA1"),
        ("site:ward", "Stoke Minds Hospital", "ods:RM1"),
        ("site:day", "Stoke Day Hospital", "ods:RA1"),
    ):
        made.hospital(key, name, body, town="Stoke-on-Trent")
    made.indexed()
    assert made.keys("stoke hospital")[0] == made.keys("stoke on trent hospital")[0] == "site:royal"
    made.conn.execute("UPDATE fact SET text = 'Ambulance Trusts' WHERE record_id = ?", (acute,))
    assert made.indexed("ods:RA1").keys("stoke hospital")[0] != "site:royal", "its row is made anew with who runs it"


def test_a_company_is_called_by_the_words_with_which_its_hospitals_begin() -> None:
    made = Miniature()
    made.add("ods:NMJ", "Cygnet Health Care Limited", open=None)
    made.add("ods:NLR", "Vale Care Services CIC", open=None)
    for key, name, body in (
        ("site:bury", "Cygnet Hospital Bury", "ods:NMJ"),
        ("site:ely", "Cygnet Ely", "ods:NMJ"),
        ("site:vale", "Vale Hospital", "ods:NLR"),
    ):
        made.hospital(key, name, body)
    made.indexed()
    for typed in ("cygnet", "the cygnet", "cygnet hospitals"):
        assert made.keys(typed)[0] == "ods:NMJ"
    assert made.keys("vale")[0] == "site:vale", "one hospital makes no brand"


def test_a_hospital_stands_before_who_runs_it_though_that_goes_by_its_name_and_a_trust_keeps_its_town() -> None:
    made = Miniature()
    names = ["Arrowe Park", "former: Hereford Hospitals NHS Trust"]
    made.add("ods:RBL", "Wirral Teaching NHS Trust", "nhs-trust", names=names, town="Wallasey")
    made.add("site:arrowe", "Arrowe Park Hospital", "hospital", town="Upton", open=None)
    made.add("site:county", "Hereford County Hospital", "hospital", town="Hereford", open=None)
    made.add("ods:P1", "Arrowe Park Surgery", "gp-practice")
    for site in ("site:arrowe", "site:county"):
        made.link(site, "ods:RBL", "operated-by")
    made.indexed()
    for typed in ("arrowe park", "arrowe park hospital", "arowe park hospital", "hereford hospital"):
        assert made.keys(typed)[0] in ("site:arrowe", "site:county"), typed
        assert "ods:RBL" in made.keys(typed)[:3], typed
    assert made.keys("arrowe park")[:3] == ["site:arrowe", "ods:RBL", "ods:P1"]
    assert (made.keys("hereford")[0], made.keys("arrowe park nhs trust")[0]) == ("ods:RBL", "ods:RBL")


def test_a_closed_body_by_its_own_name_stands_before_what_took_that_over_but_not_before_an_open_namesake() -> None:
    made = Miniature()
    made.add("ods:QU9", "Bucks Integrated Care Board", "integrated-care-board", names=["acronym: BOB"], open=False)
    made.add("ods:S0E", "Thames Integrated Care Board", "integrated-care-board")
    made.link("ods:QU9", "ods:S0E", "succeeded-by")
    assert made.indexed().keys("bob icb") == made.keys("bucks icb") == ["ods:QU9", "ods:S0E"]
    made.add("ods:NEW", "Bucks Integrated Care Board", "integrated-care-board")
    assert made.indexed("ods:NEW").keys("bucks icb")[0] == "ods:NEW"


def test_an_arrangement_is_meant_by_its_whole_name_with_words_of_its_members_and_by_a_question_who_is_in_it() -> None:
    made = Miniature()
    made.add("ods:RLQ", "Wye Valley NHS Trust", "nhs-trust", summary="Trust of the Foundation Group")
    made.add("arr:group", "Foundation Group", "provider-group", open=None)
    made.add("ods:RNA", "The Dudley Group NHS Foundation Trust", "nhs-foundation-trust")
    made.link("ods:RLQ", "arr:group", role="member")
    made.indexed()
    for typed in (
        "foundation group wye valley",
        "who belongs to the foundation group",
        "members of the foundation group",
    ):
        assert made.keys(typed)[0] == "arr:group", typed
