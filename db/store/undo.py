"""Taking a run back: the change log applied backwards, so that every table is as it was, ids included."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.database.connection import check, is_there, open_writing
from db.database.resolved import RESOLVED
from db.database.sqlite_errors import as_database_error
from db.entities.finish_run import finish_undo
from db.entities.match import names_called
from db.errors import DatabaseError, UsageError, no_run
from db.logged_rows import COLUMNS, SUBJECTS, kept_row
from db.parameters import insert_rows
from db.reports import Undone
from db.search.write import reindex
from db.store.lock import TranslatedErrors, lock
from db.store.records_of_run import spoken_of
from db.store.undo_dependencies import Spans, dependents, inside, spans
from db.store.undo_obstacles import obstacles

_BUILT_IN = 1
"""The run that every register begins with."""
_TOLD = 10
"""How much of what stands in the way of an undo is told."""
_RECORDS_OF = {
    "record": ("id",),
    "name": ("record_id",),
    "identifier": ("record_id",),
    "link": ("source_id", "target_id"),
    "fact": ("record_id",),
    "event": ("record_id",),
}
"""Tables that people read, with the columns that tell whose a row is."""


def undo(path: Path, run: int, *, wait: float = 5.0, on_wait: Callable[[], None] | None = None) -> Undone:
    """Take a run back in one transaction: whatever ends it before its end leaves the register as it is.

    Waits up to `wait` seconds for an import, calling `on_wait` once first. Raises NotFoundError where there is no such
    run, UsageError where it may not be undone, DatabaseError.
    """
    if not is_there(path):
        raise DatabaseError(f"{path}: there is no such database, so there is nothing to undo")
    try:
        if not path.stat().st_size:
            raise DatabaseError(f"{path}: is empty, so there is nothing to undo")
    except OSError as error:
        raise as_database_error(error, path) from error
    with closing(open_writing(path)) as connection, TranslatedErrors(path):
        check(connection, path)
        lock(connection, path, wait, on_wait)
        undone = undo_run(connection, run)
        try:
            connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise _in_the_way(connection, run) from error
        return undone


def undo_run(connection: sqlite3.Connection, run: int) -> Undone:
    """Take a run back inside the caller's transaction, whose foreign keys must be deferred. Raises as `undo` does."""
    _refuse(connection, run)
    made = spans(connection, run)
    logged = {
        table
        for (table,) in connection.execute(
            "SELECT DISTINCT tbl FROM _change WHERE run_id = ? AND before IS NOT NULL", (run,)
        )
    }
    touched = _inserted(connection, made)
    links = _count(connection, made, "link", "1")
    records = _count(connection, made, "record", "placeholder = 0")
    described = _described(connection, run) if "record" in logged else set()
    asked = touched | spoken_of(connection, run, made)
    called = names_called(connection, asked)
    for table in reversed(COLUMNS):
        _remove(connection, run, table, made, logged)
    try:
        for table in COLUMNS:
            if table in logged:
                _restore(connection, run, table, touched)
        _restore_cited(connection, run, logged)
    except sqlite3.IntegrityError as error:
        raise _in_the_way(connection, run) from error
    connection.execute("DELETE FROM _change WHERE run_id = ?", (run,))
    connection.execute("UPDATE run SET undone = ? WHERE id = ?", (datetime.now(UTC).isoformat(timespec="seconds"), run))
    connection.execute("DELETE FROM _meta WHERE name = ? AND value = ?", (RESOLVED, run))
    _keep_our_words(connection, made)
    if _last_later(connection, run) is None:
        reindex(connection, touched)
    elif finish_undo(connection, run, touched | asked, called):
        raise _in_the_way(connection, run)
    new = made.get("record", ())
    restored = sum(not any(first <= record <= last for first, last in new) for record in touched)
    return Undone(run, records + len(described), links, restored)


def _refuse(connection: sqlite3.Connection, run: int) -> None:
    """Raise NotFoundError or UsageError where a run may not be undone."""
    row = connection.execute("SELECT undone FROM run WHERE id = ?", (run,)).fetchone()
    if row is None:
        raise no_run(run)
    if run == _BUILT_IN:
        raise UsageError("run 1 is the built-in register, which cannot be undone")
    if row[0] is not None:
        raise UsageError(f"run {run} was undone already, on {row[0][:10]}")
    later = dependents(connection, run)
    _refuse_old(connection, run, later)
    if not later:
        return
    if len(later) == 1:
        what = f"run {later[0]} builds on it; first interlock undo {later[0]}"
    else:
        listed = f"{', '.join(map(str, later[:-1]))} and {later[-1]}"
        what = f"runs {listed} build on it; undo them first, beginning with interlock undo {later[-1]}"
    told = "; ".join(obstacles(connection, run, later, _TOLD))
    raise UsageError(f"run {run} cannot be undone: {what}. In the way: {told}")


def _refuse_old(connection: sqlite3.Connection, run: int, later: Sequence[int]) -> None:
    """Raise UsageError where an older version kept otherwise what was before a run, or before one that builds on it."""
    query = "SELECT run_id FROM _change WHERE run_id = ? AND tbl = '_old'"
    for one in (run, *later):
        if connection.execute(query, (one,)).fetchone():
            which = "it" if one == run else f"run {one}, which builds on it,"
            raise UsageError(
                f"run {run} cannot be undone: an older Interlock made {which} and kept what was before in another way; "
                "the copy of the register from before the upgrade (….backup-….db, beside it) has that"
            )


