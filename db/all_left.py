"""Since when nobody takes part in an arrangement that is there: the one rule, for its page and for gaps."""

from __future__ import annotations

from collections.abc import Sequence

from db.dates import latest


def all_left(ends: Sequence[str | None]) -> str | None:
    """Return when the last of those who took part left, as stated; None where nobody did, or where one has no end."""
    told = [end for end in ends if end is not None]
    return max(told, key=lambda end: latest(end) or "") if told and len(told) == len(ends) else None
