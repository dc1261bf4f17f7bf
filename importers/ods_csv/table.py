"""Rows of a comma-separated text with the line each starts on, robust against quotes that are never closed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_ROW = 20
"""Lines that one row may take through newlines in quoted cells; beyond, a quote was left open."""

SHOWN = 80
"""Characters of a refused row that are kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file; `problem` says why it cannot be a row at all."""

    line: int
    cells: list[str]
    problem: str | None = None

    @property
    def shown(self) -> str:
        """The start of the row for a list of rejects."""
        return shorten(",".join(self.cells))


def data_rows(text: str) -> Iterator[Row]:
    """The rows of a list: without its heading, and with what damage costs a row as its problem."""
    for number, row in enumerate(rows(text)):
        if number or not is_heading(row.cells):
            yield row if row.problem or not (problem := damage(row.cells)) else Row(row.line, row.cells, problem)


def is_heading(cells: list[str]) -> bool:
    """Whether a first row is a heading, as reports with headings have it."""
    first = re.sub(r"[^a-z]", "", cells[0].lower()) if cells else ""
    return first in ("code", "organisationcode", "organisationid", "orgcode", "odscode", "orgid")


def damage(cells: list[str]) -> str | None:
    """What is wrong with the characters of a row, None where nothing is."""
    whole = "".join(cells)
    if "\x00" in whole:
        return "holds a NUL byte"
    return "holds bytes that are no text" if "\ufffd" in whole else None


def shorten(text: str) -> str:
    """At most `SHOWN` characters of a text."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def rows(text: str, delimiter: str = ",") -> Iterator[Row]:
    """Every row that is not blank.

    A row that swallows further lines and has not the width of the first row is taken for an unclosed quote: its first
    line is a row with a problem, and reading goes on at the next line.
    """
    lines = list(io.StringIO(text, newline=""))
    start = 0
    width = 0
    while start < len(lines):
        reader = csv.reader(lines[start:] if start else lines, delimiter=delimiter)
        base = start
        done = base
        start = len(lines)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield _broken(lines, done, _reason(error))
                start = done + 1
                break
            end = base + reader.line_num
            span = end - done
            if span > 1 and (span > LONGEST_ROW or (width and len(cells) != width)):
                yield _broken(lines, done, "a quote is opened and not closed")
                start = done + 1
                break
            if cells and not (len(cells) == 1 and not cells[0].strip(" \t\x1a\ufeff")):
                width = width or len(cells)
                yield Row(done + 1, cells)
            done = end


def _broken(lines: list[str], place: int, problem: str) -> Row:
    return Row(place + 1, [lines[place].strip("\r\n")], problem)


def _reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "a cell is larger than 128 KB, or a quote is opened and not closed"
    return f"no row of a CSV file: {error}"
