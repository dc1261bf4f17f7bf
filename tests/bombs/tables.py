"""Tables, workbooks and zips that ask for much: many rows, and small files that stand for large ones.

Each writes a file and returns its path; what is asked for grows with the number that is given.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

CODES = """\
format: interlock-map/1
id: clubs
records:
  - kind: organisation
    key: "ods:{code}"
    name: "{name}"
    address: {town: "{town}", postcode: "{postcode}"}
"""
"""A mapping of rows that have codes."""

NAMES = """\
format: interlock-map/1
id: clubs
records:
  - kind: organisation
    name: "{name}"
    address: {town: "{town}", postcode: "{postcode}"}
"""
"""A mapping of rows that know a body by its name alone."""

HEADING = ("code", "name", "town", "postcode")
_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def code(number: int) -> str:
    """A code as ODS could have given it, another for each number below 60 million: V0001AB."""
    digits = f"{number % 2_600_000 // 26:05d}{_LETTERS[number % 26]}"
    return f"{_LETTERS[number // 2_600_000]}{digits}"


def row(number: int) -> tuple[str, str, str, str]:
    """A row of `HEADING`."""
    postcode = f"AB{number % 89 + 10} {number % 10}XY"
    return code(number), f"Club {number} of the Fells and Dales", f"Fellton {number % 997}", postcode


def table(path: Path, rows: int, delimiter: str = ",") -> Path:
    """A table with codes and headings."""
    with path.open("w", encoding="utf-8") as file:
        file.write(delimiter.join(HEADING) + "\n")
        file.writelines(delimiter.join(row(number)) + "\n" for number in range(rows))
    return path


def objects(path: Path, rows: int) -> Path:
    """The same as a list of JSON, or as JSON lines where the file is called so."""
    lines = path.suffix == ".jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.write("" if lines else "[")
        for number in range(rows):
            pairs = ", ".join(f'"{name}": "{cell}"' for name, cell in zip(HEADING, row(number), strict=True))
            file.write(f"{{{pairs}}}\n" if lines else f"{',' if number else ''}{{{pairs}}}\n")
        file.write("" if lines else "]")
    return path


def ods_list(path: Path, rows: int) -> Path:
    """An ODS list of practices."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for number in range(rows):
            town = f"FELLTON {number % 997}"
            cells = [
                _practice(number),
                f"THE BECK SURGERY {number}",
                "Y63",
                "QZZ",
                "BECK LANE",
                town,
                "CUMBRIA",
                "",
                "",
            ]
            cells += ["FE1 2BB", "19900401", "", "A", "B", "99Z", "20130401", "", "01999 123456", "", "", "", "0", ""]
            cells += ["99Z", "", "4", ""]
            file.write(",".join(f'"{cell}"' for cell in cells) + "\r\n")
    return path


def _practice(number: int) -> str:
    return f"{_LETTERS[number // 100_000]}{number % 100_000:05d}"


