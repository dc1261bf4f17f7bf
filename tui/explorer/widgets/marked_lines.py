"""A list of prepared lines: what it shows, where its mark goes, and which place it keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.content import Content
from textual.geometry import Size

from tui.explorer.list_state import ListState
from tui.explorer.messages import ItemMarked
from tui.explorer.pages.folding import ListPart, items_of, laid_out, set_words
from tui.explorer.pages.items import ListItem, awaited_items, failed_items, piece
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.drawn_lines import GUTTER, MARGIN, DrawnLines
from tui.explorer.widgets.lines import Lines

Builder = Callable[[int], Sequence[ListPart]]
"""Prepares the lines for a width."""

_LEAST = 8
"""Cells for which lines are prepared at least, however narrow the screen."""

Picker = Callable[[Sequence[ListItem]], str]
"""Chooses which item to mark, by its ident."""


class MarkedLines(DrawnLines, can_focus=True, inherit_bindings=False):
    """Shows items as `state` has them folded, filtered and sorted, marks one of them and says when the mark moves."""

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(symbols, id=id)
        self._build: Builder = lambda _cells: ()
        self._answer: Builder = self._build
        self._parts: Sequence[ListPart] = ()
        self._cells = 0
        self._title = ""
        self.state = ListState()
        self._wanted: tuple[str | Picker, int] | None = ("", 0)

    def entitle(self, text: str) -> None:
        """Write a title, made safe, over the list; an empty one takes it away."""
        self._title = text
        self._retitle()

    def _retitle(self) -> None:
        """Write the title, and what the whole list is filtered and sorted by."""
        words = "  ".join(part for part in (self._title, *set_words(self.state, "")) if part)
        title = Content(self._symbols.fit(piece(words).text)) if words else None
        if self.border_title != title:
            self.border_title = title

    @property
    def item(self) -> ListItem | None:
        """The marked item; None where there is none, or where the mark is put away."""
        return self.items[self.marked] if 0 <= self.marked < len(self.items) and not self._away else None

    @property
    def top(self) -> int:
        """The row that is the first on the screen, or will be as soon as the view has a size."""
        return self._wanted[1] if self._wanted else round(self.scroll_y)

    @property
    def awaits_layout(self) -> bool:
        """Whether it has just been given a size, for which its lines are about to be laid out."""
        return self._wanted is not None and self.scrollable_content_region.area > 0

    @property
    def can_move(self) -> bool:
        """Whether a key can put the mark elsewhere."""
        return self.lines.stop_count > 1 or self._away

    def show(self, build: Builder, mark: str | Picker = "", scroll: int = 0, state: ListState | None = None) -> None:
        """Show what `build` prepares, scrolled down so far, the mark on the item of an ident or on one picked.

        Where a picked item is below the first screen, the mark stays on the first. A view without size waits for one.
        With `state` it is folded, filtered and sorted as before.
        """
        self._answer, self._away, self.state = build, False, state or ListState()
        self._retitle()
        self._put(build, mark if isinstance(mark, str) else lambda items: self._near_the_top(mark(items)), scroll)

    def fail(self, why: str) -> None:
        """Say why there is no answer to show, above the answer from before, grey and not to be chosen."""
        before = self._before()
        self._put(lambda cells: failed_items(why, before(cells), cells), "", 0)

    def wait(self, what: str) -> None:
        """Say what is being read, above the answer from before, grey and not to be chosen."""
        before = self._before()
        self._put(lambda cells: awaited_items(what, before(cells), cells), "", 0)

    def _before(self) -> Callable[[int], Sequence[ListItem]]:
        """Return what prepares the answer from before as it stands, and forget how that was set."""
        answer, state, signs = self._answer, self.state, self._signs
        self._away, self.state = False, ListState()
        self._retitle()
        return lambda cells: items_of(laid_out(answer(cells), state, cells, signs))

    @property
    def _signs(self) -> tuple[str, str]:
        return self._symbols.opened, self._symbols.folded

    def grow(self, build: Builder | None = None) -> None:
        """Show what there is more of after "more" was chosen, the mark on the first line that is new."""
        at, self._answer = self.marked, build or self._build

        def first_new(items: Sequence[ListItem]) -> str:
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
        self._parts = self._build(self._room) if self._cells else ()
        self._arrange()

    @property
    def _room(self) -> int:
        """The cells that lines have."""
        return max(self._cells - GUTTER - MARGIN, _LEAST)

    def _arrange(self) -> None:
        """Show the parts that there are as they are folded, filtered and sorted."""
        self.lines = Lines(laid_out(self._parts, self.state, self._room, self._signs))
        self.virtual_size = Size(max(self._cells, 1), self.lines.row_count)
        # Textual sees too late that the scroll bar comes or goes, and would lay out and paint everything once more.
        self._refresh_scrollbars()

    def _mark_ident(self, ident: str) -> None:
        found = self.lines.stop_of(ident)
        if found is None:
            found = self.lines.nth_stop(0) if self.lines.stop_count else -1
        self.set_reactive(MarkedLines.marked, found)
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
        if self.marked == self.lines.nth_stop(0):
            wanted = 0 if bottom <= height else min(now, top)
        elif top < now:
            wanted = top
        elif bottom > now + height:
            wanted = min(bottom - height, top)
        else:
            wanted = now
        wanted = max(min(wanted, self.lines.row_count - height), 0)
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
        if not self.lines.stop_count:
            self.scroll_relative(y=steps, animate=False)
        elif not self._bring_mark_back():
            self.mark(self.lines.nth_stop(self.lines.stop_near(self.marked) + steps))

    def action_page(self, direction: int) -> None:
        """Move the mark about a screen up or down."""
        height = max(self.scrollable_content_region.height - 2, 1)
        lines = self.lines
        if not lines.stop_count:
            self.scroll_relative(y=direction * height, animate=False)
        elif not self._bring_mark_back():
            row = max(0, min(lines.span(max(self.marked, 0))[0] + direction * height, lines.row_count - 1))
            there, next_to = lines.stop_near(lines.at_row(row)[0]), lines.stop_near(self.marked) + direction
            self.mark(lines.nth_stop(max(there, next_to) if direction > 0 else min(there, next_to)))

    def action_top(self) -> None:
        """Go to the first item."""
        if self.lines.stop_count:
            self.mark(self.lines.nth_stop(0))
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """Go to the last item."""
        if self.lines.stop_count:
            self.mark(self.lines.nth_stop(self.lines.stop_count - 1))
        else:
            self.scroll_to(y=self.max_scroll_y, animate=False)
