"""The JSON Schema that editors check files by: current, valid, and of one mind with the importer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from importers.records import schema
from importers.records.record_format import FORMAT, HEADER, RECORD
from tests.importers.records.files import HEADER as TOP
from tests.importers.records.files import STORY

TOLD_APART = (
    TOP
    + """\
sources: [{key: file:a-2, title: A, release_of: a}]
arrangements:
  - name: A
    unlisted_by: file:a-2
    values: [{what: opened, value: 2016, evidence: p1}, {what: type, value: alliance, why: newer}]
    participants: [{who: ods:RLQ, values: [{what: status, value: past}]}]
"""
)
BUILTIN = Path(__file__).parents[3] / "importers" / "builtin" / "stories"


class _EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do, to whom a date is a text."""


_EditorLoader.yaml_implicit_resolvers = {
    mark: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for mark, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def complaints(text: str) -> list[str]:
    """Return what an editor would underline."""
    content: Any = yaml.load(text, Loader=_EditorLoader)
    validator = jsonschema.Draft202012Validator(schema.schema())
    return [error.json_path for error in validator.iter_errors(content)]


def test_the_committed_schema_is_current() -> None:
    committed = schema.FILE.read_text("utf-8")
    assert committed == schema.text(), "run: python -m importers.records.schema"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())


@pytest.mark.parametrize(
    "text", [STORY, TOLD_APART, *(file.read_text("utf-8") for file in sorted(BUILTIN.glob("*.yaml")))]
)
def test_what_the_importer_takes_the_schema_takes(text: str) -> None:
    assert complaints(text) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("format: x\n", "$.format"),
        (TOP + "organizations: []\n", "$"),
        (TOP + "people: [{nam: A}]\n", "$.people[0]"),
        (TOP + "people: [{name: A, participants: []}]\n", "$.people[0]"),
        (TOP + "arrangements: [{name: A, opened: soon}]\n", "$.arrangements[0].opened"),
        (TOP + "arrangements: [{name: A, participants: [{role: member}]}]\n", "$.arrangements[0].participants"),
        (TOP + "arrangements: [{name: A, basis_status: maybe}]\n", "$.arrangements[0].basis_status"),
        (TOP + "complete: perhaps\n", "$.complete"),
        (TOP + "people: [{name: A, values: [{what: opend, value: a}]}]\n", "$.people[0].values"),
    ],
)
def test_what_the_importer_refuses_the_schema_underlines(text: str, path: str) -> None:
    assert complaints(text) == [path]


def test_every_key_is_described() -> None:
    properties = schema.schema()["properties"]
    assert properties["format"]["const"] == FORMAT
    assert list(properties) == [field.name for field in HEADER.fields]
    assert all(field.doc.endswith(".") for field in (*HEADER.fields, *RECORD.fields))
