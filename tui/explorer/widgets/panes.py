"""The places of the explorer that keys go to: the search, what was found, the record, and who says so."""

from __future__ import annotations

import re

from textual import events
from textual.widgets import Input

from tui.explorer.keymap import bindings
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.line_view import LineView
from tui.text.safe import visible


class Pane(LineView):
    """A list in the explorer, from which one can go back, copy and ask for evidence."""

    BINDINGS = bindings("panes")


class ResultsView(Pane):
    """What the search found."""

    BINDINGS = bindings("results")


class RecordView(Pane):
    """The record."""

    BINDINGS = bindings("record")


class EvidenceView(Pane):
    """Who says what the marked line of the record says."""


_BREAKS = re.compile(r"\s*[^\S \u00a0]\s*")
"""Line breaks, tabs and the like, with the blanks around them."""


class SearchInput(Input, inherit_bindings=False):
    """Where the query is typed; what is pasted into it is made safe like everything else."""

    BINDINGS = bindings("search")

    def __init__(self, symbols: Symbols) -> None:
        super().__init__(placeholder="Name, code or acronym", id="search", compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._symbols = symbols

    def on_paste(self, event: events.Paste) -> None:
        """Put the whole of what was pasted into the one line, a blank for each line break and tab."""
        event.prevent_default()
        event.stop()
        self.replace(_BREAKS.sub(" ", event.text.strip()), *sorted(self.selection))

    def validate_value(self, value: str) -> str:
        """Return what may stand in the line."""
        return visible(value)
