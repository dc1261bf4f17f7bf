"""The lines of a text, some of them at a time: a file that is larger than memory has lines that are not."""

from __future__ import annotations

import codecs
import io
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain

from db.errors import InputError
from importers.base import Input
from importers.limits import LINE_SIZE
from importers.text import UTF16, decoded

_MOST_BYTES = 4
"""Of a character."""


class TextLines:
    """The lines of an input with their ends, decoded as `importers.text` does it or by an encoding that is named.

    Raises `InputError` for a line that is longer than one of a table may be, and for bytes that the encoding has not.
    """

    def __init__(self, source: Input, encoding: str | None = None) -> None:
        self._source = source
        self._encoding = encoding
        self.odd = array("L")
        """Lines of Windows-1252, counted from 1, in a file that is UTF-8 elsewhere; known when all have been read."""

    def __iter__(self) -> Iterator[str]:
        longest = self._source.limits.of(LINE_SIZE)
        for number, line in enumerate(_lines(self._texts(), longest), 1):
            if len(line) > longest:
                size = f"{longest // 1024**2} MB"
                reason = f"is longer than {size}, {self._source.limits.advice}"
                raise InputError(f"{self._source.label}:{number}: {reason}")
            yield line

    def _texts(self) -> Iterator[str]:
        """The text in pieces."""
        chunks = self._source.chunks()
        first = next(chunks, b"")
        if self._encoding is not None:
            yield from self._named(self._encoding, chain((first,), chunks))
        elif first.startswith(UTF16):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
            yield from (decoder.decode(chunk) for chunk in chain((first,), chunks))
            yield decoder.decode(b"", final=True)
        else:
            yield from self._told(chain((first.removeprefix(codecs.BOM_UTF8),), chunks))

    def _named(self, encoding: str, chunks: Iterable[bytes]) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)()
        line = 1
        for chunk in chain(chunks, (b"",)):
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                data: bytes = error.object
                line += data.count(b"\n", 0, error.start)
                message = f"is not {encoding} (byte 0x{data[error.start]:02x}); leave `encoding` out of the mapping"
                raise InputError(f"{self._source.label}:{line}: {message}") from error
            line += chunk.count(b"\n")
            yield text

    def _told(self, chunks: Iterable[bytes]) -> Iterator[str]:
        """Each line as what it is; a piece ends where a line does, unless that is too long to be one."""
        odd = array("L")
        mixed = False
        before = 0
        rest = b""
        for chunk in chain(chunks, (b"",)):
            data = rest + chunk
            whole = not chunk or len(rest) > _MOST_BYTES * self._source.limits.of(LINE_SIZE)
            end = len(data) if whole else max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1
            piece, rest = data[:end], data[end:]
            found = decoded(piece)
            mixed = mixed or found.has_utf8
            odd.extend(before + number for number in found.odd_lines)
            before += piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")
            yield found.text
        self.odd = odd if mixed else array("L")


def _lines(texts: Iterable[str], longest: int) -> Iterator[str]:
    rest = ""
    for text in texts:
        held = rest + text
        # What ends with a carriage return may go on with the other half of a line's end.
        end = max(held.rfind("\n"), held.rfind("\r", 0, -1)) + 1
        yield from io.StringIO(held[:end], newline="")
        rest = held[end:]
        if len(rest) > longest:
            break
    yield from io.StringIO(rest, newline="")
