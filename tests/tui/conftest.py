"""The explorer without a terminal takes no time: what runs in tests waits for no clock and paints nothing unseen."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.screen import Screen

PAINTED = Compositor.render_update


async def until_idle(*_: float) -> None:
    """Let all that is ready run, and what that makes ready, until only threads and timers are waited for."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0)
    while loop._ready:  # type: ignore[attr-defined]
        await asyncio.sleep(0)


def nothing_painted(
    self: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
) -> RenderableType | None:
    """Paint nothing where no terminal is there to show it; `Exploring.text` draws the whole screen."""
    if full or not active_app.get().is_headless:
        return PAINTED(self, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    self._dirty_regions.clear()
    return None


@pytest.fixture(autouse=True)
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pilots wait for what is ready alone: Textual would sleep at each key, and the explorer rest after it."""
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", until_idle)
    monkeypatch.setattr(Compositor, "render_update", nothing_painted)
    monkeypatch.setattr("tui.explorer.screens.searching.RESTS", 0.0)
    monkeypatch.setattr("tui.explorer.screens.narrowing.ASKED_AFTER", None)
    monkeypatch.setattr("tui.explorer.screens.at_hand.AHEAD_AFTER", None)
