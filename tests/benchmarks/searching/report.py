"""The figures as tables in Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from tests.benchmarks.searching.cold import Process
from tests.benchmarks.searching.measuring import Found, Times


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, numbers to the right."""
    listed = [f"| {' | '.join(headings)} |", "|---" + "|---:" * (len(headings) - 1) + "|"]
    return "\n".join([*listed, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def times(measured: dict[str, Times]) -> str:
    """Return what keystrokes take."""
    return table(
        ("processor time in ms", "searches", "p50", "p95", "worst", "the worst was"),
        (
            (what, f"{one.number:,}", f"{one.p50:.2f}", f"{one.p95:.1f}", f"{one.worst:.1f}", f"`{one.worst_text}`")
            for what, one in measured.items()
        ),
    )


def finding(measured: dict[str, dict[str, Found]]) -> str:
    """Return what is found, by query and by way to search."""
    return table(
        ("query", "way to search", "queries", "first", "in ten", "MRR"),
        (
            (what, way, f"{one.number:,}", f"{one.first:.1%}", f"{one.ten:.1%}", f"{one.reciprocal:.3f}")
            for what, ways in measured.items()
            for way, one in ways.items()
        ),
    )


def processes(timed: Sequence[Process]) -> str:
    """Return what whole processes take."""
    base = timed[0].median
    return table(
        ("whole process", "runs", "median ms", "fastest", "processor ms", "× Python"),
        (
            (f"`{one.label}`", str(len(one.taken)), f"{one.median:.0f}", f"{min(one.taken):.0f}",
             f"{statistics.median(one.used):.0f}", f"{one.median / base:.2f}")
            for one in timed
        ),
    )  # fmt: skip
