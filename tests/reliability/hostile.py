"""Texts that mean harm to whoever shows, stores, searches or opens them."""

from __future__ import annotations

import os
from random import Random

PIECES = (
    # terminals
    "\x1b[2J", "\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x07", "\x9b31m", "\x07", "\x08", "\x7f", "\r", "\n", "\t",
    "\x00",
    "\x1bP+q544e\x1b\\", "\x1b[?1049h", "\x85", "\u2028",
    # what cannot be seen, or turns round what can
    "\u202e", "\u2066", "\u200b", "\u200d", "\u00ad", "\ufeff", "\u061c", "\U000e0041", "\u3164", "\ufff9",
    "e\u0301" * 40,
    # markup
    "[bold red]x[/]", "[@click=app.quit]x[/]", "[/]", "[", "\\[", "**x**", "| a | b |", "<script>alert(1)</script>",
    "&lt;", "&#27;", "```", "# x", "$(id)", "`id`", "%s%n", "{0}", "{x|upper}", "{{", "}}",
    # SQL
    "' OR 1=1 --", "'; DROP TABLE record; --", '"', "\\", "?1", ":key", "x' UNION SELECT name FROM sqlite_schema --",
    # full-text search
    "NEAR(", "a AND", "OR", "NOT x", "col:x", "^x", "x*", '"x', "-", "(", "kind:", "type:nosuch", "-status:", "+", "*",
    # spreadsheets
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1",
    # paths and options
    "../../etc/passwd", "/dev/null", "file:x.db?mode=memory", "~root", "--db", "-", "C:\\x", "a/b", ".", "..", "%00",
    # YAML, JSON, CSV, XML
    "- a", "a: b", "!!python/object:os.system x", "*a", "&a", "null", "{", "]", ",", ";", "]]>", "<!ENTITY a 'b'>",
    "---",
    # numbers and days
    "1e309", "9" * 40, "0x1F", "2016-13-45", "NaN", "-0", "XXXX-02-30",
    # lengths and other writing
    "", " ", "x" * 5_000, "😀", "Ŵ", "東京", "مرحبا", "नमस्ते", "İ", "ß", "ﬁ", "\ud800",
)  # fmt: skip
"""Each of which has done harm somewhere; half a character is the last."""


def text(rng: Random, *, halves: bool = False, most: int = 3) -> str:
    """A text of a few of them, and of words between."""
    pieces = PIECES if halves else PIECES[:-1]
    words = ("Hill", "Trust", "NHS", "a", "and", "Wye Valley")
    parts = [rng.choice(pieces if rng.random() < 0.7 else words) for _ in range(rng.randint(1, most))]
    return rng.choice(("", " ")).join(parts)


def file_name(rng: Random) -> str:
    """A name that a file can have, of such texts."""
    made = text(rng).replace("/", "_").replace("\x00", "")
    data = made.encode("utf-8", "surrogateescape")[:100]
    if rng.random() < 0.2:
        data += b"\xff"
    return os.fsdecode(data).strip(".") or "x"
