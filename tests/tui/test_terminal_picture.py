"""What is written of a picture makes the terminal show just that picture, and is no more than what differs."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.explorer.terminal_picture import Placed, TerminalPicture

WIDTH, HEIGHT = 24, 4
STYLES = [Style.parse(words) for words in ("#d5d9e0 on #121212", "bold #7fb2e5 on #121212", "reverse", "red", "")]

pieces = st.tuples(st.text("ab ─●健é", min_size=1, max_size=6), st.sampled_from(STYLES))
strips = st.lists(pieces, min_size=1, max_size=4).map(
    lambda parts: Strip([Segment(text, style) for text, style in parts]).adjust_cell_length(WIDTH // 2, STYLES[0])
)
changes = st.tuples(st.integers(0, HEIGHT - 1), st.sampled_from([0, WIDTH // 2]), strips)


class _Shown:
    """A terminal, and what its cells look like."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self.screen)

    def take(self, written: str) -> None:
        self._stream.feed(written)

    def cells(self) -> list[list[object]]:
        return [[self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


def _in_full(placed: Placed) -> str:
    y, x, strip = placed
    parts = (Strip.render_style(style, text, ColorSystem.TRUECOLOR) for text, style, _ in strip if style is not None)
    return f"\x1b[{y + 1};{x + 1}H{''.join(parts)}\x1b[0m"


@given(st.lists(st.lists(changes, max_size=5), max_size=5))
def test_the_terminal_shows_what_it_would_if_all_were_written(updates: list[list[Placed]]) -> None:
    picture, by_changes, in_full = TerminalPicture(), _Shown(), _Shown()
    for update in updates:
        by_changes.take(picture.write(update, ColorSystem.TRUECOLOR))
        for one in update:
            in_full.take(_in_full(one))
        assert by_changes.cells() == in_full.cells()


def test_what_stands_there_already_is_not_written() -> None:
    picture = TerminalPicture()
    line = Strip([Segment("one two three four five six", STYLES[0])])
    other = Strip([Segment("one two three four five SIX", STYLES[0])])
    picture.write([(3, 0, line)], ColorSystem.TRUECOLOR)
    assert picture.write([(3, 0, line)], ColorSystem.TRUECOLOR) == ""
    assert picture.write([(3, 0, other)], ColorSystem.TRUECOLOR).endswith("SIX\x1b[0m")
    picture.forget()
    assert "one two" in picture.write([(3, 0, other)], ColorSystem.TRUECOLOR)


def test_what_follows_a_wide_character_is_written_with_it() -> None:
    picture = TerminalPicture()
    picture.write(
        [(0, 0, Strip([Segment("健", STYLES[0])])), (0, 2, Strip([Segment("behind")]))], ColorSystem.TRUECOLOR
    )
    written = picture.write([(0, 0, Strip([Segment("康", STYLES[0])]))], ColorSystem.TRUECOLOR)
    assert "康" in written
    assert "behind" in written
