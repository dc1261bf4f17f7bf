"""CSV and TSV files as grids, whatever stands between their columns."""

from __future__ import annotations

import codecs

from db.errors import InputError
from importers import csv_rows
from importers.base import Input
from importers.table.grids import Grid, RawRow
from importers.text import Decoded, decoded

MAX_BYTES = 128 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
"""Characters of a line; a longer one is no row of a table."""

DELIMITERS = (",", "\t", ";", "|", "¬")


def text_of(source: Input, encoding: str | None) -> Decoded:
    """The text of a file; raises `InputError` where it is not in the encoding that the mapping names."""
    data = source.read_bytes(MAX_BYTES)
    if encoding is None:
        return decoded(data)
    try:
        return Decoded(data.decode("utf-8-sig" if encoding == "utf-8" else encoding))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not {encoding} (byte 0x{data[error.start]:02x}); leave `encoding` out of the mapping"
        raise InputError(f"{source.label}:{line}: {message}") from error


def is_text(head: bytes) -> bool:
    """Whether a file's start may be a table in plain text, which a stray NUL or two does not rule out."""
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or head.count(b"\x00") * 20 <= len(head)


def grid_of(text: str, delimiter: str, label: str) -> Grid:
    """The rows of a text; raises `InputError` for one that is no table."""
    _check_lines(text, label)
    rows: list[RawRow] = []
    remarks: list[str] = []
    for row in csv_rows.rows(text, delimiter):
        if _has_text(row.cells):
            rows.append(RawRow(row.line, row.cells, row.problem))
            held = csv_rows.swallows(row, delimiter) if row.problem is None else 0
            if held:
                remarks.append(
                    f"line {row.line}: a cell goes over lines that look like {held} more row{'s' * (held > 1)}; "
                    "if a quote is missing there, mend it and import again"
                )
    return Grid(rows, remarks=tuple(remarks))


def _check_lines(text: str, label: str) -> None:
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = max(text.rfind("\n", start, start + LONGEST_LINE), text.rfind("\r", start, start + LONGEST_LINE))
        if end < 0:
            line = text.count("\n", 0, start) + 1
            raise InputError(f"{label}:{line}: is longer than a megabyte, so the file is no table")
        start = end + 1


def _has_text(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells)
