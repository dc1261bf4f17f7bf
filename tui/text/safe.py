"""The only door from imported text to a terminal, a file or a script: every function returns text that can do no harm.

Imported text is hostile: it may hold terminal escapes, marks that turn the reading direction, invisible letters or
formulas. Each function here is pure, and what it returns holds no control character of the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import bidirectional, category, combining, east_asian_width, normalize

from db.hidden_characters import is_hidden

_MOST_MARKS = 8
"""Combining marks that one letter may carry; no writing system needs more, and more of them climb over other lines."""

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_PRESENTATION = ("\ufe0e", "\ufe0f")
"""What asks for a sign as text or as an emoji."""
_VIRAMA = 9
"""The combining class of the marks that take a letter's vowel away."""

_PLAIN: set[str] = set()
"""Characters that were met and are as they seem, so that most texts need no look at each of theirs."""
_MOST_PLAIN = 5000

_PART = 65_536
"""Characters of a long text that are looked at together, so that little memory is needed beside it."""

_FORMULA_STARTS = ("=", "+", "-", "@")
_SEPARATORS = frozenset(",;|\t")
"""What spreadsheets take for the end of a field, one or another by country and by how a file is opened."""

_MARKDOWN = frozenset("\\`*_[]<>|~#&$")
_PAGE = re.compile(r"https?://[^\s<>|`\\]+")
"""The address of a page that Markdown takes as one, also in the cell of a table."""


def visible(text: str, *, newlines: bool = False) -> str:
    """Return the text with everything that could act instead of show replaced by a visible stand-in.

    Controls become Control Pictures (`␛`), other hidden characters `⟨U+202E⟩`; `newlines` lets line feeds through.
    Joiners stay where their script needs them.
    """
    if text.isascii() and text.isprintable():
        return text
    parts: list[str] = []
    marks = 0
    for start in range(0, len(text), _PART):
        part = text[start : start + _PART]
        if (part.isascii() and part.isprintable()) or _PLAIN.issuperset(part):
            marks = 0
        else:
            part, marks = _visible_part(text, start, parts[-1][-1:] if parts else "", marks, newlines)
        parts.append(part)
    shown = "".join(parts)
    return text if shown == text else shown


def _visible_part(text: str, start: int, before: str, marks: int, newlines: bool) -> tuple[str, int]:
    """Return a part of a text as it is shown, and how many combining marks stand at its end."""
    shown: list[str] = []
    for place in range(start, min(start + _PART, len(text))):
        char = text[place]
        marks = marks + 1 if category(char) in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            char = _stand_in(char)
        elif is_hidden(char):
            if not (newlines and char == "\n") and not _joins(before, char, text[place + 1 : place + 2]):
                char = _stand_in(char)
        elif not marks and len(_PLAIN) < _MOST_PLAIN:
            _PLAIN.add(char)
        shown.append(char)
        before = char
    return "".join(shown), marks


def _joins(before: str, char: str, after: str) -> bool:
    """Tell whether a joiner stands where a script or an emoji needs it, after RFC 5892, appendix A, and UTS #51."""
    if len(before) != 1 or (is_hidden(before) and before not in _PRESENTATION):
        return False
    if char in (_ZWJ, _ZWNJ) and combining(before) == _VIRAMA:
        return True
    if char == _ZWNJ:
        return bidirectional(before) == "AL" and after != "" and bidirectional(after) == "AL"
    sign = category(before) in ("So", "Sk") and not before.isascii()
    if char == _ZWJ:
        return (sign or before in _PRESENTATION) and after != "" and category(after) == "So" and not is_hidden(after)
    if char in _PRESENTATION:
        return sign or (before in "0123456789#*" and after == "\u20e3")
    return False


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
    return sum(map(_cells, text))


@lru_cache(maxsize=_MOST_PLAIN)
def _cells(char: str) -> int:
    if category(char) in ("Mn", "Me") or char in (_ZWNJ, _ZWJ):
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
            return shown[:position].rstrip(_ZWNJ + _ZWJ) + "…"
    return shown + "…"


def pad(text: str, cells: int) -> str:
    """Return the text made visible, cut or filled with blanks to exactly `cells` cells."""
    shown = clip(text, cells)
    return shown + " " * (cells - width(shown))


def for_spreadsheet(text: str) -> str:
    """Return the text as a field that no spreadsheet takes for a formula: a `'` before what starts like one.

    Blanks, quotes and hidden characters in front do not count: spreadsheets, and what reads for them, take them away.
    """
    if text[:1].isalnum() and text.isascii() and text.isprintable():
        return text
    shown = visible(text)
    return "'" + shown if text[:1] in ("\t", "\r", "\n") or _starts_formula(text) else shown


def _starts_formula(text: str) -> bool:
    for char in text:
        if char.isspace() or char == '"' or is_hidden(char):
            continue
        return char in _FORMULA_STARTS or (not char.isascii() and normalize("NFKC", char) in _FORMULA_STARTS)
    return False


ENCODING_MARK = "\ufeff"
"""What a CSV for people begins with, so that a spreadsheet knows its encoding."""


def delimited(texts: Sequence[str], mark: str) -> str:
    """Return the line of a CSV or TSV file, without its end: fields of `for_spreadsheet` or numbers, between `mark`.

    Where it has to be, a field is in quotes, in both alike (RFC 4180): bare, a quote at its start would be taken away.
    """
    line = mark.join(texts)
    if '"' not in line and line.count(mark) == len(texts) - 1 and _SEPARATORS.isdisjoint(line.replace(mark, "")):
        return line or '""'
    line = mark.join('"' + text.replace('"', '""') + '"' if _wants_quotes(text, mark) else text for text in texts)
    # A line with nothing on it is passed over by many readers, and with it the row.
    return line or '""'


def _wants_quotes(text: str, mark: str) -> bool:
    if mark in text or '"' in text:
        return True
    # A spreadsheet that was told of another separator would begin a field of its own there.
    return any(_starts_formula(part) for one in _SEPARATORS if one in text for part in text.split(one)[1:])


def markdown(text: str) -> str:
    """Return the text for one line of Markdown: nothing in it is read as markup, as a table's cell or as HTML.

    The address of a page stands as it is, in angle brackets, so that it can be taken from there.
    """
    if _PAGE.fullmatch(text) and visible(text) == text:
        return f"<{text}>"
    shown = "".join("\\" + char if char in _MARKDOWN else char for char in visible(text))
    head = shown.lstrip(" ")
    number = head.lstrip("0123456789")
    if head[:1] in ("+", "-", "="):
        return "\\" + head
    if number != head and number[:1] in (".", ")"):
        return head[: len(head) - len(number)] + "\\" + number
    return head


def json_text(value: object) -> str:
    r"""Return JSON in which controls, direction marks and other hidden characters are \uXXXX; all else is as it is."""
    return escape_json(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def escape_json(text: str) -> str:
    r"""Return JSON text with every hidden character inside its strings as \uXXXX; line feeds between values stay."""
    if text.isascii() and "\x7f" not in text:
        return text
    return text.translate(_JSON_ESCAPES)


class _JsonEscapes(dict[int, str]):
    """What stands for each character that was met: itself, or its escape."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = _json_escape(char) if char != "\n" and is_hidden(char) else char
        return self[code]


_JSON_ESCAPES = _JsonEscapes()


def _json_escape(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + ((code - 0x10000) >> 10):04x}\\u{0xDC00 + ((code - 0x10000) & 0x3FF):04x}"
