"""The streams of a command: an answer that cannot be written is one line and an exit code, a remark is left out."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from db.errors import OutputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


_ESCAPES = "interlock-escapes"
"""The name under which the error handler for encodings without Unicode is registered."""


def _escape(error: UnicodeError) -> tuple[str, int]:
    r"""Return what an encoding lacks as \uXXXX, which readers of JSON understand, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end


class _Answers(io.FileIO):
    """Where answers go. Raises OutputError where they cannot, and BrokenPipeError where nobody reads on."""

    behind: TextIO

    def write(self, data: ReadableBuffer, /) -> int | None:  # type: ignore[override]  # older stubs say int
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"could not write the answer: {error.strerror or error}") from error


class _Remarks(io.FileIO):
    """Where errors and notes go; what cannot be told there cannot be told anywhere."""

    behind: TextIO

    def write(self, data: ReadableBuffer, /) -> int | None:  # type: ignore[override]  # older stubs say int
        try:
            return super().write(data)
        except OSError:
            return len(memoryview(data).cast("B"))


def prepare_streams() -> None:
    """Let no character of the data fail on its way out: what an encoding lacks is written as an escape."""
    # A stream that whoever started the process has closed is None; what is written to it goes nowhere.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")
    sys.stdout = _told(sys.stdout or open(os.devnull, "w", encoding="utf-8"), _Answers)
    sys.stderr = _told(sys.stderr or open(os.devnull, "w", encoding="utf-8"), _Remarks)
    for stream in (sys.stdout, sys.stderr):
        encoding = (stream.encoding or "").replace("-", "").casefold()
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if encoding.startswith("utf"):
            reconfigure(errors="backslashreplace", newline="\n")
        else:
            codecs.register_error(_ESCAPES, _escape)
            reconfigure(errors=_ESCAPES, newline="\n")


def _told(stream: TextIO, kind: type[_Answers | _Remarks]) -> TextIO:
    """Return the stream with errors of writing told apart by what is written; one that is no file as it is."""
    buffer = getattr(stream, "buffer", None)
    if io.FileIO not in (type(buffer), type(getattr(buffer, "raw", None))):
        return stream
    stream.flush()
    raw = kind(stream.fileno(), "wb", closefd=False)
    raw.behind = stream  # which would close the file when nobody holds it any longer
    # Without a buffer there is nothing that writes the rest of what a pipe took half of: lines are soon enough.
    lines = kind is _Remarks or stream.isatty() or type(buffer) is io.FileIO
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, line_buffering=lines)


def finish_stdout() -> None:
    """Write what is left of an answer that ended early, as far as it can be written."""
    try:
        sys.stdout.flush()
    except (OSError, OutputError):
        abandon_stdout()


def abandon_stdout() -> None:
    """Point stdout nowhere, so that nothing fails or waits when Python flushes it at the end."""
    try:
        descriptor = sys.stdout.fileno()
    except OSError:
        return  # it is no file
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
