"""A list of prepared lines whose groups fold, and which a person filters and sorts where they stand."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from tui.explorer.keymap import bindings
from tui.explorer.messages import ItemChosen, Noticed
from tui.explorer.pages.folding import ListFold
from tui.explorer.widgets.drawn_lines import LETTERS
from tui.explorer.widgets.filtering import FilteredLines


class LineView(FilteredLines, can_focus=True, inherit_bindings=False):
    """Folds and opens groups, says which item was chosen."""

    BINDINGS = bindings("lists")

    def action_choose(self) -> None:
        """Fold or open a group, say of any other item that it was chosen; a mark that was put away is shown first."""
        item = None if self._bring_mark_back() else self.item
        if item is None:
            return
        if item.fold:
            self._toggle(item.fold)
        elif item.leads or item.more or item.search or item.deed:
            self.post_message(ItemChosen(self, item))
        else:
            self._say("This line leads nowhere")

    def _say(self, words: str) -> None:
        """Tell why a key did nothing."""
        self.post_message(Noticed((words,)))

    def action_follow(self, number: int) -> None:
        """Choose the item that shows this number."""
        index = self.lines.numbered(number, round(self.scroll_y), self.scrollable_content_region.height)
        if index is None:
            self._say(f"No link in view has the number {number}")
        else:
            self.mark(index)
            self.action_choose()

    def action_jump(self) -> None:
        """Show a letter at each link in view; the next key that is one of them follows it."""
        self._shows_letters = self.lines.numbered(1, round(self.scroll_y), self._rows_seen) is not None
        if self._shows_letters:
            self._say("The letter at a link follows it; Esc leaves them")
        else:
            self._say("No link is in view")
        self.refresh()

    def take(self, event: events.Key) -> bool:
        """Take a letter that stands at a link, or Escape; any other key that is no letter does what it always does."""
        if not self._shows_letters:
            return super().take(event)
        letter = event.character or ""
        number = LETTERS.find(letter) + 1 if event.is_printable and letter else 0
        is_there = number > 0 and self.lines.numbered(number, round(self.scroll_y), self._rows_seen) is not None
        if number and not is_there:
            return True
        self._shows_letters = False
        self.refresh()
        if is_there:
            self.action_follow(number)
        return is_there or event.key in ("escape", "apostrophe")

    def on_click(self, event: events.Click) -> None:
        """Mark what is clicked, choose it where it was marked already."""
        offset = event.get_content_offset(self)
        row = offset.y + round(self.scroll_y) if offset else -1
        if 0 <= row < self.lines.row_count:
            index = self.lines.at_row(row)[0]
            if index == self.marked and not self._away:
                self.action_choose()
            elif self.items[index].stops:
                self.mark(index)

    def action_fold(self) -> None:
        """Fold or open what is marked, a group or a line that has more to say; else go a screen on."""
        item = self.item
        if item and (item.fold or item.under):
            self._toggle(item.fold or item.ident)
        else:
            self.action_page(1)

    def action_fold_group(self) -> None:
        """Fold the group that is marked, or the one that the marked line is in."""
        item = self.item
        group = self.lines.group_of(self.marked) if item else ""
        if item and item.fold and item.is_open:
            self._toggle(item.fold)
        elif group:
            self._toggle(group)
        else:
            self._say("This line is in no group that folds")

    def _toggle(self, ident: str) -> None:
        """Open what is folded, fold what is open, and mark it."""
        fold = next((part for part in self._parts if isinstance(part, ListFold) and part.ident == ident), None)
        was_open = self.state.folds.get(ident, self._opens(ident))
        self.state = replace(self.state, folds={**self.state.folds, ident: not was_open})
        top = round(self.scroll_y)
        self._arrange()
        self._mark_ident(ident)
        if not was_open:
            top = max(top, min(self.lines.span(self.marked)[0], self._end_of(ident) - self._rows_seen))
        self._keep_in_sight(prefer=top)
        self.refresh()
        if fold and fold.rest and not was_open and self.item:
            self.post_message(ItemChosen(self, self.item))

    @property
    def lacks_lines(self) -> bool:
        """Whether a group is open of which only the first lines were read."""
        folds = [part for part in self._parts if isinstance(part, ListFold)]
        return any(fold.rest and self.state.folds.get(fold.ident) for fold in folds)

    @property
    def _rows_seen(self) -> int:
        return max(self.scrollable_content_region.height, 1)

    def _opens(self, ident: str) -> bool:
        """Whether a group is open as long as nobody says otherwise."""
        folds = [part for part in self._parts if isinstance(part, ListFold)]
        return any(fold.is_open for one in folds for fold in (one, *one.inner) if fold.ident == ident)

    def _end_of(self, ident: str) -> int:
        """Return the first row after a group that heads, or a line."""
        return max(self.lines.group_span(ident)[1], self.lines.span(self.marked)[1])
