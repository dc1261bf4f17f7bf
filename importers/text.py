"""Decoding as the sources of this field need it: UTF-8 with or without a BOM, UTF-16 with one, else Windows-1252."""

from __future__ import annotations

import codecs

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _single_byte(data: bytes) -> str:
    """Windows-1252 in which every byte means something, as browsers read it: the five gaps become C1 controls."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((byte,)).decode("cp1252") for byte in data
        )


def decode(data: bytes) -> str:
    """The text of a whole file; never raises, since Windows-1252 takes what UTF-8 does not."""
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _single_byte(data)


def peek(head: bytes) -> str:
    """The text of a file's start, whose last character may be cut in two."""
    if head.startswith(_UTF16):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decoder.decode(head, final=False)
    except UnicodeDecodeError:
        return _single_byte(head)
