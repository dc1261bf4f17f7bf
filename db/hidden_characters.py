"""Which characters must not be written as themselves: those that act on a terminal, and those that show nothing."""

from __future__ import annotations

from unicodedata import category

_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Controls, format characters (zero-width, direction, tags), halves of characters, line and paragraph separators."""

_OTHERS = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xFFF0, 0xFFF9),
        *(0x2800, 0x16FE4, 0x1D159),
        *range(0xFDD0, 0xFDF0),
    )
)
"""Letters, marks and unassigned code points that show nothing all the same.

They are Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties.txt) where it goes beyond those
categories; three that are blank by design (Braille pattern blank, Khitan filler, null notehead); and noncharacters.
"""

_TAGS = range(0xE0000, 0xE1000)
"""Tags and further variation selectors: a text inside the text that nobody sees."""


def is_hidden(char: str) -> bool:
    """Tell whether a character acts instead of showing, or shows nothing; line feeds and tabs do as well."""
    code = ord(char)
    return category(char) in _CATEGORIES or code in _OTHERS or code in _TAGS or code & 0xFFFE == 0xFFFE
