"""The pane with the focus gets the whole screen and gives it back, and keeps it where links lead."""

from __future__ import annotations

import pytest

from tests.tui.exploring import NARROW, WIDE, exploring


@pytest.mark.parametrize("size", [(60, 20), NARROW, WIDE, (90, 45)])
async def test_a_pane_has_the_whole_screen_until_it_gives_it_back(size: tuple[int, int]) -> None:
    async with exploring(size=size, start="arr:foundation-group") as explorer:
        screen = explorer.screen
        before = screen.results_view.size
        await explorer.press("plus")
        assert screen.record_view.size.width >= size[0] - 1
        assert screen.results_view.size.height == 0
        await explorer.press("enter")
        assert explorer.shown() == "ods:RLQ" and screen.record_view.size.width >= size[0] - 1
        await explorer.press("backspace", "escape")
        assert screen.record_view.has_focus
        assert screen.results_view.size == before


async def test_another_pane_that_is_gone_to_takes_the_whole_screen() -> None:
    async with exploring(size=WIDE, start="arr:foundation-group") as explorer:
        await explorer.press("tab", "plus")
        assert explorer.screen.evidence_view.has_focus
        assert explorer.screen.evidence_view.size.width >= WIDE[0] - 1
        assert "keeps its own board" not in explorer.text()
        await explorer.press("shift+tab")
        assert "keeps its own board" in explorer.text()
        await explorer.press("underscore")
        assert "paragraph 3  stated" in explorer.text() and "keeps its own board" in explorer.text()


@pytest.mark.parametrize("size", [(100, 30), WIDE, (200, 60)])
async def test_two_records_side_by_side_have_the_width_of_the_results_until_one_goes_back_to_these(
    size: tuple[int, int],
) -> None:
    async with exploring(size=size, start="ods:RLQ") as explorer:
        screen = explorer.screen
        await explorer.press("equals_sign", *"Warwick", "enter")
        assert "side by side" in explorer.text() and screen.results_view.size.height == 0
        names = next(line for line in explorer.text().splitlines() if "What both tell" in line)
        assert "Wye Valley" in names and "South Warwickshire" in names
        await explorer.press("escape")
        assert screen.results_view.has_focus and 0 < screen.results_view.size.width < size[0] - 40
        assert screen.results_view.size.height > 20


@pytest.mark.parametrize("size", [(100, 30), WIDE, (200, 60)])
async def test_what_is_read_has_the_width_of_the_results_until_something_is_searched_for(size: tuple[int, int]) -> None:
    async with exploring(size=size, start="ods:RLQ") as explorer:
        screen = explorer.screen
        assert screen.record_view.size.width >= min(size[0] - 2, 90) and screen.results_view.size.height == 0
        await explorer.press("slash", *"wye", "enter")
        assert screen.record_view.has_focus and screen.results_view.size.height > 0
