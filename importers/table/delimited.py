"""CSV and TSV files as grids, whatever stands between their columns."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from importers import csv_rows
from importers.limits import USUAL, Limits
from importers.table.grids import Grid, RawRow, RawRows

DELIMITERS = (",", "\t", ";", "|", "¬")
_REMARKS = 100
"""Rows that seem to hold others of which each is told."""


def is_text(head: bytes) -> bool:
    """Whether a file's start may be a table in plain text, which a stray NUL or two does not rule out."""
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or head.count(b"\x00") * 20 <= len(head)


def grid_of(lines: Iterable[str], delimiter: str, label: str, limits: Limits = USUAL) -> Grid:
    """The rows of a text's lines, read when they are asked for."""
    remarks: list[str] = []
    return Grid(RawRows(limits.rows(label, _rows(lines, delimiter, remarks))), remarks=remarks)


def _rows(lines: Iterable[str], delimiter: str, remarks: list[str]) -> Iterator[RawRow]:
    for row in csv_rows.rows(lines, delimiter):
        if _has_text(row.cells):
            held = csv_rows.swallows(row, delimiter) if row.problem is None else 0
            if held and len(remarks) == _REMARKS:
                remarks.append("further lines look so")
            elif held and len(remarks) < _REMARKS:
                remarks.append(
                    f"line {row.line}: a cell goes over lines that look like {held} more row{'s' * (held > 1)}; "
                    "if a quote is missing there, mend it and import again"
                )
            yield RawRow(row.line, row.cells, row.problem, row=row.row if row.row != row.line else None)


def _has_text(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells)
