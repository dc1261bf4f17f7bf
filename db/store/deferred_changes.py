"""What is to be written of records, worked out in a process that only reads and written by the one that writes.

Both go the same way: the calls of a changelog are recorded, to be done again where rows get their numbers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from db.store.changelog import Changelog

Call = tuple[Any, ...]
"""A method of `Changelog` and what it is given, all plain; rows that are new have numbers of their own."""
_MADE = frozenset(("name", "fact", "link", "value", "evidence"))
"""Tables of which rows are recorded that are new: what others may need at the same time is not made in two places."""


class DeferredChanges(Changelog):
    """A changelog that writes nothing, and gives away what is to be written of each record."""

    def __init__(self, connection: sqlite3.Connection, run: int, source: int) -> None:
        super().__init__(connection, run)
        self._source = source
        self._calls: list[Call] = []
        self._by_record: dict[int, list[Call]] = {}
        self._of = 0
        self._evidence: set[int] = set()
        """What is new and recorded of the same record."""
        self._beyond: set[int] = set()
        self._is_lost = False
        """Whether a source would be made, which all that follows may cite."""

    def turn_to(self, record: int) -> None:
        """Record what is written from now on as what is to be written of a record."""
        self._of = record
        self._calls = self._by_record.setdefault(record, [])
        self._evidence.clear()

    def give_away(self) -> dict[int, tuple[Call, ...]]:
        """Return the calls by record, without records for which something has to be made that others may need."""
        found = {record: tuple(calls) for record, calls in self._by_record.items() if record not in self._beyond}
        self._by_record.clear()
        self._beyond.clear()
        return {} if self._is_lost else found

    def insert(self, table: str, values: Sequence[object]) -> int:
        """Record one row, and return a number by which other calls name it."""
        row = self.reserve(table, 1)
        self._is_lost |= table == "source"
        if not self._is_own(table, values):
            self._beyond.add(self._of)
        elif table == "evidence":
            self._evidence.add(row)
        self._calls.append(("insert", table, row, tuple(values)))
        return row

    def _is_own(self, table: str, values: Sequence[Any]) -> bool:
        """Whether a new row is of the record alone, and of no other that is new."""
        if table == "evidence":
            source, locator, *more = values
            return source == self._source and locator is not None and [one for one in more if one] == ["stated"]
        return table in _MADE and not (table == "link" and any(self.is_new("record", end) for end in values[:2]))

    def cite(self, subject: str, row: int, evidence: Iterable[int]) -> None:
        """Record the evidence of an item that is new."""
        found = self._known(evidence)
        if found:
            self._calls.append(("cite", subject, row, found))

    def replace(self, table: str, row: int, before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
        """Record that a row is another."""
        self._calls.append(("replace", table, row, before, after))

    def delete(self, table: str, row: int) -> None:
        """Record that a row is no more."""
        self._calls.append(("delete", table, row))

    def recite_from(self, subject: str, row: int, before: Collection[int], after: Collection[int]) -> None:
        """Record other evidence for an item."""
        self._calls.append(("recite_from", subject, row, tuple(before), self._known(after)))

    def _known(self, evidence: Iterable[int]) -> tuple[int, ...]:
        """Return evidence that is there, or made for the same record: what was made for another may never be."""
        found = tuple(evidence)
        if any(self.is_new("evidence", one) and one not in self._evidence for one in found):
            self._beyond.add(self._of)
        return found

    def update(self, table: str, row: int, **values: object) -> None:
        """Leave to the process that writes what another may change at the same time."""
        self._beyond.add(self._of)


def do_again(changelog: Changelog, calls: Iterable[Call]) -> Sequence[tuple[int, str]]:
    """Make recorded calls, and return the evidence that is new: its number and its place in its source."""
    rows: dict[tuple[str, int], int] = {}
    made: list[tuple[int, str]] = []
    for name, table, row, *given in calls:
        if name == "insert":
            (values,) = given
            if table in ("fact", "value"):
                owner, link, *rest = values
                values = (owner, rows.get(("link", link), link), *rest)
            number = rows[table, row] = changelog.insert(table, values)
            if table == "evidence":
                made.append((number, values[1]))
        elif name == "cite":
            (evidence,) = given
            changelog.cite(table, rows[table, row], sorted(rows.get(("evidence", one), one) for one in evidence))
        elif name == "recite_from":
            before, after = given
            changelog.recite_from(table, row, before, [rows.get(("evidence", one), one) for one in after])
        elif name == "replace":
            changelog.replace(table, row, *given)
        else:
            changelog.delete(table, row)
    return made
