"""A letter at each link in view follows it; a key that is none of them is not taken for one."""

from __future__ import annotations

import re

from tests.tui.exploring import NARROW, WIDE, exploring
from tests.tui.fake_register import FakeRegister, hub


async def test_the_letter_at_a_link_follows_it_even_beyond_the_ninth() -> None:
    async with exploring(FakeRegister(hub(20)), WIDE, start="ods:HUB") as explorer:
        await explorer.press("apostrophe")
        found = re.search(r"(\w) ● Practice 11", explorer.text())
        assert found and found[1].isalpha()
        await explorer.press(found[1])
        marked = explorer.screen.record_view.item
        assert marked and marked.target and marked.target.key == "ods:H11"


async def test_escape_leaves_the_letters_and_one_that_stands_nowhere_does_nothing() -> None:
    async with exploring(size=NARROW, start="arr:foundation-group") as explorer:
        view = explorer.screen.record_view
        await explorer.press("apostrophe", "Q")
        assert explorer.app.is_running and explorer.shown() == "arr:foundation-group"
        assert "a ● Wye Valley" in explorer.text()
        await explorer.press("escape")
        assert view.has_focus and "1 ● Wye Valley" in explorer.text()
        before = view.marked
        await explorer.press("apostrophe", "down")
        assert view.marked > before and "1 ● Wye Valley" in explorer.text()
