"""The real lists, where they are beside the checkout: every row is accounted for."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from db.statements import Reading, RejectSaid, RowSaid
from importers.base import ReadOptions
from importers.inputs import Inputs
from importers.registry import load
from importers.sniffing import choose

FILES = {
    "ods-csv/etr-2025-07.csv": ("ods-csv", "ods-etr", 0),
    "ods-csv/etr-2015.csv": ("ods-csv", "ods-etr", 0),
    "ods-csv/epraccur-2023.csv": ("ods-csv", "ods-epraccur", 0),
    "ods-csv/ebranchs.csv": ("ods-csv", "ods-ebranchs", 0),
    "ods-csv/eccg-2025-12.csv": ("ods-csv", "ods-eccg", 0),
    "ods-csv/epharmacyhq.csv": ("ods-csv", "ods-epharmacyhq", 0),
    "ods-csv/epcmem.csv": ("epcmem", "ods-epcmem", 0),
    "ods-csv/egpam-2015-12.csv": ("egpam", "ods-epraccur", 1002),
    "legacy/eccg-2015.csv": ("ods-csv", "ods-eccg", 0),
}


def readings(path: Path) -> tuple[str, Reading]:
    """The importer that sniffing chooses, and what it reads."""
    with Inputs([str(path)]) as inputs:
        (source,) = inputs
    choice = choose(source, load())
    return choice.importer.name, choice.importer.read(source, ReadOptions())


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_taken_or_refused(shared: Path, name: str) -> None:
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the shared files")
    expected_format, series, refusals = FILES[name]
    with path.open(newline="", encoding="utf-8") as stream:
        expected = sum(1 for _ in csv.reader(stream))
    chosen, reading = readings(path)
    rows = list(reading.rows)
    assert (chosen, reading.source.series) == (expected_format, series)
    assert len(rows) == expected
    assert sum(isinstance(row, RejectSaid) for row in rows) == refusals


def test_the_largest_list_is_read_in_no_time(shared: Path) -> None:
    path = shared / "data/ods-csv/epcmem.csv"
    if not path.exists():
        pytest.skip("epcmem.csv is not among the shared files")
    _, reading = readings(path)
    started = time.process_time()
    assert sum(1 for row in reading.rows if isinstance(row, RowSaid)) > 40_000
    assert time.process_time() - started < 3
