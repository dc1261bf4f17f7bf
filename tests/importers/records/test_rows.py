"""What the entries of a file say once they are read."""

from __future__ import annotations

import pytest

from db.model import Address
from db.statements import (
    Cite,
    DocumentSaid,
    End,
    EventSaid,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    NameSaid,
    RowSaid,
    SourceSaid,
)
from importers.records.names import person_slug, without_titles
from importers.records.rows import read_records
from tests.importers.records.files import HEADER, STORY, in_section, only, reading, rows, statements
from tests.importers.things import given


def test_a_file_is_a_source_named_by_its_id() -> None:
    found = reading(STORY)
    assert found.source.key == "file:story"
    assert (found.source.title, found.source.format) == ("A story of two trusts", "records")
    assert (found.source.published, found.source.series, found.source.complete) == (None, None, False)
    assert found.cited == (
        SourceSaid("file:trust-list", "List of trusts", publisher="A publisher", published="2025-07"),
    )


def test_a_file_without_an_id_is_named_after_itself() -> None:
    assert reading(HEADER, "folder/My Story (2).yaml").source.key == "file:my-story-2"


def test_rows_stand_in_the_order_of_the_lists_with_the_line_they_start_on() -> None:
    found = rows(STORY)
    assert [row.line for row in found if isinstance(row, RowSaid)] == [8, 10, 15, 30]
    assert found == list(reading(STORY).rows)
    said = statements(STORY)
    assert [one.line for one in said.values()] == [8, 10, 15, 30]


def test_names_are_official_short_or_as_they_say() -> None:
    trust = statements(STORY)["ods:RLQ"]
    assert trust.names == (
        NameSaid("Wye Valley NHS Trust", "official"),
        NameSaid("WVT", "short"),
        NameSaid("Wye Valley", "short", cites=(Cite("doc:announcement", "p2"),)),
    )
    assert trust.cites == (Cite("file:trust-list", "row 9"),)


def test_participants_belong_to_their_arrangement() -> None:
    group = statements(STORY)["arr:foundation-group"]
    assert group.links[0] == LinkSaid(
        "participates-in",
        End("ods:RLQ", None, "organisation"),
        outward=False,
        role="member",
        cites=(Cite("doc:announcement", "p1"), Cite("doc:announcement", "p8")),
    )
    assert group.links[1].other == End("ods:RJC", "South Warwickshire NHS FT", "organisation")
    assert (group.links[1].start, group.links[1].cites) == ("2016-07", ())


def test_facts_and_events_keep_value_and_claimant() -> None:
    group = statements(STORY)["arr:foundation-group"]
    claim = Cite("doc:announcement", basis="claimed", claimant="ods:RLQ")
    assert group.facts == (FactSaid("expected-savings", 2000000, "GBP", cites=(claim,)),)
    assert group.events == (EventSaid("XXXX-07-08", "decision-due", "Two boards decide"),)
    assert (group.opened, group.cites) == ("2016", (Cite("doc:announcement", "p1"),))


def test_a_person_has_a_key_without_titles_and_a_name_with_them() -> None:
    person = statements(STORY)["person:glen-burley"]
    assert person.names == (NameSaid("Glen Burley", "official"), NameSaid("Sir Glen Burley OBE", "title"))
    assert person.links == (LinkSaid("holds-post-in", End("ods:RJC"), role="chief-executive"),)
    assert person.cites == (Cite("doc:announcement"),)


@pytest.mark.parametrize(
    ("name", "plain", "slug"),
    [
        ("Cllr Michael Lee", "Michael Lee", "michael-lee"),
        ("Rt. Hon. Dame Ann Example DBE, FRCP", "Ann Example", "ann-example"),
        ("Dr. John Paul Smith", "John Paul Smith", "john-smith"),
        ("Zoë van der Berg", "Zoë van der Berg", "zoe-van-der-berg"),
        ("Anne-Marie O'Neil", "Anne-Marie O'Neil", "anne-marie-oneil"),
        ("Baroness Finlay", "Finlay", "finlay"),
        ("Dr", "Dr", "dr"),
        ("Ma Yo", "Ma Yo", "ma-yo"),
    ],
)
def test_titles_and_honours_come_off_a_name(name: str, plain: str, slug: str) -> None:
    assert (without_titles(name), person_slug(name)) == (plain, slug)


