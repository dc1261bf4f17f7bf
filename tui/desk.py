"""Asking the register from worker threads: a newer question stops the one before it, and its answer is never shown."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from db.errors import QueryInterruptedError
from tui.reader import Opener, Reader

Answer = TypeVar("Answer")


class Channel:
    """One open register and the questions put to it one after the other; only the newest numbered one matters."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._reader: Reader | None = None
        self._turn = Lock()
        self._state = Lock()
        self._newest = 0
        self._running_numbered = False
        self._closed = False

    def number(self) -> int:
        """Return the number of a new question; the numbered one that is being answered is stopped."""
        with self._state:
            self._newest += 1
            if self._running_numbered and self._reader is not None:
                self._reader.interrupt()
            return self._newest

    def is_newest(self, number: int) -> bool:
        """Tell whether no newer question has been asked."""
        return number == self._newest and not self._closed

    def ask(self, question: Callable[[Reader], Answer], number: int | None = None) -> Answer:
        """Answer in the calling thread. Raises QueryInterruptedError where a newer question made this one pointless."""
        with self._turn:
            with self._state:
                self._refuse_if_stale(number)
                self._running_numbered = number is not None
            try:
                if self._reader is None:
                    self._reader = self._opener()
                answer = question(self._reader)
            finally:
                with self._state:
                    self._running_numbered = False
            with self._state:
                self._refuse_if_stale(number)
            return answer

    def _refuse_if_stale(self, number: int | None) -> None:
        if self._closed or (number is not None and number != self._newest):
            raise QueryInterruptedError("a newer question was asked")

    def close(self) -> None:
        """Stop what runs and close the register once it has stopped."""
        with self._state:
            self._closed = True
            if self._reader is not None:
                self._reader.interrupt()
        if self._turn.acquire(timeout=1):
            try:
                if self._reader is not None:
                    self._reader.close()
            finally:
                self._turn.release()


class Desk:
    """The two channels of the explorer, so that typing never waits for the record beside it."""

    def __init__(self, opener: Opener) -> None:
        opening = Lock()

        def one_at_a_time() -> Reader:
            # Opening may make the user's database, which two at once should not try.
            with opening:
                return opener()

        self.searches = Channel(one_at_a_time)
        self.records = Channel(one_at_a_time)

    def close(self) -> None:
        """Close both channels."""
        self.searches.close()
        self.records.close()
