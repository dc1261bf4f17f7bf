"""The days on which sources have something: the first and the last, as far as these have days."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from db.dates import earliest, latest


def releases(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the days of the releases of living sources by their series."""
    found: dict[str, list[str]] = {}
    for series, published in connection.execute(
        "SELECT series, published FROM source WHERE living AND series IS NOT NULL AND published IS NOT NULL"
    ):
        found.setdefault(series, []).append(published)
    return found


def first_and_last(
    days: Iterable[tuple[str | None, str | None]], released: Mapping[str, Sequence[str]], gone: str | None = None
) -> tuple[str | None, str | None]:
    """Return the first and the last day on which sources have a thing, given by day and, of living ones, by series.

    A living one repeats it up to its newest release, or the last before `gone`, when a list had it no more.
    """
    before = latest(gone) or "~"
    listed = [(day, series) for day, series in days if latest(day)]
    last = [day for day, _ in listed]
    for _, series in listed:
        last += [day for day in released.get(series or "", ()) if (latest(day) or "") < before]
    first = min((day for day, _ in listed), key=lambda day: earliest(day) or "~", default=None)
    return first, max(last, key=lambda day: latest(day) or "", default=None)
