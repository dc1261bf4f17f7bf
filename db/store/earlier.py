"""What earlier releases said by sole rows that stands, by the digests of these, and which of it was met again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class Earlier:
    """The records of which one row of some sources says all there is."""

    def __init__(self, connection: sqlite3.Connection, sources: Iterable[int]) -> None:
        listed = ",".join(map(str, sources))
        held = connection.execute(
            "SELECT m.digest, m.id FROM _sole m CROSS JOIN evidence e ON e.id = m.evidence_id "
            f"WHERE e.source_id IN ({listed})"
        )
        self.marks: dict[int, int] = dict(held)
        """Numbers of the records, by the digests of their rows."""
        self._met = bytearray(max(self.marks.values(), default=-1) + 1)

    def meet(self, records: Iterable[int]) -> None:
        """Note that the rows of records were met again."""
        for record in records:
            self._met[record] = 1

    def give_up(self, record: int) -> None:
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
        return [record for record in self.marks.values() if not self._met[record]]
