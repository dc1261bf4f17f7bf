"""Progress of the making of the built-in register, which a new version of Interlock does once: a line of stderr."""

from __future__ import annotations

import sys

CLEAR = "\r\x1b[K"


def tell(taken: int, files: int) -> None:
    """Say on a terminal how far it is; the line is cleared when all files are taken."""
    if not sys.stderr.isatty():
        return
    said = f"making the built-in register, once for this version: {taken} of {files} files"
    sys.stderr.write(CLEAR + (said if taken < files else ""))
    sys.stderr.flush()
