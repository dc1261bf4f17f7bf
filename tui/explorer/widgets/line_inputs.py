"""The lines of the explorer in which something is typed: the search, a command, what to look for in the palette."""

from __future__ import annotations

import re

from textual import events
from textual.widgets import Input

from tui.explorer.keymap import bindings
from tui.text.safe import visible

_BREAKS = re.compile(r"\s*[^\S \u00a0]\s*")
"""Line breaks, tabs and the like, with the blanks around them."""


_LAST_WORD = re.compile(r"(?:[^\s/]+[\s/]*|[\s/]+)$")
"""The word that a text ends with, of a path what stands behind the slash, with blanks after it."""

IN_AN_EMPTY_SEARCH = {":": "screen.command", "?": "screen.help"}
"""What a letter does that begins no query."""


class LineInput(Input, inherit_bindings=False):
    """One line to type in; what is pasted into it is made safe like everything else."""

    BINDINGS = bindings("editing")

    def __init__(self, placeholder: str, *, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Put the whole of what was pasted into the one line, a blank for each line break and tab."""
        event.prevent_default()
        event.stop()
        self.replace(_BREAKS.sub(" ", event.text.strip()), *sorted(self.selection))

    def action_delete_left_word(self) -> None:
        """Delete the word before the cursor as a shell does: a whole name with its dots, the last part of a path."""
        start, end = sorted(self.selection)
        before = self.value[:end]
        self.delete(start if start < end else len(_LAST_WORD.sub("", before)), end)

    def validate_value(self, value: str) -> str:
        """Return what may stand in the line."""
        return visible(value)


class SearchInput(LineInput):
    """Where the query is typed."""

    BINDINGS = bindings("search")

    def __init__(self) -> None:
        super().__init__("Name, code or acronym", id="search")

    async def on_key(self, event: events.Key) -> None:
        """In an empty search a colon begins a command and a question mark asks for help, as no query begins so."""
        action = IN_AN_EMPTY_SEARCH.get(event.character or "") if not self.value else None
        if action:
            event.prevent_default()
            event.stop()
            await self.run_action(action)


class CommandInput(LineInput):
    """Where a command is typed."""

    BINDINGS = bindings("command")

    def __init__(self) -> None:
        super().__init__("", id="command")


class PaletteInput(LineInput):
    """Where words of an action are typed to find it."""

    BINDINGS = bindings("palette")

    def __init__(self) -> None:
        super().__init__("What to do", id="palette")
