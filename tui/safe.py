"""The only door from imported text to a terminal, a file or a script: every function returns text that can do no harm.

Imported text is hostile: it may hold terminal escapes, marks that turn the reading direction, invisible letters or
formulas. Each function here is pure, and what it returns holds no control character of the data.
"""

from __future__ import annotations

from unicodedata import category, east_asian_width

_MOST_MARKS = 8
"""Combining marks that one letter may carry; no writing system needs more, and more of them climb over other lines."""

_HIDDEN_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

_HIDDEN_LETTERS = frozenset((0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0, *range(0xFFF0, 0xFFF9)))
"""Code points that Unicode counts as letters, marks or unassigned and that nevertheless show nothing."""

_TAGS = range(0xE0000, 0xE1000)
"""Tags and further variation selectors: a text inside the text that nobody sees."""

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_PORTS = tuple(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_DEVICE_NAMES = frozenset(("con", "prn", "aux", "nul", *_PORTS))

_MARKDOWN = frozenset("\\`*_[]<>|~#&$")


def visible(text: str, *, newlines: bool = False) -> str:
    """Return the text with everything that could act instead of show replaced by a visible stand-in.

    Controls become Control Pictures (`␛`), other hidden characters `⟨U+202E⟩`; `newlines` lets line feeds through.
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if category(char) in ("Mn", "Me") else 0
        if newlines and char == "\n":
            shown.append(char)
        elif marks > _MOST_MARKS or _is_hidden(char):
            shown.append(_stand_in(char))
        else:
            shown.append(char)
    return "".join(shown)


def _is_hidden(char: str) -> bool:
    """Tell whether a character acts on the terminal or shows nothing."""
    code = ord(char)
    return category(char) in _HIDDEN_CATEGORIES or code in _HIDDEN_LETTERS or code in _TAGS


def _stand_in(char: str) -> str:
    """Return what to show for a character that must not be shown itself."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def width(text: str) -> int:
    """Count the terminal cells that a text takes: two for wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if category(char) in ("Mn", "Me") or 0xFE00 <= ord(char) <= 0xFE0F:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def clip(text: str, limit: int) -> str:
    """Return the text made visible and cut to at most `limit` cells, an ellipsis last where something was left out."""
    if limit <= 0:
        return ""
    # A text of marks alone has no width: the slice keeps the work small, and visible() gives surplus marks a width.
    shown = visible(text[: limit * (_MOST_MARKS + 1) + 1])
    if width(shown) <= limit and len(text) <= limit * (_MOST_MARKS + 1):
        return shown
    used = 0
    for position, char in enumerate(shown):
        used += _cells(char)
        if used > limit - 1:
            return shown[:position] + "…"
    return shown + "…"


def pad(text: str, cells: int) -> str:
    """Return the text made visible, cut or filled with blanks to exactly `cells` cells."""
    shown = clip(text, cells)
    return shown + " " * (cells - width(shown))


def for_spreadsheet(text: str) -> str:
    """Return the text as a field that no spreadsheet takes for a formula: a quote before what starts like one."""
    shown = visible(text)
    starts = text[:1] in _FORMULA_STARTS or text.lstrip(" \u00a0")[:1] in _FORMULA_STARTS
    return "'" + shown if text and starts else shown


def for_file_name(text: str) -> str:
    """Return a file name, without ending, that is valid on every platform and stays in its folder; never empty."""
    kept = "".join(char if char.isalnum() or char in "._-" else "-" for char in text)
    while "--" in kept:
        kept = kept.replace("--", "-")
    name = kept.encode("utf-8", "ignore")[:100].decode("utf-8", "ignore").strip(".-")
    if not name:
        return "unnamed"
    return f"_{name}" if name.split(".")[0].casefold() in _DEVICE_NAMES else name


def markdown(text: str) -> str:
    """Return the text for one line of Markdown: nothing in it is read as markup, as a table's cell or as HTML."""
    shown = "".join("\\" + char if char in _MARKDOWN else char for char in visible(text))
    head = shown.lstrip(" ")
    number = head.lstrip("0123456789")
    if head[:1] in ("+", "-", "="):
        return "\\" + head
    if number != head and number[:1] in (".", ")"):
        return head[: len(head) - len(number)] + "\\" + number
    return head


def json_text(value: object, *, indent: int | None = None) -> str:
    r"""Return JSON in which controls, direction marks and other hidden characters are \uXXXX; all else is as it is."""
    import json  # only commands that write JSON pay for it: 2 ms

    separators = (",", ":") if indent is None else (",", ": ")
    return escape_json(json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False))


def escape_json(text: str) -> str:
    r"""Return JSON text with every hidden character inside its strings as \uXXXX; line feeds between values stay."""
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(_json_escape(char) if char != "\n" and _is_hidden(char) else char for char in text)


def _json_escape(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + ((code - 0x10000) >> 10):04x}\\u{0xDC00 + ((code - 0x10000) & 0x3FF):04x}"
