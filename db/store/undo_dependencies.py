"""Which later runs build on a run: without it, what they wrote would not be what it is, or would hang in the air.

A run builds on an earlier one where it changed a row of it, refers to a row of it, or resolved a record of which the
earlier one had said something. What undone runs did is forgotten, so that only runs that stand are found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from db.logged_rows import COLUMNS, SUBJECTS
from db.store.records_of_run import hear_run, speaks_of_heard

Spans = dict[str, list[tuple[int, int]]]
"""By table, the first and last ids of the rows that a run inserted; several where an older version had told of some."""

_REFERENCES = (
    ("_statement", "record_id", "record"),
    ("_statement", "source_id", "source"),
    ("link", "source_id", "record"),
    ("link", "target_id", "record"),
    ("link", "type_id", "link_type"),
    ("fact", "link_id", "link"),
    ("value", "link_id", "link"),
    ("evidence", "source_id", "source"),
    ("evidence", "claimant_id", "record"),
    ("source", "record_id", "record"),
    ("suggestion", "record_id", "record"),
    ("record", "gone", "source"),
    ("_statement", "ended", "source"),
)
"""Columns by which a row may refer to one of another run; what belongs to a record is resolved with it."""

_WORDS = {
    "record": ("type", "status", "form", "legal_form", "basis_status"),
    "link": ("role", "status"),
    "fact": ("property",),
    "event": ("kind",),
    "name": ("kind",),
}
"""Columns that hold words of a vocabulary."""


def spans(connection: sqlite3.Connection, run: int) -> Spans:
    """Return which rows a run inserted."""
    made: Spans = {}
    query = "SELECT tbl, first_id, last_id FROM _change WHERE run_id = ? AND before IS NULL"
    for table, first, last in connection.execute(query, (run,)):
        made.setdefault(table, []).append((first, last))
    return made


def inside(column: str, made: Iterable[tuple[int, int]]) -> str:
    """Return the condition that a column holds a number of some spans."""
    return f"({' OR '.join(f'{column} BETWEEN {first} AND {last}' for first, last in made) or '0'})"


def dependents(connection: sqlite3.Connection, run: int) -> list[int]:
    """Return the later runs that build on a run, in order; uses temporary tables of its own."""
    later = [
        row for (row,) in connection.execute("SELECT DISTINCT run_id FROM _change WHERE run_id > ? ORDER BY 1", (run,))
    ]
    if not later:
        return []
    with laid_out(connection, run) as made:
        found = set(_overlapping(connection, run))
        found |= set(_referring(connection, run, made))
        found |= set(_naming(connection, run, made))
        found |= set(_asking(connection, run))
        found |= set(speaks_of_heard(connection, run, [one for one in later if one not in found]))
    return sorted(found)


@contextmanager
def laid_out(connection: sqlite3.Connection, run: int) -> Iterator[Spans]:
    """Keep in temporary tables what a run did: `undo_span`, `undo_known`, and the records of which it said something in
    `undo_heard`; gives the rows that it inserted."""
    made = spans(connection, run)
    try:
        _lay_out(connection, run, made)
        hear_run(connection, run, made.get("source", ()))
        yield made
    finally:
        for table in ("undo_span", "undo_known", "undo_heard"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _lay_out(connection: sqlite3.Connection, run: int, made: Spans) -> None:
    """Keep the run's rows where queries reach them: the spans, and records that it made known by a name or code."""
    connection.execute("CREATE TEMP TABLE undo_span (tbl TEXT, first_id INTEGER, last_id INTEGER)")
    names = {table: (table, f"_citation:{table}") if table in SUBJECTS else (table,) for table in made}
    connection.executemany(
        "INSERT INTO undo_span VALUES (?, ?, ?)",
        [(name, *span) for table, several in made.items() for name in names[table] for span in several],
    )
    connection.execute("CREATE TEMP TABLE undo_known (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE undo_heard (id INTEGER PRIMARY KEY)")
    new = inside("id", made.get("record", ()))
    connection.execute(f"INSERT INTO undo_known SELECT id FROM record WHERE {new}")
    # A placeholder that it named or described: who links to it later leaves its name alone.
    connection.execute(
        "INSERT OR IGNORE INTO undo_known SELECT first_id FROM _change "
        "WHERE run_id = ? AND tbl = 'record' AND before IS NOT NULL AND json_extract(before, ?) = 1",
        (run, f"$[{COLUMNS['record'].index('placeholder')}]"),
    )
    # A record that it gave a code, or took one from: who writes that code later means another record without it.
    new = inside("id", made.get("identifier", ()))
    connection.execute(f"INSERT OR IGNORE INTO undo_known SELECT record_id FROM identifier WHERE {new}")
    connection.execute(
        "INSERT OR IGNORE INTO undo_known SELECT json_extract(before, '$[1]') FROM _change "
        "WHERE run_id = ? AND tbl = 'identifier' AND before IS NOT NULL",
        (run,),
    )


