r"""Writing to an encoding without Unicode: characters it lacks become \uXXXX, which JSON readers understand."""

from __future__ import annotations

import codecs

ESCAPES = "interlock-escapes"
"""The name under which the error handler is registered."""


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end


codecs.register_error(ESCAPES, _escape)
