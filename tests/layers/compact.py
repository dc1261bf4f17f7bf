"""A public file made compact: rows and columns that are not needed left blank, each row on the line it has there."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

Row = list[str]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True, slots=True)
class CsvShape:
    """How a file with columns is written."""

    encoding: str = "utf-8"
    delimiter: str = ","
    heading: bool = True


PLAIN = CsvShape()


def csv_rows(path: Path, shape: CsvShape = PLAIN) -> Iterator[tuple[int, Row]]:
    """The rows of a file with the line that each begins on."""
    text = path.read_bytes().decode("utf-8-sig" if shape.encoding == "utf-8" else shape.encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter)
    line = 1
    for row in reader:
        if row:
            yield line, row
        line = reader.line_num + 1


def compact_csv(
    path: Path,
    shape: CsvShape,
    wanted: Callable[[Row], bool],
    columns: Sequence[int] | Sequence[str] | None,
    trimmed: Callable[[Row], Row] = list,
) -> bytes:
    """Return a file with columns in which only wanted rows stand, and of these only some columns, `trimmed`."""
    lines: dict[int, str] = {}
    places: set[int] | None = None
    for line, row in csv_rows(path, shape):
        heading = shape.heading and not lines
        if columns is not None and places is None:
            places = {row.index(column) if isinstance(column, str) else column for column in columns}
        if heading or wanted(row):
            shown = row if heading else trimmed(row)
            kept = [cell if heading or places is None or place in places else "" for place, cell in enumerate(shown)]
            lines[line] = _csv_line(kept, shape.delimiter)
    return _on_their_lines(lines).encode(shape.encoding)


def _csv_line(row: Row, delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(" ".join(cell.split("\n")) for cell in row)
    return out.getvalue()


def compact_json(path: Path, wanted: Callable[[Mapping[str, Any]], bool], without: Sequence[str]) -> bytes:
    """Return a list of objects in which only wanted ones stand, some keys blank, each on the line it begins on."""
    text = path.read_text("utf-8")
    decoder, place = json.JSONDecoder(), text.index("[") + 1
    lines: dict[int, str] = {}
    while (start := text.find("{", place)) >= 0:
        item, place = decoder.raw_decode(text, start)
        if wanted(item):
            kept = {key: "" if key in without else value for key, value in item.items()}
            line = text.count("\n", 0, start) + 1
            lines[line] = ("" if lines else "[") + json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + ","
    last = max(lines)
    lines[last] = lines[last].removesuffix(",") + "]"
    if min(lines) > 1:
        first = min(lines)
        lines[1], lines[first] = "[", lines[first].removeprefix("[")
    return _on_their_lines(lines).encode()


def _on_their_lines(lines: Mapping[int, str]) -> str:
    return "".join(f"{lines.get(number, '')}\n" for number in range(1, max(lines) + 1))


def sheet_rows(path: Path, sheet: str) -> list[Row]:
    """The rows of a sheet of a workbook, as text, with its first row the heading."""
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    return [[str(cell) for cell in row] for row in found]


def compact_workbook(path: Path, sheets: Mapping[str, tuple[Callable[[Row], bool], Sequence[str]]]) -> bytes:
    """Return a workbook with some sheets, in which only wanted rows and columns stand, each row in its place."""
    made: list[tuple[str, str]] = []
    for name, (wanted, columns) in sheets.items():
        rows = sheet_rows(path, name)
        plain = [" ".join(heading.split()) for heading in rows[0]]
        places = {plain.index(column) for column in columns}
        body = [_sheet_row(1, enumerate(rows[0]))]
        body += [
            _sheet_row(number, ((place, cell) for place, cell in enumerate(row) if place in places))
            for number, row in enumerate(rows[1:], 2)
            if wanted(row)
        ]
        made.append((name, f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(body)}</sheetData></worksheet>'))
    return _zipped(_parts(made))


def _sheet_row(number: int, cells: Iterable[tuple[int, str]]) -> str:
    texts = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for place, text in cells
        if text
    )
    return f'<row r="{number}">{texts}</row>'


def _parts(sheets: Sequence[tuple[str, str]]) -> dict[str, str]:
    named = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_TYPES}/relationships"><Relationship Id="r1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_TYPES}/relationships">{links}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": text for n, (_, text) in enumerate(sheets, 1)},
    }


def _zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def sheets_of(path: Path) -> list[str]:
    """The names of the sheets of a workbook."""
    return list(CalamineWorkbook.from_path(str(path)).sheet_names)
