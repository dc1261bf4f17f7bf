"""Which rows of a file hold which texts, for conditions that ask whether another row has the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from importers.table.cells import CellError, TableRow
from importers.table.language.conditions import Share, TextOf, number_in, plain


@dataclass(slots=True)
class ColumnIndex:
    """Which rows hold each text of a column; texts are compared as `plain` writes them."""

    _numbers: dict[str, set[int]] = field(default_factory=dict)
    _totals: dict[str, float] = field(default_factory=dict)

    def total(self, text: str) -> float:
        """The sum of a number over the rows that hold a text."""
        return self._totals.get(plain(text), 0.0)

    def count(self, text: str, number: float) -> None:
        """Add the number of a row that holds a text."""
        self._totals[plain(text)] = self._totals.get(plain(text), 0.0) + number

    def numbers(self, text: str) -> frozenset[int]:
        """Which rows hold the text, counted from 0."""
        return frozenset(self._numbers.get(plain(text), ()))

    def add(self, text: str, number: int) -> None:
        """Note that a row holds a text."""
        self._numbers.setdefault(plain(text), set()).add(number)


def index(rows: Sequence[TableRow], columns: Iterable[str], shares: Iterable[Share] = ()) -> dict[str, ColumnIndex]:
    """The indexes of some columns; a list counts by its items. Those of shares stand under their `name`."""
    found = {column: ColumnIndex() for column in columns}
    for number, row in enumerate(rows if found else ()):
        for column, holders in found.items():
            for text in _texts(row, column):
                holders.add(text, number)
    for share in shares:
        totals = found.setdefault(share.name, ColumnIndex())
        for row in rows:
            totals.count(_text(share.by, row), number_in(_text(share.of, row)) or 0.0)
    return found


def _text(of: TextOf, row: TableRow) -> str:
    try:
        return of.text(row) or ""
    except CellError:
        return ""


def _texts(row: TableRow, column: str) -> list[str]:
    try:
        return [item for item in row.items(column) if isinstance(item, str)]
    except CellError:
        return []
