"""Signs for the kinds of record: one cell wide, told apart without colour, letters where UTF-8 is not spoken."""

from __future__ import annotations

import locale
import os
import sys
from dataclasses import dataclass

from db.keys import KINDS
from tui.text.safe import width


@dataclass(frozen=True, slots=True)
class Symbols:
    """The signs in use; `plain` where the terminal is not known to show more than ASCII."""

    organisation: str = "●"
    arrangement: str = "◆"
    person: str = "♙"
    site: str = "⌂"
    document: str = "▤"
    unknown: str = "○"
    mark: str = "▌"
    trail: str = " › "
    dot: str = " · "
    prompt: str = "❯"
    opened: str = "▾"
    folded: str = "▸"
    plain: bool = False

    def of(self, kind: str) -> str:
        """Return the sign of a kind of record."""
        return str(getattr(self, kind)) if kind in KINDS else self.unknown

    def fit(self, text: str) -> str:
        """Return safe text as the terminal can show it, as wide as before."""
        if not self.plain or text.isascii():
            return text
        return "".join(char if char.isascii() else _IN_ASCII.get(char, "?" * width(char)) for char in text)


_LINES = {
    "|": "│┃║▏▕", "-": "─━═▁▔", "+": "┌┐└┘├┤┬┴┼┏┓┗┛╭╮╰╯╔╗╚╝", "#": "█▉▊▋▌▍▎▐▀▄▂▃▅▆▇",
}  # fmt: skip
"""What frames and bars are drawn with, by what they become."""
_IN_ASCII = {"…": "~", "·": "-", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "›": ">", "\xa0": " "}
_IN_ASCII |= {"⌕": "/", "✓": "+", "✗": "x"}
_IN_ASCII |= {sign: twin for twin, signs in _LINES.items() for sign in signs}

PLAIN = Symbols("O", "A", "P", "S", "D", "?", ">", " > ", " - ", ">", "-", "+", plain=True)
"""The same in ASCII."""


def for_terminal() -> Symbols:
    """Return the signs that the terminal can show, by the encoding that it is said to have."""
    name = getattr(sys.__stdout__, "encoding", None) or locale.getencoding()
    return Symbols() if _is_unicode(name) and not _wants_ascii() else PLAIN


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("-", "").startswith("utf")


def _wants_ascii() -> bool:
    """Tell whether the locale is one of ASCII by the person's own wish, where Python goes on in UTF-8 all the same."""
    named = {"PYTHONUTF8", "PYTHONIOENCODING"} & os.environ.keys()
    return os.environ.get("LC_ALL") in ("C", "POSIX") and not named and not _is_unicode(locale.getencoding())
