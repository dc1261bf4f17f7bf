"""A list of prepared lines: what it shows, where its mark goes, which place it keeps, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.geometry import Size

from tui.explorer.keymap import bindings
from tui.explorer.messages import ItemChosen, ItemMarked
from tui.explorer.pages.items import ListItem, awaited_items, failed_items, piece
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.drawn_lines import GUTTER, DrawnLines, Lines

Builder = Callable[[int], tuple[ListItem, ...]]
"""Prepares the lines for a width."""

Picker = Callable[[tuple[ListItem, ...]], str]
"""Chooses which item to mark, by its ident."""


class LineView(DrawnLines, can_focus=True, inherit_bindings=False):
    """Shows items, marks one of them and says when the mark moves or an item is chosen."""

    BINDINGS = bindings("lists")

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(symbols, id=id)
        self._build: Builder = lambda _cells: ()
        self._answer: Builder = self._build
        self._cells = 0
        self._wanted: tuple[str | Picker, int] | None = ("", 0)

    def entitle(self, text: str) -> None:
        """Write a title, made safe, over the list; an empty one takes it away."""
        self.border_title = Content(self._symbols.fit(piece(text).text)) if text else None

    @property
    def item(self) -> ListItem | None:
        """The marked item; None where there is none, or where the mark is put away."""
        return self.items[self.marked] if 0 <= self.marked < len(self.items) and not self._away else None

    @property
    def top(self) -> int:
        """The row that is the first on the screen, or will be as soon as the view has a size."""
        return self._wanted[1] if self._wanted else round(self.scroll_y)

    @property
    def can_move(self) -> bool:
        """Whether a key can put the mark elsewhere."""
        return len(self.lines.stops) > 1 or self._away

    def show(self, build: Builder, mark: str | Picker = "", scroll: int = 0) -> None:
        """Show what `build` prepares, scrolled down so far, the mark on the item of an ident or on one picked.

        Where a picked item is below the first screen, the mark stays on the first. A view without size waits for one.
        """
        self._answer, self._away = build, False
        self._put(build, mark if isinstance(mark, str) else lambda items: self._near_the_top(mark(items)), scroll)

    def fail(self, why: str) -> None:
        """Say why there is no answer to show, above the answer from before, grey and not to be chosen."""
        before, self._away = self._answer, False
        self._put(lambda cells: failed_items(why, before(cells), cells), "", 0)

    def wait(self, what: str) -> None:
        """Say what is being read, above the answer from before, grey and not to be chosen."""
        before, self._away = self._answer, False
        self._put(lambda cells: awaited_items(what, before(cells), cells), "", 0)

    def grow(self, build: Builder | None = None) -> None:
        """Show what there is more of after "more" was chosen, the mark on the first line that is new."""
        at, self._answer = self.marked, build or self._build

        def first_new(items: tuple[ListItem, ...]) -> str:
            return next((item.ident for item in reversed(items[: at + 1]) if item.stops), "")

        self._put(self._answer, first_new, round(self.scroll_y))

    def rebuild(self) -> None:
        """Prepare the lines anew, the mark and the place staying where they are."""
        if self._wanted:
            self._put(self._build, *self._wanted)
        else:
            marked = self.items[self.marked].ident if 0 <= self.marked < len(self.items) else ""
            self._put(self._build, marked, round(self.scroll_y))

    def _put(self, build: Builder, mark: str | Picker, scroll: int) -> None:
        self._build, self._wanted = build, (mark, scroll)
        self._prepare()
        self._mark_ident(mark if isinstance(mark, str) else mark(self.items))
        if self.scrollable_content_region.area:
            self._wanted = None
            self._keep_in_sight(prefer=scroll)
        self.refresh()

    def _near_the_top(self, ident: str) -> str:
        at = self.lines.stop_of(ident)
        return ident if at is not None and self.lines.span(at)[1] <= self.scrollable_content_region.height else ""

    def _prepare(self) -> None:
        """Lay the items out in rows for the present width."""
        self._cells = self.scrollable_content_region.width
        self.lines = Lines(self._build(max(self._cells - GUTTER, 8)) if self._cells else ())
        self.virtual_size = Size(max(self._cells, 1), len(self.lines.rows))

    def _mark_ident(self, ident: str) -> None:
        found = self.lines.stop_of(ident)
        if found is None:
            found = self.lines.nth_stop(0) if self.lines.stops else -1
        self.set_reactive(LineView.marked, found)
        if self.item is not None:
            self.post_message(ItemMarked(self, self.item))

    def point_at(self, ident: str) -> None:
        """Mark the item of an ident, since what it stands for is open; without one, put the mark away.

        The next key that would move the mark, or choose what is marked, brings it back instead.
        """
        at = self.lines.stop_of(ident)
        if at is not None:
            self.mark(at)
        elif not self._away:
            self._away = True
            self.refresh()

    def _bring_mark_back(self) -> bool:
        """Show the mark where it was; tell whether it had been put away."""
        was_away = self._away
        if was_away:
            self.mark(self.marked)
        return was_away

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew where the width has changed."""
        if self.scrollable_content_region.width != self._cells or (self._wanted and self.size):
            self.rebuild()
        else:
            self._keep_in_sight()

    def _keep_in_sight(self, prefer: int | None = None) -> None:
        """Scroll as little as needed so that the marked item is seen, from its first row on."""
        if not 0 <= self.marked < len(self.items) or not self.scrollable_content_region.area:
            return
        top, bottom = self.lines.span(self.marked)
        height = max(self.scrollable_content_region.height, 1)
        now = round(self.scroll_y) if prefer is None else prefer
        if self.marked in self.lines.stops[:1]:
            wanted = 0 if bottom <= height else min(now, top)
        elif top < now:
            wanted = top
        elif bottom > now + height:
            wanted = min(bottom - height, top)
        else:
            wanted = now
        wanted = max(min(wanted, len(self.lines.rows) - height), 0)
        if wanted != round(self.scroll_y) or prefer is not None:
            # Without force nothing would be scrolled before the scroll bar is there, which it is not yet.
            self.scroll_to(y=wanted, animate=False, force=True)

    def mark(self, index: int) -> None:
        """Put the mark on an item and bring it into sight."""
        if (index == self.marked and not self._away) or not 0 <= index < len(self.items):
            return
        self.marked, self._away = index, False
        if self._wanted:
            self._wanted = (self.items[index].ident, self._wanted[1])
        self._keep_in_sight()
        self.refresh()
        self.post_message(ItemMarked(self, self.items[index]))

    def action_move(self, steps: int) -> None:
        """Move the mark by so many stops; scroll where there are none, as in the help."""
        if not self.lines.stops:
            self.scroll_relative(y=steps, animate=False)
        elif not self._bring_mark_back():
            self.mark(self.lines.nth_stop(self.lines.stop_near(self.marked) + steps))

    def action_page(self, direction: int) -> None:
        """Move the mark about a screen up or down."""
        height = max(self.scrollable_content_region.height - 2, 1)
        lines = self.lines
        if not lines.stops:
            self.scroll_relative(y=direction * height, animate=False)
        elif not self._bring_mark_back():
            row = max(0, min(lines.starts[max(self.marked, 0)] + direction * height, len(lines.rows) - 1))
            there, next_to = lines.stop_near(lines.rows[row][0]), lines.stop_near(self.marked) + direction
            self.mark(lines.nth_stop(max(there, next_to) if direction > 0 else min(there, next_to)))

    def action_top(self) -> None:
        """Go to the first item."""
        if self.lines.stops:
            self.mark(self.lines.nth_stop(0))
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """Go to the last item."""
        if self.lines.stops:
            self.mark(self.lines.stops[-1])
        else:
            self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_choose(self) -> None:
        """Say that the marked item was chosen; a mark that was put away is shown first."""
        if not self._bring_mark_back() and self.item is not None:
            self.post_message(ItemChosen(self, self.item))

    def action_follow(self, number: int) -> None:
        """Choose the item that shows this number."""
        index = self.lines.numbered(number, round(self.scroll_y), self.scrollable_content_region.height)
        if index is not None:
            self.mark(index)
            self.action_choose()

    def on_click(self, event: events.Click) -> None:
        """Mark what is clicked, choose it where it was marked already."""
        offset = event.get_content_offset(self)
        row = offset.y + round(self.scroll_y) if offset else -1
        if 0 <= row < len(self.lines.rows):
            index = self.lines.rows[row][0]
            if index == self.marked and not self._away:
                self.action_choose()
            elif self.items[index].stops:
                self.mark(index)
