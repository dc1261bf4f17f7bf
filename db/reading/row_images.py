"""The rows that a run inserted, changed or deleted: as it found them, and as it left them.

What later runs did to them does not matter: the first image that a later run kept of a row is how this run left it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from db.logged_rows import COLUMNS, SUBJECTS, kept_row
from db.parameters import id_list, sql_texts

Row = dict[str, Any]

_TABLES = sql_texts(SUBJECTS)


class Traces:
    """What one run left in the change log, and what came of it."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._connection = connection
        self._run = run
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self._later_spans: dict[str, list[tuple[int, int, int]]] = {}
        for row, table, first, last in connection.execute(
            "SELECT run_id, tbl, first_id, last_id FROM _change "
            f"WHERE run_id >= ? AND before IS NULL AND tbl IN ({_TABLES})",
            (run,),
        ):
            if row == run:
                self._spans.setdefault(table, []).append((first, last))
            else:
                self._later_spans.setdefault(table, []).append((row, first, last))
        self._found = self._images("run_id = ?1")
        changed = "(tbl, first_id) IN (SELECT tbl, first_id FROM _change WHERE run_id = ?1 AND before IS NOT NULL)"
        inserted = (f"tbl = '{table}' AND {self._inside('first_id', table)}" for table in self._spans)
        self._left = self._images(f"run_id > ?1 AND ({' OR '.join((changed, *inserted))})")

    def _inside(self, column: str, table: str) -> str:
        """Return the condition that a column holds the number of a row that the run inserted."""
        tests = [f"{column} BETWEEN {first} AND {last}" for first, last in self._spans.get(table, ())]
        return f"({' OR '.join(tests) or '0'})"

    def _images(self, where: str, *values: str) -> dict[str, dict[int, Row]]:
        """Return the oldest image of each row that the condition lets through; one of a row made anew is none of it."""
        images: dict[str, dict[int, Row]] = {table: {} for table in SUBJECTS}
        for table, row, run, before, _ in self._connection.execute(
            f"SELECT tbl, first_id, run_id, before, min(id) FROM _change WHERE {where} AND before IS NOT NULL "
            f"AND tbl IN ({_TABLES}) GROUP BY tbl, first_id",
            (self._run, *values),
        ):
            if not self._made_anew(table, row, before_run=run):
                images[table][row] = _row(table, kept_row(table, before))
        return images

    def _made_anew(self, table: str, row: int, before_run: int | None = None) -> bool:
        """Tell whether a later run gave the number of a row that this run deleted to a row of its own."""
        return any(
            first <= row <= last and (before_run is None or run < before_run)
            for run, first, last in self._later_spans.get(table, ())
        )

    def is_new(self, record: int) -> bool:
        """Tell whether the run inserted a record."""
        return any(first <= record <= last for first, last in self._spans.get("record", ()))

    def found(self, table: str) -> dict[int, Row]:
        """Return the rows that the run changed or deleted, as it found them."""
        return self._found[table]

    def left(self, table: str) -> dict[int, Row]:
        """Return the rows that the run changed or inserted, as it left them, without those of new records alone."""
        changed = self._current(table, "id IN (SELECT value FROM json_each(?))", (id_list(self._found[table]),))
        changed = {row: values for row, values in changed.items() if not self._made_anew(table, row)}
        inserted: dict[int, Row] = {}
        if table in self._spans and table != "record":
            columns = ("source_id", "target_id") if table == "link" else ("record_id",)
            outside = " OR ".join(f"NOT {self._inside(f'coalesce({column}, 0)', 'record')}" for column in columns)
            inserted = self._current(table, f"{self._inside('id', table)} AND ({outside})", ())
        return {**changed, **inserted, **self._left[table]}

    def new_records(self) -> list[tuple[str, str, bool]]:
        """Return the key and name of each record that the run inserted, and whether it left it a placeholder."""
        rows = self._connection.execute(
            f"SELECT id, key, name, placeholder FROM record WHERE {self._inside('id', 'record')}"
        ).fetchall()
        left = self._left["record"]
        return [
            (left[row]["key"], left[row]["name"], bool(left[row]["placeholder"]))
            if row in left
            else (key, name, bool(placeholder))
            for row, key, name, placeholder in rows
        ]

    def at_that_time(self, table: str, ids: Iterable[int]) -> dict[int, Row]:
        """Return rows as they were when the run ended, whether it touched them or not."""
        listed = id_list(ids)
        rows = self._current(table, "id IN (SELECT value FROM json_each(?))", (listed,))
        where = f"run_id > ?1 AND tbl = '{table}' AND first_id IN (SELECT value FROM json_each(?2))"
        rows.update(self._images(where, listed)[table])
        return rows

    def _current(self, table: str, where: str, values: tuple[object, ...]) -> dict[int, Row]:
        query = f"SELECT {', '.join(COLUMNS[table])} FROM {table} WHERE {where}"
        return {row[0]: _row(table, row) for row in self._connection.execute(query, values)}


def _row(table: str, values: Iterable[Any]) -> Row:
    return dict(zip(COLUMNS[table], values, strict=True))
