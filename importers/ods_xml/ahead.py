"""Answers of other processes, taken before they are asked for: who answers need not wait while who asks is busy."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import cycle
from multiprocessing.connection import Connection
from queue import SimpleQueue

_MOST = 12
"""Answers that wait; each is about a megabyte."""


class Ahead:
    """Takes one answer after the other from each of some pipes in turn."""

    def __init__(self, pipes: Sequence[Connection]) -> None:
        self._pipes = pipes
        self._room = threading.Semaphore(_MOST)
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def get(self) -> bytes:
        """Return the next answer; raises EOFError where its process has ended."""
        answer = self._answers.get()
        self._room.release()
        if answer is None:
            raise EOFError
        return answer

    def close(self) -> None:
        """Stop, once the processes have ended or have nothing to say any more."""
        self._closed = True
        self._room.release()
        self._thread.join()

    def _take(self) -> None:
        for pipe in cycle(self._pipes):
            self._room.acquire()
            if self._closed:
                return
            try:
                answer = pipe.recv_bytes()
            except (EOFError, OSError):
                self._answers.put(None)
                return
            self._answers.put(answer)
