"""Filtering and sorting a list where the mark stands: in the group it is in, or in the whole list."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from tui.explorer.pages.folding import ListFold, orders_of
from tui.explorer.pages.items import ListItem
from tui.explorer.widgets.line_inputs import as_one_line
from tui.explorer.widgets.marked_lines import MarkedLines


class FilteredLines(MarkedLines, can_focus=True, inherit_bindings=False):
    """Takes what is typed while a filter is open, letter by letter; the lines that hold it show at once."""

    @property
    def is_typing(self) -> bool:
        """Whether letters go into a filter."""
        return self.state.typing is not None

    @property
    def group(self) -> str:
        """The group that is filtered and sorted where the mark stands; the whole list in none."""
        return self.lines.group_of(self.marked) if self.item else ""

    def action_filter(self) -> None:
        """Begin to type what lines must hold, or go on typing it."""
        here = self.group
        self._set(here, self.state.filters.get(here, ""), typing=True)

    def take(self, event: events.Key) -> bool:
        """Type a key into the filter that is open; tell whether it was one to type."""
        group = self.state.typing
        if group is None:
            return False
        text = self.state.filters.get(group, "")
        if event.is_printable and event.character:
            self._set(group, text + event.character, typing=True)
        elif event.key == "backspace":
            self._set(group, text[:-1], typing=bool(text))
        elif event.key == "ctrl+u":
            self._set(group, "", typing=True)
        elif event.key == "enter":
            self.end_typing()
        else:
            return False
        return True

    def take_paste(self, text: str) -> bool:
        """Put what was pasted into the filter that is open; tell whether there was one."""
        group = self.state.typing
        if group is not None:
            self._set(group, self.state.filters.get(group, "") + as_one_line(text), typing=True)
        return group is not None

    def end_typing(self) -> None:
        """Keep what was typed, since the keys go elsewhere; nothing that was typed is no filter."""
        group = self.state.typing
        if group is not None:
            self._set(group, self.state.filters.get(group, ""), typing=False)

    def step_back(self) -> bool:
        """Take away the filter where the mark stands, or any other; tell whether there was one."""
        filters = self.state.filters
        if self.state.typing is None and not filters:
            return False
        here = self.state.typing if self.state.typing is not None else self.group
        self._set(here if here in filters else next(iter(filters), here), "", typing=False)
        return True

    def _set(self, group: str, text: str, *, typing: bool) -> None:
        """Filter a group by a text; an empty one that is not being typed is none."""
        filters = {name: one for name, one in self.state.filters.items() if name != group}
        if text or typing:
            filters[group] = text
        self.state = replace(self.state, filters=filters, typing=group if typing else None)
        self._arrange_anew(group)

    def action_sort(self) -> None:
        """Show the lines where the mark stands in the next order: as they come, by name, since, type."""
        here = self.group
        fold = next((part for part in self._parts if isinstance(part, ListFold) and part.ident == here), None)
        orders = orders_of(fold or [part for part in self._parts if isinstance(part, ListItem)])
        now = self.state.orders.get(here, "")
        order = orders[(orders.index(now) + 1) % len(orders)] if now in orders else ""
        self.state = replace(self.state, orders={**self.state.orders, here: order})
        self._arrange_anew(here)

    def _arrange_anew(self, group: str) -> None:
        """Show the lines anew, the mark on the same, else on the first of the group, and say so in the title."""
        ident, top = self.items[self.marked].ident if 0 <= self.marked < len(self.items) else "", round(self.scroll_y)
        self._arrange()
        head = self.lines.stop_of(group)
        if head is not None and (ident == group or self.lines.stop_of(ident) is None):
            after = head + 1 < len(self.items) and self.lines.group_of(head + 1) == group
            ident = self.items[head + 1].ident if after else group
        self._mark_ident(ident)
        self._keep_in_sight(prefer=top)
        self._retitle()
        self.refresh()
