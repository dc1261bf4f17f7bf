"""Colours: calm themes of our own, dark and light, or the terminal's own sixteen, as where it shows no more.

A colour has one meaning, and whatever has that meaning is told by a sign or a word as well. Those of kinds are for
their signs alone; `active` is where one is, and what a key does or found; `caution` is what is not simply so.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

TERMINAL = "ansi-dark"
"""Textual's theme that leaves the colours to the terminal."""

CALM = Theme(
    name="interlock",
    primary="#6cc5d4",
    secondary="#8fa3bf",
    accent="#6cc5d4",
    foreground="#d5d9e0",
    background="#121212",
    surface="#121212",
    panel="#1b1e23",
    warning="#e8997a",
    error="#e08a8a",
    success="#93c48b",
    dark=True,
    variables={
        "quiet": "#8b94a3",
        "edge": "#343b47",
        "active": "#6cc5d4",
        "caution": "#e8997a",
        "marked": "#2a3646",
        "marked-resting": "#1f252e",
        "organisation": "#7fb2e5",
        "arrangement": "#e0b46c",
        "person": "#93c48b",
        "site": "#c8a2dc",
        "document": "#9aa7b8",
        "input-cursor-background": "#d5d9e0",
        "input-cursor-foreground": "#121212",
    },
)

PAPER = Theme(
    name="interlock-light",
    primary="#0f6b76",
    secondary="#566373",
    accent="#0f6b76",
    foreground="#22262d",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#f0eee8",
    warning="#b23c17",
    error="#a8322d",
    success="#2f6f2a",
    dark=False,
    variables={
        "quiet": "#5c6570",
        "edge": "#c9c5bb",
        "active": "#0f6b76",
        "caution": "#b23c17",
        "marked": "#d7e5f4",
        "marked-resting": "#eae7df",
        "organisation": "#1f5f9e",
        "arrangement": "#8a5a00",
        "person": "#2f6f2a",
        "site": "#7a4590",
        "document": "#5c6570",
        "input-cursor-background": "#22262d",
        "input-cursor-foreground": "#fbfaf7",
    },
)

_BY_NAME = {"dark": CALM.name, "light": PAPER.name, "terminal": TERMINAL}
NAMES = tuple(_BY_NAME)
"""What people call the themes."""

DEFAULTS = {
    "quiet": "ansi_default",
    "edge": "ansi_bright_black",
    "active": "ansi_cyan",
    "caution": "ansi_red",
    "marked": "ansi_default",
    "marked-resting": "ansi_default",
    "organisation": "ansi_blue",
    "arrangement": "ansi_yellow",
    "person": "ansi_green",
    "site": "ansi_magenta",
    "document": "ansi_default",
}
"""What our names of colours are in a theme that does not know them: the terminal's."""


def called(name: str | None, environ: Mapping[str, str]) -> str:
    """Return Textual's name of the theme that is called so, of the one that suits the terminal where none is.

    Colours are left to a terminal that does not say that it shows true colour, or wants none.
    """
    shows_true_colour = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    if environ.get("NO_COLOR") or (name is None and not shows_true_colour):
        return TERMINAL
    return _BY_NAME[name or "dark"]