def refused(path: Path, rows: int, several: bool = False) -> Path:
    """A table with codes, each row but the first of which lacks cells; or each another number, where `several`."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{','.join(HEADING)}\n{','.join(row(0))}\n")
        file.writelines(f"no {'code,' * (number % 3 if several else 1)}\n" for number in range(1, rows))
    return path


def refused_in_zip(path: Path, rows: int) -> Path:
    """The same row that is refused again and again, in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bad.csv", "w") as file:
            file.write(f"{','.join(HEADING)}\n{','.join(row(0))}\n".encode())
            for _ in range(rows // 1_000):
                file.write(b"no code\n" * 1_000)
    return path


def many_tables(path: Path, files: int, rows: int) -> Path:
    """A zip of tables with codes, each with rows of its own."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(files):
            lines = (",".join(row(number)) for number in range(place * rows, (place + 1) * rows))
            archive.writestr(f"clubs-{place}.csv", "\n".join((",".join(HEADING), *lines)))
    return path


def namesakes(path: Path, rows: int) -> Path:
    """A table of bodies that share one name, each in a place of its own; for the mapping `NAMES`."""
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADING) + "\n")
        file.writelines(f"{code(number)},St Mary's Hospital,Fellton {number},\n" for number in range(rows))
    return path


def long_line(path: Path, length: int) -> Path:
    """A table with one line of so many characters."""
    with path.open("w", encoding="ascii") as file:
        file.write(f"{','.join(HEADING)}\nA1234,")
        left = length
        while left > 0:
            file.write("x" * min(left, 1 << 20))
            left -= 1 << 20
        file.write(",Fellton,AB1 2CD\n")
    return path


def zipped(path: Path, files: Iterable[tuple[str, Path | str]]) -> Path:
    """A zip of files, or of texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            if isinstance(content, Path):
                archive.write(content, name)
            else:
                archive.writestr(name, content)
    return path


def many_lists(path: Path, files: int) -> Path:
    """A zip of small ODS lists, one practice each."""
    cells = '"Y63","QZZ","BECK LANE","FELLTON","CUMBRIA","","","FE1 2BB","19900401","","A","B","99Z","20130401"'
    rest = ',"","01999 123456","","","","0","","99Z","","4",""\r\n'
    lists = (
        (f"epraccur-{number:05d}.csv", f'"{_practice(number)}","THE BECK SURGERY",{cells}{rest}')
        for number in range(files)
    )
    return zipped(path, lists)


def workbook(path: Path, rows: Iterable[str], strings: Iterable[str] = (), before: str = "") -> Path:
    """A workbook of one sheet with these rows, as XML, of these shared strings; `before` stands before the rows."""
    plain = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_TYPES}/relationships"><Relationship Id="r1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name="Clubs" sheetId="1" '
        f'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_TYPES}/relationships"><Relationship Id="r1" '
        f'Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in plain.items():
            archive.writestr(name, text)
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            _write(part, f'<sst xmlns="{_MAIN}">', (f"<si><t>{text}</t></si>" for text in strings), "</sst>")
        with archive.open(_SHEET, "w", force_zip64=True) as part:
            _write(part, f'<worksheet xmlns="{_MAIN}">{before}<sheetData>', rows, "</sheetData></worksheet>")
    return path


def _write(part: IO[bytes], start: str, middle: Iterable[str], end: str) -> None:
    part.write(start.encode())
    lot: list[str] = []
    for text in middle:
        lot.append(text)
        if len(lot) == 1_000:
            part.write("".join(lot).encode())
            lot.clear()
    part.write(("".join(lot) + end).encode())


def sheet_row(number: int, cells: Iterable[str]) -> str:
    """A row of a sheet with its texts."""
    made = "".join(
        f'<c r="{_LETTERS[place]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{made}</row>'


def sheet(path: Path, rows: int) -> Path:
    """A workbook with codes and headings."""
    return workbook(path, _rows(rows))


def _rows(rows: int) -> Iterator[str]:
    yield sheet_row(1, HEADING)
    for number in range(rows):
        yield sheet_row(number + 2, row(number))


def formatted_rows(path: Path, rows: int, columns: int = 4) -> Path:
    """A sheet of one row of data, with so many rows of empty formatted cells below it."""
    empty = range(3, rows + 3)
    return workbook(
        path,
        (
            *_rows(1),
            *(
                f'<row r="{number}">'
                + "".join(f'<c r="{_LETTERS[column]}{number}" s="0"/>' for column in range(columns))
                + "</row>"
                for number in empty
            ),
        ),
    )


def bare_rows(path: Path, rows: int) -> Path:
    """A sheet of one row of data, with so many rows without cells below it."""
    return workbook(path, (*_rows(1), *("<row/>" for _ in range(rows))))


def far_cell(path: Path, place: str) -> Path:
    """A sheet of one row of data, and a cell at a place such as XFD1048576."""
    number = "".join(letter for letter in place if letter.isdigit())
    far = f'<row r="{number}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>'
    return workbook(path, (*_rows(1), far))


def said_dimension(path: Path, reference: str) -> Path:
    """A sheet of one row of data that says it is of another size."""
    return workbook(path, _rows(1), before=f'<dimension ref="{reference}"/>')


def shared_strings(path: Path, strings: int, length: int) -> Path:
    """A sheet of one row of data, in a workbook of so many shared strings that nothing refers to."""
    return workbook(path, _rows(1), ("x" * length for _ in range(strings)))


def repeated_string(path: Path, cells: int, length: int) -> Path:
    """A sheet each cell of which is one long shared string."""
    rows = (f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>' for number in range(3, cells + 3))
    return workbook(path, (*_rows(1), *rows), ["x" * length])
