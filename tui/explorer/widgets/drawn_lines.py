"""Drawing prepared lines: only the rows on screen are rendered, so that length costs nothing."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.explorer.pages.items import NUMBER, ListItem
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.ascii_filter import PlainBar

GUTTER = 2
"""Cells left of every row: the mark and a blank."""

STYLES = (
    "name", "about", "prose", "dim", "label", "count", "link", "number", "more", "date", "standing", "separate",
    "separate-label", "heading", "key", "quote", "failed", "stale", "basis-stated", "basis-claimed", "basis-inferred",
    "kind-organisation", "kind-arrangement", "kind-person", "kind-site", "kind-document",
)  # fmt: skip
"""The names of styles that pieces may have; `explorer.tcss` says how each looks."""
_KNOWN = frozenset((*STYLES, "mark"))
"""Pieces may ask for others, of a kind of record that we do not know: they look like the row."""


class Lines:
    """What a list shows, row by row; made anew whenever it shows something else."""

    def __init__(self, items: tuple[ListItem, ...] = ()) -> None:
        self.items = items
        self.starts: list[int] = []
        """The first row of each item."""
        self.rows: list[tuple[int, int]] = []
        """The item of each row, and which of its rows it is."""
        self._numbered: list[int] = []
        for index, item in enumerate(items):
            self.starts.append(len(self.rows))
            if item.leads:
                self._numbered.append(len(self.rows))
            self.rows += [(index, row) for row in range(len(item.rows))]
        self.stops = [n for n, item in enumerate(items) if item.stops]
        """The items that the mark can stand on."""

    def span(self, index: int) -> tuple[int, int]:
        """Return the first row of an item and the first one after it."""
        return self.starts[index], self.starts[index] + len(self.items[index].rows)

    def stop_of(self, ident: str) -> int | None:
        """Return the item of an ident, None where the mark cannot stand on one."""
        return next((n for n in self.stops if ident and self.items[n].ident == ident), None)

    def stop_near(self, index: int) -> int:
        """Return the place among the stops of an item, or of the next one that is a stop."""
        return bisect_left(self.stops, max(index, 0))

    def nth_stop(self, place: int) -> int:
        """Return the item of a place among the stops, the first or last one where there is no such place."""
        return self.stops[max(0, min(place, len(self.stops) - 1))]

    def number(self, row: int, top: int) -> int:
        """Return the number of the link on a row: links are counted from the row on `top` of what is on screen."""
        return bisect_left(self._numbered, row) - bisect_left(self._numbered, top) + 1

    def numbered(self, number: int, top: int, height: int) -> int | None:
        """Return the item that shows a number on the screen that begins at `top`."""
        at = bisect_left(self._numbered, top) + number - 1
        if at >= bisect_left(self._numbered, top + height):
            return None
        return self.rows[self._numbered[at]][0]


class DrawnLines(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws the items of `lines`, one of them marked unless the mark is put away."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--mark", "line--marked", *(f"line--{style}" for style in STYLES)}
    ALLOW_SELECT = False

    marked = reactive(-1, repaint=False)
    """Index of the marked item, -1 where there is none."""

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._symbols = symbols
        self._away = False
        self.lines = Lines()

    @property
    def items(self) -> tuple[ListItem, ...]:
        """What is shown."""
        return self.lines.items

    def on_mount(self) -> None:
        """Draw the scroll bar with what the terminal can show."""
        if self._symbols.plain:
            # Textual means it to be set so, and types it as a constant of the class.
            self.vertical_scrollbar.renderer = PlainBar  # type: ignore[misc]

    def on_focus(self) -> None:
        """Show the mark as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the mark as resting."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        row = y + round(self.scroll_y)
        base = self.rich_style
        width = self.scrollable_content_region.width
        if not 0 <= row < len(self.lines.rows):
            return Strip.blank(width, base)
        index, part = self.lines.rows[row]
        item = self.items[index]
        marked = index == self.marked and not self._away
        if marked:
            base += self.get_component_rich_style("line--marked", partial=True)
        segments = [Segment(f"{self._symbols.mark if marked else ' '} ", self._over(base, "mark" if marked else ""))]
        for part_ in item.rows[part]:
            text = self._number(row) if part_ is NUMBER else part_.text
            segments.append(Segment(self._symbols.fit(text), self._over(base, part_.style)))
        return Strip(segments).adjust_cell_length(width, base)

    def _over(self, base: Style, name: str) -> Style:
        """Return a piece's style on its row's; in reverse the row keeps one colour, or it would be a patchwork."""
        if name not in _KNOWN or base.reverse:
            return base
        return base + self.get_component_rich_style(f"line--{name}", partial=True)

    def _number(self, row: int) -> str:
        """Return the number that follows the link on a row, where there is one and keys reach it."""
        number = self.lines.number(row, round(self.scroll_y))
        return f"{number} " if self.has_focus and 1 <= number <= 9 else "  "
