"""Asking the register from worker threads: a newer question stops the one before it, and its answer is never shown."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from db.database.version import FileVersion
from db.errors import QueryInterruptedError
from db.register import Register
from tui.explorer.read_ahead import Beginning, Opener, ReadAhead

Answer = TypeVar("Answer")


class Channel:
    """One open register and the questions put to it one after the other; only the newest numbered one matters.

    A register that another program has changed or replaced is opened anew before the next question; `changed` is told.
    """

    def __init__(self, opener: Opener, changed: Callable[[Channel, Register], None] | None = None) -> None:
        self._opener = opener
        self._changed = changed
        self._reader: Register | None = None
        self._version: FileVersion | None = None
        self._outdated = False
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

    @property
    def is_busy(self) -> bool:
        """Whether a numbered question is being answered, which another would stop."""
        return self._running_numbered

    def ask(self, question: Callable[[Register], Answer], number: int | None = None) -> Answer:
        """Answer in the calling thread. Raises QueryInterruptedError where a newer question made this one pointless."""
        with self._turn:
            with self._state:
                self._refuse_if_stale(number)
                self._running_numbered = number is not None
            try:
                with self._current().snapshot() as reader:
                    answer = question(reader)
            finally:
                with self._state:
                    self._running_numbered = False
            with self._state:
                self._refuse_if_stale(number)
            return answer

    def outdate(self) -> None:
        """Open the register anew before the next question, as somebody else has noticed that it has changed."""
        self._outdated = True

    def _current(self) -> Register:
        """Return the register as its file is now. Raises DatabaseError where that is gone or cannot be read."""
        before, known = self._reader, self._version
        if before is None:
            self._reader = self._opener()
            self._version = self._reader.version()
            return self._reader
        now = before.version()
        if now == known and not self._outdated:
            return before
        told, self._outdated = self._outdated, False
        try:
            fresh = self._opener()
            self._version = fresh.version()
        except BaseException:
            self._outdated = told
            raise
        self._reader = fresh
        before.close()
        if self._changed and not told and _differ(known, now, self._version):
            self._changed(self, fresh)
        return fresh

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


def _differ(before: FileVersion | None, now: FileVersion | None, fresh: FileVersion | None) -> bool:
    """Tell whether a register has other contents: as the old connection sees it `now`, or as a `fresh` one does."""
    if before is None or now is None or fresh is None:
        return True
    return now.differs(before) or fresh.newest_run != before.newest_run


class Desk:
    """The channels of the explorer, so that typing never waits for the record beside it, nor either for a count."""

    def __init__(self, opener: Opener, ahead: ReadAhead | None = None) -> None:
        self.tell_change: Callable[[str], None] = lambda _label: None
        """Called off the event loop, with the register's label, when another program has changed the register."""
        self._ahead = ahead
        opening = Lock()

        def one_at_a_time() -> Register:
            # Opening may make the user's database, which two at once should not try.
            with opening:
                return opener()

        self.searches = Channel(one_at_a_time, self._changed)
        self.contents = Channel(ahead.open if ahead else one_at_a_time, self._changed)
        self.records = Channel(one_at_a_time, self._changed)
        self.counts = Channel(one_at_a_time, self._changed)
        self.offers = Channel(one_at_a_time, self._changed)
        self.facets = Channel(one_at_a_time, self._changed)
        self._channels = (self.facets, self.searches, self.contents, self.records, self.counts, self.offers)

    def take_beginning(self) -> Beginning | None:
        """Return what the first screen shows where that has been read ahead, once."""
        return self._ahead.take() if self._ahead else None

    def _changed(self, noticed_by: Channel, reader: Register) -> None:
        for channel in self._channels:
            if channel is not noticed_by:
                channel.outdate()
        self.tell_change(reader.label)

    def outdate(self) -> None:
        """Open the register anew before the next question, as it was written to from here."""
        for channel in self._channels:
            channel.outdate()

    def close(self) -> None:
        """Close all channels."""
        for channel in self._channels:
            channel.close()
