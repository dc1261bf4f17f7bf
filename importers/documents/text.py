"""The bytes of a document as text: UTF-8 and nothing else, since what people write by hand they can save anew."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

from importers.documents.faults import SyntaxFaultError


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, with a byte order mark or not; raises `SyntaxFaultError` for others."""
    return "".join(decoded((data,)))


def decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the text of the same that come chunk by chunk."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line, begun = 1, False
    for chunk in chain(chunks, (b"",)):
        if not begun and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise SyntaxFaultError(1, "is UTF-16; save it as UTF-8")
        begun = True
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            data: bytes = error.object
            line += data.count(b"\n", 0, error.start)
            raise SyntaxFaultError(line, f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8") from error
        line += text.count("\n")
        yield text
