"""Progress of the making of the built-in register, which a new version of Interlock does once: a line of stderr."""

from __future__ import annotations

import sys

CLEAR = "\r\x1b[K"


class _Line:
    """The line, while it stands there."""

    is_there = False
    has_hushed = False


def tell(taken: int, files: int) -> None:
    """Say on a terminal how far it is, what is typed meanwhile being kept; the line is cleared when all are taken."""
    if not sys.stderr.isatty():
        return
    from tui.explorer.unechoed import hush  # 1 ms, and most commands make nothing

    if not _Line.is_there:
        _Line.is_there, _Line.has_hushed = True, hush()
    said = f"making the built-in register, once for this version: {taken} of {files} files"
    if taken < files:
        sys.stderr.write(CLEAR + said)
        sys.stderr.flush()
    else:
        clear()


def clear() -> None:
    """Take the line away, where it stands there, and have what is typed shown again."""
    if _Line.is_there:
        _Line.is_there = False
        sys.stderr.write(CLEAR)
        sys.stderr.flush()
        if _Line.has_hushed:
            from tui.explorer.unechoed import unhush  # as above

            unhush()
