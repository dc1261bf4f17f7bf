"""The shipped mappings: each is told by its headings, and says of its file what is in it."""

from __future__ import annotations

import pytest

from db.errors import InputError, UsageError
from importers.base import ReadOptions
from importers.detect import detect
from importers.table.importer import TableImporter
from importers.table.which_map import named, shipped
from tests.importers.table.made import rows, statements, workbook
from tests.importers.things import given, installed

FOOTPRINTS = (
    "ods_stp_code,ons_stp_code,footprint_no,stp_name,ics_wave,footprint_lead,address,region,status,merged_into_note\n"
    'QA1,E54000091,1,Hill STP,Wave 1,"Dr Ann Example (Chair, Hill CCG)","1 Hill Road, Hill",North (Y99),current,\n'
    "QA2,E54000092,2,Dale STP,,tbc,?,North (Y99),closed,CODE: QA1 HILL\n"
    "QA3,E54000093,3,Vale STP,,Bea Sample / Ben Sample,?,North (Y99),closed,\n"
)
PARTNERS = (
    "ods_stp_code,stp_name,partner_type,partner_code,partner_name,status\n"
    "QA1,Hill STP,trust,RXX,Hill NHS Trust,current\n"
    "QA1,Hill STP,other,,Hill Hospice,current\n"
    "QA1,Hill STP,other,NXX (CQC: 1-123),Hill Care CIC,closed\n"
    "QA1,Hill STP,other,CQC: 1-456,Hill Watch,current\n"
    'QA1,Hill STP,trust,"=VLOOKUP(N3,Trusts!A:B,2,FALSE)",Dale NHS Foundation Trust,current\n'
)
SIDE_BY_SIDE = (
    '[{"NHS England Region": "North", "NHS England Region Code": "Y99", "ODS ICB Code": "QA1",'
    ' "ONS ICB Boundary Code": "E54000091", "ICB Name": "NHS HILL ICB", "Sub ICB Locations (formerly CCGs)": "",'
    ' "ODS Sub ICB Code": "", "Local Authority": "Hill Council", "ODS LA Code": "901",'
    ' "NHS Trusts": "Hill NHS Trust", "ODS Trust Code": "RXX"}]'
)
TRUSTS = (
    '[{"ods_code": "RX1", "names": ["Hill NHS Trust", "Hill", "HNT", "Vale Hospital"], "type": "Acute",'
    ' "region": "London", "ics": "Hill", "group_board": "Hill and Dale joint board (from 1 April 2026)",'
    ' "predecessor_codes": ["RX9"], "merger_date": "2025-10-01"},'
    ' {"ods_code": "RX2", "names": ["Dale NHS Foundation Trust", "Hill NHS Trust"], "type": "Acute",'
    ' "region": "National", "group_board": "Hill and Dale joint board (from 1 April 2026)"}]'
)


def test_every_shipped_mapping_is_sound_and_has_an_id_of_its_own() -> None:
    ids = [one.id for one in shipped()]
    assert len(set(ids)) == len(ids) >= 19


def test_the_headings_tell_the_mapping() -> None:
    for content, name, wanted in (
        (FOOTPRINTS, "a.csv", "stp-footprints"),
        (PARTNERS.replace(",", ";"), "a.csv", "stp-partners"),
        (SIDE_BY_SIDE, "a.json", "icb-partners"),
        (TRUSTS, "a.json", "nhs-trusts"),
        ("old_code,new_code,date\n", "a.csv", "ods-successions"),
    ):
        choice = detect(given(content, name), installed())
        assert choice.importer.name == "table"
        assert f"the mapping {wanted} " in choice.guess.why


def test_a_table_with_other_headings_is_no_table_of_ours() -> None:
    assert TableImporter().sniff(given("code,name\nAAA,One\n").sample()) is None
    assert TableImporter().sniff(given('[{"code": "AAA"}]', "a.json").sample()) is None
    with pytest.raises(InputError, match="has the columns of no mapping that is known here"):
        TableImporter().read(given("code,name\nAAA,One\n"), ReadOptions())


def test_a_workbook_shows_its_mapping_when_it_is_read() -> None:
    lines = [line.split(",") for line in ("old_code,new_code,date", "AAA,BBB,20160401")]
    book = given(workbook(S=lines), "a.xlsx")
    assert detect(book, installed()).importer.name == "table"
    reading = TableImporter().read(book, ReadOptions())
    assert reading.source.key == "file:ods-successions"
    with pytest.raises(InputError, match="has the columns of no mapping"):
        TableImporter().read(given(workbook(S=[("a", "b")]), "a.xlsx"), ReadOptions())


def test_a_misspelled_name_of_a_shipped_mapping_names_the_nearest() -> None:
    assert named("stp-footprints").id == "stp-footprints"
    with pytest.raises(UsageError, match="there is no file 'stp-footprint'; did you mean the shipped 'stp-footprints'"):
        named("stp-footprint")


