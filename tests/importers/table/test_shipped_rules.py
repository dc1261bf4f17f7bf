"""Shipped mappings that carry a rule of their own: what is no body, no part of an area and no member makes none."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from db.crosswalk import same_body
from db.statements import Statement
from tests.importers.table.made import reading, reasons, statements

AREAS = (
    "geo_code,area_name\nS08000018,Dale\nS08000029,Dale\nS08200002,No Fixed Abode\nS12000015,Dale\n"
    "S12000047,Dale\nS37000014,Dale\nS37000032,Dale\n"
)
UNITS = (
    "postcode,stroke_team,ssnap_name,region,region_code,icb,icb_code,isdn\n"
    "HI11AA,Hill Infirmary,Hill HASU,NHS Hill ICB - 99X,E38000999,NHS Hill Integrated Care Board,E54000999,Hill\n"
    "DA11AA,Dale Infirmary,None (for 72h care),Dale Health Board,W11000999,,,\n"
)
HOSPITALS = (
    "Postcode,Strategic Clinical Network,Health Board / Trust,Stroke Team,SSNAP name\n"
    "HI11AA,Hill SCN,Hill NHS Trust,Hill Team,Hill HASU\n"
    "DA11AA,Manchester, Lancashire & S.Cumbria SCN,Dale NHS Trust,Dale Infirmary\n"
    "WA11AA,Wales,Wales,Moor Infirmary (Moor),Moor Infirmary\n"
)
DISTRICTS = (
    "ltla16_code,ltla16_name,ltla24_code,ltla24_name\n"
    "S12000015,Fell,S12000047,Fell\nS12000015,Fell,S12000048,Dale\nS12000024,Dale,S12000047,Fell\n"
    "S12000024,Dale,S12000048,Dale\nE07000991,Moor,E06000992,Moorshire\nE07000993,Beck,E07000993,Beck and Wold\n"
)
CODES = "nhs_trust22_code,icb22_code,proportion_trust_came_from_icb\nRXX,E54000991,0.049\nRXX,E54000992,0.05\n"
SITE = {
    "OrganisationCode": "RXX01", "OrganisationName": "HILL HOSPITAL", "Address1": "1 HILL ROAD", "Address2": "",
    "Address3": "", "City": "HILLTOP", "County": "", "Postcode": "HI1 1AA", "ParentODSCode": "RXX",
    "ParentName": "HILL NHS TRUST", "Website": "", "Sector": "NHS Sector",
}  # fmt: skip
CHOICES = SITE | {"OrganisationType": "Hospital", "SubType": "UNKNOWN", "Phone": "01", "Email": "", "Fax": ""}


def arrangement(**said: object) -> dict[str, object]:
    """A row of the collected arrangements."""
    member = {"role": "member", "key": "ods:RXX", "name": "Hill NHS Trust"}
    row = {
        "name": "Hill group", "type": "group-model", "status": "open", "since": "2020", "until": None,
        "as_of": "2026-08", "participants": [member], "source": "https://hill.example/group",
        "note": "two boards", "checked": "confirmed",
    }  # fmt: skip
    return row | said


def links(said: list[Statement]) -> list[tuple[str, str, str]]:
    """All links, as key, type and the other's key."""
    return [(one.key, link.type, link.other.key) for one in said for link in one.links]


def meant(code: str) -> str:
    """The key of the body that a code means by a crosswalk, else the code."""
    body = same_body(code)
    return code if body is None else body.key


def test_scottish_bodies_go_on_when_their_code_is_archived() -> None:
    assert [line for line, _ in reasons(AREAS, None)] == [4]
    kept = AREAS.replace("S08200002,No Fixed Abode\n", "")
    said = statements(kept, None)
    keys = ["gss:S08000029", "local-authority-code:FIF", "arr:dale-integration-authority"]
    assert [meant(one.key) for one in said] == [key for key in keys for _ in range(2)]
    assert [identifier.value for one in said for identifier in one.identifiers] == [
        "S08000018", "S08000029", "S12000015", "S12000047", "S37000014", "S37000032",
    ]  # fmt: skip
    boards = "hb19_name,hb19_code,date_enacted,date_archived\nNHS Dale,S08000018,2014-04-01,2018-02-01\n"
    assert {meant(one.key) for one in statements(boards + "NHS Dale,S08000029,2018-02-02,\n", None)} == {keys[0]}


