"""Answers of the APIs are told from other JSON by what they hold, and no JSON at all brings the reading down."""

from __future__ import annotations

import json

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from db.errors import InputError
from db.statements import RejectSaid, RowSaid
from importers.detect import UnknownFormatError, detect
from importers.ods_json.importer import importer
from tests.importers.ods_json.things import bundle, line, r4, read, record, stu3
from tests.importers.things import given, installed

KEYS = (
    "Organisation", "Organisations", "OrgId", "OrgLink", "extension", "Name", "name", "Date", "Type", "Start", "Status",
    "Roles", "Role", "Rels", "Rel", "Succs", "Succ", "Target", "GeoLoc", "Location", "AddrLn1", "Contacts", "Contact",
    "resourceType", "entry", "resource", "identifier", "value", "url", "valueCoding", "code", "issue", "errorCode",
)  # fmt: skip
TEXTS = (
    "RX1",
    "RO197",
    "RE6",
    "Active",
    "Legal",
    "Organization",
    "Bundle",
    "OperationOutcome",
    "2001-04-01",
    "x\0",
    "\ud83d\ude00",
)
SCALARS = st.sampled_from((*TEXTS, None, True, 7, -1.5, "")) | st.text(max_size=5)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=25,
)


@pytest.mark.parametrize(
    "content",
    [
        record(),
        [record(), record("RX2")],
        {"Organisations": [line()]},
        stu3(),
        bundle(r4()),
        {"resourceType": "Bundle", "total": 0},
        {"errorCode": 404, "errorText": "Not found"},
        {"resourceType": "OperationOutcome", "issue": []},
    ],
    ids=["record", "records", "search", "STU3", "Bundle", "empty Bundle", "refusal", "OperationOutcome"],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_each_form_is_recognised_however_it_is_laid_out(content: object, indent: int | None) -> None:
    assert detect(given(json.dumps(content, indent=indent), "answer"), installed()).importer.name == "ods-json"


@pytest.mark.parametrize(
    "content", [{"trusts": [{"name": "Organisation", "code": "RX1"}]}, [{"Organisation": "One"}], {"Organisation": "x"}]
)
def test_other_json_is_left_to_others(content: object) -> None:
    with pytest.raises(UnknownFormatError):
        detect(given(json.dumps(content), "answer.json"), installed())


def test_records_one_to_a_line_are_read_like_a_list_of_them() -> None:
    content = "\n".join(json.dumps(record(code)) for code in ("RX1", "RX2")) + "\n"
    assert detect(given(content, "answers.jsonl"), installed()).importer.name == "ods-json"
    assert [row.line for row in read(content).rows] == [1, 2]


@generated(ANYTHING)
def test_no_json_brings_the_reading_down(content: object) -> None:
    written = json.dumps(content)
    importer.sniff(given(written).sample())
    try:
        rows = list(read(written).rows)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(isinstance(row, RowSaid | RejectSaid) for row in rows)


@generated(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=8))
def test_no_record_brings_the_reading_down_whatever_stands_in_it(change: dict[str, object]) -> None:
    for content in ({"Organisation": record()["Organisation"] | change}, stu3(**change), r4(**change)):
        try:
            list(read(json.dumps(content)).rows)
        except InputError as error:
            assert "\n" not in str(error)
