"""The documentation of the format tells the truth: its examples are read, and every key and list is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from importers.documents.shapes import Shape
from importers.records import record_format
from importers.records.words import NAMES
from tests.importers.records.files import reading, rows, statements

TEXT = (Path(__file__).parents[3] / "docs" / "records.md").read_text("utf-8")
EXAMPLES = [block for block in re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE) if "format:" in block]
SHAPES = [one for one in vars(record_format).values() if isinstance(one, Shape)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_read_without_a_fault(example: str) -> None:
    assert len(rows(example)) == len(statements(example))


def test_the_first_example_says_what_is_said_of_it() -> None:
    said = statements(EXAMPLES[0])
    assert set(said) == {
        "doc:riverside-newsletter",
        "org:riverside-council",
        "org:meadow-care",
        "arr:riverside-alliance",
        "person:ann-example",
        "site:mill-house",
    }
    assert reading(EXAMPLES[0]).source.key == "file:riverside"
    assert said["arr:riverside-alliance"].facts[0].cites[0].basis == "claimed"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_key_is_documented(shape: Shape) -> None:
    missing = [field.name for field in shape.fields if not re.search(rf"\b{field.name}\b", TEXT)]
    assert missing == []


def test_every_vocabulary_is_documented() -> None:
    assert [name for name in NAMES if f"`{name}`" not in TEXT] == []