def test_a_stroke_unit_without_a_name_goes_by_its_team_and_no_half_name_is_a_body() -> None:
    said = statements(UNITS, None)
    assert [(one.key, one.names[0].name, one.type) for one in said] == [
        ("site:hill-hasu-hi11aa", "Hill HASU", "stroke-unit"),
        ("site:dale-infirmary-da11aa", "Dale Infirmary stroke unit", "stroke-unit"),
    ]
    assert [key for _, _, key in links(said)] == [
        "arr:hill-integrated-stroke-delivery-network", "gss:E54000999", "gss:E38000999", "gss:W11000999",
    ]  # fmt: skip
    assert links(statements(HOSPITALS, None)) == [
        ("site:hill-hasu-hi11aa", "operated-by", "org:hill-nhs-trust"),
        ("site:hill-hasu-hi11aa", "in-geography-of", "arr:hill-strategic-clinical-network"),
    ]


def test_a_few_fields_that_pass_to_a_neighbour_make_no_successor() -> None:
    said = statements(DISTRICTS, None)
    assert links(said) == [("gss:E07000991", "succeeded-by", "gss:E06000992")]
    codes = {(one.key, identifier.value) for one in said for identifier in one.identifiers}
    assert {("gss:S12000047", "S12000015"), ("gss:S12000048", "S12000024")} <= codes
    assert not {("gss:S12000048", "S12000015"), ("gss:E06000992", "E07000991")} & codes


def test_a_sliver_is_refused_and_its_limit_is_taken() -> None:
    assert [line for line, _ in reasons(CODES, None)] == [2]


def test_who_serves_the_same_people_is_inferred_from_the_areas_that_a_list_has() -> None:
    codes = (
        "ltla24_code,ltla24_name,lsoas,sicbl24_code,sicbl24_code_nhs,sicbl24_name,icb24_code,icb24_code_nhs,icb24_name"
    )
    row = "E07000999,Dale,9,E38000999,99Z,NHS Dale ICB - 99Z,E54000999,QZZ,NHS Dale Integrated Care Board"
    told = [link for one in statements(f"{codes}\n{row}\n", None) for link in one.links]
    assert {link.type: [cite.basis for cite in link.cites] for link in told} == {
        "sub-division-of": [], "shares-population-with": ["inferred"],
    }  # fmt: skip


def test_who_took_part_in_what_has_closed_does_so_no_more() -> None:
    rows = [
        arrangement(),
        arrangement(name="Dale group", status="closed", until="2024-03-31"),
        arrangement(name="Moor group", status="announced", since="2027-04-01"),
    ]
    said = [one for one in statements(json.dumps(rows), None, "a.json") if one.kind == "arrangement"]
    (open_, closed, announced) = (one.links[0] for one in said)
    assert (open_.status, open_.end, open_.other.key) == (None, None, "ods:RXX")
    assert (closed.status, closed.end) == ("past", "2024-03-31")
    assert announced.status == "planned"
    assert [cite.as_of for cite in said[0].cites] == ["2026-08"]


def test_the_end_of_a_term_is_no_day_on_which_it_was_so_and_what_was_not_read_is_inferred() -> None:
    came = [
        {"role": "lead", "key": "ods:RX1", "name": "X1"},
        {"role": "lead", "key": "ods:RX2", "name": "X2", "since": "2026"},
    ]
    rows = [
        arrangement(name="Term", status=None, as_of=None, until="2025-03-31"),
        arrangement(name="Over", status="closed", as_of=None, until="2025-03-31"),
        arrangement(name="Hub", participants=came, note="that this leads follows from the merger and was not read"),
    ]
    term, over, hub = (one for one in statements(json.dumps(rows), None, "a.json") if one.kind == "arrangement")
    told = [(cite.source.partition(":")[0], cite.as_of, cite.note) for one in (term, over) for cite in one.cites]
    assert told == [
        ("doc", None, "The day of the page is unknown."),
        ("file", None, f"Read at {arrangement()['source']}"),
    ]
    assert [[cite.basis for cite in link.cites] for link in hub.links if link.type == "participates-in"] == [
        [], ["inferred"],
    ]  # fmt: skip


def test_what_was_read_on_several_pages_is_not_told_of_one_of_them() -> None:
    pages = {"also_source": ["https://b.example/y", "https://c.example/z"]}
    rows = [
        arrangement(**pages, type="shared-leadership", post=["chair"], note="Ann Sample"),
        arrangement(name="Over", status="closed", as_of=None, until="2025-03-31", **pages),
        arrangement(name="Undated", as_of=None, **pages),
    ]
    said = [one for one in statements(json.dumps(rows), None, "a.json") if one.kind in ("arrangement", "person")]
    first, others = arrangement()["source"], "https://b.example/y, https://c.example/z"
    read = f"Read at {first} and {others}; which of them says this is not told"
    assert [(one.kind, cite.source.partition(":")[0], cite.note) for one in said for cite in one.cites] == [
        ("arrangement", "file", read), ("person", "file", read), ("arrangement", "file", read),
        ("arrangement", "doc", f"Read there or at {others}. The day of the page is unknown."),
    ]  # fmt: skip


