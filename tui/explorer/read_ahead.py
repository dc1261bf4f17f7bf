"""A register that is opened, and asked for what is shown first, while the screen is still being loaded."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from db.errors import InterlockError

if TYPE_CHECKING:
    from tui.explorer.reader import Opener, RegisterReader


class ReadAhead:
    """Reads in a thread of its own from the start; who opens the register first is given that one."""

    def __init__(self, opener: Opener) -> None:
        self.opener = opener
        self._reader: RegisterReader | None = None
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        # Whoever opens it after this has failed is told why.
        with suppress(InterlockError):
            reader = self.opener()
            reader.contents()
            self._reader = reader

    def open(self) -> RegisterReader:
        """Return the register that has been read ahead, any other time a fresh one; raises DatabaseError."""
        self._thread.join()
        reader, self._reader = self._reader, None
        return reader or self.opener()