@pytest.mark.parametrize(
    ("section", "entry", "key"),
    [
        ("organisations", "name: Care & Co Ltd", "org:care-co-ltd"),
        ("arrangements", "name: Together", "arr:together"),
        ("sites", "name: Queen Mary's Hospital", "site:queen-marys-hospital"),
        ("documents", "title: Une étude", "doc:une-etude"),
        ("organisations", "{name: A, identifiers: [{scheme: ods, value: rjc}]}", "ods:RJC"),
        ("organisations", "{name: A, key: ODS:rjc}", "ods:RJC"),
        ("arrangements", "{name: A, identifiers: [{scheme: x, value: two words}]}", "arr:a"),
    ],
)
def test_a_key_is_given_or_made_of_the_first_code_or_the_name(section: str, entry: str, key: str) -> None:
    assert only(in_section(section, entry)).key == key


def test_evidence_is_a_place_a_mapping_or_several_of_either() -> None:
    text = HEADER + "cites: doc:d\norganisations:\n  - {name: A, evidence: %s}\n"
    told = {
        "p1": (Cite("doc:d", "p1"),),
        "3": (Cite("doc:d", "3"),),
        "[p1, {source: doc:e}]": (Cite("doc:d", "p1"), Cite("doc:e")),
        "{locator: p2, basis: inferred, note: why, confidence: 0.5}": (
            Cite("doc:d", "p2", basis="inferred", confidence=0.5, note="why"),
        ),
        "{claimant: person:x}": (Cite("doc:d", basis="claimed", claimant="person:x"),),
        "{quote: 'the words', basis: stated, claimant: person:x}": (
            Cite("doc:d", quote="the words", claimant="person:x"),
        ),
        "null": (Cite("doc:d"),),
        "[]": (),
    }
    for written, cites in told.items():
        assert only(text % written).cites == cites, written


def test_without_cites_the_row_itself_is_the_evidence() -> None:
    assert only(in_section("organisations", "name: A")).cites == ()


def test_a_fact_takes_numbers_and_texts_as_written() -> None:
    text = in_section("organisations", "name: A", "facts: [%s]")
    values = {"44": 44, "0.5": 0.5, "'44'": "44", "010": "010", "5E1": "5E1", "no": "no", "2016-07-08": "2016-07-08"}
    for written, value in values.items():
        (fact,) = only(text % f"{{property: expected-savings, value: {written}}}").facts
        assert (fact.value, type(fact.value)) == (value, type(value))


def test_codes_and_dates_stay_texts() -> None:
    text = in_section("organisations", "name: No", "identifiers: [{scheme: x, value: 010}, {scheme: y, value: 5E1}]")
    found = only(text)
    assert found.names == (NameSaid("No"),)
    assert found.identifiers == (IdentifierSaid("x", "010"), IdentifierSaid("y", "5E1"))
    assert only(in_section("arrangements", "name: A", "opened: 2016-07-08")).opened == "2016-07-08"


def test_a_document_says_what_it_is_as_a_source() -> None:
    found = only(in_section("documents", "title: T", "publisher: P", "published: 2016", "url: http://x", "licence: L"))
    assert found.names == (NameSaid("T"),)
    assert found.document == DocumentSaid("P", "2016", "http://x", "L")
    assert only(in_section("documents", "name: T")).document == DocumentSaid()


def test_an_entry_without_a_name_only_adds_to_a_record() -> None:
    found = only(in_section("organisations", "key: ods:RLQ", "names: [WVT]"))
    assert found.partial
    assert not only(in_section("organisations", "name: A")).partial
    assert not only(in_section("organisations", "key: ods:RLQ", "names: [{name: A, kind: official}]")).partial


def test_an_official_name_may_be_told_in_full_among_the_names() -> None:
    text = in_section("organisations", "name: A", "names: [{name: A, kind: official, start: 2016, verbatim: a}]")
    assert only(text).names == (NameSaid("A", "official", "2016", verbatim="a"),)


