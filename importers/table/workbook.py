"""XLSX workbooks as grids, a sheet each, with limits that keep a hostile one from costing much.

The reader of cells fills a rectangle from the first to the last cell of a sheet, so a sheet of two cells can ask for
more memory than there is: every sheet is measured before it is read. What that does not tell, such as a long text that
every cell repeats, is met by the process that opens the workbook, which may take so much memory and no more.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.errors import InputError
from db.shortages import ShortageError
from importers.base import Input
from importers.limits import SHEET_CELLS, WORKBOOK_SIZE, WORKBOOK_UNPACKED, Limits
from importers.table.apart import EndedError, NotStartedError, given_apart
from importers.table.grids import Grid, RawRow, RawRows
from importers.table.hidden import Hidden, HiddenParts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_PARTS = 5_000
MOST_ROWS = 1_048_576
"""Rows that a sheet has."""

_OTHERS = 150
"""Megabytes that are for all else while a workbook is opened."""
_LACK_OF_MEMORY = ("PyObject pointer is null", "MemError")
"""By what native code, which fails alike of damage, tells that it got no memory for an object or for unpacking."""
_LOT = 20_000
"""Cells of the rows that are handed over at once."""
_CHUNK = 1024 * 1024
_FAR_OUT = 1 << 40
_PLACE = re.compile(rb"""(?<![\w:.-])r\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
_LONGEST_PLACE = 12
_PART = re.compile(rb"<(?:\w{1,20}:)?(row|c)[\s>/]")

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def looks_like_workbook(head: bytes) -> bool:
    """Whether a file starts like an XLSX workbook: a zip whose first parts are those of Office."""
    return head.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in head or b"xl/" in head)


def grids_of(source: Input) -> list[Grid]:
    """The sheets of a workbook; raises `InputError` where it is damaged or asks for too much."""
    limits = source.limits
    data = source.read_bytes(limits.of(WORKBOOK_SIZE), limits.advice)
    hidden = _measure(data, source.label, limits).of_sheets()
    grids: list[Grid] = []
    try:
        with closing(given_apart(lambda: _answers(data, hidden, source.label), limits.memory - _OTHERS)) as answers:
            for name in _taken(answers):
                taken = (RawRow(*row) for lot in iter(lambda: _taken(answers), []) for row in lot)
                rows = RawRows(limits.rows(source.label, taken))
                len(rows)
                grids.append(Grid(rows, name, hidden.get(name, Hidden()).whole))
    except NotStartedError as error:
        raise ShortageError(f"{source.label}: is opened by a process of its own: {error}") from error
    except EndedError as error:
        reason = f"is a workbook that wants more memory than {limits.memory - _OTHERS} MB to be opened"
        raise InputError(f"{source.label}: {reason}, {limits.advice}") from error
    return grids


def _taken(answers: Iterator[Any]) -> list[Any]:
    """What the reader of cells gives next; raises `InputError` where that is what is wrong with the workbook."""
    answer = next(answers)
    if isinstance(answer, str):
        raise InputError(answer)
    found: list[Any] = answer
    return found


def _answers(data: bytes, hidden: dict[str, Hidden], label: str) -> Iterator[list[Any] | str]:
    """Yield the names of all sheets, then the rows of each some at a time, with none at its end."""
    from python_calamine import CalamineError, CalamineWorkbook  # 10 ms, wanted for workbooks only

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            yield list(book.sheet_names)
            for name in book.sheet_names:
                yield from _lots(book.get_sheet_by_name(name), hidden.get(name, Hidden()))
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        yield f"{label}: is no workbook that can be read ({_short(error)}); save it anew"
    except BaseException as error:
        # The reader is native code, whose failures arrive as an exception beside all others.
        if type(error).__name__ != "PanicException":
            raise
        if any(words in str(error) for words in _LACK_OF_MEMORY):
            raise MemoryError from error
        yield f"{label}: is a damaged workbook; save it anew"


def _lots(sheet: CalamineSheet, hidden: Hidden) -> Iterator[list[Any]]:
    """Yield the rows of a sheet that hold anything, as the fields of `RawRow`."""
    lot: list[Any] = []
    cells = 0
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for line, row in enumerate(sheet.iter_rows(), 1):
        texts = before + [_text(cell) for cell in row]
        cells += len(texts)
        if any(text.strip() for text in texts):
            lot.append((line, texts, None, line in hidden.by_hand, line in hidden.by_filter))
        if cells >= _LOT and lot:
            yield lot
            lot, cells = [], 0
    if lot:
        yield lot
    yield []


def _measure(data: bytes, label: str, limits: Limits) -> HiddenParts:
    """Refuse a workbook that unpacks to too much, or whose sheets span too many cells; return what of it is hidden."""
    hiding = HiddenParts()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise InputError(f"{label}: holds {len(parts):,} parts, more than a workbook has")
            left = limits.of(WORKBOOK_UNPACKED)
            for part in parts:
                left = _unpack(archive, part, left, label, limits, hiding)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise InputError(f"{label}: is a damaged workbook ({_short(error)}); fetch or save it again") from error
    return hiding


def _unpack(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, label: str, limits: Limits, hiding: HiddenParts
) -> int:
    """Unpack a part without keeping it, measure it, and return how much more may be unpacked."""
    span = _Span()
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                most = limits.of(WORKBOOK_UNPACKED) // 1024**2
                raise InputError(f"{label}: unpacks to more than {most} MB, {limits.advice}")
            text = rest + chunk
            # What may be cut in two is looked at with the next chunk.
            end = text.rfind(b"<")
            end = end if 0 < end and len(text) - end < _CHUNK else len(text)
            span.take(text[:end])
            hiding.take(part.filename, text[:end])
            rest = text[end:]
            _check(span, label, limits)
    span.take(rest)
    hiding.take(part.filename, rest)
    _check(span, label, limits)
    return left


def _check(span: _Span, label: str, limits: Limits) -> None:
    if span.rows > MOST_ROWS:
        raise InputError(f"{label}: a sheet has more rows than the {MOST_ROWS:,} that a sheet may have; save it anew")
    if span.cells > limits.of(SHEET_CELLS):
        most = f"a sheet spans more than {limits.of(SHEET_CELLS):,} cells"
        raise InputError(f"{label}: {most}, {limits.advice}, or delete what is far outside")


@dataclass(slots=True)
class _Span:
    """The rectangle that a sheet asks for.

    Cells say where they are or follow the one before; the larger of both counts. A sheet that mixes them may ask for
    more, which is as far as the memory goes that opening it may take.
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
        return self._is_sheet * max(self.width, self.widest, 1) * max(self.height, self.rows)

    def take(self, text: bytes) -> None:
        """Measure a piece of a sheet."""
        self._is_sheet = self._is_sheet or b"sheetData" in text
        for letters, number in _PLACE.findall(text):
            # A place that no sheet has is as far out as can be.
            known = len(letters) + len(number) <= _LONGEST_PLACE
            self.width = max(self.width, _column(letters) if known else _FAR_OUT)
            self.height = max(self.height, int(number or b"0") if known else _FAR_OUT)
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
