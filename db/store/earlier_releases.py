"""What earlier releases said by sole rows that stands, by the digests of these, and which of it was met again."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, ValuesView


class Marks(Mapping[int, int]):
    """Numbers of records by the digests of their rows, in sixteen bytes each.

    Processes that are forked share these for good, where the numbers of a dict are written to by whoever looks at them.
    """

    def __init__(self, rows: Iterable[tuple[int, int]]) -> None:
        """Keep rows of digest and number, given in the order of the digests."""
        self._digests, self.numbers = array("q"), array("q")
        for digest, number in rows:
            self._digests.append(digest)
            self.numbers.append(number)

    def __getitem__(self, digest: int) -> int:
        place = bisect_right(self._digests, digest) - 1
        if place < 0 or self._digests[place] != digest:
            raise KeyError(digest)
        return self.numbers[place]

    def get(self, digest: int, default: int | None = None) -> int | None:  # type: ignore[override]
        """Return the number of a record; most rows of a release in which much changed have none."""
        place = bisect_right(self._digests, digest) - 1
        return self.numbers[place] if place >= 0 and self._digests[place] == digest else default

    def __iter__(self) -> Iterator[int]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def values(self) -> ValuesView[int]:
        """Return the numbers, without looking for each."""
        return _Numbers(self)


class _Numbers(ValuesView[int]):
    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)
        self._numbers = marks.numbers

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)


class Earlier:
    """The records of which one row of some sources says all there is."""

    def __init__(self, connection: sqlite3.Connection, sources: Iterable[int]) -> None:
        listed = ",".join(map(str, sources))
        held = connection.execute(
            "SELECT m.digest, m.id FROM _sole m CROSS JOIN evidence e ON e.id = m.evidence_id "
            f"WHERE e.source_id IN ({listed}) ORDER BY m.digest, m.id"
        )
        self.marks = Marks(held)
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
        return sorted(record for record in self.marks.values() if not self._met[record])
