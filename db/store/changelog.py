"""The only way rows are written: whatever a run inserts, updates or deletes is remembered, to be taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from db.statements import Statement
from db.store.statement_rows import as_json

COLUMNS: dict[str, tuple[str, ...]] = {
    "record": (
        "id", "key", "kind", "type", "name", "status", "open", "opened", "closed", "legal_opened", "legal_closed",
        "form", "legal_form", "legal_basis", "basis_status", "summary", "address", "town", "postcode",
        "placeholder", "gone", "county", "country",
    ),
    "source": (
        "id", "key", "title", "publisher", "published", "url", "licence", "format", "series", "full", "complete",
        "path", "digest", "record_id", "run_id", "living",
    ),
    "name": ("id", "record_id", "name", "kind", "since", "until", "verbatim"),
    "identifier": ("id", "record_id", "scheme", "value"),
    "link": (
        "id", "source_id", "target_id", "type_id", "role", "since", "until", "legal_since", "legal_until", "status",
    ),
    "fact": ("id", "record_id", "link_id", "property", "value", "unit", "as_of", "text"),
    "event": ("id", "record_id", "date", "kind", "text"),
    "evidence": ("id", "source_id", "locator", "quote", "basis", "confidence", "claimant_id", "note"),
    "said": ("id", "record_id", "source_id", "line", "digest", "body", "withdrawn", "ended"),
    "told_word": ("id", "sort", "word", "label"),
    "told": ("id", "source_id", "line", "digest", "verbatim"),
    "suggestion": ("id", "run_id", "record_id", "rule", "what", "confidence", "candidates", "state"),
    "term": ("id", "vocabulary", "name", "label", "definition", "source", "extra"),
    "link_type": (
        "id", "name", "forward", "reverse", "category", "owner", "source_kinds", "target_kinds", "definition", "source",
        "position",
    ),
}  # fmt: skip
"""The tables that a run may change, parents before children, with their columns."""

STORED = {"name": "name_row", "identifier": "identifier_row", "link": "link_row", "fact": "fact_row"}
"""Where rows of a table are stored, where its name is that of a view which shows told rows as well."""

GROUPED: dict[str, tuple[str, ...]] = {
    "told_role": (
        "record_id", "place", "role", "main", "active", "since", "until", "legal_since", "legal_until",
    ),
    "told_fact": ("record_id", "place", "property", "value", "text"),
    "told_link": (
        "source_id", "place", "target_id", "type_id", "role", "since", "until", "legal_since", "legal_until", "status",
        "teller",
    ),
}  # fmt: skip
"""Tables of told rows, by columns: the first is the record's number, under which all its rows are one image."""


_REMEMBERED = 20_000
"""Statements that are remembered."""


def _source_of(link: Sequence[Any]) -> int:
    return int(link[COLUMNS["link"].index("source_id")])


def stored(table: str) -> str:
    """Return the table in which rows are stored."""
    return STORED.get(table, table)


SUBJECTS = {"record": 1, "name": 2, "identifier": 3, "link": 4, "fact": 5, "event": 6}
"""Numbers of table `subject`: what a row of `cited` is evidence for."""


