"""FHIR Organizations of both versions say who they are, what roles they have and when; never more."""

from __future__ import annotations

import pytest

from db.errors import InputError
from db.statements import RejectSaid, RowSaid
from tests.importers.ods_json.things import bundle, r4, read, refused, rows, said, stu3

OUTCOME = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "not-found", "diagnostics": "No record\x1b[31m\nfound"}],
}


def test_an_organization_of_stu3_is_read_though_it_has_objects_where_lists_belong() -> None:
    one = said(stu3())
    assert (one.key, one.kind, one.type, one.status, one.opened) == (
        "ods:N81001", "organisation", "gp-practice", "open", "1974-04-01",
    )  # fmt: skip
    assert [(fact.property, fact.value, fact.text) for fact in one.facts] == [
        ("ods-role", "RO76", "GP Practice, from 2014-04-15"),
        ("telephone", None, "01632 960001"),
    ]
    assert one.address is not None
    assert (one.address.lines, one.address.town, one.address.postcode) == (("1 High Street",), "Oxley", "OX1 2AB")


def test_an_organization_of_r4_has_both_families_of_dates_and_its_record_class() -> None:
    one = said(r4())
    assert (one.kind, one.type, one.opened, one.legal_start) == (
        "site", "non-nhs-organisation", "2001-04-01", "2001-04-02",
    )  # fmt: skip
    (role,) = one.facts
    assert role.text == "Non-NHS Organisation, 2001-04-01 to 2009-03-31, legally from 2001-04-02"


def test_roles_that_only_the_file_names_are_explained() -> None:
    coded = {"url": "roleCode", "valueCodeableConcept": {"coding": [{"code": "RO999", "display": "NEW NHS BODY"}]}}
    role = {"url": "x/Extension-England-OrganisationRole", "extension": [coded]}
    assert [(term.name, term.label) for term in read(r4(extension=[role])).terms] == [("new-nhs-body", "New NHS Body")]


def test_the_last_change_by_ods_counts_before_that_of_the_resource() -> None:
    assert read(r4()).source.published == "2026-01-02"
    assert read(stu3()).source.published == "2021-03-24"


def test_every_organization_of_a_bundle_is_a_row_and_so_is_what_is_none() -> None:
    found = rows(bundle(r4("RX1"), {"resourceType": "CodeSystem"}, OUTCOME, r4("RX2")))
    assert [type(row) for row in found] == [RowSaid, RejectSaid, RejectSaid, RowSaid]
    reasons = [row.reason for row in found if isinstance(row, RejectSaid)]
    assert reasons == [
        "is a FHIR CodeSystem; Organization and Bundles of them are read",
        "the server refused: No record�[31m found",
    ]


def test_an_operation_outcome_is_a_refusal_in_its_own_words() -> None:
    with pytest.raises(InputError, match="the server refused: No record") as caught:
        read(OUTCOME)
    assert "\x1b" not in str(caught.value)


def test_a_bundle_of_nothing_is_nothing_to_import() -> None:
    with pytest.raises(InputError, match="nothing to import"):
        read({"resourceType": "Bundle", "type": "searchset", "total": 0})


def test_only_an_ods_code_is_taken_for_one() -> None:
    other = [{"system": "https://example.org/other", "value": "RX1"}]
    assert refused(r4(identifier=other)) == "has no ODS code among its identifiers"
    assert said(r4(identifier=None)).key == "ods:RX1"


def test_dates_of_no_known_family_are_left_out() -> None:
    bare = {
        "url": "http://hl7.org/fhir/StructureDefinition/organization-period",
        "valuePeriod": {"start": "1999-01-01"},
    }
    assert said(r4(extension=[bare])).opened is None


def test_a_role_that_is_none_of_ods_refuses_the_record() -> None:
    odd = {
        "url": "x/Extension-England-OrganisationRole",
        "extension": [{"url": "roleCode", "valueCoding": {"code": "?"}}],
    }
    assert refused(r4(extension=[odd])) == "RX1 has a role '?', which is none of ODS"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"active": "yes"}, "has 'yes' for active, which is neither true nor false"),
        ({"active": 1}, "has 1 for active, which is neither true nor false"),
        ({"active": []}, "has a list for active, which is neither true nor false"),
        ({"name": 12345}, "has 12345 for name, which is no text"),
        ({"name": ["A", "B"]}, "has a list for name, which is no text"),
        ({"telecom": "01632 960001"}, "has '01632 960001' for telecom, where an object belongs"),
        ({"telecom": [{"system": "phone", "value": 1632960001}]}, "has 1632960001 for value, which is no text"),
        ({"address": "1 High Street"}, "has '1 High Street' for address, where an object belongs"),
        ({"identifier": ["RX1"]}, "has 'RX1' for identifier, where an object belongs"),
        ({"extension": True}, "has true for extension, where an object belongs"),
    ],
)
def test_a_value_of_the_wrong_kind_refuses_the_record_with_its_reason(change: dict[str, object], reason: str) -> None:
    assert refused(r4(**change)) == reason


def test_nothing_where_a_list_belongs_is_nothing() -> None:
    assert said(r4(telecom=None, address=None)).facts == said(r4(telecom=[], address=None)).facts


def test_a_page_of_a_search_with_others_after_it_says_so() -> None:
    page = {**bundle(r4("RX1"), r4("RX2")), "total": 70, "link": [{"relation": "next", "url": "https://example.org"}]}
    assert read(page).remarks == ("is one page of a search, 2 of 70 organisations; import the next pages as well",)
    assert read(bundle(r4("RX1"))).remarks == ()