def test_a_participant_has_its_own_dates_and_a_shared_post_is_named() -> None:
    left = {"role": "lead", "key": None, "name": "Dale Trust", "since": "2021", "until": "2023-06-30"}
    row = arrangement(type="shared-leadership", participants=[left], post=["chief-executive"])
    (one,) = [one for one in statements(json.dumps([row]), None, "a.json") if one.kind == "arrangement"]
    (link,) = [link for link in one.links if link.type == "participates-in"]
    assert (link.other.key, link.role, link.start, link.end) == ("org:dale-trust", "lead", "2021", "2023-06-30")
    facts = {(fact.property, fact.text) for fact in one.facts}
    assert {("shared-work", "The post of chief executive."), ("note", "two boards")} <= facts


def test_a_row_that_nobody_checked_is_refused() -> None:
    ((_, reason),) = reasons(json.dumps([arrangement(checked="not checked")]), None, "a.json")
    assert reason == "nobody has checked it against the page that it names"


def test_a_unit_goes_by_the_code_of_its_site_or_of_its_trust() -> None:
    rows = [
        {"ods_code": "RXX01", "npda_code": "PZ001", "network_name": "Hill", "network_code": "PN01"},
        {"ods_code": "RXX", "npda_code": "PZ002", "network_name": "Unknown", "network_code": None},
    ]
    said = statements(json.dumps(rows), None, "a.json")
    assert [(one.key, one.kind) for one in said] == [
        ("ods:RXX01", "site"), ("npda:PN01", "arrangement"), ("ods:RXX", "organisation"),
    ]  # fmt: skip
    assert links(said) == [("ods:RXX01", "part-of", "npda:PN01")]


def test_a_council_that_takes_part_for_others_does_so_and_its_row_is_no_body() -> None:
    partners = (
        "ods_stp_code,stp_name,partner_type,partner_code,partner_name,status\n"
        "QT1,Dale STP,la,244,Mansfield District Council,current\n"
        "QT1,Dale STP,la,,* MDC on behalf of Hill and Dale Councils,current\n"
    )
    said = statements(partners, None)
    assert [one.key for one in said if one.kind == "organisation"] == ["ods:244"]
    (_, link) = [link for one in said for link in one.links if link.type == "participates-in"]
    told = [(fact.property, fact.text) for fact in link.facts]
    assert (link.other.key, link.role, told) == ("ods:244", "partner", [("acts-for", "Hill and Dale Councils")])


def test_an_alliance_is_one_in_both_lists_of_them() -> None:
    groups = (
        "CCG21CD,CCG21CDH,CCG21NM,STP21CD,STP21CDH,STP21NM,CAL21CD,CAL21NM\n"
        "E38000991,99X,NHS Hill CCG,E54000991,QXX,Hill,E56000016,Wessex\n"
        "E38000992,99Y,NHS Dale CCG,E54000991,QXX,Hill,E56000099,Dale\n"
    )
    trusts = "ods_code,ods_name,cancer_alliance_name,cancer_alliance_code,notes\nRXX,Hill,Wessex Cancer Alliance,N46,\n"
    said = [one for text in (groups, trusts) for one in statements(text, None)]
    found = [meant(one.key) for one in said if one.type == "cancer-alliance"]
    assert found == ["ods:N46", "gss:E56000099", "ods:N46"]


def test_a_welsh_board_has_one_key_in_both_lists_of_them() -> None:
    councils = "ltla21_code,ltla21_name,lhb22_code,lhb22_name\nW06000099,Hill,W11000023,Dale Health Board\n"
    boards = '[{"health_board": "DALE HEALTH BOARD", "ods_code": "7A1", "gss_code": "W11000023"}]'
    said = [*statements(councils, None), *statements(boards, None, "a.json")]
    assert [meant(one.key) for one in said if one.type] == ["ods:7A1", "ods:7A1"]


def test_what_lists_group_is_told_in_plain_words_and_what_is_new_as_it_stands() -> None:
    def facts(row: Mapping[str, object]) -> list[str | None]:
        return [fact.text for one in statements(json.dumps([row]), None, "a.json") for fact in one.facts]

    trust = {"ods_code": "RXX", "names": ["Hill NHS Trust"], "type": "Ambulance Trusts", "region": "London"}
    assert facts(trust) == ["Ambulance services"]
    assert facts(trust | {"type": "Trusts of the Moon"}) == ["Trusts of the Moon"]
    assert facts(SITE) == ["NHS"]
    assert facts(SITE | {"Sector": "Lunar Sector"}) == ["Lunar Sector"]


