"""Drawing prepared lines: only the rows on screen are rendered, so that length costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.explorer.pages.items import NUMBER, ListItem
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.ascii_filter import PlainBar
from tui.explorer.widgets.lines import Lines
from tui.explorer.widgets.looks import looks

GUTTER = 2
"""Cells left of every row: the mark and a blank."""

MARGIN = 1
"""Cells right of every row, so that text does not touch the scroll bar or the edge."""


LETTERS = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"
"""What follows the links in view, those first that lie under the fingers."""


class DrawnLines(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws the items of `lines`, one of them marked unless the mark is put away."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--mark", "line--marked"}
    ALLOW_SELECT = False

    marked = reactive(-1, repaint=False)
    """Index of the marked item, -1 where there is none."""

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._symbols = symbols
        self._away = False
        self._looks: dict[str, Style] = {}
        self._row_style: Style | None = None
        self._shows_letters = False
        self.lines = Lines()

    @property
    def items(self) -> Sequence[ListItem]:
        """What is shown."""
        return self.lines

    def on_mount(self) -> None:
        """Draw the scroll bar with what the terminal can show."""
        if self._symbols.plain:
            # Textual means it to be set so, and types it as a constant of the class.
            self.vertical_scrollbar.renderer = PlainBar  # type: ignore[misc]

    def on_focus(self) -> None:
        """Show the mark as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the mark as resting, and no letters at links."""
        self._shows_letters = False
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        row = y + round(self.scroll_y)
        if self._row_style is None:
            self._row_style = self.rich_style
        base = self._row_style
        width = self.scrollable_content_region.width
        if not 0 <= row < self.lines.row_count:
            return Strip.blank(width, base)
        index, part = self.lines.at_row(row)
        item = self.items[index]
        marked = index == self.marked and not self._away
        if marked:
            base += self.get_component_rich_style("line--marked", partial=True)
        segments = [Segment(f"{self._symbols.mark if marked else ' '} ", self._over(base, "mark" if marked else ""))]
        for part_ in item.rows[part]:
            text = self._number(row) if part_ is NUMBER else part_.text
            style = "key" if part_ is NUMBER and self._shows_letters else part_.style
            segments.append(Segment(self._symbols.fit(text), self._over(base, style)))
        return Strip(segments).adjust_cell_length(width, base)

    def _over(self, base: Style, name: str) -> Style:
        """Return a piece's style on its row's; in reverse the row keeps one colour, or it would be a patchwork."""
        if not name or base.reverse:
            return base
        if name == "mark":
            return base + self.get_component_rich_style("line--mark", partial=True)
        if not self._looks:
            self._looks = looks(self.app.theme_variables, sixteen=self.app.native_ansi_color)
        found = self._looks.get(name)
        return base + found if found else base

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        self._looks, self._row_style = {}, None
        super().notify_style_update()

    def _number(self, row: int) -> str:
        """Return the number or letter that follows the link on a row, where there is one and keys reach it."""
        number = self.lines.number(row, round(self.scroll_y))
        if self._shows_letters:
            return f"{LETTERS[number - 1]} " if 1 <= number <= len(LETTERS) else "  "
        return f"{number} " if self.has_focus and 1 <= number <= 9 else "  "
