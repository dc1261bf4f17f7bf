"""Rows put aside on disk until more is known."""

from __future__ import annotations

import marshal
import pickle
import tempfile
from collections.abc import Iterator
from typing import IO, Any


class Spool:
    """Gives back what was put aside, lot by lot, in order and as often as it is asked for.

    Rows are plain, which is quickest, or of any kind.
    """

    def __init__(self, plain: bool = True) -> None:
        self._file: IO[bytes] | None = None
        self._plain = plain

    def put(self, rows: list[Any]) -> None:
        """Put a lot of rows aside."""
        if not rows:
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()
        data = marshal.dumps(rows) if self._plain else pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
        self._file.write(len(data).to_bytes(4, "little") + data)

    def lots(self) -> Iterator[list[Any]]:
        """Take everything back."""
        if self._file is None:
            return
        place = 0
        while True:
            self._file.seek(place)
            size = int.from_bytes(self._file.read(4), "little")
            if not size:
                return
            data = self._file.read(size)
            place += 4 + size
            yield marshal.loads(data) if self._plain else pickle.loads(data)

    def close(self) -> None:
        """Forget all of it."""
        if self._file is not None:
            self._file.close()
