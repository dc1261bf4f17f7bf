"""XLSX workbooks as grids, a sheet each, with limits that keep a hostile one from costing much.

The reader of cells fills a rectangle from the first to the last cell of a sheet, so a sheet of two cells can ask for
more memory than there is: every sheet is measured before it is read.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import InputError
from importers.base import Input
from importers.table.grids import Grid, RawRow
from importers.table.hidden import Hidden, HiddenParts

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
MAX_PARTS = 5_000
MAX_CELLS = 8_000_000
"""Cells that a sheet may span at most, empty ones included; reckoned up to four times too high."""

_CHUNK = 1024 * 1024
_PLACE = re.compile(rb"""(?<![\w:.-])r\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
_LONGEST_PLACE = 12
_PART = re.compile(rb"<(?:\w{1,20}:)?(row|c)[\s>/]")

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def looks_like_workbook(head: bytes) -> bool:
    """Whether a file starts like an XLSX workbook: a zip whose first parts are those of Office."""
    return head.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in head or b"xl/" in head)


def grids_of(source: Input) -> list[Grid]:
    """The sheets of a workbook that hold anything; raises `InputError` where it is damaged or asks for too much."""
    data = source.read_bytes(MAX_BYTES)
    hidden = _measure(data, source.label).of_sheets()
    from python_calamine import CalamineError, CalamineWorkbook  # 10 ms, wanted for workbooks only

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [_grid(book, name, hidden.get(name, Hidden())) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise InputError(f"{source.label}: is no workbook that can be read ({_short(error)}); save it anew") from error
    except BaseException as error:
        # The reader is native code, whose failures arrive as an exception beside all others.
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(f"{source.label}: is a damaged workbook; save it anew") from error


def _measure(data: bytes, label: str) -> HiddenParts:
    """Refuse a workbook that unpacks to too much, or whose sheets span too many cells; return what of it is hidden."""
    hiding = HiddenParts()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise InputError(f"{label}: holds {len(parts):,} parts, more than a workbook has")
            left = MAX_UNPACKED
            for part in parts:
                left = _unpack(archive, part, left, label, hiding)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise InputError(f"{label}: is a damaged workbook ({_short(error)}); fetch or save it again") from error
    return hiding


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, label: str, hiding: HiddenParts) -> int:
    """Unpack a part without keeping it, measure it, and return how much more may be unpacked."""
    span = _Span()
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise InputError(f"{label}: unpacks to more than {MAX_UNPACKED // 1024**2} MB; refused")
            text = rest + chunk
            # What may be cut in two is looked at with the next chunk.
            end = text.rfind(b"<")
            end = end if 0 < end and len(text) - end < _CHUNK else len(text)
            span.take(text[:end])
            hiding.take(part.filename, text[:end])
            rest = text[end:]
            if span.cells > MAX_CELLS:
                raise InputError(f"{label}: a sheet may span more than {MAX_CELLS:,} cells; delete what is far outside")
    span.take(rest)
    hiding.take(part.filename, rest)
    if span.cells > MAX_CELLS:
        raise InputError(f"{label}: a sheet may span more than {MAX_CELLS:,} cells; delete what is far outside")
    return left


@dataclass(slots=True)
class _Span:
    """The largest rectangle that a sheet may ask for.

    Cells say where they are or follow the one before; both are counted, since which of them do cannot be told without
    reading the sheet.
    """

    width: int = 0
    height: int = 0
    rows: int = 0
    widest: int = 0
    _in_row: int = 0
    _is_sheet: bool = False

    @property
    def cells(self) -> int:
        """Columns times rows; none where it is no sheet, whatever its places mean."""
        return self._is_sheet * (self.width + self.widest) * (self.height + self.rows)

    def take(self, text: bytes) -> None:
        """Measure a piece of a sheet."""
        self._is_sheet = self._is_sheet or b"sheetData" in text
        for letters, number in _PLACE.findall(text):
            # A place that no sheet has is as far out as can be.
            known = len(letters) + len(number) <= _LONGEST_PLACE
            self.width = max(self.width, _column(letters) if known else MAX_CELLS)
            self.height = max(self.height, int(number or b"0") if known else MAX_CELLS)
        for name in _PART.findall(text):
            if name == b"row":
                self.rows += 1
                self._in_row = 0
            else:
                self._in_row += 1
                self.widest = max(self.widest, self._in_row)


def _column(letters: bytes) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _grid(book: CalamineWorkbook, name: str, hidden: Hidden) -> Grid:
    return Grid(_rows(book, name, hidden), name, hidden.whole)


def _rows(book: CalamineWorkbook, name: str, hidden: Hidden) -> list[RawRow]:
    sheet = book.get_sheet_by_name(name)
    rows: list[RawRow] = []
    for line, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        texts = [_text(cell) for cell in cells]
        if any(text.strip() for text in texts):
            rows.append(RawRow(line, texts, hidden=line in hidden.by_hand, filtered=line in hidden.by_filter))
    return rows


def _text(cell: Cell) -> str:
    """A cell as text: dates in ISO 8601, whole numbers without a fraction."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
