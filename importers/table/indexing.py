"""Which rows of a file hold which texts, for conditions that ask whether another row has the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from importers.table.cells import CellError, Row
from importers.table.conditions import plain


@dataclass(slots=True)
class ColumnIndex:
    """Which rows hold each text of a column; texts are compared as `plain` writes them."""

    _numbers: dict[str, set[int]] = field(default_factory=dict)

    def numbers(self, text: str) -> frozenset[int]:
        """Which rows hold the text, counted from 0."""
        return frozenset(self._numbers.get(plain(text), ()))

    def add(self, text: str, number: int) -> None:
        """Note that a row holds a text."""
        self._numbers.setdefault(plain(text), set()).add(number)


def index(rows: Iterable[Row], columns: Iterable[str]) -> dict[str, ColumnIndex]:
    """The indexes of some columns; a list counts by its items."""
    found = {column: ColumnIndex() for column in columns}
    if found:
        for number, row in enumerate(rows):
            for column, holders in found.items():
                for text in _texts(row, column):
                    holders.add(text, number)
    return found


def _texts(row: Row, column: str) -> list[str]:
    try:
        return [item for item in row.items(column) if isinstance(item, str)]
    except CellError:
        return []
