"""Progress of an import on one line of stderr: nothing in the first second, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from threading import Event, Thread
from typing import TYPE_CHECKING

from tui.cli.making import CLEAR
from tui.text.phrases import count, duration
from tui.text.safe import clip

if TYPE_CHECKING:
    from importers.run import Progress

PATIENCE = 1.0
"""Seconds that pass before anything is said."""
INTERVAL = 0.25
"""Seconds between two updates, so that a slow line carries little."""
WIDEST = 79


class ProgressLine:
    """Shows progress while it is used as a context, and leaves no trace of it.

    A thread writes the line, so that it lives on while the database works and tells nothing new.
    """

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self._latest: Progress | None = None
        self._started = time.monotonic()
        self._ended = Event()
        self._thread: Thread | None = None

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the import is."""
        self._latest = progress

    def __enter__(self) -> ProgressLine:
        if self._enabled:
            self._thread = Thread(target=self._write, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            self._ended.set()
            self._thread.join()

    def _write(self) -> None:
        if self._ended.wait(PATIENCE):
            return
        while True:
            if self._latest is not None:
                shown = describe(self._latest, time.monotonic() - self._started)
                sys.stderr.write(CLEAR + clip(shown, WIDEST))
                sys.stderr.flush()
            if self._ended.wait(INTERVAL):
                sys.stderr.write(CLEAR)
                sys.stderr.flush()
                return


def describe(progress: Progress, elapsed: float) -> str:
    """Return progress in words: the source, its rows, and their rate and the time left, or what is done with them."""
    if progress.total and progress.rows < progress.total:
        rows = f"{progress.rows:,} of {count(progress.total, 'row')}"
    else:
        rows = count(progress.rows, "row")
    parts = [rows]
    if progress.phase not in ("reading", "fetching"):
        parts.append(f"{progress.phase}, {duration(elapsed)} so far")
    elif progress.seconds > 0 and progress.rows:
        rate = progress.rows / progress.seconds
        parts.append(f"{rate:,.0f}/s")
        if progress.total and progress.total >= progress.rows:
            parts.append(f"{duration((progress.total - progress.rows) / rate)} left")
    place = f"{progress.number}/{progress.sources} " if progress.sources > 1 else ""
    name = progress.source.replace("\\", "/").rpartition("/")[2] or progress.source
    return f"{place}{clip(name, 32)}  {' · '.join(parts)}"
