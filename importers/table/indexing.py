"""Which rows of a file hold which texts, for conditions that ask whether another row has the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from importers.table.cells import CellError, Row
from importers.table.conditions import plain


@dataclass(slots=True)
class ColumnIndex:
    """The lines on which each text of a column stands; texts are compared as `plain` writes them."""

    _lines: dict[str, set[int]] = field(default_factory=dict)

    def lines(self, text: str) -> frozenset[int]:
        """The lines of the rows that hold the text."""
        return frozenset(self._lines.get(plain(text), ()))

    def add(self, text: str, line: int) -> None:
        """Note that a row holds a text."""
        self._lines.setdefault(plain(text), set()).add(line)


def index(rows: Iterable[Row], columns: Iterable[str]) -> dict[str, ColumnIndex]:
    """The indexes of some columns; a list counts by its items."""
    found = {column: ColumnIndex() for column in columns}
    if found:
        for row in rows:
            for column, lines in found.items():
                for text in _texts(row, column):
                    lines.add(text, row.line)
    return found


def _texts(row: Row, column: str) -> list[str]:
    try:
        return [item for item in row.items(column) if isinstance(item, str)]
    except CellError:
        return []
