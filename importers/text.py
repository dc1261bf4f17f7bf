"""Decoding as the sources of this field need it: UTF-8 with or without a BOM, UTF-16 with one, else Windows-1252.

A file that was put together from several may be UTF-8 in one line and Windows-1252 in the next: each line counts.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

NO_TEXT = frozenset("\x81\x8d\x8f\x90\x9d\ufffd")
"""What bytes become that mean nothing in the encoding of their text: the gaps of Windows-1252, and U+FFFD."""

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Decoded(NamedTuple):
    """Some lines of text, and what their bytes were."""

    text: str
    odd_lines: tuple[int, ...] = ()
    """Lines of Windows-1252, counted from 1."""
    has_utf8: bool = False
    """Whether any holds a character that is written as UTF-8 writes it and ASCII has not."""


def decode(data: bytes) -> str:
    """The text of a whole file; never raises, since Windows-1252 takes what UTF-8 does not."""
    if data.startswith(UTF16):
        return data.decode("utf-16", errors="replace")
    return decoded(data.removeprefix(codecs.BOM_UTF8)).text


def decoded(data: bytes) -> Decoded:
    """The text of whole lines without a byte order mark, and which of them are of another encoding than UTF-8."""
    try:
        return Decoded(data.decode("utf-8"), (), not data.isascii())
    except UnicodeDecodeError:
        return _by_line(data)


def peek(head: bytes) -> str:
    """The text of a file's start, whose last character may be cut in two."""
    if head.startswith(UTF16):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decoder.decode(head, final=False)
    except UnicodeDecodeError:
        return _by_line(head.removeprefix(codecs.BOM_UTF8)).text


def _by_line(data: bytes) -> Decoded:
    lines: list[str] = []
    odd: list[int] = []
    mixed = False
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        if line.isascii():
            lines.append(line.decode("ascii"))
            continue
        try:
            lines.append(line.decode("utf-8"))
            mixed = True
        except UnicodeDecodeError:
            lines.append(_single_byte(line))
            odd.append(number)
    return Decoded("".join(lines), tuple(odd), mixed)


def _single_byte(data: bytes) -> str:
    """Windows-1252 in which every byte means something, as browsers read it: the five gaps become C1 controls."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(chr(byte) if chr(byte) in NO_TEXT else bytes((byte,)).decode("cp1252") for byte in data)
