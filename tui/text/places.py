"""Where records are, in words and as a map in characters: a tile for each postcode area of England and Wales.

The tiles (`postcode_areas.csv`) stand where the middle of the hospitals of each area is, in two lists under the Open
Government Licence, moved as little as it takes; `tests/postcode_areas.py` makes them.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.text import phrases

if TYPE_CHECKING:
    from db.reports import Places, PostcodeArea

WIDE, NARROW = 6, 4
"""Cells of a tile with the number in full, and with no more than one figure of it."""
NOTHING = "no source tells where any of them is"
MANY = "a digit counts what is there, + is ten and more"
"""What the figures of narrow tiles mean."""


class MapTile(NamedTuple):
    """A place on the map: the letters of a postcode area and, set off, how many are there; no letters where none is."""

    area: str
    number: str
    width: int


@cache
def _tiles() -> dict[tuple[int, int], str]:
    """Return the postcode area of each row and column that has one."""
    with Path(__file__).with_name("postcode_areas.csv").open(encoding="utf-8") as file:
        return {(int(one["row"]), int(one["column"])): one["area"] for one in csv.DictReader(file)}


def map_rows(found: Places, cells: int) -> list[list[MapTile]]:
    """Return the map, line by line, as wide as there is room for; nothing where there is too little."""
    tiles = _tiles()
    rows, columns = (1 + max(place[n] for place in tiles) for n in (0, 1))
    width = WIDE if columns * WIDE <= cells else NARROW
    if columns * NARROW > cells:
        return []
    numbers = {one.area: one.number for one in found.areas}

    def tile(row: int, column: int) -> MapTile:
        area = tiles.get((row, column), "")
        return MapTile(area, _figure(area, numbers.get(area, 0), width), width)

    return [[tile(row, column) for column in range(columns)] for row in range(rows)]


def _figure(area: str, number: int, width: int) -> str:
    """Return a number in the cells of a tile, nothing where it is none; `HR6` would be the district of a postcode."""
    if not number:
        return ""
    if width == NARROW:
        return str(number) if number < 10 else "+"
    figure = str(number) if number < 1000 else f"{number // 1000}k"
    return f":{figure}" if len(area) + len(figure) + 2 <= width else figure


def is_cut(rows: list[list[MapTile]]) -> bool:
    """Tell whether the map has no more than one figure of each number."""
    return bool(rows) and rows[0][0].width == NARROW


def headline(found: Places) -> str:
    """Return how many are where: `Wye Valley NHS Trust: linked to 12 records in 3 postcode areas`."""
    if not found.areas:
        return f"{found.subject.name}: {NOTHING}" if found.subject else NOTHING
    number = f"{phrases.count(found.total, 'record')} in {phrases.count(len(found.areas), 'postcode area')}"
    return f"{found.subject.name}: linked to {number}" if found.subject else number


def remarks(found: Places) -> list[str]:
    """Return what the map leaves out: areas that it has no tile for, and records without a postcode."""
    known = set(_tiles().values())
    outside = [one for one in found.areas if one.area not in known]
    told = []
    if outside:
        told.append("not on the map: " + ", ".join(f"{area(one)} {one.number:,}" for one in outside))
    if found.nowhere:
        told.append(f"{phrases.count(found.nowhere, 'more record')} without a postcode")
    return told


def area(one: PostcodeArea) -> str:
    """Return the letters of a postcode area with the town in which most of what is there is: `LS (Leeds)`."""
    return f"{one.area} ({one.towns[0]})" if one.towns else one.area


def towns(one: PostcodeArea) -> str:
    """Return the towns in which most are."""
    return ", ".join(one.towns)
