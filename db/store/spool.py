"""Rows put aside on disk until more is known."""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator
from typing import IO, Any


class Spool:
    """Gives back what was put aside, lot by lot, in order."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._taken = 0
        self._released = 0

    def put(self, rows: list[tuple[Any, ...]]) -> None:
        """Put a lot of plain rows aside."""
        if rows:
            data = marshal.dumps(rows)
            self._file.seek(0, os.SEEK_END)
            self._file.write(len(data).to_bytes(4, "little") + data)

    def release(self) -> None:
        """Let what was put aside so far be taken back."""
        self._released = self._file.seek(0, os.SEEK_END)

    def take(self) -> list[tuple[Any, ...]]:
        """Take a lot back; nothing where no more is released."""
        if self._taken == self._released:
            return []
        self._file.seek(self._taken)
        rows: list[tuple[Any, ...]] = marshal.loads(self._file.read(int.from_bytes(self._file.read(4), "little")))
        self._taken = self._file.tell()
        return rows

    def rest(self) -> Iterator[list[tuple[Any, ...]]]:
        """Take all that is left."""
        self.release()
        while rows := self.take():
            yield rows
