"""How far generated tests look: a sample in `make test`, thirty times as far in `make test-deep`."""

from __future__ import annotations

import os

DEEP = "DEEP" in os.environ


def cases(usual: int) -> int:
    """How many cases to make where `make test` makes the usual number."""
    return usual * 30 if DEEP else usual
