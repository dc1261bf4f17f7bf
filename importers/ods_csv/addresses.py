"""Addresses of the lists: five lines, of which some lists keep the last two for town and county and others do not."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from db.model import Address
from importers.readable_case import readable


@cache
def _places() -> tuple[frozenset[str], tuple[str, ...]]:
    """Counties, and the last words of lines that are no towns."""
    import yaml  # 15 ms, wanted only where such a list is read

    data = yaml.safe_load(files("importers.ods_csv").joinpath("places.yaml").read_text("utf-8"))
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
