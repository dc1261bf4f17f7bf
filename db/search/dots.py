"""Dots between single letters, which make one word of them: `n.h.s.` is `nhs`."""

from __future__ import annotations

import re

_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z]\.){2,}(?![a-z0-9])|(?<![a-z0-9])(?:[a-z]\.)+[a-z](?![a-z0-9])")


def without_dots(text: str) -> str:
    """Return a text in lower case without the dots between single letters."""
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
