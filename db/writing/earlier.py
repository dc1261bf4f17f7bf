"""What earlier releases told that stands, by the marks of its rows, and which of it was met again."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable

_AT_ONCE = 10_000


class Earlier:
    """The told records of some sources."""

    def __init__(self, connection: sqlite3.Connection, sources: Iterable[int]) -> None:
        self.marks: array[int] = array("q")
        """Marks of the rows, in order."""
        self._records: array[int] = array("q")
        listed = ",".join(map(str, sources))
        told = connection.execute(f"SELECT digest, id FROM told WHERE source_id IN ({listed}) ORDER BY digest")
        while rows := told.fetchmany(_AT_ONCE):
            marks, records = zip(*rows, strict=True)
            self.marks.extend(marks)
            self._records.extend(records)
        self._met = bytearray(max(self._records, default=-1) + 1)

    def meet(self, places: Iterable[int]) -> None:
        """Note that rows were met again, given by the places of their marks."""
        for place in places:
            self._met[self._records[place]] = 1

    def forget(self, record: int) -> None:
        """Note that another row describes a record better than the one that was met."""
        self._met[record] = 0

    def is_met(self, record: int) -> bool:
        """Whether the row of a record was met again."""
        return record < len(self._met) and self._met[record] == 1

    def number_met(self) -> int:
        """Return how many rows were met again."""
        return sum(self._met)

    def unmet(self) -> list[int]:
        """Return the records whose rows were not met."""
        return [record for record in self._records if not self._met[record]]
