"""Conditions of a mapping: whether a column is filled, is one of some texts, starts or ends with one, or holds one.

Some ask of other rows: which of the file hold the same text, or what a number comes to over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from importers.documents.faults import shown
from importers.table.cells import CellError, ColumnLookup, TableRow

_CAPITALS = re.compile(r"[A-Z][A-Z0-9&]{1,11}", re.ASCII)
_SAME_MARKS = str.maketrans("’‘ʼ`´", "'''''")


class TextOf(Protocol):
    """Whatever gives a text for a row."""

    def text(self, row: TableRow) -> str | None:
        """The text, None where there is none."""


def plain(text: str) -> str:
    """A text as conditions compare it: case, a leading `The` and the shape of apostrophes aside."""
    return text.translate(_SAME_MARKS).casefold().removeprefix("the ").strip()


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on the text of one column; what is None is not asked for."""

    of: TextOf
    filled: bool | None = None
    among: frozenset[str] | None = None
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    capitals: bool | None = None
    elsewhere: str | None = None
    """A column in which another row of the file holds the same text."""
    same: TextOf | None = None
    """Another column of the row, which holds the same text."""
    least: float | None = None
    below: float | None = None
    share_of: TextOf | None = None
    """A column; the number then counts as a share of those of all rows with the same text in it."""
    number: str = ""
    """The column of the number that is shared out."""

    def passes(self, row: TableRow, indexes: Mapping[str, ColumnLookup]) -> bool:
        """Whether a row is as asked for."""
        text = self.of.text(row)
        if self.filled is not None:
            return (text is not None) == self.filled
        if text is None:
            return False
        if self.capitals is not None:
            return (_CAPITALS.fullmatch(text) is not None) == self.capitals
        if self.elsewhere is not None:
            return bool(indexes[self.elsewhere].numbers(text) - {row.number})
        if self.same is not None:
            other = self.same.text(row)
            return other is not None and plain(other) == plain(text)
        if self.least is not None or self.below is not None:
            return self._is_within(row, text, indexes)
        if self.among is not None:
            return text.casefold() in self.among
        small = text.casefold()
        return (
            (bool(self.starts) and small.startswith(self.starts))
            or (bool(self.ends) and small.endswith(self.ends))
            or any(part in small for part in self.holds)
        )

    def _is_within(self, row: TableRow, text: str, indexes: Mapping[str, ColumnLookup]) -> bool:
        """Whether a number, or its share in those of its like, is as large or as small as asked for."""
        number = number_in(text)
        if number is None:
            raise CellError(f"{shown(text)} is no number", text)
        if self.share_of is not None:
            whole = indexes[self.number].total(self.share_of.text(row) or "")
            number = number / whole if whole else 0.0
        return (self.least is None or number >= self.least) and (self.below is None or number < self.below)


def number_in(text: str) -> float | None:
    """The number that a text is, None where it is none: `1,024`, `0.05`, `5%`, `3.7e-06`."""
    bare = text.replace(",", "").strip()
    try:
        number = float(bare.removesuffix("%"))
    except ValueError:
        return None
    if number != number or abs(number) == float("inf"):
        return None
    return number / 100 if bare.endswith("%") else number


@dataclass(frozen=True, slots=True)
class RowConditions:
    """All of `when` must hold and not all of `unless`; nothing asked for holds always."""

    when: tuple[Test, ...] = ()
    unless: tuple[Test, ...] = ()

    def hold(self, row: TableRow) -> bool:
        """Whether a row meets them."""
        if not self.when and not self.unless:
            return True
        indexes = row.indexes
        if not all(test.passes(row, indexes) for test in self.when):
            return False
        return not self.unless or not all(test.passes(row, indexes) for test in self.unless)


@dataclass(frozen=True, slots=True)
class Share:
    """A number that conditions take as a share of those of all rows with the same text in a column."""

    name: str
    of: TextOf
    by: TextOf


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


def index(rows: Iterable[TableRow], columns: Iterable[str], shares: Iterable[Share] = ()) -> dict[str, ColumnIndex]:
    """The indexes of some columns; a list counts by its items. Those of shares stand under their `name`."""
    found = {column: ColumnIndex() for column in columns}
    for number, row in enumerate(rows) if found else ():
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
