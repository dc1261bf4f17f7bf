"""A list of prepared lines with a mark: only the rows on screen are rendered, so that length costs nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.keymap import bindings
from tui.messages import ItemChosen, ItemMarked
from tui.pages.items import NUMBER, Item, piece
from tui.symbols import Symbols

Builder = Callable[[int], tuple[Item, ...]]
"""Prepares the lines for a width."""

Picker = Callable[[tuple[Item, ...]], str]
"""Chooses which item to mark, by its ident."""

_GUTTER = 2
"""Cells left of every row: the mark and a blank."""

STYLES = (
    "name", "about", "prose", "dim", "label", "count", "link", "number", "more", "date", "standing", "separate",
    "separate-label", "heading", "key", "quote", "basis-stated", "basis-claimed", "basis-inferred",
    "kind-organisation", "kind-arrangement", "kind-person", "kind-site", "kind-document",
)  # fmt: skip
"""The names of styles that pieces may have; `explorer.tcss` says how each looks."""
_KNOWN = frozenset((*STYLES, "mark"))
"""Pieces may ask for others, of a kind of record that we do not know: they look like the row."""


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows items, marks one of them and says when the mark moves or an item is chosen."""

    BINDINGS = bindings("lists")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--mark", "line--marked", *(f"line--{style}" for style in STYLES)}
    ALLOW_SELECT = False

    marked = reactive(-1, repaint=False)
    """Index of the marked item, -1 where there is none."""

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._symbols = symbols
        self._build: Builder = lambda _cells: ()
        self._items: tuple[Item, ...] = ()
        self._starts: list[int] = []
        self._rows: list[tuple[int, int]] = []
        self._numbered: list[int] = []
        self._cells = 0
        self._wanted: tuple[str | Picker, int] | None = ("", 0)

    def entitle(self, text: str) -> None:
        """Write a title, made safe, over the list; an empty one takes it away."""
        self.border_title = Content(self._symbols.fit(piece(text).text)) if text else None

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shown."""
        return self._items

    @property
    def item(self) -> Item | None:
        """The marked item."""
        return self._items[self.marked] if 0 <= self.marked < len(self._items) else None

    def show(self, build: Builder, mark: str | Picker = "", scroll: int = 0) -> None:
        """Show what `build` prepares, scrolled down so far, the mark on the item of an ident or on one picked.

        Where a picked item is below the first screen, the mark stays on the first. A view without size waits for one.
        """
        self._build, self._wanted = build, (mark, scroll)
        self._prepare()
        self._mark_ident(mark if isinstance(mark, str) else self._near_the_top(mark(self._items)))
        if self.scrollable_content_region.area:
            self._wanted = None
            self._keep_in_sight(prefer=scroll)
        self.refresh()

    def rebuild(self) -> None:
        """Prepare the lines anew, the mark and the place staying where they are."""
        if self._wanted:
            self.show(self._build, *self._wanted)
        else:
            self.show(self._build, self.item.ident if self.item else "", round(self.scroll_y))

    def _near_the_top(self, ident: str) -> str:
        height = self.scrollable_content_region.height
        at = next((n for n, item in enumerate(self._items) if item.ident == ident), None)
        return ident if at is not None and self._starts[at] + len(self._items[at].rows) <= height else ""

    def _prepare(self) -> None:
        """Lay the items out in rows for the present width."""
        self._cells = self.scrollable_content_region.width
        self._items = self._build(max(self._cells - _GUTTER, 8)) if self._cells else ()
        self._starts, self._rows, self._numbered = [], [], []
        for index, item in enumerate(self._items):
            self._starts.append(len(self._rows))
            if item.target:
                self._numbered.append(len(self._rows))
            self._rows += [(index, row) for row in range(len(item.rows))]
        self.virtual_size = Size(max(self._cells, 1), len(self._rows))

    def _mark_ident(self, ident: str) -> None:
        found = next((n for n, item in enumerate(self._items) if ident and item.ident == ident and item.stops), None)
        if found is None:
            found = next((n for n, item in enumerate(self._items) if item.stops), -1)
        self.set_reactive(LineView.marked, found)
        if self.item is not None:
            self.post_message(ItemMarked(self, self.item))

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew where the width has changed."""
        if self.scrollable_content_region.width != self._cells or (self._wanted and self.size):
            self.rebuild()
        else:
            self._keep_in_sight()

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
        if not 0 <= row < len(self._rows):
            return Strip.blank(width, base)
        index, part = self._rows[row]
        item = self._items[index]
        marked = index == self.marked
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
        """Return the number that follows the link on a row: links are counted from the top of what is on screen."""
        number = bisect_left(self._numbered, row) - bisect_left(self._numbered, round(self.scroll_y)) + 1
        return f"{number} " if self.has_focus and 1 <= number <= 9 else "  "

    def _keep_in_sight(self, prefer: int | None = None) -> None:
        """Scroll as little as needed so that the marked item is seen, from its first row on."""
        if not 0 <= self.marked < len(self._items) or not self.scrollable_content_region.area:
            return
        top, height = self._starts[self.marked], max(self.scrollable_content_region.height, 1)
        bottom = top + len(self._items[self.marked].rows)
        now = round(self.scroll_y) if prefer is None else prefer
        if self.marked == next(iter(self._stops()), -1):
            wanted = 0 if bottom <= height else min(now, top)
        elif top < now:
            wanted = top
        elif bottom > now + height:
            wanted = min(bottom - height, top)
        else:
            wanted = now
        wanted = max(min(wanted, len(self._rows) - height), 0)
        if wanted != round(self.scroll_y) or prefer is not None:
            self.scroll_to(y=wanted, animate=False)

    def mark(self, index: int) -> None:
        """Put the mark on an item and bring it into sight."""
        if index == self.marked or not 0 <= index < len(self._items):
            return
        self.marked = index
        self._keep_in_sight()
        self.refresh()
        self.post_message(ItemMarked(self, self._items[index]))

    def action_move(self, steps: int) -> None:
        """Move the mark by so many stops; scroll where there are none, as in the help."""
        stops = self._stops()
        if not stops:
            self.scroll_relative(y=steps, animate=False)
            return
        at = bisect_left(stops, max(self.marked, 0))
        self.mark(stops[max(0, min(at + steps, len(stops) - 1))])

    def action_page(self, direction: int) -> None:
        """Move the mark about a screen up or down."""
        height = max(self.scrollable_content_region.height - 2, 1)
        stops = self._stops()
        if not stops:
            self.scroll_relative(y=direction * height, animate=False)
            return
        row = max(0, min(self._starts[max(self.marked, 0)] + direction * height, len(self._rows) - 1))
        there = bisect_left(stops, self._rows[row][0])
        next_to = bisect_left(stops, self.marked) + direction
        at = max(there, next_to) if direction > 0 else min(there, next_to)
        self.mark(stops[max(0, min(at, len(stops) - 1))])

    def action_top(self) -> None:
        """Go to the first item."""
        stops = self._stops()
        if stops:
            self.mark(stops[0])
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """Go to the last item."""
        stops = self._stops()
        if stops:
            self.mark(stops[-1])
        else:
            self.scroll_to(y=self.max_scroll_y, animate=False)

    def _stops(self) -> list[int]:
        return [n for n, item in enumerate(self._items) if item.stops]

    def action_choose(self) -> None:
        """Say that the marked item was chosen."""
        if self.item is not None:
            self.post_message(ItemChosen(self, self.item))

    def action_follow(self, number: int) -> None:
        """Choose the item that shows this number."""
        first = bisect_left(self._numbered, round(self.scroll_y))
        last = bisect_left(self._numbered, round(self.scroll_y) + self.scrollable_content_region.height)
        if first + number - 1 < last:
            self.mark(self._rows[self._numbered[first + number - 1]][0])
            self.action_choose()

    def on_click(self, event: events.Click) -> None:
        """Mark what is clicked, choose it where it was marked already."""
        offset = event.get_content_offset(self)
        row = offset.y + round(self.scroll_y) if offset else -1
        if 0 <= row < len(self._rows):
            index = self._rows[row][0]
            if index == self.marked:
                self.action_choose()
            elif self._items[index].stops:
                self.mark(index)
