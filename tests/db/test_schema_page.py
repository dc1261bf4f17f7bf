"""The page of the schema and what Datasette is told of it are made from the schema, and every column is described."""

from __future__ import annotations

import pytest

from tests.schema_page import METADATA, PAGE, Relation, descriptions, metadata, page, relations

SAID = descriptions()
FOUND = relations(SAID)


@pytest.mark.parametrize("one", FOUND, ids=lambda one: one.name)
def test_each_table_and_column_is_described_and_nothing_else(one: Relation) -> None:
    columns = [] if one.is_machinery else [column.name for column in one.columns]
    assert list(SAID[one.name].get("columns", {})) == columns
    assert not SAID[one.name]["description"].endswith(" ")


def test_what_is_described_is_there() -> None:
    assert list(SAID) == [one.name for one in FOUND]


def test_the_page_of_the_schema_is_true() -> None:
    assert PAGE.read_text("utf-8") == page(FOUND, SAID), "run `make docs`"


def test_the_metadata_for_datasette_are_true() -> None:
    assert METADATA.read_text("utf-8") == metadata(FOUND, SAID), "run `make docs`"
