"""Cells of the lists: what damage costs a row, dates, codes, and addresses.

Addresses have five lines, of which some lists keep the last two for town and county and others do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache

from db.data_files import load_data
from db.identifiers import normalised
from db.model import Address
from importers.csv_rows import CsvRow, rows, shorten
from importers.ods.organisation import RefusedError
from importers.ods_csv.lists import lists
from importers.readable_case import readable
from importers.text import NO_TEXT


def data_rows(lines: Iterable[str]) -> Iterator[CsvRow]:
    """The rows of a list: without its heading, and with what damage costs a row as its problem."""
    for number, row in enumerate(rows(lines)):
        if number or not is_heading(row.cells):
            yield row if row.problem or not (problem := damage(row.cells)) else CsvRow(row.line, row.cells, problem)


def is_heading(cells: list[str]) -> bool:
    """Whether a first row is a heading, as reports with headings have it."""
    first = re.sub(r"[^a-z]", "", cells[0].lower()) if cells else ""
    return first in ("code", "organisationcode", "organisationid", "orgcode", "odscode", "orgid")


def damage(cells: list[str]) -> str | None:
    """What is wrong with the characters of a row, None where nothing is."""
    whole = "".join(cells)
    if "\x00" in whole:
        return "holds a NUL byte"
    return None if NO_TEXT.isdisjoint(whole) else "holds bytes that are no text"


@lru_cache(maxsize=65536)
def iso(text: str) -> str | None:
    """The date of a cell (`20130401`) in ISO 8601, None for an empty cell or a filler.

    Raises ValueError in words for a reject.
    """
    if not text or text in lists().fillers:
        return None
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError("is not a date in the form 20130401")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError:
        raise ValueError("is no day of the calendar") from None


def check_cells(cells: list[str], width: int) -> None:
    """Refuse a row of another width than its list."""
    if len(cells) != width:
        raise RefusedError(f"has {len(cells)} columns where the list has {width}")


def checked_code(code: str, what: str = "") -> str:
    """A code as the register writes it; refuses one that ODS cannot have given."""
    if not code:
        raise RefusedError(f"has no {what.strip() or 'code'}")
    try:
        return normalised("ods", code)
    except ValueError as error:
        raise RefusedError(f"{what}{error}") from None


def day(cell: str, what: str) -> str | None:
    """The date of a cell; refuses one that is none."""
    try:
        return iso(cell)
    except ValueError as error:
        raise RefusedError(f"{what} '{shorten(cell)}' {error}") from None


@cache
def _places() -> tuple[frozenset[str], tuple[str, ...]]:
    """Counties, and the last words of lines that are no towns."""
    data = load_data("importers.ods_csv", "places.yaml")
    counties, endings = (
        [" ".join(word.split()) for word in data[name].split("|")] for name in ("counties", "not_towns")
    )
    return frozenset(counties), tuple(endings)


def address(lines: list[str], postcode: str, fixed: bool) -> Address | None:
    """The address of columns 5 to 9 and 10, None where all are empty.

    `fixed` says that column 8 is the town and column 9 the county; else the last line that is no county is the town,
    unless it looks like a street or a building. The postcode stays as written, in capitals.
    """
    if not postcode and not any(lines):
        return None
    rest, town, county = _columns(lines) if fixed and lines[3] else _ordered([line for line in lines if line])
    return Address(
        tuple([readable(line) for line in rest if line]),
        readable(town) if town else None,
        readable(county) if county else None,
        postcode.upper() or None,
        None,
    )


def _columns(lines: list[str]) -> tuple[list[str], str, str]:
    return lines[:3], lines[3], lines[4]


def _ordered(lines: list[str]) -> tuple[list[str], str, str]:
    """Split lines that stand in no fixed column."""
    counties, _ = _places()
    county = lines.pop() if len(lines) > 1 and lines[-1].upper() in counties else ""
    town = lines.pop() if len(lines) > 1 and _may_be_town(lines[-1]) else ""
    return lines, town, county


def _may_be_town(line: str) -> bool:
    words = line.upper().replace(".", " ").replace(",", " ").split()
    if not words or any(letter.isdigit() for letter in line):
        return False
    return len(words) == 1 or words[-1] not in _places()[1]
