"""The documentation of mappings tells the truth: its example is read as it says, and every key is in it."""

from __future__ import annotations

import re
from pathlib import Path

from importers.table import filters, shapes
from importers.table.maps import shipped
from tests.importers.table.made import rows, statements

TEXT = (Path(__file__).parents[3] / "docs" / "mapping.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```(csv|yaml)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE))


def test_the_example_makes_what_is_said_of_it() -> None:
    found = statements(BLOCKS["csv"], BLOCKS["yaml"])
    assert [one.key for one in found] == ["org-id:C01", "person:ann-example", "org-id:C02", "org-id:C03"]
    first, ann, second, third = found
    assert [link.other.key for link in first.links] == ["org-id:A1", "org-id:A2"]
    assert [(link.other.key, link.role) for link in ann.links] == [("org-id:C01", "chair")]
    assert [fact.text for fact in second.facts] == ["Hilltop", "tbc"]
    assert third.partial
    assert [row.line for row in rows(BLOCKS["csv"], BLOCKS["yaml"])] == [2, 3, 5]


def test_every_key_is_documented() -> None:
    names = {field.name for shape in (shapes.MAPPING, shapes.TABLE) for field in shape.fields}
    names |= {*shapes.CONTROLS, *shapes.CHOICE, *shapes.EACH, *shapes.TESTS, *shapes.REFUSAL}
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", TEXT)) == []


def test_every_filter_and_shipped_mapping_is_documented() -> None:
    wanted = [*filters.PLAIN, *(f"{name}:X" for name in filters.WITH_TEXT), *(one.id for one in shipped())]
    assert [name for name in wanted if f"`{name}`" not in TEXT] == []
