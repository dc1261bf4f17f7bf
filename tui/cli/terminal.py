"""What the terminal can show: how wide it is, and whether colours are wanted."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from tui.text.phrases import AHEAD, OVER

_CODES = {
    "title": "1",
    "key": "36",
    "dim": "2",
    "good": "32",
    "standing": "33",
    "past": "2",
    "reference": "35",
    "quote": "2",
    "basis-stated": "2",
    "basis-inferred": "33",
}
"""SGR codes from the terminal's own palette, so that they suit its theme."""


def status_style(status: str | None) -> str:
    """Return how a status is coloured; one that says neither good nor bad keeps the terminal's own colour."""
    if status in ("open", "current", "active"):
        return "good"
    return "standing" if status in AHEAD else "past" if status in OVER else ""


class Palette(NamedTuple):
    """Colours, where they are wanted; text passes unchanged otherwise. Takes text that is safe to show."""

    enabled: bool = False

    def paint(self, style: str, text: str) -> str:
        """Return the text in a style; one without a code of its own leaves it as it is."""
        if not self.enabled or not text or style not in _CODES:
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def wants_colour(choice: str | None, stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Decide on colour: `--color` first, then NO_COLOR, then FORCE_COLOR, then whether a terminal reads it."""
    if choice in ("always", "never"):
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return stream.isatty() and environment.get("TERM") != "dumb"


def palette(choice: str | None) -> Palette:
    """Return the colours for stdout."""
    return Palette(wants_colour(choice, sys.stdout, os.environ))


def columns() -> int | None:
    """Return the cells of a line on the terminal that stdout is; None in a pipe, where nothing is cut."""
    if not sys.stdout.isatty():
        return None
    named = os.environ.get("COLUMNS", "")
    if named.isascii() and named.isdigit() and int(named) > 0:
        return int(named)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80
