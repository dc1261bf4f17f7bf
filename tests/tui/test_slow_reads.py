"""A record that takes long to read: the one before it is never taken for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.errors import DatabaseError
from tests.tui.exploring import NARROW, WIDE, Exploring, exploring
from tests.tui.fake_register import FakeRegister


async def until(explorer: Exploring, so: Callable[[], bool]) -> None:
    """Let the explorer go on until something is so, while a read does not end."""
    for _ in range(2000):
        await explorer.pilot.pause()
        if so():
            return
    raise AssertionError("it never is so")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_is_read_is_named_and_keys_reach_nothing_of_the_record_before(size: tuple[int, int]) -> None:
    register = FakeRegister()
    register.slow_record = "arr:foundation-group"
    async with exploring(register, size, start="ods:RLQ") as explorer:
        for key in ("enter", "2", "enter"):
            await explorer.pilot.press(key)
        await until(explorer, lambda: "Reading Foundation Group" in explorer.text())
        await explorer.pilot.press("enter", "1")
        assert [item.target for item in explorer.screen.record_view.items if item.target or item.stops] == []
        assert explorer.text().splitlines()[-2].strip() == "Wye Valley NHS Trust › Foundation Group"
        register.reading.set()
        await explorer.settle()
        assert explorer.shown() == "arr:foundation-group"
        assert "Reading" not in explorer.text()
        await explorer.press("backspace")
        assert explorer.shown() == "ods:RLQ"
        assert explorer.screen.record_view.item is not None


async def test_a_link_that_leads_nowhere_after_long_leaves_the_record_as_it_was() -> None:
    register = FakeRegister()
    register.slow_record = "person:glen-burley"
    register.broken["person:glen-burley"] = DatabaseError("x.db: is locked")
    async with exploring(register, start="ods:RLQ") as explorer:
        before = list(explorer.screen.record_view.items)
        await explorer.pilot.press("2")
        await until(explorer, lambda: "Reading Glen Burley" in explorer.text())
        register.reading.set()
        await explorer.settle()
        assert "x.db: is locked" in explorer.text()
        assert list(explorer.screen.record_view.items) == before
        item = explorer.screen.record_view.item
        assert item and item.target and item.target.key == "person:glen-burley"
