"""The documentation of mappings tells the truth: its example is read as it says, and every key is in it."""

from __future__ import annotations

import re
from pathlib import Path

from importers.records.words import FileWords
from importers.table.draft.draft import draft
from importers.table.language import date_patterns, filters, map_format
from importers.table.language.map_file import ENCODINGS
from importers.table.which_map import shipped
from tests.importers.table.made import rows, statements
from tests.importers.things import given

TEXT = (Path(__file__).parents[3] / "docs" / "mapping.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```(csv|yaml)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE))


def test_the_example_makes_what_is_said_of_it() -> None:
    found = statements(BLOCKS["csv"], BLOCKS["yaml"])
    assert [one.key for one in found] == ["org-id:C01", "person:ann-example", "org-id:C02", "org-id:C03"]
    first, ann, second, third = found
    assert [link.other.key for link in first.links] == ["org-id:A1", "org-id:A2"]
    assert [(link.other.key, link.role) for link in ann.links] == [("org-id:C01", "chair")]
    assert [fact.text for fact in second.facts] == ["Hilltop", "lead (tbc)"]
    assert third.partial
    assert [row.line for row in rows(BLOCKS["csv"], BLOCKS["yaml"])] == [2, 3, 5]


def test_every_key_is_documented() -> None:
    names = {field.name for shape in (map_format.MAPPING, map_format.TABLE) for field in shape.fields}
    names |= {*map_format.CONTROLS, *map_format.CHOICE, *map_format.EACH, *map_format.TESTS, *map_format.REFUSAL}
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", TEXT)) == []


def test_every_filter_and_shipped_mapping_is_documented() -> None:
    wanted = [*filters.PLAIN, *(f"{name}:X" for name in filters.WITH_TEXT), *(one.id for one in shipped())]
    assert [name for name in wanted if f"`{name}`" not in TEXT] == []


def test_the_words_of_the_page_are_those_of_the_vocabulary() -> None:
    told = dict(re.findall(r"^\*\*[^*]+\*\* \(`(\w+)`\):\s(.*?)\.\n", TEXT, re.DOTALL | re.MULTILINE))
    assert len(told) >= 11
    for vocabulary, listed in told.items():
        assert re.findall(r"`([^`]+)`", listed) == sorted(FileWords().known(vocabulary)), vocabulary


def test_encodings_and_parts_of_dates_are_those_that_are_known() -> None:
    assert [name for name in ENCODINGS if f"`{name}`" not in TEXT] == []
    assert [token for token in date_patterns.TOKENS if f"`{token}`" not in TEXT] == []


def test_the_draft_on_the_page_is_the_one_that_is_made() -> None:
    table, made = re.findall(r"^```text\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)[:2]
    assert draft(given(table, "partners.csv")) == made
