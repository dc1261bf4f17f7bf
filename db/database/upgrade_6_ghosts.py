"""From schema 4 or 5 to 6: rows that were told once and that a run has changed since, so that it can still be undone.

Such a row stands in the change log as it was. It is put back among the told rows for as long as these become ordinary
ones, so that it is numbered with those of its run, and then goes to the change log as an ordinary row that was deleted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

_TOLD = {"told": "id", "told_role": "record_id", "told_fact": "record_id", "told_link": "source_id"}
"""Tables of told rows, with the column that tells whose a row is."""
_PLACE = 1
"""Where the rows of a record in `told_role`, `told_fact` and `told_link` have their place among each other."""

Group = tuple[str, int]
"""A table of told rows and a record."""
States = dict[Group, list[tuple[int, list[Any]]]]
"""The rows of groups, as they were before each run that changed them."""


def put_back(connection: sqlite3.Connection) -> None:
    """Put rows back that runs have changed; runs of which not all can be are in temporary table `marked_run` then."""
    connection.execute("CREATE TEMP TABLE ghost (record_id INTEGER PRIMARY KEY, run_id INTEGER, name TEXT, key TEXT)")
    columns = "source_id INTEGER, place INTEGER, run_id INTEGER, PRIMARY KEY (source_id, place)"
    connection.execute(f"CREATE TEMP TABLE ghost_link ({columns})")
    connection.execute("CREATE TEMP TABLE marked_run (run_id INTEGER PRIMARY KEY)")
    connection.execute(
        "CREATE TEMP TABLE inserted AS SELECT tbl, run_id, first_id, last_id FROM change "
        "WHERE tbl IN ('told', 'evidence') AND before IS NULL"
    )
    states = _states(connection)
    lost = {
        group: [(run, _lost(rows, after)) for (run, rows), after in _steps(connection, group, seen)]
        for group, seen in states.items()
    }
    old = set(_not_to_be_undone(lost))
    connection.executemany("INSERT INTO marked_run VALUES (?)", [(run,) for run in sorted(old)])
    for (table, record), steps in lost.items():
        for run, rows in steps:
            if rows and run not in old:
                _insert(connection, table, record, run, rows)


def _states(connection: sqlite3.Connection) -> States:
    found: States = {}
    for table, record, run, before, _ in connection.execute(
        "SELECT tbl, first_id, run_id, before, min(id) FROM change WHERE before IS NOT NULL "
        "AND tbl IN ('told', 'told_role', 'told_fact', 'told_link') GROUP BY tbl, first_id, run_id ORDER BY run_id"
    ):
        rows = json.loads(before)
        found.setdefault((table, record), []).append((run, [rows] if table == "told" else rows))
    return found


def _steps(
    connection: sqlite3.Connection, group: Group, seen: list[tuple[int, list[Any]]]
) -> Iterator[tuple[tuple[int, list[Any]], list[Any]]]:
    """Yield each state with the one after it, the last with the rows that there are."""
    table, record = group
    rows = connection.execute(f"SELECT * FROM {table} WHERE {_TOLD[table]} = ?", (record,))
    now = [list(row) for row in rows]
    yield from zip(seen, [*(rows for _, rows in seen[1:]), now], strict=True)


def _lost(before: list[Any], after: list[Any]) -> list[Any] | None:
    """Return the rows that went, None where others came or changed."""
    if any(row not in before for row in after):
        return None
    return [row for row in before if row not in after]


def _not_to_be_undone(lost: dict[Group, list[tuple[int, list[Any] | None]]]) -> Iterator[int]:
    """Yield runs that did more than to make told records such as others speak of."""
    for (table, record), steps in lost.items():
        for run, rows in steps:
            if rows is None or (table != "told" and table != "told_link" and len(steps) > 1):
                yield run
            if table in ("told_role", "told_fact") and [one for one, _ in lost.get(("told", record), ())] != [run]:
                yield run
        if table == "told" and len(steps) > 1:
            yield from (run for run, _ in steps)


def _insert(connection: sqlite3.Connection, table: str, record: int, run: int, rows: list[Any]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    if table == "told_link":
        places = [(record, row[_PLACE], run) for row in rows]
        connection.executemany("INSERT INTO ghost_link VALUES (?, ?, ?)", places)
    elif table == "told":
        # What the record was called then, which the first change of it since has kept.
        connection.execute(
            "INSERT INTO ghost SELECT id, ?2, coalesce(json_extract(before, '$[4]'), name), "
            "coalesce(json_extract(before, '$[1]'), key) FROM old_record LEFT JOIN (SELECT before FROM change "
            "WHERE tbl = 'record' AND first_id = ?1 AND run_id >= ?2 AND before IS NOT NULL ORDER BY id LIMIT 1) "
            "WHERE id = ?1",
            (record, run),
        )
