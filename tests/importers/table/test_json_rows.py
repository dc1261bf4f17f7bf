"""Rows of JSON, one at a time: wherever the list stands, whatever the file is written in, and no row too large."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from db.errors import InputError
from importers.base import Input
from importers.documents import builder
from importers.limits import Limits
from importers.table.json_rows import PlainRows
from tests.importers.things import given


def values(source: Input, path: str | None) -> list[tuple[int, object]]:
    """Return the rows of a file with their lines."""
    return [(row.line, dict(row.values)) for row in PlainRows(source, path).under(frozenset()).rows]


def test_a_list_is_found_at_any_depth_and_can_be_gone_through_again() -> None:
    text = '{"a": {"b": {"c": {"d": [\n{"x": "1", "y": {"z": 2}},\n{"x": null}\n]}}}, "e": [{"x": 3}]}'
    found = PlainRows(given(text, "rows.json"), "a.b.c.d").under(frozenset())
    for _ in range(2):
        assert [(row.line, row.values) for row in found.rows] == [(2, {"x": "1", "y": {"z": "2"}}), (3, {"x": None})]
    assert (len(found.rows), set(found.keys)) == (2, {"x", "y"})


def test_lines_are_read_as_what_they_are_where_the_file_is_not_utf8() -> None:
    text = '[{"x": "é"},\n'.encode() + '{"x": "ü"}]'.encode("cp1252")
    assert values(given(text, "rows.json"), None) == [(1, {"x": "é"}), (2, {"x": "ü"})]
    wide = '[{"x": "é"}]'.encode("utf-16")
    assert values(given(wide, "rows.json"), None) == [(1, {"x": "é"})]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"x": [0] * 3_000}], "rows.json:2: holds more than 2,500 values in one record, "),
        ([{"x": "y" * 50_000}], "rows.json:2: holds a record of more than 0 MB, "),
        ([{"x": 0}] * 1_201, "rows.json:1202: holds more than 1,200 records, "),
    ],
)
def test_what_is_too_large_is_refused_with_the_line(
    rows: list[object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "RECORDS", 120_000)
    text = '{"a": [\n' + ",\n".join(map(json.dumps, rows)) + "]}"
    source = replace(given(text, "rows.json"), limits=Limits(4))
    with pytest.raises(InputError) as refused:
        values(source, "a")
    assert str(refused.value) == f"{said}the most that 4 MB of memory are for; --memory 8 allows more"