class Changelog:
    """Writes rows for one run and keeps what is needed to undo them: inserted ranges and before-images."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self.connection = connection
        self.run = run
        self._first = {
            table: connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {stored(table)}").fetchone()[0]
            for table in COLUMNS
        }
        self._told: tuple[int, int] | None = None
        self._imaged: set[tuple[str, int]] = set()
        self._next = dict(self._first)
        self._waiting: dict[str, dict[int, tuple[Any, ...]]] = {table: {} for table in COLUMNS}
        self._cited: dict[tuple[int, int], tuple[int, ...]] = {}
        self._changes: list[tuple[int, str, int, int, str]] = []
        self._relinked: set[int] = set()
        self._said: dict[int, Statement] = {}

    def is_new(self, table: str, row: int) -> bool:
        """Whether a row was made by this run, so that it needs no before-image."""
        first: int = self._first[table]
        return row >= first

    def insert(self, table: str, values: Sequence[object]) -> int:
        """Queue one row, `values` in the order of COLUMNS without the id, and return its id."""
        row: int = self._next[table]
        self._next[table] = row + 1
        self._waiting[table][row] = (row, *values)
        if table == "link":
            self._relinked.add(_source_of((row, *values)))
        return row

    def say(
        self, record: int, source: int, statement: Statement, mark: bytes, body: bytes, ended: int | None = None
    ) -> int:
        """Queue what a source says of a record, packed as `body`, and return its id."""
        row = self.insert("said", (record, source, statement.line, mark, body, None, ended))
        if len(self._said) < _REMEMBERED:
            self._said[row] = statement
        return row

    def said(self, row: int, line: int | None) -> Statement | None:
        """Return a statement that this run wrote down as of a line, where it is remembered: decoding takes longer."""
        found = self._said.get(row)
        return found if found is not None and found.line == line else None

    @property
    def changed(self) -> bool:
        """Whether anything was inserted, updated or deleted."""
        return bool(self._changes) or self._next != self._first

    def relinked(self) -> set[int]:
        """Return the records of which links were made, changed or removed since this was last asked.

        They may belong to the other end, but what a record is in others' arrangements is what it is found by.
        """
        found, self._relinked = self._relinked, set()
        return found

    def waiting(self, table: str, row: int) -> tuple[Any, ...] | None:
        """Return a row that is queued and not written yet, with its id."""
        return self._waiting[table].get(row)

    def cite(self, subject: str, row: int, evidence: Iterable[int]) -> None:
        """Queue the evidence of an item."""
        found = tuple(evidence)
        if found:
            self._cited[SUBJECTS[subject], row] = found

    def reserve(self, records: int) -> int:
        """Give the next so many record numbers away, and return the first: the caller writes those rows itself."""
        first: int = self._next["record"]
        self._next["record"] = first + records
        last = first + records - 1
        self._told = (self._told[0], last) if self._told else (first, last)
        return first

    def group_before(self, table: str, record: int) -> None:
        """Remember the told rows of a record as they are, once in a run, before any of them changes."""
        if self.is_new("record", record) or (table, record) in self._imaged:
            return
        self._imaged.add((table, record))
        columns = GROUPED[table]
        rows = self.connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {columns[0]} = ? ORDER BY place", (record,)
        ).fetchall()
        self._changes.append((self.run, table, record, record, as_json(rows)))

    def update(self, table: str, row: int, **values: object) -> None:
        """Change columns of one row."""
        queued = self._waiting[table].get(row)
        if queued is not None:
            names = COLUMNS[table]
            self._waiting[table][row] = tuple(values.get(name, old) for name, old in zip(names, queued, strict=True))
            return
        self._keep(table, row)
        columns = ", ".join(f"{column} = ?" for column in values)
        self.connection.execute(f"UPDATE {stored(table)} SET {columns} WHERE id = ?", (*values.values(), row))

    def delete(self, table: str, row: int) -> None:
        """Delete one row, with its evidence."""
        if table in SUBJECTS:
            self.recite(table, row, ())
        if self._waiting[table].pop(row, None) is not None:
            return
        self._keep(table, row)
        self.connection.execute(f"DELETE FROM {stored(table)} WHERE id = ?", (row,))

    def recite(self, subject: str, row: int, evidence: Iterable[int]) -> None:
        """Replace the evidence of an item that is there already."""
        number = SUBJECTS[subject]
        self._cited.pop((number, row), None)
        if row in self._waiting[subject]:
            self.cite(subject, row, evidence)
            return
        rows = [(number, row, one) for one in evidence]
        if not self.is_new(subject, row):
            query = "SELECT evidence_id FROM cited WHERE subject = ? AND subject_id = ? ORDER BY 1"
            before = [one for (one,) in self.connection.execute(query, (number, row))]
            if not before and not rows:
                return
            self._changes.append((self.run, f"cited:{number}", row, row, json.dumps(before)))
        self.connection.execute("DELETE FROM cited WHERE subject = ? AND subject_id = ?", (number, row))
        if rows:
            self.connection.executemany("INSERT INTO cited VALUES (?, ?, ?)", rows)

    def _keep(self, table: str, row: int) -> None:
        """Remember a row as it is, once for each change, the newest change last."""
        if self.is_new(table, row):
            return
        found = self.connection.execute(
            f"SELECT {', '.join(COLUMNS[table])} FROM {stored(table)} WHERE id = ?", (row,)
        ).fetchone()
        if table == "link":
            self._relinked.add(_source_of(found))
        values = [value.hex() if isinstance(value, bytes) else value for value in found]
        self._changes.append((self.run, table, row, row, as_json(values)))

    def flush(self) -> None:
        """Write what is queued, parents before children."""
        for table in self._waiting:
            self.flush_table(table)
        if self._cited:
            rows_of = ((*item, one) for item, evidence in self._cited.items() for one in evidence)
            self.connection.executemany("INSERT INTO cited VALUES (?, ?, ?)", rows_of)
            self._cited.clear()

    def flush_table(self, table: str) -> None:
        """Write what is queued for one table; foreign keys are checked when the run commits."""
        rows = self._waiting[table]
        if rows:
            marks = ", ".join("?" * len(COLUMNS[table]))
            self.connection.executemany(
                f"INSERT INTO {stored(table)} ({', '.join(COLUMNS[table])}) VALUES ({marks})", rows.values()
            )
            rows.clear()

    def close(self) -> None:
        """Write the log of the run."""
        self.flush()
        statement = "INSERT INTO change (run_id, tbl, first_id, last_id, before) VALUES (?, ?, ?, ?, ?)"
        inserted = [
            (self.run, table, first, last, None)
            for table, first in self._first.items()
            if self._next[table] > first and (last := self._last(table)) >= first
        ]
        if self._told:
            inserted += [(self.run, table, *self._told, None) for table in ("told", *GROUPED)]
        self.connection.executemany(statement, [*inserted, *self._changes])

    def _last(self, table: str) -> int:
        """The last row that is there: the numbers of those that the run itself deleted may be given again."""
        last: int = self.connection.execute(f"SELECT coalesce(max(id), 0) FROM {stored(table)}").fetchone()[0]
        return last
