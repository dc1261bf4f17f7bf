"""Progress of an import on one line of stderr: nothing in the first second, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol

from tui.output.words import count, duration
from tui.safe import clip

if TYPE_CHECKING:
    from importers.running import Progress

PATIENCE = 1.0
"""Seconds that pass before anything is said."""
INTERVAL = 0.2
"""Seconds between two updates, so that a slow line carries little."""
CLEAR = "\r\x1b[K"


class Clock(Protocol):
    """Something that tells seconds."""

    def __call__(self) -> float:
        """Return the time."""


class ProgressLine:
    """Shows progress while it is used as a context, and leaves no trace of it."""

    def __init__(self, enabled: bool, clock: Clock = time.monotonic) -> None:
        self._enabled = enabled
        self._clock = clock
        self._started = clock()
        self._next = self._started + PATIENCE
        self._shown = False

    def __call__(self, progress: Progress) -> None:
        """Show how far the import is, if it is time to."""
        now = self._clock()
        if not self._enabled or now < self._next:
            return
        self._next = now + INTERVAL
        self._shown = True
        sys.stderr.write(CLEAR + clip(describe(progress), 79))
        sys.stderr.flush()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()


def describe(progress: Progress) -> str:
    """Return progress in words: the source, its rows, their rate, and the time left where the total is known."""
    rate = progress.rows / progress.seconds if progress.seconds > 0 else 0.0
    parts = []
    if progress.total:
        parts.append(f"{progress.rows:,} of {count(progress.total, 'row')}")
    else:
        parts.append(count(progress.rows, "row"))
    if rate:
        parts.append(f"{rate:,.0f}/s")
    if rate and progress.total and progress.total >= progress.rows:
        parts.append(f"{duration((progress.total - progress.rows) / rate)} left")
    place = f"{progress.number}/{progress.sources} " if progress.sources > 1 else ""
    return f"{place}{clip(progress.source.replace(chr(92), '/').rpartition('/')[2], 32)}  {' · '.join(parts)}"