def test_a_footprint_has_each_of_its_leads_as_a_person_and_a_post_without_a_holder_as_such() -> None:
    said = {one.key: one for one in statements(FOOTPRINTS, None)}
    people = {"person:ann-example", "person:bea-sample", "person:ben-sample"}
    assert set(said) == {"arr:stp-qa1", "arr:stp-qa2", "arr:stp-qa3", *people}
    (post,) = said["person:ann-example"].links
    assert (post.other.key, post.role, post.status, post.facts[0].text) == (
        "arr:stp-qa1", "footprint-lead", "current", "Chair, Hill CCG",
    )  # fmt: skip
    assert [link.other.key for one in ("bea", "ben") for link in said[f"person:{one}-sample"].links] == [
        "arr:stp-qa3"
    ] * 2
    facts = {key: [(fact.property, fact.text) for fact in one.facts] for key, one in said.items()}
    assert ("post-without-holder", "footprint lead (tbc)") in facts["arr:stp-qa2"]
    assert not [one for told in facts.values() for one, _ in told if one == "lead-as-written"]


def test_footprints_belong_to_the_programme_and_closed_ones_are_followed() -> None:
    said = {one.key: one for one in statements(FOOTPRINTS, None) if one.kind == "arrangement"}
    links = {key: {link.type: link.other.key for link in one.links} for key, one in said.items()}
    assert [one["part-of"] for one in links.values()] == ["arr:stp-footprints"] * 3
    assert [one.get("succeeded-by") for one in links.values()] == [None, "arr:stp-qa1", "arr:stp-qa1"]
    assert [one.status for one in said.values()] == ["open", "closed", "closed"]


def test_a_partner_without_a_code_is_a_record_under_its_name() -> None:
    said = statements(PARTNERS, None)
    found = [one for one in said if one.kind == "organisation"]
    assert [(one.key, one.partial, one.type) for one in found] == [
        ("ods:RXX", True, "nhs-trust"),
        ("org:hill-hospice", False, None),
        ("ods:NXX", True, None),
        ("org:hill-watch", False, None),
        ("org:dale-nhs-foundation-trust", False, "nhs-foundation-trust"),
    ]
    stps = [one for one in said if one.kind == "arrangement"]
    assert {(one.key, one.names[0].name) for one in stps} == {("arr:stp-qa1", "Hill STP")}
    assert [(link.other.key, link.status) for one in stps for link in one.links] == [
        (one.key, status)
        for one, status in zip(found, ("current", "current", "past", "current", "current"), strict=True)
    ]
    assert [one.value for said in found for one in said.identifiers] == ["1-123", "1-456"]


def test_what_stands_side_by_side_is_tied_to_the_board_only() -> None:
    found = statements(SIDE_BY_SIDE, None, "a.json")
    tied = {(one.key, link.type, link.other.key) for one in found for link in one.links}
    assert tied == {
        ("ods:QA1", "in-geography-of", "ods:Y99"),
        ("ods:901", "partner-to", "ods:QA1"),
        ("ods:RXX", "partner-to", "ods:QA1"),
    }


def test_a_trust_has_every_name_of_its_list_with_its_kind() -> None:
    said = {one.key: one for one in statements(TRUSTS, None, "a.json")}
    assert [(name.name, name.kind) for name in said["ods:RX1"].names] == [
        ("Hill NHS Trust", "official"), ("Hill", "short"), ("HNT", "acronym"), ("Vale Hospital", "as-written"),
    ]  # fmt: skip
    assert [(name.name, name.kind) for name in said["ods:RX2"].names] == [
        ("Dale NHS Foundation Trust", "official"), ("Hill NHS Trust", "as-written"),
    ]  # fmt: skip


def test_a_group_board_is_an_arrangement_of_all_that_name_it() -> None:
    boards = [one for one in statements(TRUSTS, None, "a.json") if one.key == "arr:hill-and-dale-joint-board"]
    assert [one.links[0].other.key for one in boards] == ["ods:RX1", "ods:RX2"]
    assert {(one.type, one.opened) for one in boards} == {("joint-board-committee", "2026-04-01")}


def test_a_predecessor_is_followed_by_the_trust_on_the_day_of_the_merger() -> None:
    (old,) = [one for one in statements(TRUSTS, None, "a.json") if one.key == "ods:RX9"]
    assert [(link.type, link.other.key, link.start) for link in old.links] == [
        ("succeeded-by", "ods:RX1", "2025-10-01")
    ]


def test_a_code_that_follows_itself_is_refused() -> None:
    found = rows("old_code,new_code,date\nAAA,AAA,20160401\nAAA,BBB,20160401\n", None)
    assert [type(row).__name__ for row in found] == ["RejectSaid", "RowSaid"]


def test_a_list_with_bare_carriage_returns_is_read() -> None:
    (team,) = statements("ons_code,hscic_code,name\rE39000091,Q99,Hill and Dale", None)
    assert (team.key, team.type, team.names[0].name) == ("ods:Q99", "area-team", "Hill and Dale")


def test_a_list_that_is_no_utf_8_is_read_with_its_apostrophes() -> None:
    (group,) = statements("CCG13CD,CCG13CDH,CCG13NM\nE38000091,99X,NHS King’s Hill\n".encode("windows-1252"), None)
    assert [(name.name, name.kind) for name in group.names] == [("NHS King’s Hill", "short")]
    assert {(one.scheme, one.value) for one in group.identifiers} == {("ods", "99X"), ("gss", "E38000091")}


def test_the_statistics_offices_code_tells_a_care_trust_from_a_primary_care_trust() -> None:
    found = statements('"PCO12CD","PCO12CDO","PCO12NM"\n"E16000001","5XX","Hill"\n"E17000001","TXX","Dale"\n', None)
    assert [one.type for one in found] == ["primary-care-trust", "care-trust"]
