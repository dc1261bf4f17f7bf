"""Rows put aside on disk until more is known."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterator
from typing import IO, Any


class Spool:
    """Gives back what was put aside, lot by lot, in order."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None

    def put(self, rows: list[tuple[Any, ...]]) -> None:
        """Put a lot of plain rows aside."""
        if not rows:
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()
        data = marshal.dumps(rows)
        self._file.write(len(data).to_bytes(4, "little") + data)

    def lots(self) -> Iterator[list[tuple[Any, ...]]]:
        """Take everything back."""
        if self._file is None:
            return
        self._file.seek(0)
        while size := self._file.read(4):
            rows: list[tuple[Any, ...]] = marshal.loads(self._file.read(int.from_bytes(size, "little")))
            yield rows

    def close(self) -> None:
        """Forget all of it."""
        if self._file is not None:
            self._file.close()
