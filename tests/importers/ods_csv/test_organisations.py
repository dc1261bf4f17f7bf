"""What a row of the lists says about an organisation, and when it says nothing that can be taken."""

from __future__ import annotations

import pytest

from db.model import Address
from db.statements import End, FactSaid, IdentifierSaid, LinkSaid, NameSaid
from db.vocabularies import load_vocabularies
from importers.ods_csv.lists import ANY_PARENT, lists
from tests.importers.ods_csv.lists import (
    branch,
    commissioner,
    only,
    pharmacy,
    practice,
    practitioner,
    read,
    refused,
    taken,
    text,
    trust,
)


def test_a_trust_has_type_address_dates_status_and_geography() -> None:
    said = only([trust(c18="01999 654321")])
    assert (said.key, said.kind, said.type, said.status) == ("ods:R1Z", "organisation", "nhs-trust", "open")
    assert (said.opened, said.closed, said.line, said.partial) == ("2001-04-01", None, 1, False)
    assert said.address == Address(("Moor House",), "Fellton", "Cumbria", "FE1 1AA", None)
    assert said.names == (NameSaid("Moorland NHS Trust", verbatim="MOORLAND NHS TRUST"),)
    assert said.identifiers == (IdentifierSaid("ods", "R1Z"),)
    assert said.links == (LinkSaid("in-geography-of", End("ods:QZZ")), LinkSaid("in-geography-of", End("ods:Y63")))
    assert said.facts == (FactSaid("telephone", text="01999 654321"),)


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("MOORLAND NHS FOUNDATION TRUST", "nhs-foundation-trust"),
        ("MOORLAND CARE TRUST", "care-trust"),
        ("MOORLAND HEALTHCARE NHS TRUST", "nhs-trust"),
        ("MOORLAND AND DALES CARE NHS FOUNDATION TRUST", "nhs-foundation-trust"),
    ],
)
def test_the_kind_of_trust_is_in_its_name(name: str, type: str) -> None:
    assert only([trust(name=name)]).type == type


def test_a_practice_is_commissioned_by_column_15_and_lies_in_column_4() -> None:
    said = only([practice()])
    assert said.type == "gp-practice"
    assert said.links[0] == LinkSaid("commissioned-by", End("ods:99Z"), start="2013-04-01", status="current")
    assert [link.other.key for link in said.links[1:]] == ["ods:QZZ", "ods:Y63"]


def test_a_practice_without_a_commissioner_has_no_such_link() -> None:
    said = only([practice(c14="Z", c15="", c16="")])
    assert {link.type for link in said.links} == {"in-geography-of"}


def test_the_prescribing_setting_gives_the_type() -> None:
    types = {setting: only([practice(c26=setting)]).type for setting in ("4", "0", "25")}
    assert types == {"4": "gp-practice", "0": "prescribing-cost-centre", "25": "prison-service"}


def test_an_unheard_of_setting_is_kept_as_a_fact() -> None:
    said = only([practice(c26="77")])
    assert said.type == "prescribing-cost-centre"
    assert FactSaid("prescribing-setting", "77") in said.facts


def test_a_branch_belongs_to_its_practice() -> None:
    said = only([branch(c17="20190630", c12="20190630")])
    assert said.type == "branch-surgery"
    assert said.links[0] == LinkSaid(
        "branch-of", End("ods:A99901"), start="2004-04-01", end="2019-06-30", status="past"
    )


def test_a_sub_icb_location_is_part_of_its_icb_which_its_own_name_names() -> None:
    said = only([commissioner()])
    assert said.type == "sub-icb-location"
    assert said.links[0] == LinkSaid("sub-division-of", End("ods:QZZ", "NHS Fells and Dales ICB"))
    assert said.facts == (FactSaid("ods-role", "RO319", text="sub-ICB location"),)


def test_whatever_lies_in_an_icb_calls_it_as_its_locations_do() -> None:
    rows = [commissioner("97Z", "NHS FELL CCG", c14=""), commissioner()]
    assert only(rows).links[0] == LinkSaid("in-geography-of", End("ods:QZZ", "NHS Fells and Dales ICB"))
    disputed = [*rows, commissioner("96Z", "NHS OTHER DALES ICB - 96Z")]
    assert only(disputed).links[0].other.name is None


