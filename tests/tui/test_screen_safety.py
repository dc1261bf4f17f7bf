"""Hostile text through the real screen: everything that the explorer writes to the terminal is looked at."""

from __future__ import annotations

import re

import pytest
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from tests.tui.exploring import NARROW, WIDE, Exploring
from tests.tui.fake_register import HOSTILE, FakeRegister, hostile
from tui.explorer.app import Explorer
from tui.explorer.keymap import defaults
from tui.explorer.read_ahead import Opener
from tui.explorer.symbols import PLAIN, Symbols

WRITTEN: list[str] = []

OURS = re.compile(
    r"\x1b\[[0-9;?:<>=]*[A-Za-z~$]|\x1b\[\?\d+\$p|\x1b\]52;[^\x07]*\x07|\x1b\]22;default\x07|\x1bP\+?[^\x1b]*\x1b\\|\x1b[78=>]"
)
"""Sequences a screen is drawn with: cursor, colours, modes; the pointer's shape, the clipboard."""

HARM = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What must not be left over: controls, invisible letters, direction marks. Line feeds are the screen's own."""


class RecordingDriver(HeadlessDriver):
    """Takes everything that a terminal would be sent."""

    @property
    def is_headless(self) -> bool:
        """No, so that the app draws."""
        return False

    def write(self, data: str) -> None:
        """Keep what is written."""
        WRITTEN.append(data)


async def _explore(keys: tuple[str, ...], size: tuple[int, int], symbols: Symbols, typed: str = "") -> str:
    """Return all that the explorer writes while these keys are pressed at the hostile record."""
    register = FakeRegister(hostile())
    return await drawn(lambda: register, "org:evil", keys, size, symbols, typed)


async def drawn(
    opener: Opener, start: str, keys: tuple[str, ...], size: tuple[int, int],
    symbols: Symbols, typed: str = "",
) -> str:  # fmt: skip
    """Return all that the explorer writes while these keys are pressed at a record, and then a text is typed."""
    WRITTEN.clear()
    app = Explorer(opener, start=start, keymap=defaults(), symbols=symbols)
    app.driver_class = RecordingDriver

    async def press(pilot: Pilot[None]) -> None:
        running = Exploring(app, pilot)
        await running.settle()
        await running.press(*keys)
        if typed:
            await running.search(typed)
        app.exit()

    failures: list[BaseException] = []

    async def pilot_keys(pilot: Pilot[object]) -> None:
        try:
            await press(pilot)  # type: ignore[arg-type]
        except BaseException as error:
            failures.append(error)
            raise

    await app.run_async(size=size, auto_pilot=pilot_keys)
    assert not failures
    return "".join(WRITTEN)


def left_over(written: str) -> set[str]:
    """What acts or hides in what was written, but for what a screen is drawn with."""
    return {f"U+{ord(char):04X}" for char in HARM.findall(OURS.sub("", written))}


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_nothing_that_acts_reaches_the_terminal_from_a_record(size: tuple[int, int]) -> None:
    written = await _explore(("e", "down", "down", "G", "tab", "down", "down", "y", "Y"), size, Symbols())
    assert left_over(written) == set()
    assert "[bold red]x[/]" in written
    assert "␛[2J" in written
    assert "\x1b]0;" not in written


async def test_nothing_that_acts_reaches_the_terminal_from_results_help_and_the_way() -> None:
    keys = ("enter", "backspace", "escape", "Y", "question_mark", "G", "escape")
    written = await _explore(keys, WIDE, Symbols(), typed="owned")
    assert left_over(written) == set()


async def test_nothing_that_acts_reaches_the_terminal_from_the_search() -> None:
    written = await _explore((), WIDE, Symbols(), typed=HOSTILE)
    assert left_over(written) == set()
    assert "Nothing found for" in written


async def test_hostile_text_is_harmless_in_ascii_too() -> None:
    written = await _explore(("e", "G"), NARROW, PLAIN)
    assert left_over(written) == set()
    assert "?[2J" in written


async def test_at_rest_nothing_is_written() -> None:
    WRITTEN.clear()
    app = Explorer(FakeRegister, start="ods:RLQ", keymap=defaults(), symbols=Symbols())
    app.driver_class = RecordingDriver
    counts: list[int] = []

    async def rest(pilot: Pilot[None]) -> None:
        await Exploring(app, pilot).settle()
        counts.append(len(WRITTEN))
        for _ in range(5):
            await pilot.pause()
        counts.append(len(WRITTEN))
        app.exit()

    await app.run_async(size=WIDE, auto_pilot=rest)  # type: ignore[arg-type]
    assert counts[0] == counts[1] > 0


def test_the_driver_here_is_what_textual_draws_through() -> None:
    """If Textual wrote elsewhere, the tests above would see nothing and pass."""
    assert hasattr(App, "_display")
    assert issubclass(RecordingDriver, HeadlessDriver)


async def test_hostile_text_in_the_views_of_a_record_and_in_the_history_is_made_safe() -> None:
    written = await _explore(("p", "escape", "t", "backspace", "T", "a", "s", "H"), NARROW, Symbols())
    assert left_over(written) == set()