def _in_the_way(connection: sqlite3.Connection, run: int) -> UsageError:
    """Say what to do where later rows do not fit those of before, as the database itself found."""
    last = _last_later(connection, run)
    return UsageError(f"run {run} cannot be undone: later runs build on it; first interlock undo {last}")


def _last_later(connection: sqlite3.Connection, run: int) -> int | None:
    """Return the last of the later runs that stand and changed something, None where there is none."""
    (last,) = connection.execute("SELECT max(run_id) FROM _change WHERE run_id > ?", (run,)).fetchone()
    return None if last is None else int(last)


def _inserted(connection: sqlite3.Connection, made: Spans) -> set[int]:
    """Return the records that rows of the run belong to."""
    touched: set[int] = set()
    for table, columns in _RECORDS_OF.items():
        if table in made:
            for column in columns:
                test = f"{inside('id', made[table])} AND {column} IS NOT NULL"
                query = f"SELECT DISTINCT {column} FROM {table} WHERE {test}"
                touched.update(record for (record,) in connection.execute(query))
    return touched


def _count(connection: sqlite3.Connection, made: Spans, table: str, test: str) -> int:
    query = f"SELECT count(*) FROM {table} WHERE {inside('id', made.get(table, ()))} AND {test}"
    (found,) = connection.execute(query).fetchone()
    return int(found)


def _described(connection: sqlite3.Connection, run: int) -> set[int]:
    """Return the records that were only placeholders before the run and are described since."""
    place = f"$[{COLUMNS['record'].index('placeholder')}]"
    return {
        record
        for (record,) in connection.execute(
            "SELECT id FROM record WHERE placeholder = 0 AND id IN (SELECT first_id FROM (SELECT first_id, before, "
            "min(id) FROM _change WHERE run_id = ? AND tbl = 'record' AND before IS NOT NULL GROUP BY first_id) "
            "WHERE json_extract(before, ?) = 1)",
            (run, place),
        )
    }


def _remove(connection: sqlite3.Connection, run: int, table: str, made: Spans, logged: set[str]) -> None:
    """Delete the rows that the run inserted, and those that it changed, whose earlier state is put back later."""
    changed = "SELECT first_id FROM _change WHERE run_id = ? AND tbl = ? AND before IS NOT NULL"
    if table in SUBJECTS:
        if table in made:
            query = f"DELETE FROM _citation WHERE subject = ? AND {inside('subject_id', made[table])}"
            connection.execute(query, (table,))
        if f"_citation:{table}" in logged:
            query = f"DELETE FROM _citation WHERE subject = ? AND subject_id IN ({changed})"
            connection.execute(query, (table, run, f"_citation:{table}"))
    if table in made:
        connection.execute(f"DELETE FROM {table} WHERE {inside('id', made[table])}")
    if table in logged:
        connection.execute(f"DELETE FROM {table} WHERE id IN ({changed})", (run, table))


def _first_images(connection: sqlite3.Connection, run: int, table: str) -> Iterator[tuple[int, list[Any]]]:
    """Yield each row that the run changed, as it was before the run's first change of it."""
    for row, before, _ in connection.execute(
        "SELECT first_id, before, min(id) FROM _change WHERE run_id = ? AND tbl = ? AND before IS NOT NULL "
        "GROUP BY first_id ORDER BY first_id",
        (run, table),
    ):
        yield row, kept_row(table, before)


def _restore(connection: sqlite3.Connection, run: int, table: str, touched: set[int]) -> None:
    """Put back the rows of a table as they were, adding the records they belong to to `touched`."""
    columns = COLUMNS[table]
    whose = [columns.index(column) for column in _RECORDS_OF.get(table, ())]

    def rows() -> Iterator[list[Any]]:
        for _, values in _first_images(connection, run, table):
            touched.update(values[place] for place in whose if values[place] is not None)
            yield values

    insert_rows(connection, table, columns, rows())


def _restore_cited(connection: sqlite3.Connection, run: int, logged: set[str]) -> None:
    for subject in SUBJECTS:
        if f"_citation:{subject}" in logged:
            images = _first_images(connection, run, f"_citation:{subject}")
            rows = ((subject, row, one) for row, evidence in images for one in evidence)
            connection.executemany("INSERT INTO _citation VALUES (?, ?, ?)", rows)


def _keep_our_words(connection: sqlite3.Connection, made: Spans) -> None:
    """Bring back a word that the run brought and that is the program's own by now."""
    if "term" in made or "link_type" in made:
        # Loads YAML, 17 ms, for the few runs that brought words.
        from db.vocabularies import load_vocabularies, sync_vocabularies

        terms, link_types = load_vocabularies()
        held = set(connection.execute("SELECT vocabulary, name FROM term"))
        held |= {("link_types", name) for (name,) in connection.execute("SELECT name FROM link_type")}
        ours = {(term.vocabulary, term.name) for term in terms} | {("link_types", one.name) for one in link_types}
        if not ours <= held:
            connection.execute("DELETE FROM _meta WHERE name = 'vocabulary'")
            sync_vocabularies(connection)
