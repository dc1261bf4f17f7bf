"""A workbook that asks for more than there is is refused before it is opened."""

from __future__ import annotations

import io
import zipfile

import pytest

from db.errors import InputError
from importers.table import workbook as limits
from tests.importers.table.made import CLUBS, cell, reading, statements, workbook, workbook_of

ROWS = (
    f'<row r="1">{cell("A1", "code")}{cell("B1", "name")}</row><row r="2">{cell("A2", "AAA")}{cell("B2", "One")}</row>'
)


def sheet(rows: str) -> bytes:
    """A workbook of one sheet with these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return workbook_of({"S": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'})


@pytest.mark.parametrize(
    "far",
    [
        f'<row r="1048576">{cell("XFD1048576", "x")}</row>',
        '<row r="3"><c  r = \'XFD3\'/></row><row r="1048570"><c r="A1048570"><v>1</v></c></row>',
        '<row r="4"><c r="A19999999999"><v>1</v></c></row>',
        '<row r="4"><c r="AAAAAAAAAAAAAA4"><v>1</v></c></row>',
        '<row r="3">' + "<c><v>1</v></c>" * 5_000 + "</row>" + "<row><c><v>1</v></c></row>" * 5_000,
    ],
)
def test_a_sheet_that_spans_too_much_is_refused(far: str) -> None:
    with pytest.raises(InputError, match="a sheet spans more than"):
        reading(sheet(ROWS + far), CLUBS, "t.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORKBOOK_UNPACKED", 1_000_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        reading(sheet(ROWS + " " * 2_000_000), CLUBS, "t.xlsx")


def test_a_workbook_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PARTS", 3)
    with pytest.raises(InputError, match="more than a workbook has"):
        reading(workbook(S=[("code", "name")]), CLUBS, "t.xlsx")


def test_a_workbook_that_is_cut_short_or_none_is_refused() -> None:
    whole = workbook(S=[("code", "name"), ("AAA", "One")])
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
    for data in (whole[: len(whole) // 2], into.getvalue()):
        with pytest.raises(InputError, match="workbook") as caught:
            reading(data, CLUBS, "t.xlsx")
        assert "\n" not in str(caught.value)


def test_numbers_dates_and_truth_values_are_read_as_people_see_them() -> None:
    rows = (
        f'<row r="1">{cell("A1", "code")}{cell("B1", "name")}</row>'
        '<row r="2"><c r="A2"><v>324</v></c><c r="B2"><v>1.5</v></c></row>'
        f'<row r="3">{cell("A3", "BBB")}<c r="B3" t="b"><v>1</v></c></row>'
    )
    assert [(one.key, one.names[0].name) for one in statements(sheet(rows), CLUBS, "t.xlsx")] == [
        ("ods:324", "1.5"),
        ("ods:BBB", "true"),
    ]
