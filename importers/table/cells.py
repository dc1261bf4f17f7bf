"""One row of a table, whatever file it came from: its values by column, the nested ones of JSON by path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

from importers.csv_rows import shorten

CellValue = str | None | Sequence["CellValue"] | Mapping[str, "CellValue"]
"""What a row may hold: texts, nothing, and in JSON lists and mappings of them."""

ITEM = "item"
"""What a mapping calls the value that `each` is at."""

_RUNS = 6
"""Runs of lines that a message names."""


class CellError(Exception):
    """A row that cannot be taken as its mapping wants; the text is the reason, `value` what was in the cell."""

    def __init__(self, reason: str, value: str | None = None) -> None:
        super().__init__(reason)
        self.value = value


@lru_cache(maxsize=4096)
def same_column(heading: str) -> str:
    """Return what two spellings of a heading share: case, white space and line breaks aside."""
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


def has_column(known: frozenset[str], paths: tuple[str, ...]) -> bool:
    """Whether headings, as `same_column` writes them, have one of these names or one in which such a path begins."""
    return not known.isdisjoint(_names(paths))


@lru_cache(maxsize=8192)
def _names(paths: tuple[str, ...]) -> frozenset[str]:
    """Return the headings by which a column is there; every file is asked for the columns of all mappings."""
    return frozenset(name for whole in map(same_column, paths) for name in (whole, whole.partition(".")[0]))


def numbered(headings: Iterable[str]) -> list[str]:
    """Headings as rows have them: the second of two that are the same gets a number, one without text its place."""
    names: list[str] = []
    known: set[str] = set()
    for place, heading in enumerate(headings, 1):
        name = plain = same_column(heading) or f"column {place}"
        count = 1
        while name in known:
            count += 1
            name = f"{plain} ({count})"
        known.add(name)
        names.append(name)
    return names


def tidy(text: str) -> str:
    """Return a cell's text with every run of white space, non-breaking or not, as one space."""
    return " ".join(text.split())


def lines_in_words(numbers: Sequence[int], what: str = "line") -> str:
    """Numbers of lines as messages name them: `lines 3, 7 to 9`, the first few of many."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:_RUNS]]
    left = sum(last - first + 1 for first, last in runs[_RUNS:])
    more = f" and {left:,} more" if left else ""
    return f"{what}{'s' * (len(numbers) > 1)} {', '.join(parts)}{more}"


class ColumnLookup(Protocol):
    """Which rows of the file hold a text in some column, or what their numbers in another come to."""

    def total(self, text: str) -> float:
        """The sum of a number over the rows that hold a text."""

    def numbers(self, text: str) -> frozenset[int]:
        """Which rows hold it, counted from 0."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of data with its place; `problem` says why it cannot be one at all."""

    line: int
    values: Mapping[str, CellValue]
    """By heading, as `same_column` writes it."""
    blanks: frozenset[str] = frozenset()
    """Texts that mean nothing is known, such as `n/a`, in lower case."""
    problem: str | None = None
    where: str | None = None
    """The place as evidence names it, where the line alone does not tell it (several sheets)."""
    indexes: Mapping[str, ColumnLookup] = field(default_factory=dict, repr=False)
    """What other rows hold in the columns that a condition asks for, by column."""
    number: int = 0
    """Which row of the table it is, where it has indexes."""

    def text(self, path: str) -> str | None:
        """The text in a column, a list of texts joined by commas; None where the cell is empty or holds a filler."""
        found = _find(self.values, path)
        if isinstance(found, Mapping):
            raise CellError(f"'{path}' holds several values; name one of them, such as {path}.{next(iter(found), '')}")
        if isinstance(found, str) or found is None:
            return self._known(found)
        return ", ".join(filter(None, (self._known(one) for one in found if isinstance(one, str)))) or None

    def has(self, path: str) -> bool:
        """Whether anything is in a column."""
        try:
            return self.text(path) is not None
        except CellError:
            return True

    def _known(self, text: str | None) -> str | None:
        plain = tidy(text) if text else ""
        return None if not plain or plain.casefold() in self.blanks else plain

    def items(self, path: str) -> list[CellValue]:
        """What `each` goes through: the items of a list, else the only value, none where there is nothing."""
        found = _find(self.values, path)
        if found is None or found == "":
            return []
        return list(found) if isinstance(found, Sequence) and not isinstance(found, str) else [found]

    def at(self, item: CellValue) -> TableRow:
        """The same row while `each` is at one of its items."""
        return replace(self, values={**self.values, ITEM: item})

    def among(self, indexes: Mapping[str, ColumnLookup], number: int) -> TableRow:
        """The same row, knowing what others hold and which it is itself."""
        return replace(self, indexes=indexes, number=number)

    @property
    def shown(self) -> str:
        """The start of the row for a list of rejects."""
        cells = (one if isinstance(one, str) else "" if one is None else "…" for one in self.values.values())
        return shorten(",".join(cells))


def _find(values: CellValue, path: str) -> CellValue:
    """The value under a heading or, where no heading is called that, at a path such as `address.town` or `names.1`."""
    whole = same_column(path)
    if isinstance(values, Mapping) and whole in values:
        return values[whole]
    for step in whole.split("."):
        if isinstance(values, Mapping):
            values = values.get(step)
        elif isinstance(values, Sequence) and not isinstance(values, str) and step.isdecimal() and len(step) < 10:
            values = values[int(step) - 1] if 0 < int(step) <= len(values) else None
        else:
            return None
    return values
