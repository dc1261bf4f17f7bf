"""By which classes a screen is laid out at its size: a narrow or low one shows less beside each other."""

from __future__ import annotations

from bisect import bisect_right

from textual.geometry import Size

WIDTHS = [(0, "-narrow"), (100, "-wide")]
"""Columns from which on a screen has a class."""
HEIGHTS = [(0, "-short"), (36, "-tall")]
"""Lines from which on it has one."""


def size_classes(size: Size) -> tuple[str, str]:
    """Return the classes of a screen of a size, for one that has them before its first picture, not laid out twice."""
    return _last(WIDTHS, size.width), _last(HEIGHTS, size.height)


def _last(steps: list[tuple[int, str]], number: int) -> str:
    return steps[bisect_right([start for start, _ in steps], number) - 1][1]
