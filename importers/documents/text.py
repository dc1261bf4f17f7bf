"""The bytes of a document as text: UTF-8 and nothing else, since what people write by hand they can save anew."""

from __future__ import annotations

import codecs

from importers.documents.faults import SyntaxFaultError

MAX_BYTES = 64 * 1024 * 1024
"""The largest document that is read; a register of this size belongs into a format made for machines."""


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, with a byte order mark or not; raises `SyntaxFaultError` for others."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SyntaxFaultError(1, "is UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SyntaxFaultError(line, f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8") from error
