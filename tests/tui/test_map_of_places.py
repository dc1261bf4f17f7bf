"""Where records are: the map has each area once and counts truly, what it has no tile for is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.parties import Party
from db.register import open_register
from db.reports import PlacedRecord, Places, PostcodeArea
from tests import postcode_areas
from tests.tui.unfolding import lines
from tui.explorer.list_state import ListState
from tui.explorer.pages.places import place_items
from tui.explorer.symbols import PLAIN, Symbols
from tui.explorer.views.places import PlacesView
from tui.text import places as words
from tui.text.safe import width

HR = tuple(PlacedRecord(f"ods:RLQ0{n}", "site", f"Hospital {n}", "Hereford", f"HR1 {n}AB") for n in range(1, 4))
FOUND = Places(
    Party("ods:RLQ", "Wye Valley NHS Trust"),
    (
        PostcodeArea("LS", 1234, ("Leeds", "Otley"), ()),
        PostcodeArea("HR", 3, ("Hereford",), HR),
        PostcodeArea("EH", 2, (), ()),
    ),
    7,
)


def test_the_tiles_are_those_that_the_lists_of_hospitals_give(shared: Path) -> None:
    assert postcode_areas.FILE.read_text("utf-8") == postcode_areas.made(shared)


@pytest.mark.parametrize(("cells", "leeds"), [(72, "LS:1k"), (48, "LS+ ")])
def test_each_area_has_one_tile_with_what_is_there(cells: int, leeds: str) -> None:
    rows = words.map_rows(FOUND, cells)
    areas = [tile.area for row in rows for tile in row if tile.area]
    assert len(areas) == len(set(areas)) > 100
    lines = ["".join(f"{tile.area}{tile.number}".ljust(tile.width) for tile in row) for row in rows]
    assert max(map(len, lines)) <= cells
    assert [line for line in lines if leeds in line and "HU" in line]
    assert [line for line in lines if ("HR:3" if cells == 72 else "HR3") in line and "LD" in line]
    assert words.map_rows(FOUND, 40) == []


def test_what_the_map_leaves_out_is_told() -> None:
    assert words.remarks(FOUND) == ["not on the map: EH 2", "7 more records without a postcode"]
    assert words.headline(FOUND._replace(areas=())) == "Wye Valley NHS Trust: no source tells where any of them is"


@pytest.mark.parametrize("cells", [20, 56, 76, 140])
@pytest.mark.parametrize("signs", [Symbols(), PLAIN])
def test_an_area_opens_what_is_there_or_searches_for_it(cells: int, signs: Symbols) -> None:
    folded = place_items(FOUND, "type:trust", cells, signs, ListState(rows=20))
    assert max(width(line) for line in lines(folded)) <= cells
    assert [item.search for item in folded if item.search] == ["type:trust postcode:LS", "type:trust postcode:EH"]
    assert [item.more for item in folded if item.more] == ["HR"]
    opened = place_items(FOUND, "", cells, signs, ListState(shown={"HR": 10}, rows=20))
    assert [item.target.key for item in opened if item.target] == [one.key for one in HR]


def test_what_fits_on_the_screen_is_shown_at_once() -> None:
    few = FOUND._replace(areas=FOUND.areas[1:2])
    assert [item.target.key for item in place_items(few, "", 76, Symbols(), ListState(rows=40)) if item.target] == [
        one.key for one in HR
    ]
    assert not [item for item in place_items(few, "", 76, Symbols(), ListState(rows=20)) if item.target]


def test_what_is_counted_is_there() -> None:
    with open_register(None, builtin=True) as register:
        trusts = register.places("type:trust")
        assert [(one.area, one.number) for one in trusts.areas][:2] == [("DA", 2), ("SE", 2)]
        assert all(len(one.records) == one.number for one in trusts.areas)
        hits = register.find("type:trust", limit=None).hits
        assert trusts.total + trusts.nowhere == len(hits)
        linked = register.places("arr:foundation-group")
        assert linked.subject == Party("arr:foundation-group", "Foundation Group")
        assert {record.key for one in linked.areas for record in one.records} == {"ods:RLQ", "ods:RJC"}
        assert PlacesView("arr:foundation-group").ask(register).name == "map of Foundation Group"
