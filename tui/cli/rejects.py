"""Rows that an import refused, in lines for people: where, why, and how many for each reason."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from db.reports import Reject

REJECTS_SHOWN = 20
REASONS_SHOWN = 4


def by_reason(rejects: Sequence[Reject]) -> str:
    """Return how many rows were refused for each reason, the commonest first: `5,138 × a share below 5 %`."""
    counts = Counter(reject.reason for reject in rejects).most_common()
    others = sum(number for _, number in counts[REASONS_SHOWN:])
    said = [f"{number:,} × {reason}" for reason, number in counts[:REASONS_SHOWN]]
    return "; ".join([*said, f"{others:,} for other reasons"] if others else said)


def reject_line(reject: Reject) -> str:
    """Return a refused row on one line: where, why, and what it held."""
    file = nearby(reject.file) if reject.file else reject.source
    place = f"{file}:{reject.line}" if reject.line is not None else file
    return f"{place}: {reject.reason}: {reject.value}" if reject.value else f"{place}: {reject.reason}"


def nearby(file: str) -> str:
    """Return a path as it is shortest from here; a URL as it is."""
    if not os.path.isabs(file):
        return file
    return min(file, os.path.relpath(file), key=len)