def test_the_source_s_own_spelling_is_kept_beside_the_name() -> None:
    text = in_section("organisations", "name: Wye Valley NHS Trust", "verbatim: WYE VALLEY NHS TRUST")
    assert only(text).names == (NameSaid("Wye Valley NHS Trust", "official", verbatim="WYE VALLEY NHS TRUST"),)


def test_an_address_keeps_its_parts() -> None:
    text = in_section(
        "sites", "name: A", "address: {lines: [1 High Street, 2nd floor], town: Erith, postcode: DA8 3EE}"
    )
    assert only(text).address == Address(("1 High Street", "2nd floor"), "Erith", None, "DA8 3EE", None)
    assert only(in_section("sites", "name: A", "address: {town: }")).address is None


def test_the_other_end_of_a_link_is_what_the_file_the_entry_or_its_key_says() -> None:
    text = HEADER + (
        "sites: [{key: ods:RPG01, name: A site}]\n"
        "arrangements:\n"
        "  - {key: arr:x, name: X, links: [{type: covers, to: ods:RPG01}, {type: part-of, to: arr:y, name: Y},\n"
        "      {type: part-of, to: ods:Q1, kind: arrangement}, {type: covers, to: ods:RPG02},\n"
        "      {type: follows, from: arr:z}]}\n"
        "vocabulary:\n"
        "  link_types: [{name: covers, forward: covers, reverse: covered by, definition: d, source: s,\n"
        "      target_kinds: [site]}]\n"
    )
    links = statements(text)["arr:x"].links
    assert [(one.other.key, one.other.kind) for one in links] == [
        ("ods:RPG01", "site"),
        ("arr:y", "arrangement"),
        ("ods:Q1", "arrangement"),
        ("ods:RPG02", "site"),
        ("arr:z", "arrangement"),
    ]
    assert [one.outward for one in links] == [True, True, True, True, False]


def test_words_of_the_files_own_are_defined_and_used() -> None:
    text = HEADER + (
        "vocabulary:\n"
        "  roles: [{name: chief-steward, definition: Who looks after it., source: us}]\n"
        "  arrangement_types: [{name: circle, label: a circle, definition: d, source: s}]\n"
        "  site_types: []\n"
        "arrangements: [{name: A, type: circle, participants: [{who: org:b, role: chief-steward}]}]\n"
    )
    found = reading(text)
    assert [(one.vocabulary, one.name, one.label) for one in found.terms] == [
        ("roles", "chief-steward", "chief steward"),
        ("arrangement_types", "circle", "a circle"),
    ]
    assert only(text).links[0].role == "chief-steward"


def test_the_date_given_with_the_command_is_the_vintage() -> None:
    source = given(HEADER + "published: 2016\n", "a.yaml")
    assert read_records(source).source.published == "2016"
    assert read_records(source, "2020-01").source.published == "2020-01"


def test_an_empty_file_with_a_header_says_nothing() -> None:
    assert rows(HEADER + "people:\nsites: []\narrangements: ~\n") == []


def test_same_person_is_said_of_people_alone() -> None:
    assert only(in_section("people", "name: Ann Example", "same_person: true")).same_person
    assert not only(in_section("people", "name: Ann Example", "same_person: false")).same_person


@pytest.mark.parametrize(
    ("published", "status"), [("2026-11-12", "open"), ("2027-04", None), ("2027-03-31", None), (None, "open")]
)
def test_what_is_to_close_after_the_day_of_the_file_is_open_and_where_it_has_no_day_after_today(
    published: str | None, status: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLOCK_TODAY", "2027-03-30" if published is None else "2028-01-01")
    day = f"published: {published}\n" if published else ""
    (row,) = rows(f"format: interlock-records/1\n{day}organisations:\n  - {{key: ods:QGH, closed: 2027-03-31}}\n")
    assert isinstance(row, RowSaid)
    assert (row.statements[0].status, row.statements[0].closed) == (status, "2027-03-31")
