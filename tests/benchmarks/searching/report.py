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


def finding(measured: dict[str, dict[str, Found]], ways: Sequence[str]) -> str:
    """Return what is found, a row for each sort of query: first / among ten / mean reciprocal rank."""
    return table(
        ("query", "asked", *ways),
        (
            (what, f"{max(one.number for one in found.values()):,}", *(_places(found.get(way)) for way in ways))
            for what, found in measured.items()
        ),
    )


def _places(one: Found | None) -> str:
    return f"{one.first:.1%} / {one.ten:.1%} / {one.reciprocal:.3f}" if one else ""


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