def test_two_roles_are_two_facts() -> None:
    assert only([commissioner(c14="RO319|RO326")]).facts == (
        FactSaid("ods-role", "RO319", text="sub-ICB location"),
        FactSaid("ods-role", "RO326", text="sub-ICB location"),
    )


@pytest.mark.parametrize(
    ("name", "role", "type"),
    [
        ("NHS FELL CCG", "", "clinical-commissioning-group"),
        ("NHS FELL CCG", "C", "clinical-commissioning-group"),
        ("FELLS COMMISSIONING HUB", "H", "commissioning-hub"),
        ("NATIONAL COMMISSIONING HUB 9", "RO218", "commissioning-hub"),
        ("FELLTON - SUB-ICB REPORTING ENTITY", "RO327", "sub-icb-reporting-entity"),
        ("FELLS COMMISSIONING SUPPORT", "", "commissioning-body"),
    ],
)
def test_commissioners_are_told_apart_by_role_and_then_by_name(name: str, role: str, type: str) -> None:
    assert only([commissioner(name=name, c14=role)]).type == type


def test_a_hub_merely_lies_where_its_office_is() -> None:
    said = only([commissioner(name="FELLS COMMISSIONING HUB", c14="RO218")])
    assert said.links[0] == LinkSaid("in-geography-of", End("ods:QZZ"))


def test_a_pharmacy_headquarters_has_no_parents() -> None:
    said = only([pharmacy()])
    assert (said.type, said.links) == ("pharmacy-headquarters", ())


@pytest.mark.parametrize(
    ("code", "closed", "status"),
    [
        ("A", "", "open"),
        ("C", "20190331", "closed"),
        ("C", "", "closed"),
        ("D", "", "dormant"),
        ("P", "", "proposed"),
        ("A", "20190331", "closed"),
        ("D", "20190331", "closed"),
        ("A", "20210331", "open"),
        ("C", "20210331", "open"),
        ("B", "20210331", "open"),
        ("P", "20210331", "proposed"),
    ],
)
def test_a_practice_has_the_status_of_column_13_unless_it_has_closed_by_then(
    code: str, closed: str, status: str
) -> None:
    said = only([practice(c13=code, c12=closed)], name="x-2020-06.csv")
    assert said.status == status
    assert (said.closed is None) == (not closed)


def test_a_trust_that_closes_after_the_list_was_made_is_open_and_keeps_the_day() -> None:
    said = only([trust(c12="20200701")], published="2020-06-30")
    assert (said.status, said.closed) == ("open", "2020-07-01")
    assert only([trust(c12="20200701")], published="2020-07-01").status == "closed"


@pytest.mark.parametrize(
    ("joined", "left", "state"),
    [
        ("20130401", "20200629", "past"),
        ("20130401", "20200630", "current"),
        ("20200630", "", "current"),
        ("20200701", "", "planned"),
    ],
)
def test_a_practice_is_its_parents_on_the_first_and_on_the_last_day_of_it(joined: str, left: str, state: str) -> None:
    said = only([practice(c15="99Z", c16=joined, c17=left)], published="2020-06-30")
    assert {link.status for link in said.links if link.other.key == "ods:99Z"} == {state}


def test_the_readable_name_stands_beside_the_written_one() -> None:
    said = only([practice(name="DR PW DALE'S PRACTICE")])
    assert said.names == (NameSaid("Dr PW Dale's Practice", verbatim="DR PW DALE'S PRACTICE"),)
    assert only([practice(name="Beck Surgery")]).names == (NameSaid("Beck Surgery"),)


def test_an_address_without_fixed_columns_finds_town_and_county() -> None:
    assert only([practice()]).address == Address(("Beck Lane",), "Fellton", "Cumbria", "FE1 2BB", None)
    no_county = only([practice(c7="")]).address
    assert no_county == Address(("Beck Lane",), "Fellton", None, "FE1 2BB", None)
    street_only = only([practice(c6="2 MILL ROAD", c7="")]).address
    assert street_only == Address(("Beck Lane", "2 Mill Road"), None, None, "FE1 2BB", None)


def test_a_bare_row_makes_a_bare_record() -> None:
    said = only([trust(), [*trust("R2Z")[:2], *[""] * 25]][::-1])
    assert (said.address, said.opened, said.links, said.status) == (None, None, (), "open")


def test_the_filler_date_is_unknown() -> None:
    assert only([trust(c11="19000101")]).opened is None


