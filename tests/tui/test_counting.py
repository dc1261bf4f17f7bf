"""What is in the register is counted last and apart: a large register takes seconds, and nothing waits for it."""

from __future__ import annotations

import pytest

from tests.tui.exploring import WIDE, Exploring
from tests.tui.fake_register import FakeRegister
from tui.explorer.app import Explorer
from tui.explorer.keymap import defaults
from tui.explorer.screens.explore import ExploreScreen
from tui.explorer.symbols import Symbols


@pytest.mark.parametrize("start", [None, "ods:RLQ"])
async def test_records_and_results_never_wait_for_the_count(start: str | None) -> None:
    register = FakeRegister()
    register.counting.clear()
    app = Explorer(lambda: register, start=start, keymap=defaults(), symbols=Symbols())
    async with app.run_test(size=WIDE) as pilot:
        explorer = Exploring(app, pilot)

        async def all_else() -> None:
            for _ in range(4):
                await pilot.pause()
                if others := [one for one in app.workers if one.group != "counts"]:
                    await app.workers.wait_for_complete(others)

        await all_else()
        if start is None:
            explorer.screen.search_input.value = "kind:arrangement"
            await all_else()
        assert explorer.shown() == (start or "arr:foundation-group")
        for _ in range(2):
            await pilot.press("enter")
            await all_else()
        assert explorer.screen.at_rest
        assert explorer.shown() == ("ods:RLQ" if start is None else "ods:RJC")
        assert "2 organisations ·" not in explorer.text()
        register.counting.set()
        await explorer.settle()
        assert "2 organisations ·" in explorer.text()


async def test_the_count_begins_when_everything_else_has_been_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rested: list[bool] = []
    ask = ExploreScreen.ask_stats

    def watched(screen: ExploreScreen) -> object:
        rested.append(screen.at_rest)
        return ask(screen)

    monkeypatch.setattr(ExploreScreen, "ask_stats", watched)
    app = Explorer(FakeRegister, keymap=defaults(), symbols=Symbols())
    async with app.run_test(size=WIDE) as pilot:
        explorer = Exploring(app, pilot)
        await explorer.settle()
        await explorer.search("Burley")
    assert rested == [True]