def _overlapping(connection: sqlite3.Connection, run: int) -> Iterator[int]:
    """Find runs that changed a row which the run inserted or changed, or gave its number to a row of their own."""
    queries = (
        "SELECT DISTINCT c.run_id FROM _change c JOIN undo_span s ON s.tbl = c.tbl "
        "AND c.first_id BETWEEN s.first_id AND s.last_id WHERE c.run_id > :run AND c.before IS NOT NULL",
        "SELECT DISTINCT run_id FROM _change WHERE run_id > :run AND before IS NOT NULL AND (tbl, first_id) IN "
        "(SELECT tbl, first_id FROM _change WHERE run_id = :run AND before IS NOT NULL)",
        "SELECT DISTINCT c.run_id FROM _change c WHERE c.run_id > :run AND c.before IS NULL AND EXISTS "
        "(SELECT 1 FROM _change n WHERE n.run_id = :run AND n.before IS NOT NULL AND n.tbl = c.tbl "
        "AND n.first_id BETWEEN c.first_id AND c.last_id)",
        # A code that the run took away from a record and that another has now.
        "SELECT DISTINCT c.run_id FROM _change n JOIN identifier i ON i.scheme = json_extract(n.before, '$[2]') "
        "AND i.value = json_extract(n.before, '$[3]') JOIN _change c ON c.tbl = 'identifier' AND c.before IS NULL "
        "AND i.id BETWEEN c.first_id AND c.last_id "
        "WHERE n.run_id = :run AND n.tbl = 'identifier' AND n.before IS NOT NULL AND c.run_id > :run",
    )
    for query in queries:
        for (found,) in connection.execute(query, {"run": run}).fetchall():
            yield found


def _referring(connection: sqlite3.Connection, run: int, made: Spans) -> Iterator[int]:
    """Find runs with a row that refers to one that the run inserted, or to a record that it made known."""
    touched = "SELECT DISTINCT c.run_id FROM _change c CROSS JOIN {0} WHERE c.run_id > :run AND {1}"
    its_row = "x.id BETWEEN c.first_id AND c.last_id"
    for table, column, parent in _REFERENCES:
        if parent == "record":
            test = f"+x.{column} IN (SELECT id FROM undo_known)"
        elif parent not in made:
            continue
        else:
            test = inside(f"+x.{column}", made[parent])
        query = touched.format(f"{table} x", f"c.tbl = '{table}' AND {its_row} AND {test}")
        yield from _runs(connection, query, run=run)
    if "evidence" in made:
        for table in SUBJECTS:
            test = f"x.subject = '{table}' AND x.subject_id BETWEEN c.first_id AND c.last_id"
            test += f" AND c.tbl IN ('{table}', '_citation:{table}') AND {inside('x.evidence_id', made['evidence'])}"
            yield from _runs(connection, touched.format("_citation x", test), run=run)
    test = f"c.tbl = 'suggestion' AND {its_row} AND r.id IN (SELECT id FROM undo_known)"
    named = "iif(j.type = 'object', json_extract(j.value, '$.key'), j.value)"
    candidates = f"suggestion x, json_each(x.candidates) j JOIN record r ON r.key = {named}"
    yield from _runs(connection, touched.format(candidates, test), run=run)


def _asking(connection: sqlite3.Connection, run: int) -> list[int]:
    """Find runs that made suggestions of what the run said of records: without it they would have made others."""
    named = "iif(j.type = 'object', json_extract(j.value, '$.key'), j.value)"
    query = (
        "SELECT DISTINCT c.run_id FROM _change c CROSS JOIN suggestion x ON x.id BETWEEN c.first_id AND c.last_id, "
        f"json_each(x.candidates) j JOIN record r ON r.key = {named} "
        "WHERE c.run_id > :run AND c.tbl = 'suggestion' AND r.id IN (SELECT id FROM undo_heard)"
    )
    return _runs(connection, query, run=run)


def _naming(connection: sqlite3.Connection, run: int, made: Spans) -> Iterator[int]:
    """Find runs that use a word which the run defined."""
    if "term" not in made:
        return
    defined = f"(SELECT name FROM term WHERE {inside('id', made['term'])})"
    for table, columns in _WORDS.items():
        test = " OR ".join(f"x.{column} IN {defined}" for column in columns)
        query = (
            f"SELECT DISTINCT c.run_id FROM _change c CROSS JOIN {table} x "
            "ON x.id BETWEEN c.first_id AND c.last_id "
            f"WHERE c.run_id > :run AND c.tbl = '{table}' AND ({test})"
        )
        yield from _runs(connection, query, run=run)


def _runs(connection: sqlite3.Connection, query: str, **values: int) -> list[int]:
    return [row for (row,) in connection.execute(query, values).fetchall()]
