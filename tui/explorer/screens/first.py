"""The line that is typed into, alone: painted at once, and there while all the rest is loaded."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from tui.explorer.symbols import Symbols
from tui.explorer.widgets.line_inputs import SearchInput


class FirstScreen(Screen[None]):
    """Takes letters, which the explorer goes on with; any other key waits for that."""

    AUTO_FOCUS = "#search"
    search_input = query_one("#search", SearchInput)

    def __init__(self, symbols: Symbols) -> None:
        super().__init__()
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """Lay out the one line, as it will be."""
        with Horizontal(id="top"):
            yield Static(Content("interlock"), id="brand")
            yield Static(Content(self._symbols.prompt), id="prompt")
            yield SearchInput()

    def takes(self, event: events.Event) -> bool:
        """Tell whether something typed is a letter of what is searched for; a colon may begin a command instead."""
        if not isinstance(event, events.Key) or not event.is_printable:
            return False
        return event.character != ":" or self.search_input.value != ""
