"""What an import came to, for people: the figures of a source, and the rows that were refused, where and why."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from db.refusals import KEPT
from db.reports import Reject, SourceReport
from tui.cli.tables import TableColumn
from tui.text.changes import refused_by_reason
from tui.text.phrases import count

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


def refused_lines(rejects: Sequence[Reject], left_out: int, lists: str) -> Iterator[str]:
    """Yield what to say of the rows that were refused: the first of them, and how many there were of each reason.

    `left_out` were counted and not kept; `lists` is what lists the others.
    """
    yield from map(reject_line, rejects[:REJECTS_SHOWN])
    surplus = len(rejects) - REJECTS_SHOWN + left_out
    if surplus > 0:
        listed = f"the first {KEPT:,} of each reason" if left_out else "them all"
        yield f"… {count(surplus, 'more refused row')}; {lists} lists {listed}"
        yield f"refused in all: {'; '.join(refused_by_reason(rejects, left_out, REASONS_SHOWN))}"


def reject_line(reject: Reject) -> str:
    """Return a refused row on one line: where, why, and what it held."""
    file = nearby(reject.file) if reject.file else reject.source
    place = f"{file}:{reject.line}" if reject.line is not None else file
    value, place_in_it = reject.value, reject.reason.partition(":")[0]
    is_told = not value or f"'{value}'" in reject.reason or place_in_it.rpartition(".")[2] == value
    return f"{place}: {reject.reason}" if is_told else f"{place}: {reject.reason}: {reject.value}"


def nearby(file: str) -> str:
    """Return a path as it is shortest from here; a URL as it is."""
    if not os.path.isabs(file):
        return file
    try:
        return min(file, os.path.relpath(file), key=len)
    except FileNotFoundError:  # the folder one is in is gone
        return file
