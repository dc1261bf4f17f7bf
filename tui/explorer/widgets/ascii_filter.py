"""The last door to a terminal that knows ASCII only: frames, bars and typed text pass through it like all else."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBarRender

from tui.explorer.symbols import Symbols


class PlainBar(ScrollBarRender):
    """A scroll bar of whole cells, which need no signs."""

    VERTICAL_BARS = [" "]
    HORIZONTAL_BARS = [" "]


class AsciiFilter(LineFilter):
    """Gives every character its twin in ASCII, whoever has drawn it."""

    def __init__(self, symbols: Symbols) -> None:
        super().__init__(enabled=symbols.plain)
        self._symbols = symbols

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in ASCII, as wide as before."""
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [Segment(self._symbols.fit(text), style, control) for text, style, control in segments]
