"""The real lists, where they are beside the checkout: every row is accounted for."""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from db.dates import latest
from db.register import open_register
from db.statements import Reading, RejectSaid, RowSaid
from importers.base import ReadOptions
from importers.detect import detect
from importers.inputs import Inputs
from importers.ods_csv.cells import iso
from importers.ods_csv.importer import importer
from importers.run import ImportOptions, import_sources
from importers.vintage import Vintage, from_name
from tests.depth import DEEP
from tests.importers.ods_csv.lists import source
from tests.importers.shared_rows import beginning
from tests.importers.things import installed

FILES = {
    "ods-csv/etr-2025-07.csv": ("ods-csv", "ods-etr", 0),
    "ods-csv/etr-2015.csv": ("ods-csv", "ods-etr", 0),
    "ods-csv/etr-2025-12.csv": ("ods-csv", "ods-etr", 0),
    "ods-csv/epraccur-2023.csv": ("ods-csv", "ods-epraccur", 0),
    "ods-csv/epraccur-2025-09.csv": ("ods-csv", "ods-epraccur", 0),
    "ods-csv/ebranchs.csv": ("ods-csv", "ods-ebranchs", 0),
    "ods-csv/eccg-2025-12.csv": ("ods-csv", "ods-eccg", 0),
    "ods-csv/epharmacyhq.csv": ("ods-csv", "ods-epharmacyhq", 0),
    "ods-csv/epcmem.csv": ("epcmem", "ods-epcmem", 0),
    "ods-csv/egpam-2015-12.csv": ("egpam", "ods-epraccur", 1002),
    "legacy/eccg-2015.csv": ("ods-csv", "ods-eccg", 0),
}


SAMPLED = 1_500
"""Rows of a list that `make test` reads; four lists have more."""


@pytest.fixture(scope="module")
def list_of(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Where a list is, or its beginning but in `make test-deep`; skips where it is absent."""
    folder = tmp_path_factory.mktemp("lists")

    def found(name: str) -> Path:
        path = shared / "data" / name
        if not path.exists():
            pytest.skip(f"{name} is not among the shared files")
        if DEEP:
            return path
        kept = folder / path.name
        return kept if kept.exists() else beginning(path, SAMPLED, folder)

    return found


@cache
def readings(path: Path) -> tuple[str, Reading, float]:
    """The importer that sniffing chooses, what it reads, its rows in a list, and in how many seconds: once for all."""
    with Inputs([str(path)]) as inputs:
        (source,) = inputs
    choice = detect(source, installed())
    reading = choice.importer.read(source, ReadOptions())
    started = time.process_time()
    rows = list(reading.rows)
    return choice.importer.name, replace(reading, rows=rows), time.process_time() - started


@pytest.fixture(autouse=True, scope="module")
def forgotten() -> Iterator[None]:
    """Keep what was read no longer than these tests run."""
    yield
    readings.cache_clear()


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_taken_or_refused(list_of: Callable[[str], Path], name: str) -> None:
    path = list_of(name)
    expected_format, series, refusals = FILES[name]
    with path.open(newline="", encoding="utf-8") as stream:
        expected = sum(1 for _ in csv.reader(stream))
    chosen, reading, _ = readings(path)
    rows = list(reading.rows)
    assert (chosen, reading.source.series) == (expected_format, series)
    assert len(rows) == expected
    assert sum(isinstance(row, RejectSaid) for row in rows) == refusals


@pytest.mark.parametrize("name", [name for name, (form, _, _) in FILES.items() if form == "ods-csv"])
def test_statuses_dates_and_parents_are_those_of_the_file(list_of: Callable[[str], Path], name: str) -> None:
    path = list_of(name)
    with path.open(newline="", encoding="utf-8") as stream:
        cells = [row + [""] * 3 for row in csv.reader(stream)]
    _, reading, _ = readings(path)
    said = [one for row in reading.rows if isinstance(row, RowSaid) for one in row.statements]
    told = None if reading.remarks else latest(reading.source.published)
    day = told or date.today().isoformat()
    closed = sum(row[12] == "C" or (iso(row[11]) or "9999") <= day for row in cells)
    assert sum(one.status == "closed" for one in said) == closed
    assert sum(one.opened is not None for one in said) == sum(row[10] not in ("", "19000101") for row in cells)
    ties = ("commissioned-by", "branch-of", "part-of")
    parents = Counter(row[14] for row in cells if row[14] not in ("", row[0]))
    assert Counter(link.other.key[4:] for one in said for link in one.links if link.type in ties) == parents


@pytest.mark.parametrize("name", FILES)
def test_the_same_list_under_another_name_is_never_dated_ahead_of_its_day(
    list_of: Callable[[str], Path], name: str
) -> None:
    path = list_of(name)
    data = path.read_bytes()
    undated = importer.read(source(data, "list.csv"), ReadOptions(published=None))
    day = Vintage(from_name(path.name)).day
    assert undated.remarks
    assert day is None or (undated.source.published or "") <= (latest(day) or "")


CASES = Path("cases")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("utf16-ods-list/etr.csv", 2),
        ("epcn-headerless/epcn.csv", 3),
        ("epcn-headerless/epcncorepartnerdetails.csv", 3),
        ("epcn-2022-headings/ePCN-2022-core.csv", 2),
        ("future-vintage/epraccur.csv", 3),
    ],
)
def test_inputs_that_went_wrong_are_read_to_the_row(shared: Path, name: str, rows: int) -> None:
    path = shared / CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not among the shared cases")
    _, reading, _ = readings(path)
    assert [type(row) for row in reading.rows] == [RowSaid] * rows


def test_the_list_of_december_is_newer_than_the_undated_one_of_november(shared: Path, tmp_path: Path) -> None:
    folder = shared / CASES / "future-vintage"
    if not folder.exists():
        pytest.skip("future-vintage is not among the shared cases")
    database = tmp_path / "r.db"
    for name in ("epraccur.csv", "epraccur-2015-12-18.csv"):
        import_sources(database, [str(folder / name)], ImportOptions(command="import"))
    with open_register(database) as register:
        renamed, closed = register.record("ods:A81001"), register.record("ods:A81002")
    assert renamed.name == "First Surgery Renamed"
    assert (closed.status, closed.closed) == ("closed", "2015-12-11")


@pytest.mark.skipif(not DEEP, reason="reading the largest list whole is for make test-deep")
def test_the_largest_list_is_read_in_no_time(list_of: Callable[[str], Path]) -> None:
    path = list_of("ods-csv/epcmem.csv")
    _, reading, seconds = readings(path)
    assert sum(1 for row in reading.rows if isinstance(row, RowSaid)) > 40_000
    assert seconds < 3
