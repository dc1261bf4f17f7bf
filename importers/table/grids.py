"""Tables as they stand in a file, before a mapping is laid over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Self

from db.files.spool import KeptRows
from importers.csv_rows import weight
from importers.table.cells import TableRow, numbered

HEADING_WITHIN = 30
"""Rows among which a heading is looked for; above it may stand titles and notes."""

MAX_COLUMNS = 2_000


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file; `problem` says why it cannot be a row."""

    line: int
    cells: list[str]
    problem: str | None = None
    hidden: bool = False
    """Whether somebody has hidden it by hand."""
    filtered: bool = False
    """Whether a filter hides it, which says nothing of what it is worth."""
    row: int | None = None
    """What a spreadsheet calls it, where that is another number than its line."""


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row that may be a heading."""

    cells: tuple[str, ...]
    known: frozenset[str]
    """The names that they give columns."""

    @classmethod
    def of(cls, row: RawRow) -> Self:
        """Take a row for a heading."""
        cells = tuple(row.cells[:MAX_COLUMNS])
        return cls(cells, frozenset(numbered(cells)))


class RawRows:
    """Rows as they stand in a file, made when they are asked for and kept on disk where they are many."""

    def __init__(self, rows: Iterable[RawRow]) -> None:
        self._kept: KeptRows[tuple[Any, ...]] = KeptRows(
            ((row.line, row.cells, row.problem, row.hidden, row.filtered, row.row) for row in rows),
            weight=lambda row: weight(row[1]),
        )

    def __len__(self) -> int:
        return len(self._kept)

    def __bool__(self) -> bool:
        return bool(self._kept)

    def __iter__(self) -> Iterator[RawRow]:
        return (RawRow(*row) for row in self._kept)

    def first(self, number: int) -> list[RawRow]:
        """The first rows, for which the others need not be made."""
        return list(islice(self, number))

    @cached_property
    def headings(self) -> Sequence[HeadingRow]:
        """The first rows as headings, made once: the tables of all mappings look for theirs among them."""
        return [HeadingRow.of(row) for row in self.first(HEADING_WITHIN)]

    def since(self, place: int) -> Iterator[RawRow]:
        """The rows from a place on."""
        return islice(self, place, None)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: a CSV file, or one sheet of a workbook. Blank rows are left out."""

    rows: RawRows
    sheet: str | None = None
    hidden: bool = False
    """Whether the sheet is hidden."""
    remarks: Sequence[str] = ()
    """Complete when all rows have been made."""


class TableRows:
    """The rows of data of a table, made anew each time they are asked for."""

    def __init__(self, make: Callable[[], Iterator[TableRow]]) -> None:
        self._make = make
        self._count: int | None = None

    def __iter__(self) -> Iterator[TableRow]:
        return self._make()

    def __len__(self) -> int:
        if self._count is None:
            self._count = sum(1 for _ in self._make())
        return self._count

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)


@dataclass(frozen=True, slots=True)
class Objects:
    """Rows that name their values themselves: JSON and JSONL."""

    rows: TableRows | list[TableRow]
    keys: frozenset[str]
    """Every key that a row has."""
