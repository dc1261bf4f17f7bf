"""Rows of a comma-separated text with the line each starts on, robust against quotes that are never closed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_ROW = 20
"""Lines that one row may take through newlines in quoted cells; beyond, a quote was left open."""

UNCLOSED = "a quote is opened and not closed"

SHOWN = 80
"""Characters of a refused row that are kept."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row as it stands in the file; `problem` says why it cannot be a row at all."""

    line: int
    cells: list[str]
    problem: str | None = None

    @property
    def shown(self) -> str:
        """The start of the row for a list of rejects."""
        return shorten(",".join(self.cells))


def shorten(text: str) -> str:
    """At most `SHOWN` characters of a text."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def rows(text: str, delimiter: str = ",") -> Iterator[CsvRow]:
    """Every row that is not blank.

    A row that goes over lines has to be a row by the strict rules of CSV, of the width of the first row and no longer
    than `LONGEST_ROW` lines; else a quote was left open: its first line is a row with a problem, and reading goes on
    at the next line.
    """
    lines = _Lines(list(io.StringIO(text, newline="")))
    width = 0
    while lines.place < len(lines.all):
        reader = csv.reader(lines, delimiter=delimiter)
        while True:
            first = lines.place
            lines.end = first + LONGEST_ROW + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield _broken(lines.all, first, _reason(error))
                lines.place = first + 1
                break
            if lines.place - first > 1 and not _is_whole(lines.all[first : lines.place], cells, width, delimiter):
                yield _broken(lines.all, first, UNCLOSED)
                lines.place = first + 1
                break
            if cells and not (len(cells) == 1 and not cells[0].strip(" \t\x1a\ufeff")):
                width = width or len(cells)
                yield CsvRow(first + 1, cells)


class _Lines:
    """The lines of a text for a reader, which gets no more of them for one row than a row may have."""

    def __init__(self, lines: list[str]) -> None:
        self.all = lines
        self.place = 0
        self.end = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.place >= self.end or self.place >= len(self.all):
            raise StopIteration
        self.place += 1
        return self.all[self.place - 1]


def _is_whole(lines: list[str], cells: list[str], width: int, delimiter: str) -> bool:
    """Whether lines that were read as one row are one: a quote that is closed by another cell's makes none."""
    if len(lines) > LONGEST_ROW or (width and len(cells) != width):
        return False
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=True)) == [cells]
    except csv.Error:
        return False


def swallows(row: CsvRow, delimiter: str = ",") -> int:
    """How many rows the cells of a row seem to hold: lines of its width, if a quote is missing there."""
    if len(row.cells) < 2:
        return 0
    inner = [line for cell in row.cells if "\n" in cell for line in cell.splitlines()[1:]]
    return len(inner) if all(line.count(delimiter) == len(row.cells) - 1 for line in inner) else 0


def _broken(lines: list[str], place: int, problem: str) -> CsvRow:
    return CsvRow(place + 1, [lines[place].strip("\r\n")], problem)


def _reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "a cell is larger than 128 KB, or a quote is opened and not closed"
    return f"no row of a CSV file: {error}"
