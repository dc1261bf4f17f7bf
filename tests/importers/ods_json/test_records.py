"""ORD records say what the XML release says, whichever keys are absent and whatever stands without its list."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from db.errors import InputError
from db.statements import RejectSaid, RowSaid
from importers.base import ReadOptions
from importers.detect import detect
from importers.documents import builder
from importers.limits import Limits
from importers.ods_json.importer import importer
from importers.registry import load
from tests.conftest import SHARED
from tests.importers.ods_json.things import (
    dated,
    line,
    org_id,
    read,
    record,
    refused,
    rel,
    role,
    rows,
    said,
    stu3,
    succ,
)
from tests.importers.things import given


def test_a_record_is_described_with_both_families_of_dates_and_its_address() -> None:
    one = said(record(Date=[dated("2001-04-01"), dated("2001-04-02", "2031-03-31", "Legal")]))
    assert (one.key, one.kind, one.type, one.status, one.partial) == (
        "ods:RX1", "organisation", "nhs-trust", "open", False,
    )  # fmt: skip
    assert (one.opened, one.closed, one.legal_start, one.legal_end) == ("2001-04-01", None, "2001-04-02", "2031-03-31")
    assert one.address is not None
    assert one.address.lines == ("1 High Street", "Old Mill")
    assert (one.names[0].name, one.names[0].verbatim) == ("One NHS Trust", "ONE NHS TRUST")


def test_relationships_and_successions_become_links() -> None:
    one = said(
        record(
            Rels={"Rel": [rel("RE5", "Y59", "RO209"), rel("RE4", "01K", status="Inactive")]},
            Succs={"Succ": [succ("RW1")]},
        )
    )
    assert [(link.type, link.other.key, link.outward, link.status) for link in one.links] == [
        ("in-geography-of", "ods:Y59", True, "current"),
        ("commissioned-by", "ods:01K", True, "past"),
        ("succeeded-by", "ods:RW1", False, None),
    ]


def test_an_object_may_stand_where_a_list_belongs() -> None:
    listed = record(Rels={"Rel": [rel("RE6", "RX2")]}, Succs={"Succ": [succ("RW1")]})
    bare = record(
        Date=dated("2001-04-01"),
        Roles={"Role": role("RO197", primaryRole="true", Date=dated("2001-04-01"))},
        Rels={"Rel": rel("RE6", "RX2")},
        Succs={"Succ": succ("RW1")},
    )
    assert said(bare) == said(listed)


@pytest.mark.parametrize("key", ["Date", "Status", "LastChangeDate", "orgRecordClass", "GeoLoc", "Roles"])
def test_a_key_that_is_absent_or_null_is_unknown_and_no_fault(key: str) -> None:
    without = record(**{key: None})
    assert said(without).key == "ods:RX1"
    null = {"Organisation": without["Organisation"] | {key: None}}
    assert said(null) == said(without)


def test_a_record_without_a_status_has_that_of_its_primary_role() -> None:
    assert (
        said(record(Status=None, Roles={"Role": [role("RO197", status="Inactive", primaryRole=True)]})).status
        == "closed"
    )


def test_a_record_for_reference_only_describes_nothing() -> None:
    assert said(record(refOnly=True)).partial


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"OrgId": None}, "has no code"),
        ({"OrgId": org_id("../../x")}, "is no ODS code"),
        ({"Name": None}, "RX1 has no name"),
        ({"Name": "X" * 1500}, "has a name of 1,500 characters"),
        ({"Name": "X" * 5000}, "has a Name of 5,000 characters"),
        ({"Name": "ONE\0TRUST"}, "has a NUL byte in its Name"),
        ({"Status": "Dormant"}, "unknown status 'Dormant'"),
        ({"orgRecordClass": "RC9"}, "unknown record class 'RC9'"),
        ({"Date": [dated("2001-02-30")]}, "RX1: the start '2001-02-30' is not a date"),
        ({"Date": [dated("2001-02-03", family="Other")]}, "a date of the unknown type 'Other'"),
        ({"Roles": {"Role": [role("XX1")]}}, "a role 'XX1', which is none of ODS"),
        ({"Rels": {"Rel": [rel("RE4", "")]}}, "RX1 names a target without a code"),
        ({"Rels": {"Rel": [rel("RE99", "RX2")]}}, "RX1 has the unknown relationship RE99"),
        ({"Succs": {"Succ": [succ("RX2", "Cousin")]}}, "a succession of the unknown type 'Cousin'"),
        ({"Roles": {"Role": [role("RO197")] * 5001}}, "has more than 5,000 Roles"),
    ],
)
def test_what_no_record_may_hold_refuses_it_with_the_reason(change: dict[str, object], reason: str) -> None:
    assert reason in refused(record(**change))


def test_a_refused_record_is_named_and_stops_no_other() -> None:
    bad, good = rows("\n".join(map(json.dumps, (record("RX1", "BAD TRUST", Status="Odd"), record("RX2")))))
    assert isinstance(bad, RejectSaid)
    assert (bad.line, bad.value) == (1, "BAD TRUST")
    assert isinstance(good, RowSaid)


def test_a_code_that_comes_twice_counts_once_and_a_different_second_record_is_refused() -> None:
    one, same, other = rows([record(), record(), record(Name="ANOTHER TRUST")])
    assert isinstance(one, RowSaid) and isinstance(same, RowSaid) and isinstance(other, RejectSaid)
    assert (len(one.statements), len(same.statements)) == (1, 0)
    assert other.reason == "RX1 is described by record 1 as well, which counts"


def test_the_vintage_is_given_or_in_the_name_or_the_latest_change() -> None:
    both = [record(), record("RX2", LastChangeDate="2025-01-02")]
    assert read(both).source.published == "2025-01-02"
    assert read(both, name="ord-2025-03.json").source.published == "2025-03"
    assert read(both, name="RX2019.json").source.published == "2025-01-02"
    assert read(both, published="2025-04-05").source.published == "2025-04-05"
    assert read(record(LastChangeDate=None)).source.published is None


def test_files_of_other_content_take_nothing_back_from_one_another() -> None:
    keys = {read(one).source.key for one in (record(), record("RX2"), record())}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("content", "said_of_it"),
    [
        ('{"Organisation": {"OrgId": {"extension": "RX1"', "wanted .* found the end of it; fetch it again"),
        ("[" * 3000, "nest more than 40 deep"),
        ('{"errorCode": 404, "errorText": "Not found"}', r"the server refused \(404\): Not found"),
        ({"Organisations": []}, "holds no records, there is nothing to import"),
        (
            {"Organisations": [{"OrgLink": "https://example.org/organisations/RX1"}]},
            "import ods-api --since DATE fetches",
        ),
        ({"Something": 1}, "is no record of the Organisation Data Service"),
        ('"text"', "is JSON, but no record"),
    ],
)
def test_what_is_no_record_at_all_is_refused_in_one_line(content: object, said_of_it: str) -> None:
    with pytest.raises(InputError, match=said_of_it) as caught:
        read(content)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not (SHARED / "data" / "ord").is_dir(), reason="the real public files are not beside this checkout")
@pytest.mark.parametrize("name", ["ord-97T.json", "ord-RJY.json", "ord-RVVKC.json", "fhir-stu3-N81082.json"])
def test_real_answers_are_read(name: str) -> None:
    one = said((SHARED / "data" / "ord" / name).read_bytes(), name=name)
    assert one.key == f"ods:{name.removesuffix('.json').rpartition('-')[2]}"


def test_records_under_their_codes_are_each_a_row() -> None:
    keyed = {"RX1": record("RX1"), "RX2": record("RX2")["Organisation"]}
    assert [row.statements[0].key for row in rows(keyed) if isinstance(row, RowSaid)] == ["ods:RX1", "ods:RX2"]
    for content in (keyed, {"RX1": line("RX1")}, [line("RX1")], {"N81001": stu3()}):
        assert detect(given(json.dumps(content), "x.json"), load()).importer.name == "ods-json"


def test_a_record_under_the_code_of_another_is_refused() -> None:
    good, bad = rows({"RX1": record("RX1"), "RX3": record("RX2")})
    assert isinstance(good, RowSaid)
    assert isinstance(bad, RejectSaid)
    assert bad.reason == "is the record of RX2 under the key RX3"


def test_what_stands_under_a_code_and_is_no_record_is_refused() -> None:
    _, bad = rows({"RX1": record("RX1"), "RX2": {"errorCode": 404, "errorText": "Not found"}})
    assert isinstance(bad, RejectSaid)
    assert bad.reason == "the server refused (404): Not found"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Name": 12345}, "has 12345 for Name, which is no text"),
        ({"Status": True}, "has true for Status, which is no text"),
        ({"refOnly": "maybe"}, "has 'maybe' for refOnly, which is neither true nor false"),
        ({"Roles": "RO197"}, "has 'RO197' for Roles, where an object belongs"),
        ({"Rels": {"Rel": ["RE6"]}}, "has 'RE6' for Rel, where an object belongs"),
        ({"Date": "2001-04-01"}, "has '2001-04-01' for Date, where an object belongs"),
    ],
)
def test_a_value_of_the_wrong_kind_refuses_the_record_with_its_reason(change: dict[str, object], reason: str) -> None:
    assert refused(record(**change)) == reason


def test_an_end_in_years_to_come_is_a_plan_though_the_day_of_the_record_is_not_told() -> None:
    ahead = f"{date.today().year + 2}-03-31"
    tie = {**rel("RE6", "RX2"), "Date": [dated("2002-04-01", ahead)]}
    one = said(record(LastChangeDate=None, Date=[dated("2001-04-01", ahead)], Rels={"Rel": [tie]}))
    assert (one.status, one.closed, one.links[0].status) == ("open", ahead, "current")


def test_records_that_differ_in_form_are_told_apart_wherever_they_stand() -> None:
    mixed = {"entry": [line("RX1")], "Organisations": [line("RX2"), record("RX3")]}
    first, second = rows(mixed)
    assert isinstance(first, RowSaid)
    assert first.statements[0].key == "ods:RX2"
    assert isinstance(second, RejectSaid)
    assert second.reason == "is a ORD record among ORD search; import it by itself"


def test_only_the_end_of_a_text_may_tell_what_it_is() -> None:
    entries = {"entry": [{"resource": stu3("N81001")}, {}], "Organisations": [line("RX2")]}
    first, second = rows(entries | {"resourceType": "Bundle"})
    assert isinstance(first, RowSaid)
    assert first.statements[0].key == "ods:N81001"
    assert isinstance(second, RejectSaid)
    by_code = {"RX1": record("RX1"), "RX2": record("RX2")}
    assert len(rows(by_code)) == 2
    with pytest.raises(InputError, match="is no record of the Organisation Data Service"):
        rows(by_code | {"total": 2})


def test_a_file_of_too_many_records_is_refused_with_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "RECORDS", 120_000)
    source = replace(given("[\n" + ",\n".join([json.dumps(line())] * 1_201) + "]", "many.json"), limits=Limits(4))
    with pytest.raises(InputError) as refused:
        importer.read(source, ReadOptions())
    said = "holds more than 1,200 records, the most that 4 MB of memory are for; --memory 8 allows more"
    assert str(refused.value) == f"many.json:1202: {said}"