@pytest.mark.parametrize(("row", "wanted"), [(SITE, "hospitals"), (CHOICES, "nhs-choices-hospitals")])
def test_of_two_lists_of_hospitals_the_one_with_more_columns_is_told(row: dict[str, str], wanted: str) -> None:
    found = reading(json.dumps([row]), None, "a.json")
    assert found.source.key.startswith(f"file:{wanted}")
    (said,) = statements(json.dumps([row]), None, "a.json")
    assert (said.key, said.type, said.names[0].name) == ("ods:RXX01", "hospital", "Hill Hospital")
    assert "UNKNOWN" not in {fact.text for fact in said.facts}


def test_of_a_place_whose_kind_a_list_does_not_know_it_does_not_tell_who_runs_it() -> None:
    rows = [CHOICES, CHOICES | {"OrganisationCode": "RXX02", "SubType": "Hospital"}]
    found = [link for one in statements(json.dumps(rows), None, "a.json") for link in one.links]
    assert [[fact.property for fact in link.facts] for link in found] == [["who-runs-it"], []]
    assert {(link.type, link.other.key) for link in found} == {("operated-by", "ods:RXX")}


def test_a_place_in_the_newer_list_of_hospitals_is_one_where_its_name_says_so() -> None:
    names = ("HILL HOSPITAL", "Dale Infirmary", "YSBYTY MOOR", "COMMUNITY PAEDIATRICS")
    rows = [SITE | {"OrganisationCode": f"RXX0{n}", "OrganisationName": name} for n, name in enumerate(names)]
    assert [one.type for one in statements(json.dumps(rows), None, "a.json")] == ["hospital"] * 3 + [None]


def test_a_name_that_has_lost_a_letter_is_refused() -> None:
    table = "la-name,local-authority-code\nYnys Mï¿½n,AGY\nYnys Môn,AGY\n"
    assert reasons(table, None) == [(2, "a letter of the name is lost")]


def test_whoever_holds_a_shared_post_is_a_person_and_one_who_was_followed_is_of_the_past() -> None:
    def row(name: str, note: str, post: list[str] | None) -> dict[str, object]:
        return {
            "name": name, "type": "shared-leadership", "status": "open", "as_of": "2026-01", "source": "https://a.example",
            "note": note, "post": post, "checked": "confirmed", "since": None, "until": None,
            "participants": [{"role": "member", "key": "ods:RXX", "name": "Hill NHS Trust"}],
        }  # fmt: skip

    rows = [
        row("Hill chair", "Ann Example, then Sir Ben Sample from May 2025; each keeps its board", ["chair"]),
        row("Dale posts", "Bea Berg and Ida Moor when appointed", ["chair", "chief-executive"]),
        row("Vale cluster", "one board; joint chair Tom Wood, chief executive Una Field since 2025", None),
    ]
    said = {one.key: one for one in statements(json.dumps(rows), None, "arrangements.json")}
    held = {
        key: (link.role, link.status, link.other.key, [fact.text for fact in link.facts])
        for key, one in said.items()
        if one.kind == "person"
        for link in one.links
    }
    which = "The posts are chair, chief executive; which of them is not told."
    assert held == {
        "person:ann-example": ("chair", "past", "arr:hill-chair", []),
        "person:ben-sample": ("chair", None, "arr:hill-chair", ["from May 2025"]),
        "person:bea-berg": (None, None, "arr:dale-posts", [which]),
        "person:ida-moor": (None, None, "arr:dale-posts", ["when appointed", which]),
        "person:tom-wood": ("chair", None, "arr:vale-cluster", ["joint chair"]),
        "person:una-field": ("chief-executive", None, "arr:vale-cluster", ["chief executive since 2025"]),
    }


def test_an_arrangement_without_a_day_is_told_by_its_page_and_not_on_the_day_of_the_collection() -> None:
    rows = [arrangement(), arrangement(name="Dale group", as_of=None)]
    said = statements(json.dumps(rows), None, "a-2026-11.json")
    (page, *_) = said
    assert page.names[0].name == "hill.example: group"
    dated, undated = (one.cites for one in said if one.kind == "arrangement")
    assert [(one.source == page.key, one.as_of) for one in dated] == [(False, "2026-08")]
    assert [(one.source == page.key, one.as_of) for one in undated] == [(True, None)]


@pytest.mark.parametrize(
    ("status", "opened", "events"), [("open", "2020", []), ("abandoned", None, [("2020", "planned")])]
)
def test_what_was_given_up_did_not_open(status: str, opened: str | None, events: list[tuple[str, str]]) -> None:
    said = statements(json.dumps([arrangement(status=status)]), None, "a.json")
    (one,) = (one for one in said if one.key == "arr:hill-group")
    assert (one.opened, [(event.date, event.kind) for event in one.events]) == (opened, events)
