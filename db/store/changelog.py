"""The only way rows are written: whatever a run inserts, updates or deletes is remembered, to be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from db.logged_rows import COLUMNS, SUBJECTS
from db.number_set import NumberSet
from db.parameters import insert_rows
from db.statements import Statement
from db.store.statement_rows import as_json

_NUMBERED_AS = {"_sole": "record", "_stated_twice": "link"}
OF_OTHERS = tuple(_NUMBERED_AS)
"""Tables whose rows have the numbers of rows of another."""
_CITATION = ("subject", "subject_id", "evidence_id")
_CHANGE = ("run_id", "tbl", "first_id", "last_id", "before")
_CITATIONS = {subject: f"_citation:{subject}" for subject in SUBJECTS}
"""What the log calls the evidence of a row of theirs."""
_REMEMBERED = 20_000
"""Statements that are remembered."""
_LOGGED = 10_000
"""Changes that are kept in memory before they are written."""


def _source_of(link: Sequence[Any]) -> int:
    return int(link[COLUMNS["link"].index("source_id")])


class Changelog:
    """Writes rows for one run and keeps what is needed to undo them: inserted ranges and before-images."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self.connection = connection
        self.run = run
        self._first = {
            table: connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]
            for table in COLUMNS
            if table not in OF_OTHERS
        }
        self._next = dict(self._first)
        self._waiting: dict[str, dict[int, tuple[Any, ...]]] = {table: {} for table in COLUMNS}
        self._marked: dict[str, tuple[int, int]] = {}
        self._changed: dict[str, dict[int, tuple[Any, ...]]] = {table: {} for table in COLUMNS}
        self._cited: dict[tuple[str, int], tuple[int, ...]] = {}
        self._recited: dict[tuple[str, int], tuple[int, ...]] = {}
        self._uncited: list[tuple[str, int]] = []
        self._changes: list[tuple[int, str, int, int, str]] = []
        self._relinked = NumberSet()
        self._statements: dict[int, Statement] = {}
        self.changed = False
        """Whether anything was inserted, updated or deleted."""

    def is_new(self, table: str, row: int) -> bool:
        """Whether a row was made by this run, so that it needs no before-image."""
        first: int = self._first[_NUMBERED_AS.get(table, table)]
        return row >= first

    def turn_to(self, record: int) -> None:
        """Hear of which record something is to be written next, for who records that."""

    def insert(self, table: str, values: Sequence[object]) -> int:
        """Queue one row, `values` in the order of COLUMNS without the id, and return its id."""
        row: int = self._next[table]
        self._next[table] = row + 1
        self._waiting[table][row] = (row, *values)
        if table == "link":
            self._relinked.add(_source_of((row, *values)))
        self.changed = True
        return row

    def insert_statement(
        self, record: int, source: int, statement: Statement, mark: int, body: str, ended: int | None = None
    ) -> int:
        """Queue what a source says of a record, whose JSON is `body`, and return its id."""
        row = self.insert_body(record, source, statement.line, mark, body, ended)
        if len(self._statements) < _REMEMBERED:
            self._statements[row] = statement
        return row

    def insert_body(
        self, record: int, source: int, line: int | None, mark: int, body: str, ended: int | None = None
    ) -> int:
        """Queue what a source says of a record as JSON, and return its id."""
        return self.insert("_statement", (record, source, line, mark, body, None, ended))

    def statement(self, row: int, line: int | None) -> Statement | None:
        """Return a statement that this run wrote down as of a line, where it is remembered: decoding takes longer."""
        found = self._statements.get(row)
        return found if found is not None and found.line == line else None

    def forget_statements(self) -> None:
        """Let go of the statements that are remembered, once all of them are resolved."""
        self._statements.clear()

    def reserve(self, table: str, rows: int) -> int:
        """Give the next so many numbers of a table away, and return the first: whoever asks inserts those rows."""
        first: int = self._next[table]
        self._next[table] = first + rows
        return first

    def insert_reserved(self, table: str, rows: Sequence[Sequence[Any]], columns: Sequence[str] = ()) -> None:
        """Write rows at once whose numbers were reserved, all of their columns or those that are named.

        A row of `OF_OTHERS` has the number of a row that this run made.
        """
        if not rows:
            return
        if table in OF_OTHERS:
            numbers = [row[0] for row in rows]
            first, last = self._marked.get(table, (numbers[0], numbers[0]))
            self._marked[table] = min(first, *numbers), max(last, *numbers)
        insert_rows(self.connection, table, columns or COLUMNS[table], rows)
        self.changed = True

    def relinked(self) -> NumberSet:
        """Return the records of which links were made, changed or removed since this was last asked.

        They may belong to the other end, but what a record is in others' arrangements is what it is found by.
        """
        found, self._relinked = self._relinked, NumberSet()
        return found

    def waiting(self, table: str, row: int) -> tuple[Any, ...] | None:
        """Return a row that is queued and not written yet, with its id."""
        return self._waiting[table].get(row)

    def changed_to(self, table: str, row: int) -> dict[str, Any] | None:
        """Return what a row will be that is queued to be changed."""
        after = self._changed[table].get(row)
        return None if after is None else dict(zip(COLUMNS[table][1:], after, strict=True))

    def cite(self, subject: str, row: int, evidence: Iterable[int]) -> None:
        """Queue the evidence of an item."""
        found = tuple(evidence)
        if found:
            self._cited[subject, row] = found

    def insert_citations(self, rows: Sequence[tuple[str, int, int]]) -> None:
        """Write the evidence of items that this run made at once: subject, row, evidence."""
        insert_rows(self.connection, "_citation", _CITATION, rows)

    def replace(self, table: str, row: int, before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
        """Queue that a row which is written is another: both without the id, `before` as it is."""
        if table == "link":
            self._relinked.update((_source_of((row, *before)), _source_of((row, *after))))
        if row in self._waiting[table]:
            self._waiting[table][row] = (row, *after)
            return
        if row not in self._changed[table] and not self.is_new(table, row):
            self._log(table, row, as_json((row, *before)))
        self._changed[table][row] = after
        self.changed = True

    def update(self, table: str, row: int, **values: object) -> None:
        """Change columns of one row."""
        names = COLUMNS[table]
        queued = self._waiting[table].get(row)
        if queued is not None:
            self._waiting[table][row] = tuple(values.get(name, old) for name, old in zip(names, queued, strict=True))
            return
        changed = self._changed[table].get(row)
        if changed is not None:
            after = tuple(values.get(name, old) for name, old in zip(names[1:], changed, strict=True))
            self._changed[table][row] = after
            return
        self._keep(table, row)
        columns = ", ".join(f"{column} = ?" for column in values)
        self.connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), row))

    def delete(self, table: str, row: int) -> None:
        """Delete one row, with its evidence."""
        if table in SUBJECTS:
            self.uncite(table, row)
        if self._waiting[table].pop(row, None) is not None:
            return
        if self._changed[table].pop(row, None) is None:
            self._keep(table, row)
        self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))

    def delete_all(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Delete rows that are written, given whole, of a table whose rows have no evidence."""
        for row in rows:
            if not self.is_new(table, row[0]):
                self._log(table, row[0], as_json(row))
        self.connection.executemany(f"DELETE FROM {table} WHERE id = ?", [row[:1] for row in rows])
        self.changed = True

    def recite_from(self, subject: str, row: int, before: Collection[int], after: Collection[int]) -> None:
        """Queue other evidence for an item that is there already and has that of `before`."""
        self._cited.pop((subject, row), None)
        if row in self._waiting[subject]:
            self.cite(subject, row, sorted(after))
            return
        if (subject, row) not in self._recited:
            if before:
                self._uncited.append((subject, row))
            if not self.is_new(subject, row):
                self._log(_CITATIONS[subject], row, f"[{','.join(map(str, sorted(before)))}]")
        self._recited[subject, row] = tuple(sorted(after))
        self.changed = True

    def uncite(self, subject: str, row: int) -> None:
        """Take the evidence of an item away that is there already."""
        before: list[int] = []
        if (subject, row) not in self._recited and row not in self._waiting[subject]:
            query = "SELECT evidence_id FROM _citation WHERE subject = ? AND subject_id = ? ORDER BY 1"
            before = [one for (one,) in self.connection.execute(query, (subject, row))]
            if not before and (subject, row) not in self._cited:
                return
        self.recite_from(subject, row, before, ())

    def _keep(self, table: str, row: int) -> None:
        """Remember a row as it is, once for each change, the newest change last."""
        self.changed = True
        if self.is_new(table, row):
            return
        found = self.connection.execute(
            f"SELECT {', '.join(COLUMNS[table])} FROM {table} WHERE id = ?", (row,)
        ).fetchone()
        if table == "link":
            self._relinked.add(_source_of(found))
        self._log(table, row, as_json(found))

    def _log(self, table: str, row: int, before: str) -> None:
        self.changed = True
        self._changes.append((self.run, table, row, row, before))
        if len(self._changes) >= _LOGGED:
            self._write_log()

    def flush(self) -> None:
        """Write what is queued, parents before children."""
        for table in self._waiting:
            self.flush_table(table)
        self._write_citations()

    def _write_citations(self) -> None:
        """Write the evidence that is queued."""
        delete = "DELETE FROM _citation WHERE subject = ? AND subject_id = ?"
        self.connection.executemany(delete, self._uncited)
        self._uncited.clear()
        for items in (self._recited, self._cited):
            self.insert_citations([(*item, one) for item, evidence in items.items() for one in evidence])
            items.clear()

    def flush_table(self, table: str) -> None:
        """Write what is queued for one table; foreign keys are checked when the run commits."""
        rows = self._waiting[table]
        if rows:
            insert_rows(self.connection, table, COLUMNS[table], rows.values())
            rows.clear()
        changed = self._changed[table]
        if changed:
            columns = ", ".join(f"{column} = ?" for column in COLUMNS[table][1:])
            self.connection.executemany(
                f"UPDATE {table} SET {columns} WHERE id = ?", [(*values, row) for row, values in changed.items()]
            )
            changed.clear()

    def close(self) -> None:
        """Write the log of the run."""
        self.flush()
        self._write_log()
        inserted = [
            (self.run, table, first, last, None)
            for table, first in self._first.items()
            if self._next[table] > first and (last := self._last(table)) >= first
        ]
        inserted += [(self.run, table, *span, None) for table, span in self._marked.items()]
        insert_rows(self.connection, "_change", _CHANGE, inserted)

    def _write_log(self) -> None:
        insert_rows(self.connection, "_change", _CHANGE, self._changes)
        self._changes.clear()

    def _last(self, table: str) -> int:
        """The last row that is there: the numbers of those that the run itself deleted may be given again."""
        last: int = self.connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        return last
