"""Tables as they stand in a file, before a mapping is laid over them."""

from __future__ import annotations

from dataclasses import dataclass

from importers.table.cells import TableRow


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


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: a CSV file, or one sheet of a workbook. Blank rows are left out."""

    rows: list[RawRow]
    sheet: str | None = None
    hidden: bool = False
    """Whether the sheet is hidden."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objects:
    """Rows that name their values themselves: JSON and JSONL."""

    rows: list[TableRow]

    @property
    def keys(self) -> frozenset[str]:
        """Every key that a row has."""
        return frozenset(key for row in self.rows for key in row.values)