REFUSALS = {
    "has 26 columns where the list has 27": trust("R2Z")[:26],
    "has 1 columns where the list has 27": ["R2Z"],
    "has no code": trust(""),
    "'R-2' is no ODS code": trust("R-2"),
    "'2016-05-01' is no ODS code but a date; a spreadsheet may have made it of a code": trust("2016-05-01"),
    "'TOTAL' is a word and no ODS code": trust("TOTAL"),
    "R2Z has no name": trust("R2Z", "  "),
    "holds a NUL byte": trust("R2Z", "MOOR\x00LAND TRUST"),
    "opening date '20010431' is no day of the calendar": trust("R2Z", c11="20010431"),
    "closing date '31/03/2019' is not a date in the form 20130401": trust("R2Z", c12="31/03/2019"),
    "opening date '٢٠٠١٠٤٠١' is not a date in the form 20130401": trust("R2Z", c11="٢٠٠١٠٤٠١"),
    "unknown status 'X' (A, B, C, D and P are known)": trust("R2Z", c13="X"),
    "health geography 'Q Z' is no ODS code": trust("R2Z", c4="Q Z"),
    "R1Z is on line 1 already": trust(),
}


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_row_that_cannot_be_taken_is_refused_with_its_reason(reason: str) -> None:
    reading = read([trust(), REFUSALS[reason], trust("R3Z")])
    assert [(one.line, one.reason) for one in refused(reading)] == [(2, reason)]
    assert [one.key for one in taken(reading)] == ["ods:R1Z", "ods:R3Z"]


def test_a_refused_row_shows_how_it_began() -> None:
    (only_one,) = refused(read([trust(), trust("R-2", "A" * 200)]))
    assert only_one.value is not None
    assert only_one.value.startswith("R-2,AAA")
    assert len(only_one.value) == 80


def test_a_refused_row_does_not_take_its_code() -> None:
    reading = read([trust(), trust("R2Z", c11="19"), trust("R2Z")])
    assert [one.key for one in taken(reading)] == ["ods:R1Z", "ods:R2Z"]


def test_practitioners_in_a_change_file_are_refused_as_no_organisations() -> None:
    reading = read([practice(c22="1"), practitioner(), practitioner("G9999902", sub_type="P")])
    assert [one.key for one in taken(reading)] == ["ods:A99901"]
    assert [(one.line, one.reason) for one in refused(reading)] == [
        (2, "a practitioner, not an organisation"),
        (3, "a practitioner, not an organisation"),
    ]


def test_an_organisation_is_not_its_own_parent() -> None:
    said = only([practice(c15="A99901")])
    assert "commissioned-by" not in {link.type for link in said.links}


def test_a_closed_practice_whose_leaving_is_not_told_has_a_link_of_unknown_standing() -> None:
    said = only([practice(c12="20190331", c13="C")])
    assert (said.links[0].end, said.links[0].status) == (None, None)


def test_every_word_that_the_lists_lead_to_is_in_the_vocabulary() -> None:
    terms, link_types = load_vocabularies()
    types = {term.name for term in terms if term.vocabulary == "organisation_types"}
    statuses = {term.name for term in terms if term.vocabulary == "statuses"}
    sites = {term.name for term in terms if term.vocabulary == "site_types"}
    known = lists()
    organisations = known.organisations.values()
    for ods_list in organisations:
        named = {word for _, word in ods_list.types_by_name}
        assert (named | ({ods_list.type} if ods_list.type else set())) <= (sites if ods_list.kind == "site" else types)
    assert set(known.settings.values()) <= types
    assert set(known.statuses.values()) <= statuses
    links = {ods_list.geography for ods_list in organisations} | {
        ods_list.parent for ods_list in organisations if ods_list.parent
    }
    links |= set(known.geographies.values()) | {one.link for one in known.memberships.values()} | {ANY_PARENT}
    assert links <= {link.name for link in link_types}
    facts = {term.name for term in terms if term.vocabulary == "properties"}
    assert {"ods-role", "telephone", "prescribing-setting"} <= facts


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_line_ends_and_encodings_are_read_alike(end: str, encoding: str) -> None:
    rows = [trust(name="LLŶN NHS TRUST" if encoding != "cp1252" else "CAFÉ NHS TRUST"), trust("R2Z")]
    reading = read(text(rows, end=end).encode(encoding))
    assert [(one.line, one.names[0].verbatim) for one in taken(reading)] == [
        (1, rows[0][1]),
        (2, "MOORLAND NHS TRUST"),
    ]
