"""What tables, lists and workbooks ask for is bounded: a line says what is more, and how to allow it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest

from db.errors import InputError
from db.statements import RejectSaid, RowSaid
from importers import csv_rows, limits
from importers.base import Input, ReadOptions
from importers.inputs import Inputs
from importers.limits import Limits
from importers.ods_csv import source as ods_csv
from importers.paths import file_input
from importers.table import workbook
from importers.table.cells import TableRow
from importers.table.language.map_file import load_map
from importers.table.source import read
from importers.table.statements import TableStatements
from tests.bombs import tables


def rows_of(path: Path, mapping: str = tables.CODES) -> Iterator[RowSaid | RejectSaid]:
    """The rows of a file."""
    return iter(read(file_input(str(path), True), ReadOptions(), load_map(mapping.encode(), "m", "m")).rows)


@pytest.mark.parametrize(
    "write",
    [
        lambda path: tables.far_cell(path, "XFD1048576"),
        lambda path: tables.far_cell(path, "F1000000"),
        lambda path: tables.repeated_string(path, 40_000, 32_000),
    ],
    ids=["far corner", "far row", "one long text in every cell"],
)
def test_a_workbook_that_asks_for_too_much_is_refused_in_one_line(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    with pytest.raises(InputError, match=r"workbook|sheet") as caught:
        list(rows_of(write(tmp_path / "bomb.xlsx")))
    assert "\n" not in str(caught.value)


def test_a_table_of_more_rows_than_memory_is_for_is_refused_before_any_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RECORDS", 100)
    for path in (tables.table(tmp_path / "clubs.csv", 101), tables.sheet(tmp_path / "clubs.xlsx", 101)):
        with pytest.raises(InputError, match=r"holds more than 100 rows, .*--memory 800 allows more$"):
            rows_of(path)
    with pytest.raises(InputError, match="holds more than 100 rows"):
        ods_csv.read(file_input(str(tables.ods_list(tmp_path / "epraccur.csv", 101)), True), ReadOptions())


def test_a_workbook_of_more_bytes_than_memory_is_for_says_how_to_allow_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "WORKBOOK_SIZE", 1024)
    with pytest.raises(InputError, match=r"is larger than 0 MB, the most that 400 MB .*--memory 800 allows more$"):
        rows_of(tables.sheet(tmp_path / "clubs.xlsx", 101))


def test_names_without_codes_are_counted_over_all_files_of_an_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NAMES", 100)
    mapping = load_map(tables.NAMES.encode(), "m", "m")
    files = [str(tables.table(tmp_path / name, 60)) for name in ("clubs.csv", "again.csv")]
    more = tables.table(tmp_path / "more.csv", 101)
    with Inputs([*files, str(more)]) as inputs:
        first, again, last = (read(one, ReadOptions(), mapping) for one in inputs)
        assert len(list(first.rows)) == len(list(again.rows)) == 60
        with pytest.raises(InputError, match=r"more.csv: comes to more than 100 names without codes, .*--memory 800 a"):
            list(last.rows)
    with Inputs([str(more)]) as inputs:
        codes = read(next(iter(inputs)), ReadOptions(), load_map(tables.CODES.encode(), "m", "m"))
    assert len(list(codes.rows)) == 101


def test_rows_without_cells_are_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 1_000)
    with pytest.raises(InputError, match="a sheet has more rows than the 1,000"):
        list(rows_of(tables.bare_rows(tmp_path / "bomb.xlsx", 1_000)))


def test_what_is_refused_as_too_much_says_how_much_memory_allows_it(tmp_path: Path) -> None:
    path = tables.repeated_string(tmp_path / "bomb.xlsx", 36_000, 32_000)
    with pytest.raises(InputError, match=r"--memory 800 allows more$"):
        list(rows_of(path))
    line = tables.long_line(tmp_path / "bomb.csv", 1_200_000)
    with pytest.raises(InputError, match=r"csv:2: is longer than 1 MB, .*--memory 800 allows more$"):
        list(rows_of(line))
    more = Input("bomb.csv", "bomb.csv", lambda: line.open("rb"), line.stat().st_size, limits=Limits(800))
    (row,) = read(more, ReadOptions(), load_map(tables.CODES.encode(), "m", "m")).rows
    assert isinstance(row, RejectSaid)


@pytest.mark.parametrize(
    ("words", "said"),
    [("PyObject pointer is null", "wants more memory than 250 MB"), ("index out of bounds", "is a damaged workbook")],
)
def test_native_code_that_lacks_memory_is_not_taken_for_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    def fails(_: object) -> None:
        raise type("PanicException", (BaseException,), {})(words)

    path = tables.workbook(tmp_path / "list.xlsx", (tables.sheet_row(1, tables.HEADING),))
    monkeypatch.setattr("python_calamine.CalamineWorkbook", SimpleNamespace(from_filelike=fails))
    with pytest.raises(InputError, match=said):
        list(rows_of(path))


def test_a_filter_hides_the_rows_in_its_range_and_no_others(tmp_path: Path) -> None:
    hidden = (f'<row r="{number}" hidden="1"><c r="A{number}"><v>{number}</v></c></row>' for number in range(3, 43))
    first = (tables.sheet_row(1, tables.HEADING), tables.sheet_row(2, tables.row(1)))
    filters = "".join(
        f'<autoFilter ref="A{first}:D{last}"><filterColumn colId="0"/></autoFilter>'
        for first, last in ((30, 31), (5, 9), (1, 3), (6, 7))
    )
    path = tables.workbook(tmp_path / "hidden.xlsx", (*first, *hidden), before=filters)
    assert [row.line for row in rows_of(path)] == [2, 3, 5, 6, 7, 8, 9, 30, 31]


def test_lines_are_read_no_further_than_rows_are_asked_for() -> None:
    read: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(100_000):
            read.append(number)
            yield f"{number},x\n"

    assert [row.cells[0] for row in islice(csv_rows.rows(lines()), 10)] == [str(number) for number in range(10)]
    assert len(read) < 50


def test_rows_that_know_names_alone_are_made_once_however_many_share_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[TableRow] = []
    make = TableStatements.row

    def row(self: TableStatements, row: TableRow) -> RowSaid | RejectSaid:
        made.append(row)
        return make(self, row)

    monkeypatch.setattr(TableStatements, "row", row)
    path = tables.namesakes(tmp_path / "clubs.csv", 1_500)
    keys = {one.key for row in rows_of(path, tables.NAMES) if isinstance(row, RowSaid) for one in row.statements}
    assert (len(made), len(keys)) == (1_500, 1_500)


def test_names_that_thousands_share_in_one_place_are_told_apart_no_further(tmp_path: Path) -> None:
    mapping = tables.NAMES + '    links: [{type: operated-by, to: "org:{code|slug}"}]\n'
    path = tmp_path / "clubs.csv"
    lines = (f"c{number},St Mary's,Fellton,\n" for number in range(1_500))
    path.write_text(f"{','.join(tables.HEADING)}\n{''.join(lines)}", encoding="utf-8")
    reading = read(file_input(str(path), True), ReadOptions(), load_map(mapping.encode(), "m", "m"))
    keys = {row.statements[0].key for row in reading.rows if isinstance(row, RowSaid)}
    assert len(keys) < 200
    assert any("1398 more: which of these is meant cannot be told" in one for one in reading.remarks), reading.remarks
