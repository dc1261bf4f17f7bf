"""Index rows that were made before the index is written, of records that take nothing of what others say: on disk."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator
from typing import IO
from weakref import finalize

from db.files.scratch import nameless_file

OwnText = tuple[int, str, str, str, str]
"""What `rows.own_text` returns."""


class MadeRows:
    """Gives back by the number of its record what was put aside; there may be a million, so each takes twelve bytes."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._begins, self._sizes = array("q"), array("I")
        self._end = 0

    def __contains__(self, record: int) -> bool:
        return record < len(self._sizes) and self._sizes[record] > 0

    def put(self, record: int, row: OwnText | None) -> None:
        """Put the row of a record aside, in place of an earlier one, which is forgotten where there is none."""
        if row is None:
            self.discard((record,))
            return
        if self._file is None:
            self._file = nameless_file()
            # Whoever lets go of these lets go of the file.
            finalize(self, self._file.close)
        if record >= len(self._sizes):
            more = record + 1024 - len(self._sizes)
            self._begins.frombytes(bytes(self._begins.itemsize * more))
            self._sizes.frombytes(bytes(self._sizes.itemsize * more))
        data = marshal.dumps(row)
        self._begins[record], self._sizes[record] = self._end, len(data)
        self._end += self._file.write(data)

    def discard(self, records: Iterable[int]) -> None:
        """Forget the rows of records of which more is known since."""
        for record in records:
            if record < len(self._sizes):
                self._sizes[record] = 0

    def rows(self, records: Iterable[int]) -> Iterator[tuple[int, OwnText]]:
        """Yield those of some records that there are, each with its record; nothing is put aside after that."""
        for record in records:
            if record in self and self._file is not None:
                self._file.seek(self._begins[record])
                yield record, marshal.loads(self._file.read(self._sizes[record]))
