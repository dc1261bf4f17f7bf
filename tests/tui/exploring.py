"""Running the explorer in tests: on a fake register, waiting for its workers instead of sleeping."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tests.tui.fake_register import FakeRegister
from tui.explorer.app import Explorer
from tui.explorer.kept_state import StateKeeper
from tui.explorer.keymap import Keymap, defaults
from tui.explorer.screens.explore import ExploreScreen
from tui.explorer.settings import Settings
from tui.explorer.symbols import Symbols
from tui.explorer.views.commands import view_of

NARROW = (80, 24)
WIDE = (140, 45)


class Exploring:
    """An explorer under test: presses keys, waits until everything asked has been answered, reads the screen."""

    def __init__(self, app: Explorer, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> ExploreScreen:
        """The screen of the explorer."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ExploreScreen)
        return screen

    async def settle(self) -> None:
        """Wait until no worker runs and what they posted has been handled, several times over."""
        quiet = 0
        for _ in range(200):
            await self.pilot.pause()
            # Textual puts a change of size off for a moment, in which others may follow.
            self.app._check_resize()
            quiet = quiet + 1 if self._at_rest() else 0
            if quiet == 3:
                return
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
        raise AssertionError("the explorer does not come to rest")

    def _at_rest(self) -> bool:
        """Whether all that was asked has been answered and shown."""
        if not self.app.is_running or self.app.return_code is not None:
            return True
        waiting = self.app.screen._callbacks  # for what is to be painted before
        return self.screen.at_rest and not waiting and not any(worker.is_running for worker in self.app.workers)

    async def press(self, *keys: str) -> None:
        """Press keys, waiting after each for what it causes."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def search(self, text: str) -> None:
        """Put a text into the search and wait for the results."""
        self.screen.search_input.value = text
        await self.settle()

    async def command(self, line: str, *keys: str) -> None:
        """Type a line behind `:` in one go, then press keys."""
        await self.press("colon")
        self.screen.command_box.command.value = line
        await self.settle()
        await self.press(*keys)

    async def show(self, words: str) -> None:
        """Open the view of a command's words, as following a link to it does."""
        view = view_of(words.split(), None)
        assert view is not None, words
        self.screen.go_to(self.screen.record_view)
        self.screen.open_view(view)
        await self.settle()

    def text(self) -> str:
        """Return what is on the screen, without the blanks at the end of lines."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        rows = ["".join(segment.text for segment in strip).rstrip() for strip in strips[:height]]
        assert all(len(row) <= width for row in rows)
        return "\n".join(rows) + "\n"

    def shown(self) -> str | None:
        """Return the key of the record that is shown."""
        return self.screen.record.key if self.screen.record else None


@asynccontextmanager
async def exploring(
    register: FakeRegister | None = None,
    size: tuple[int, int] = WIDE,
    *,
    start: str | None = None,
    keymap: Keymap | None = None,
    symbols: Symbols | None = None,
    search: str = "kind:arrangement",
    settings: Settings | None = None,
    keeper: StateKeeper | None = None,
) -> AsyncIterator[Exploring]:
    """Run the explorer on a fake register until the block ends; `search` is typed first unless it opens at a record."""
    answering = register or FakeRegister()
    app = Explorer(
        lambda: answering, start=start, keymap=keymap or defaults(), symbols=symbols or Symbols(),
        settings=settings, keeper=keeper,
    )  # fmt: skip
    async with app.run_test(size=size) as pilot:
        running = Exploring(app, pilot)
        await running.settle()
        if search and start is None:
            await running.search(search)
        yield running
