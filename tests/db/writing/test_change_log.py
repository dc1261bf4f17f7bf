"""The change log of a run holds all that is needed to take the run back exactly."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from db.statements import Statement
from db.writing.ledger import COLUMNS, SUBJECTS
from tests.db.writing.registers import empty, listing, rows, take
from tests.db.writing.test_settling import NEW, OLD, STORY, statements


def take_back(connection: sqlite3.Connection, run: int) -> None:
    """Apply the change log of a run backwards."""
    log = connection.execute(
        "SELECT tbl, first_id, last_id, before FROM change WHERE run_id = ? ORDER BY id DESC", (run,)
    ).fetchall()
    connection.execute("BEGIN")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, first, last, before in log:
        if table.startswith("cited:"):
            subject = int(table.partition(":")[2])
            connection.execute("DELETE FROM cited WHERE subject = ? AND subject_id = ?", (subject, first))
            values = [(subject, first, one) for one in json.loads(before)]
            connection.executemany("INSERT INTO cited VALUES (?, ?, ?)", values)
        elif before is None:
            connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
            if table in SUBJECTS:
                span = (SUBJECTS[table], first, last)
                connection.execute("DELETE FROM cited WHERE subject = ? AND subject_id BETWEEN ? AND ?", span)
        else:
            kept = [
                bytes.fromhex(value) if table == "said" and column == "digest" else value
                for column, value in zip(COLUMNS[table], json.loads(before), strict=True)
            ]
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (first,))
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(kept))})", kept)
    connection.execute("COMMIT")


FILES = st.lists(statements(), max_size=3, unique_by=lambda one: one.key)


@settings(max_examples=60)
@given(FILES, FILES, FILES, FILES)
def test_taking_a_run_back_leaves_exactly_what_was_there_before(
    story: Sequence[Statement], old: Sequence[Statement], new: Sequence[Statement], again: Sequence[Statement]
) -> None:
    register = empty()
    take(register, STORY, story)
    take(register, OLD, old)
    for source, said in ((NEW, new), (STORY, again), (listing("list-2025", "2025-07"), again)):
        before = rows(register)
        run = take(register, source, said)
        assert run.sources[0].read == len(said)
        take_back(register, run.run)
        assert rows(register) == before
        take(register, source, said)
