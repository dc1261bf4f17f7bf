"""Conditions of a mapping: whether a column is filled, is one of some texts, starts or ends with one, or holds one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
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
class Conditions:
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
