"""A register that is opened, and asked for what is shown first, while the screen is still being loaded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from db.errors import InterlockError
from db.register import Register

if TYPE_CHECKING:
    from db.model import Record
    from db.results import TypeCount
    from tui.text.page_parts import RecordPage

Opener = Callable[[], Register]
"""Opens the register of a session anew; called off the event loop."""

MOST = 200
"""Links under a heading up to which all are read at first."""
FIRST = 64
"""Links under a heading that has more which are read at first: more than a screen holds."""


class WordedRecord(NamedTuple):
    """A record as it was read, with its page in words."""

    record: Record
    page: RecordPage


class Beginning(NamedTuple):
    """What the first screen shows: what the register is called and what is in it, and the record that is opened."""

    label: str
    counts: tuple[TypeCount, ...] | None
    """None where they are still being counted, which takes longer than to read a record."""
    opened: WordedRecord | None


class ReadAhead:
    """Reads in a thread of its own from the start; who opens the register first is given that one."""

    def __init__(self, opener: Opener, start: str | None = None) -> None:
        self.opener = opener
        self._start = start
        """Key of the record that is opened."""
        self._reader: Register | None = None
        self._beginning: Beginning | None = None
        self._is_taken = False
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        # Whoever opens it after this has failed is told why.
        with suppress(InterlockError):
            reader = self.opener()
            with reader.snapshot():
                opened = read_record(reader, self._start) if self._start else None
                if opened:
                    self._beginning = Beginning(reader.label, None, opened)
                counts = reader.contents()
            self._reader, self._beginning = reader, Beginning(reader.label, counts, opened)

    def open(self) -> Register:
        """Return the register that has been read ahead, any other time a fresh one; raises DatabaseError."""
        self._thread.join()
        reader, self._reader = self._reader, None
        return reader or self.opener()

    def take(self) -> Beginning | None:
        """Return what was read by now, once; None where that is nothing, or was taken before."""
        taken = None if self._is_taken else self._beginning
        self._is_taken = self._is_taken or taken is not None
        return taken


def read_record(reader: Register, key: str, *, as_of: str | None = None, is_entire: bool = False) -> WordedRecord:
    """Read a record with all that is dated of it, and word its page, in a worker: with many links that takes long.

    Of headings with many links the first are read, unless it is to be entire.
    """
    from tui.text.record_page import record_page  # 5 ms, and the first screen is painted without it

    record = reader.record(key, as_of=as_of, most=None if is_entire else MOST, first=FIRST, with_timeline=True)
    return WordedRecord(record, record_page(record, lambda _: None, printed=False))
