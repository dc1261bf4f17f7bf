"""Rows keep the line they start on, whatever their cells hold, and a quote left open costs one row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.csv_rows import lines_of, rows
from tests.importers.ods_csv.lists import read, refused, taken, text, trust

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=12))
def test_what_was_written_is_what_is_read(table: list[list[str]]) -> None:
    assert [row.cells for row in rows(lines_of(text(table)))] == table


@given(st.text(alphabet='ab,"\r\n\x00\ufeff', max_size=60))
def test_any_text_at_all_is_read_to_its_end_in_order_of_lines(content: str) -> None:
    lines = [row.line for row in rows(lines_of(content))]
    assert lines == sorted(set(lines))
    assert all(1 <= line <= len(list(io.StringIO(content, newline=""))) for line in lines)


def test_a_row_is_where_it_starts_though_a_cell_goes_over_lines() -> None:
    reading = read(text([trust(c5="MOOR\nHOUSE"), trust("R2Z"), trust("R3Z", c5="A\r\nB\r\nC"), trust("R4Z")]))
    assert [(one.key, one.line) for one in taken(reading)] == [
        ("ods:R1Z", 1), ("ods:R2Z", 3), ("ods:R3Z", 4), ("ods:R4Z", 7),
    ]  # fmt: skip


def test_blank_lines_count_as_lines_and_not_as_rows() -> None:
    reading = read("\r\n" + text([trust()]) + "\r\n  \r\n" + text([trust("R2Z")]) + "\x1a")
    assert [(one.key, one.line) for one in taken(reading)] == [("ods:R1Z", 2), ("ods:R2Z", 5)]
    assert len(list(reading.rows)) == 2


@pytest.mark.parametrize("damage", [("MOORLAND", '"MOORLAND'), ("FE1 1AA", '"FE1 1AA'), ("20010401", '"20010401')])
def test_a_quote_that_is_never_closed_costs_its_own_row_only(damage: tuple[str, str]) -> None:
    table = [trust(f"R{number:02}") for number in range(40)]
    lines = text(table, quoted=False).splitlines(keepends=True)
    lines[5] = lines[5].replace(*damage)
    lines[25] = lines[25].replace(*damage)
    reading = read("".join(lines))
    assert [(one.line, one.reason) for one in refused(reading)] == [
        (6, "a quote is opened and not closed"),
        (26, "a quote is opened and not closed"),
    ]
    assert len(taken(reading)) == 38


def test_a_cell_beyond_all_measure_is_refused() -> None:
    reading = read([trust(), trust("R2Z", "A" * (csv.field_size_limit() + 1)), trust("R3Z")])
    assert [one.line for one in refused(reading)] == [2]
    assert "larger than 128 KB" in refused(reading)[0].reason
    assert [one.key for one in taken(reading)] == ["ods:R1Z", "ods:R3Z"]
