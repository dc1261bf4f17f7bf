"""The lines of the explorer in which something is typed: the search, a command, what to look for in the palette."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widgets import Input

from tui.explorer.keymap import bindings
from tui.text.safe import visible, width

_BREAKS = re.compile(r"\s*[^\S \u00a0]\s*")
"""Line breaks, tabs and the like, with the blanks around them."""


_LAST_WORD = re.compile(r"(?:[^\s/]+[\s/]*|[\s/]+)$")
"""The word that a text ends with, of a path what stands behind the slash, with blanks after it."""

IN_AN_EMPTY_SEARCH = {":": "screen.command", "?": "screen.help", "/": "screen.search"}
"""What a letter does that begins no query."""


def as_one_line(pasted: str) -> str:
    """Return what was pasted as a line of typing has it: a blank for each line break and tab, nothing hidden."""
    return visible(_BREAKS.sub(" ", pasted.strip()))


class LineInput(Input, inherit_bindings=False):
    """One line to type in; what is pasted into it is made safe like everything else."""

    BINDINGS = bindings("editing")

    def __init__(self, placeholder: str, *, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Put the whole of what was pasted into the one line."""
        event.prevent_default()
        event.stop()
        self.replace(as_one_line(event.text), *sorted(self.selection))

    def action_delete_left_word(self) -> None:
        """Delete the word before the cursor as a shell does: a whole name with its dots, the last part of a path."""
        start, end = sorted(self.selection)
        before = self.value[:end]
        self.delete(start if start < end else len(_LAST_WORD.sub("", before)), end)

    def validate_value(self, value: str) -> str:
        """Return what may stand in the line."""
        return visible(value)


class SearchInput(LineInput):
    """Where the query is typed; while letters are commands it says behind the query which key lets one type again."""

    BINDINGS = bindings("search")
    COMPONENT_CLASSES = {"search--key", "search--words"}

    def __init__(self) -> None:
        super().__init__("Name, code or acronym", id="search")
        self._again = ""

    def tell_way_in(self, key: str) -> None:
        """Say that `key` lets one type again; nothing where it is empty."""
        if key != self._again:
            self._again = key
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the query and, where there is room, what lets one type again."""
        strip, words = super().render_line(y), " to type"
        start = width(self.value or self.placeholder) + 3
        cells = width(self._again) + width(words)
        if y or self.has_focus or not self._again or start + cells > self.size.width:
            return strip
        key_style, style = map(self.get_component_rich_style, ("search--key", "search--words"))
        hint = Strip([Segment(self._again, key_style), Segment(words, style)])
        told = Strip.join([strip.crop(0, start).extend_cell_length(start), hint]).extend_cell_length(strip.cell_length)
        return told.apply_style(self.rich_style)

    async def on_key(self, event: events.Key) -> None:
        """In an empty search a colon begins a command, a question mark asks for help, and a slash has led here already.

        No query begins with one of them.
        """
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
