"""Mappings, tables and workbooks made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from db.statements import Reading, RejectSaid, RowSaid, Statement
from importers.base import ReadOptions
from importers.table.language.map_file import load_map
from importers.table.language.mapping import TableMap
from importers.table.source import read
from tests.importers.things import given

CLUBS = """\
format: interlock-map/1
id: clubs
records:
  - kind: organisation
    key: "ods:{code}"
    name: "{name}"
"""
"""The least that a mapping needs."""


def mapping(text: str) -> TableMap:
    """The mapping in a text."""
    return load_map(text.encode(), "m.yaml", "m.yaml")


def reading(content: bytes | str, said: str | None, name: str = "table.csv", published: str | None = None) -> Reading:
    """What a file says by a mapping, or by whichever shipped one fits."""
    chosen = mapping(said) if said is not None else None
    return read(given(content, name), ReadOptions(published=published), chosen)


def rows(content: bytes | str, said: str | None, name: str = "table.csv") -> list[RowSaid | RejectSaid]:
    """Its rows."""
    return list(reading(content, said, name).rows)


def statements(content: bytes | str, said: str | None, name: str = "table.csv") -> list[Statement]:
    """All statements of its rows, none of which may be refused."""
    found = rows(content, said, name)
    assert [row for row in found if isinstance(row, RejectSaid)] == []
    return [one for row in found if isinstance(row, RowSaid) for one in row.statements]


def reasons(content: bytes | str, said: str | None, name: str = "table.csv") -> list[tuple[int | None, str]]:
    """Line and reason of every row that is refused."""
    return [(row.line, row.reason) for row in rows(content, said, name) if isinstance(row, RejectSaid)]


def record(body: str, top: str = "") -> str:
    """A mapping with one organisation that has a key, a name, and what `body` adds, indented by four."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f'format: interlock-map/1\n{top}records:\n  - kind: organisation\n    key: "ods:{{code}}"\n{lines}'


def cell(place: str, value: str) -> str:
    """A cell of a sheet."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet_xml(lines: Iterable[Sequence[str]]) -> str:
    """A sheet with texts, from its first row on."""
    written = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(line))
        + "</row>"
        for number, line in enumerate(lines, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'


def workbook(**sheets: Iterable[Sequence[str]]) -> bytes:
    """An XLSX workbook with sheets of texts."""
    return workbook_of({name: sheet_xml(lines) for name, lines in sheets.items()})


def workbook_of(sheets: dict[str, str]) -> bytes:
    """An XLSX workbook with sheets as XML."""
    numbers = list(enumerate(sheets.items(), 1))
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in numbers)
    tied = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{tied}</Relationships>',
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": xml for n, (_, xml) in numbers}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return into.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
