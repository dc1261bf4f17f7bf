"""Calls that whoever waits for them can leave: at a limit of time or of memory, or with Ctrl+C, whatever they do."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TypeVar

Answer = TypeVar("Answer")

_LOOK = 0.05
"""Seconds between two looks at the memory while a call runs."""
_PATIENCE = 0.25
"""Seconds that a call which was asked to stop has for it. Within a single step, SQLite does not hear that it should."""


class TimeUpError(Exception):
    """The call took longer than it might."""


class Worker:
    """A thread that makes one call after the other, so that the one that waits stays free to leave or be interrupted.

    `interrupt` asks a running call to stop; where that does nothing, `stuck` is true from then on, and what the call
    works on may not be touched again.
    """

    def __init__(self, interrupt: Callable[[], None], *, seconds: float, megabytes: int) -> None:
        """`seconds` are for all calls, without the time between them; `megabytes` are what the process may grow."""
        self.stuck = False
        self._interrupt = interrupt
        self._left = seconds
        self._most = _resident() + megabytes * 1_000_000
        self._asked: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._answered: SimpleQueue[tuple[object, BaseException | None]] = SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    def call(self, function: Callable[[], Answer]) -> Answer:
        """Return what `function` returns, or raise what it raises. Raises TimeUpError, MemoryError."""
        started = monotonic()
        self._asked.put(function)
        try:
            answer, error = self._wait(started + self._left)
        except BaseException:
            self._stop()
            raise
        self._left -= monotonic() - started
        if error is not None:
            raise error
        return answer  # type: ignore[return-value]  # the queue holds answers of any type

    def _wait(self, deadline: float) -> tuple[object, BaseException | None]:
        while True:
            left = deadline - monotonic()
            try:
                return self._answered.get(timeout=min(_LOOK, max(left, 0.0)))
            except Empty:
                if left <= 0:
                    raise TimeUpError from None
                if _resident() > self._most:
                    raise MemoryError from None

    def _stop(self) -> None:
        """Have the running call stop, and wait a moment for it."""
        self.stuck = True
        until = monotonic() + _PATIENCE
        while monotonic() < until:
            self._interrupt()
            try:
                self._answered.get(timeout=_LOOK)
            except Empty:
                continue
            self.stuck = False
            return

    def end(self) -> None:
        """Let the thread go."""
        self._asked.put(None)

    def _work(self) -> None:
        while (function := self._asked.get()) is not None:
            try:
                self._answered.put((function(), None))
            except BaseException as error:
                self._answered.put((None, error))


def _resident() -> int:
    """Count the bytes of memory that this process holds; 0 where the platform does not say so."""
    if sys.platform != "linux":
        return 0
    from resource import getpagesize  # POSIX only

    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * getpagesize()
    except (OSError, ValueError, IndexError):
        return 0
