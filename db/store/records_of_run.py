"""Of which records a run spoke: those that it resolved, found again from what it wrote."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from db.logged_rows import COLUMNS, kept_row

_SOURCE = COLUMNS["source"]
_WEIGHT = ("key", "published", "series", "full", "complete", "living")
"""What makes a source weigh more or less than another, and its silence mean something."""


def hear_run(connection: sqlite3.Connection, run: int, made: Iterable[tuple[int, int]]) -> None:
    """Fill the temporary table `undo_heard` with the records of which a run said or took back something."""
    connection.execute(
        "INSERT OR IGNORE INTO undo_heard SELECT s.record_id FROM _change c CROSS JOIN _statement s "
        "ON s.id BETWEEN c.first_id AND c.last_id WHERE c.run_id = ? AND c.tbl = '_statement' AND c.before IS NULL",
        (run,),
    )
    connection.execute(
        "INSERT OR IGNORE INTO undo_heard SELECT json_extract(before, '$[1]') FROM _change "
        "WHERE run_id = ? AND tbl = '_statement' AND before IS NOT NULL",
        (run,),
    )
    for query, values in _weighing(connection, run, made):
        connection.execute(f"INSERT OR IGNORE INTO undo_heard {query}", values)


def spoken_of(connection: sqlite3.Connection, run: int, made: Mapping[str, Iterable[tuple[int, int]]]) -> set[int]:
    """Return the records of which the run said or asked something, or answered or took back what was."""
    found: set[int] = set()
    for table in ("_statement", "suggestion"):
        place = f"$[{COLUMNS[table].index('record_id')}]"
        for query, values in (
            *((f"SELECT record_id FROM {table} WHERE id BETWEEN ? AND ?", span) for span in made.get(table, ())),
            ("SELECT json_extract(before, ?) FROM _change WHERE run_id = ? AND tbl = ? AND before IS NOT NULL",
             (place, run, table)),
        ):  # fmt: skip
            found.update(record for (record,) in connection.execute(query, values) if record is not None)
    return found


def speaks_of_heard(connection: sqlite3.Connection, run: int, later: Sequence[int]) -> Iterator[int]:
    """Find which of the later runs spoke of a record in `undo_heard`."""
    heard = "IN (SELECT id FROM undo_heard)"
    found: set[int] = set()
    for query in (
        "SELECT DISTINCT c.run_id FROM _change c CROSS JOIN _statement s ON s.id BETWEEN c.first_id AND c.last_id "
        f"WHERE c.run_id > ? AND c.tbl = '_statement' AND c.before IS NULL AND s.record_id {heard}",
        "SELECT DISTINCT run_id FROM _change WHERE run_id > ? AND tbl = '_statement' AND before IS NOT NULL "
        f"AND json_extract(before, '$[1]') {heard}",
    ):
        found.update(one for (one,) in connection.execute(query, (run,)))
    yield from found
    for one in later:
        if one not in found:
            spans = connection.execute(
                "SELECT first_id, last_id FROM _change WHERE run_id = ? AND tbl = 'source' AND before IS NULL", (one,)
            ).fetchall()
            for query, values in _weighing(connection, one, spans):
                if connection.execute(f"{query} AND _statement.record_id {heard} LIMIT 1", values).fetchone():
                    yield one
                    break


def _weighing(
    connection: sqlite3.Connection, run: int, made: Iterable[tuple[int, int]]
) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield queries for the records that a run resolved because of a source that was new or weighed otherwise."""
    sources: set[int] = set()
    series: set[str] = set()
    for row in _new_or_reweighed(connection, run, made):
        voice = dict(zip(_SOURCE, row, strict=True))
        sources.add(voice["id"])
        if voice["full"] and voice["series"]:
            series.add(voice["series"])
    query = (
        "SELECT DISTINCT _statement.record_id FROM _statement JOIN source ON source.id = _statement.source_id WHERE "
    )
    if sources:
        yield query + "_statement.source_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(sources)),)
    if series:
        yield query + "source.series IN (SELECT value FROM json_each(?))", (json.dumps(sorted(series)),)


def _new_or_reweighed(
    connection: sqlite3.Connection, run: int, made: Iterable[tuple[int, int]]
) -> Iterable[tuple[Any, ...]]:
    """Return the sources that a run inserted, and those whose weight it changed, as they were before and after."""
    columns = ", ".join(_SOURCE)
    for span in made:
        yield from connection.execute(f"SELECT {columns} FROM source WHERE id BETWEEN ? AND ?", span).fetchall()
    images: dict[int, list[tuple[Any, ...]]] = {}
    for first, last_run, before in connection.execute(
        "SELECT first_id, run_id, before FROM _change "
        "WHERE run_id >= ? AND tbl = 'source' AND before IS NOT NULL ORDER BY id",
        (run,),
    ).fetchall():
        kept = images.setdefault(first, [])
        if last_run == run and not kept:
            kept.append(tuple(kept_row("source", before)))
        elif last_run > run and len(kept) == 1:
            kept.append(tuple(kept_row("source", before)))
    for row, states in images.items():
        if not states:
            continue
        if len(states) == 1:
            states += connection.execute(f"SELECT {columns} FROM source WHERE id = ?", (row,)).fetchall()
        weights = {tuple(dict(zip(_SOURCE, state, strict=True))[name] for name in _WEIGHT) for state in states}
        if len(weights) > 1:
            yield from states
