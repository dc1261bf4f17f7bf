"""Holds rows of a release against the register as it was before the run, in the processes that read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from db.database.connection import connect
from db.statements import Prepared
from db.store.changed_rows import ChangedRows
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.prepare import PreparedRow
from db.store.projection import Projection
from db.store.recorded_changes import RecordedChanges
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements
from db.store.sourced import Authority
from db.store.sources import SourceIndex


class RowComparer:
    """Finds out what rows change, as the process that writes would, for that to write it."""

    def __init__(self, connection: sqlite3.Connection, run: int, voice: Authority, releases: Iterable[int]) -> None:
        self._changelog = RecordedChanges(connection, run, voice.id)
        self._records = RecordIndex(self._changelog)
        sources = SourceIndex(self._changelog, self._records)
        sources.keep(voice)
        words = VocabularyIndex(self._changelog)
        self._projection = Projection(self._changelog, self._records, sources, words)
        self._rows = ChangedRows(
            self._changelog, self._records, sources, words, SoleStatements(self._changelog, self._records, words),
            Resolver(self._changelog, self._records, sources, self._projection, {}), voice.id, releases,
        )  # fmt: skip

    def compare(self, prepared: Sequence[Prepared]) -> list[Prepared]:
        """Return rows with what they change, where that is found out: of those, what they say is all that is kept."""
        rows = list(map(PreparedRow._make, prepared))
        found = dict(self._rows.compare(rows, self._changelog))
        self._projection.evidence.forget()
        self._records.let_go()
        return [
            tuple(row if row.line not in found else _without_rows(row)._replace(compared=tuple(found[row.line])))
            for row in rows
        ]


def _without_rows(row: PreparedRow) -> PreparedRow:
    return PreparedRow(row.line, row.digest, row.key, None, None, (), (), (), None, row.statements)


@contextmanager
def reading_beside(writer: sqlite3.Connection) -> Iterator[sqlite3.Connection | None]:
    """Give a connection to what the register held when a transaction began; None where it is in memory, or a draft.

    The locks that it takes are those of this process. One that is forked from it may read by it, and nothing else.
    """
    (_, _, path), *_ = writer.execute("PRAGMA database_list")
    (mode,) = writer.execute("PRAGMA journal_mode").fetchone()
    if not path or mode != "wal":
        yield None
        return
    with closing(connect(path, "mode=ro")) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield connection
