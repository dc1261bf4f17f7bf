"""The search: a line to type in, whose keys are ours and can be remapped."""

from __future__ import annotations

from textual.widgets import Input

from tui.keymap import bindings
from tui.safe import visible
from tui.symbols import Symbols


class SearchInput(Input, inherit_bindings=False):
    """Where the query is typed; what is pasted into it is made safe like everything else."""

    BINDINGS = bindings("search")

    def __init__(self, symbols: Symbols) -> None:
        super().__init__(placeholder="Name, code or acronym", id="search", compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._symbols = symbols

    def validate_value(self, value: str) -> str:
        """Return what may stand in the line."""
        return visible(value)
