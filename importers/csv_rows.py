"""Rows of a comma-separated text with the line each starts on, robust against quotes that are never closed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.files.spool import KeptRows

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
    row: int = 0
    """Its number as spreadsheets count it: blank rows as well, and one that goes over lines once."""

    @property
    def shown(self) -> str:
        """The start of the row for a list of rejects."""
        return shorten(",".join(self.cells))


class CsvTable:
    """Rows that can be gone through again, and are kept on disk where they are many."""

    def __init__(self, rows: Iterable[CsvRow]) -> None:
        self._kept: KeptRows[tuple[int, list[str], str | None]] = KeptRows(
            ((row.line, row.cells, row.problem) for row in rows), weight=lambda row: weight(row[1])
        )

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[CsvRow]:
        return (CsvRow(*row) for row in self._kept)

    @property
    def sound(self) -> Iterator[list[str]]:
        """The cells of rows that are rows."""
        return (row.cells for row in self if row.problem is None)


def weight(cells: Sequence[str]) -> float:
    """What a row weighs beside one of a few texts, of which some thousand are held in memory."""
    return 1 + sum(map(len, cells)) / 250 + len(cells) / 25


def shorten(text: str) -> str:
    """At most `SHOWN` characters of a text."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def lines_of(text: str) -> Iterable[str]:
    """The lines of a text with their ends."""
    return io.StringIO(text, newline="")


def rows(lines: Iterable[str], delimiter: str = ",") -> Iterator[CsvRow]:
    """Every row that is not blank of a text's lines, which are held no longer than a row may need them.

    A row that goes over lines has to be a row by the strict rules of CSV, of the width of the first row and no longer
    than `LONGEST_ROW` lines; else a quote was left open: its first line is a row with a problem, and reading goes on
    at the next line.
    """
    coming = _Lines(lines)
    width = number = 0
    while coming.has(coming.place):
        reader = csv.reader(coming, delimiter=delimiter)
        while True:
            first = coming.begin(LONGEST_ROW + 1)
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield _broken(coming.since(first), first, _reason(error))
                coming.place = first + 1
                break
            taken = coming.since(first) if coming.place - first > 1 else []
            if taken and not _is_whole(taken, cells, width, delimiter):
                yield _broken(taken, first, UNCLOSED)
                coming.place = first + 1
                break
            if cells and not (len(cells) == 1 and not cells[0].strip(" \t\x1a\ufeff")):
                width = width or len(cells)
                yield CsvRow(first + 1, cells, row=number)


class _Lines:
    """Lines for a reader, which gets no more of them for one row than a row may have, and can go back to its first."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._coming = iter(lines)
        self._held: list[str] = []
        self._start = 0
        """The place of the first line that is held."""
        self.place = 0
        self._end = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.place >= self._end or not self.has(self.place):
            raise StopIteration
        self.place += 1
        return self._held[self.place - 1 - self._start]

    def has(self, place: int) -> bool:
        """Whether there is a line at a place."""
        while len(self._held) <= place - self._start:
            line = next(self._coming, None)
            if line is None:
                return False
            self._held.append(line)
        return True

    def begin(self, most: int) -> int:
        """Begin a row of so many lines at most here, and return where that is; the lines before are let go."""
        if self.place - self._start > most:
            del self._held[: self.place - self._start]
            self._start = self.place
        self._end = self.place + most
        return self.place

    def since(self, first: int) -> list[str]:
        """The lines from a place to this one."""
        return self._held[first - self._start : self.place - self._start]


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
    return CsvRow(place + 1, [lines[0].strip("\r\n")], problem)


def _reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "a cell is larger than 128 KB, or a quote is opened and not closed"
    return f"no row of a CSV file: {error}"
