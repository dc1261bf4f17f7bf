"""What an import came to, for people: the figures of a source, and the rows that were refused, where and why."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from db.reports import Reject, SourceReport
from tui.cli.tables import TableColumn

REJECTS_SHOWN = 20
REASONS_SHOWN = 4

ROW_FIGURES = ("read", "added", "updated", "unchanged", "closed", "rejected")
"""What became of the rows of a source, by the names of fields of `SourceReport`."""


def figure_columns(names: Sequence[str]) -> tuple[TableColumn, ...]:
    """Return the columns of a table for figures of a source."""
    return tuple(TableColumn(name, figures=True, cut=False) for name in names)


def figure_cells(report: SourceReport, names: Sequence[str]) -> tuple[str, ...]:
    """Return the figures of a source for these columns."""
    return tuple(f"{getattr(report, name):,}" for name in names)


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
