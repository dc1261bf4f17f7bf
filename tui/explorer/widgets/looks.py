"""How pieces of a line look: their colours by the names that the theme has for them, as data.

Not in the style sheet, which would make a style of each for every list anew at each change of a class: most of a start.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color, ColorParseError

LOOKS: dict[str, tuple[str, str]] = {
    "name": ("foreground", "bold"),
    "about": ("foreground", ""),
    "prose": ("foreground", ""),
    "dim": ("quiet", ""),
    "quote": ("foreground", "italic"),
    "label": ("quiet", ""),
    "count": ("quiet", "bold"),
    "link": ("foreground", ""),
    "number": ("active", ""),
    "more": ("active", ""),
    "date": ("quiet", ""),
    "standing": ("caution", ""),
    "separate": ("foreground", ""),
    "separate-label": ("foreground", "bold"),
    "heading": ("active", "bold"),
    "key": ("active", "bold"),
    "failed": ("caution", ""),
    "stale": ("quiet", "dim"),
    "found": ("active", "bold"),
    "basis-stated": ("quiet", ""),
    "basis-claimed": ("caution", ""),
    "basis-inferred": ("caution", ""),
    "kind-organisation": ("organisation", ""),
    "kind-arrangement": ("arrangement", ""),
    "kind-person": ("person", ""),
    "kind-site": ("site", ""),
    "kind-document": ("document", ""),
}
"""The styles that pieces may have: a colour of the theme, and what the terminal adds. Pieces may ask for others, of a
kind of record that we do not know: they look like the row."""

_QUIET_IN_SIXTEEN = frozenset(("dim", "label", "date", "basis-stated"))
"""What the terminal's own colours would not set apart."""


def looks(variables: Mapping[str, str], *, sixteen: bool) -> dict[str, Style]:
    """Return the styles in a theme; `sixteen` where its colours are the terminal's own."""
    return {
        name: _style(variables.get(colour, ""), "dim" if sixteen and name in _QUIET_IN_SIXTEEN else attributes)
        for name, (colour, attributes) in LOOKS.items()
    }


def _style(colour: str, attributes: str) -> Style:
    style = Style.parse(attributes)
    try:
        return style + Style(color=Color.parse(colour).rich_color)
    except ColorParseError:
        return style
