"""Do again what a run wrote, with nothing but SQLite: the least that any program takes that keeps what the run keeps.

    python -m tests.benchmarks.bare_writes before.db after.db

`after.db` is `before.db` with one more run. All rows are ready and in the order of their numbers; nothing is worked
out, and the search index is left alone. Seconds are those of the processor.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.database.connection import open_writing
from db.logged_rows import COLUMNS
from db.parameters import chunks, insert_rows, marks
from db.store.statement_rows import as_json

_TABLES = {"run": ("id", "started", "seconds", "command", "undone"), **COLUMNS}
_CHANGE = ("id", "run_id", "tbl", "first_id", "last_id", "before")
_CITATION = ("subject", "subject_id", "evidence_id")
_OWN = ("name", "identifier", "fact", "event", "value")


@dataclass(slots=True)
class _Difference:
    """The rows of one table that two registers do not share."""

    columns: Sequence[str]
    new: list[tuple[Any, ...]]
    changed: list[tuple[Any, ...]]
    gone: list[tuple[Any, ...]]
    before: list[tuple[Any, ...]]
    """What changed or is gone, as it was."""


def _difference(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> _Difference:
    names = ", ".join(columns)
    after, before = (
        {row[0]: row for row in connection.execute(f"SELECT {names} FROM {which}.{table}")} for which in ("main", "old")
    )
    changed = [row for number, row in after.items() if number in before and before[number] != row]
    gone = [(number,) for number in before if number not in after]
    was = [before[row[0]] for row in (*changed, *gone)]
    return _Difference(columns, [row for number, row in after.items() if number not in before], changed, gone, was)


def _write(
    connection: sqlite3.Connection, found: dict[str, _Difference], cited: Sequence[list[tuple[Any, ...]]]
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, one in found.items():
        insert_rows(connection, table, one.columns, one.new)
        columns = ", ".join(f"{column} = ?" for column in one.columns[1:])
        changed = [(*row[1:], row[0]) for row in one.changed]
        if changed:
            connection.executemany(f"UPDATE {table} SET {columns} WHERE id = ?", changed)
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", one.gone)
    new, gone = cited
    connection.executemany("DELETE FROM _citation WHERE subject = ? AND subject_id = ? AND evidence_id = ?", gone)
    insert_rows(connection, "_citation", _CITATION, new)
    connection.execute("COMMIT")


def _read(connection: sqlite3.Connection, records: Sequence[int]) -> None:
    for some in chunks(records):
        listed = marks(some)
        for table, column in (
            ("record", "id"),
            ("_sole", "id"),
            ("link", "source_id"),
            *((one, "record_id") for one in _OWN),
        ):
            connection.execute(f"SELECT * FROM {table} WHERE {column} IN ({listed})", some).fetchall()


def main() -> int:
    """Print what each part takes."""
    before, after = map(Path, sys.argv[1:])
    with closing(sqlite3.connect(after)) as connection:
        connection.execute("ATTACH ? AS old", (str(before),))
        tables = {**_TABLES, "_change": _CHANGE}
        found = {table: _difference(connection, table, columns) for table, columns in tables.items()}
        now, then = (set(connection.execute(f"SELECT * FROM {which}._citation")) for which in ("main", "old"))
    cited = [sorted(now - then), sorted(then - now)]
    records = [row[0] for row in found["record"].changed] or [row[0] for row in found["record"].new]
    ended = [json.loads(row[5]) for row in found["_statement"].new if row[7] is not None]

    def timed(what: str, work: Callable[[], object]) -> None:
        started = time.process_time()
        work()
        seconds = time.process_time() - started
        print(f"{what:30}{seconds:7.2f} s{1e6 * seconds / len(records):7.1f} µs a record")

    print(f"{len(records):,} records")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        shutil.copyfile(before, copy)
        with closing(open_writing(copy)) as connection:
            timed("reading what is held", lambda: _read(connection, records))
            timed("writing rows that are ready", lambda: _write(connection, found, cited))
    timed("rows as they were, as JSON", lambda: [as_json(row) for one in found.values() for row in one.before])
    timed("what was said, as JSON", lambda: [as_json(one) for one in ended])
    return 0


if __name__ == "__main__":
    sys.exit(main())
