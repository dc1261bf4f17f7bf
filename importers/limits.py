"""How much an import takes of each thing: one place for all limits, since all of them stand for memory.

What goes beyond one is refused in a line that names it; `--memory` allows more of everything alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from db.errors import InputError

T = TypeVar("T")

LEAST_MEMORY = 200
"""Megabytes with which an import can do at all."""
MEMORY = 400
"""Megabytes that an import holds at most, all its processes together, unless it is allowed more."""

RECORD_SIZE = 4 * 1024 * 1024
"""Characters of one record, or of what stands around the records of a file; real ones have up to 100,000."""
RECORD_VALUES = 250_000
"""Keys, texts, lists and mappings of the same."""
RECORDS = 1_200_000
"""Records or rows of a file, of each of which some bytes are held until all are taken."""
NAMES = 100_000
"""Bodies that all tables of an import know by their names alone, each of which is held while it is matched."""
COPIED_VALUES = 1_000_000
"""Values that aliases of YAML stand for in a file, counted each time."""
WORKBOOK_SIZE = 32 * 1024 * 1024
"""Bytes of a workbook."""
WORKBOOK_UNPACKED = 512 * 1024 * 1024
"""Bytes of its parts."""
SHEET_CELLS = 5_000_000
"""Cells that a sheet spans, empty ones included."""
LINE_SIZE = 1024 * 1024
"""Characters of a line of a table; real ones have up to 20,000."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an import may take."""

    memory: int = MEMORY
    """In megabytes."""
    names: set[int] = field(default_factory=set, compare=False, repr=False)
    """What tells the bodies apart that were met by their names alone."""

    def of(self, usual: int) -> int:
        """How much is taken of something of which `usual` is with the usual memory."""
        return usual * self.memory // MEMORY

    @property
    def advice(self) -> str:
        """The end of a line that refuses what is more than a limit."""
        return f"the most that {self.memory} MB of memory are for; --memory {2 * self.memory} allows more"

    def of_an_import(self) -> Limits:
        """Return the same for all files of one import, which has met nothing yet."""
        return replace(self, names=set())

    def meet(self, label: str, name: int) -> None:
        """Count a body that a table knows by its name alone; raise `InputError` where they are too many."""
        self.names.add(name)
        if len(self.names) > self.of(NAMES):
            raise InputError(f"{label}: comes to more than {self.of(NAMES):,} names without codes, {self.advice}")

    def rows(self, label: str, rows: Iterable[T]) -> Iterator[T]:
        """Yield the rows of a table; raise `InputError` where they are more than there may be."""
        for number, row in enumerate(rows, 1):
            self.check_rows(label, number)
            yield row

    def check_rows(self, label: str, rows: int) -> None:
        """Raise `InputError` where a table, or all tables of a file, have more rows than there may be."""
        most = self.of(RECORDS)
        if rows > most:
            raise InputError(f"{label}: holds more than {most:,} rows, {self.advice}")


USUAL = Limits()
"""What is taken unless more is allowed."""
