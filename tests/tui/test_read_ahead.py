"""What is read and typed while the screen is loaded is on it from the beginning."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor

from db.errors import DatabaseError
from db.register import Register
from db.results import TypeCount
from tests.tui.exploring import NARROW, WIDE, Exploring
from tests.tui.fake_register import WYE, FakeRegister
from tests.tui.test_slow_reads import until
from tui.explorer.app import Explorer
from tui.explorer.read_ahead import ReadAhead
from tui.explorer.screens.explore import ExploreScreen


class CountingRegister(FakeRegister):
    """Tells when it has begun to count."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = Event()

    def contents(self) -> tuple[TypeCount, ...]:
        """Count, which takes as long as `counting` is awaited."""
        self.counts.set()
        assert self.counting.wait(10)
        return super().contents()


async def test_a_record_that_was_read_ahead_is_shown_and_not_asked_for_again() -> None:
    register = CountingRegister()
    ahead = ReadAhead(lambda: register, WYE[0])
    ahead.open()
    async with Explorer(lambda: register, start=WYE[0], ahead=ahead).run_test(size=WIDE) as pilot:
        running = Exploring(pilot.app, pilot)  # type: ignore[arg-type]
        await running.settle()
        assert running.shown() == WYE[0]
        assert "planned" in running.text()
        assert register.read == [WYE[0]]


async def test_no_list_is_painted_before_its_lines_are_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[tuple[bool, bool]] = []
    paint = Compositor.render_update

    def noted(of: Compositor, *how: Any, **more: Any) -> RenderableType | None:  # noqa: ANN401
        if isinstance(of.root, ExploreScreen):
            painted.append((of.root.results_view.awaits_layout, of.root.record_view.awaits_layout))
        return paint(of, *how, **more)

    monkeypatch.setattr(Compositor, "render_update", noted)
    ahead = ReadAhead(FakeRegister, WYE[0])
    ahead.open()
    for size in (WIDE, NARROW):
        async with Explorer(FakeRegister, start=WYE[0], ahead=ahead).run_test(size=size) as pilot:
            await Exploring(pilot.app, pilot).settle()  # type: ignore[arg-type]
        assert set(painted) == {(False, False)}


async def test_a_record_is_shown_while_it_is_still_being_counted_what_there_is() -> None:
    register = CountingRegister()
    register.counting.clear()
    ahead = ReadAhead(lambda: register, WYE[0])
    assert register.counts.wait(10)
    app = Explorer(lambda: register, start=WYE[0], ahead=ahead)
    async with app.run_test(size=WIDE) as pilot:
        running = Exploring(app, pilot)
        await until(running, lambda: running.shown() == WYE[0])
        assert running.screen.results_view.border_title is None
        register.counting.set()
        await running.press("escape")
        assert "what is in here" in running.text()
        assert register.read == [WYE[0]]


def test_what_was_read_ahead_is_given_once() -> None:
    ahead = ReadAhead(FakeRegister, WYE[0])
    ahead.open()
    taken = ahead.take()
    assert taken and taken.opened and taken.opened.record.key == WYE[0]
    assert ahead.take() is None


def test_where_nothing_could_be_read_ahead_whoever_asks_is_told_why() -> None:
    def refuse() -> Register:
        raise DatabaseError("the register has gone")

    ahead = ReadAhead(refuse)
    with pytest.raises(DatabaseError, match="has gone"):
        ahead.open()
    assert ahead.take() is None
