"""YAML as it is written here: every reader reads it as it was, and nobody could mistake a text for something else."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from importers.documents.yaml_text import Plain, lines, quoted, scalar
from tests.importers.records.made import texts


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@given(value=texts)
@example(value="a" * 95 + " b")
@example(value="a, b, c")
@example(value=", a")
@example(value="no, ")
@example(value="word " * 40 + "# : - end")
def test_every_yaml_reader_reads_a_text_as_it_was(loader: type[yaml.SafeLoader], value: str) -> None:
    structure: Plain = {"text": value, "list": [value, {"in": value, "list": [value]}]}
    text = "\n".join(lines(structure)) if isinstance(structure, dict) else ""
    assert yaml.load(text, Loader=loader) == structure
    assert yaml.load(quoted(value), Loader=loader) == value


@given(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_every_yaml_reader_reads_a_number_as_it_was(value: bool | int | float | None) -> None:
    found = yaml.safe_load(scalar(value))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["2016", "2016-07-08", "no", "Y", "010", "1e3", "null", "~", "", "=", "a: b", "x #y"])
def test_what_could_be_taken_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text) == json.dumps(text)


@pytest.mark.parametrize("text", ["Foundation Group", "ods:RLQ", "p1", "R1E", "King's College (London)", "Zoë"])
def test_what_nobody_could_mistake_is_not(text: str) -> None:
    assert scalar(text) == text


def test_a_long_summary_is_folded_to_be_read() -> None:
    text = "\n".join(lines({"summary": "Two trusts work together. " * 12 + "End."}))
    assert text.startswith("summary: >-\n  Two trusts")
    assert max(len(line) for line in text.splitlines()) <= 116
