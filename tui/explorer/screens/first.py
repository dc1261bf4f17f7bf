"""The line that is typed into, alone: painted at once, and there while all the rest is loaded."""

from __future__ import annotations

from typing import TypeGuard

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from tui.explorer.sizes import size_classes
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.line_inputs import IN_AN_EMPTY_SEARCH, SearchInput


class FirstScreen(Screen[None]):
    """Takes letters, which the explorer goes on with; any other key waits for that."""

    AUTO_FOCUS = "#search"
    search_input = query_one("#search", SearchInput)

    def __init__(self, symbols: Symbols, typed: list[events.InputEvent | events.Paste]) -> None:
        """Make it; letters at the beginning of what was `typed` before are taken out of that."""
        super().__init__()
        self._symbols = symbols
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Lay out the one line, as it will be."""
        self.add_class(*size_classes(self.app.size))
        with Horizontal(id="top"):
            yield Static(Content("interlock"), id="brand")
            yield Static(Content(self._symbols.prompt), id="prompt")
            yield SearchInput()

    def on_screen_resume(self) -> None:
        """Have what was typed by now in the first picture."""
        while self._typed and self.takes(key := self._typed[0]):
            self.search_input.insert_text_at_cursor(key.character or "")
            del self._typed[0]

    def takes(self, event: events.Event) -> TypeGuard[events.Key]:
        """Tell whether something typed is a letter of what is searched for; a colon may begin a command instead."""
        if not isinstance(event, events.Key) or not event.is_printable:
            return False
        return event.character not in IN_AN_EMPTY_SEARCH or self.search_input.value != ""
