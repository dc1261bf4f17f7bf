"""Holds rows of a release against the register as it was before the run, in the processes that read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

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


class _Tools(NamedTuple):
    changelog: RecordedChanges
    records: RecordIndex
    projection: Projection
    rows: ChangedRows


class RowComparer:
    """Finds out what rows change, as the process that writes would, for that to write it.

    It reads by a connection of its own, opened where it first compares: a process that is forked may not use one of
    before. Nothing is committed until all rows are read, so that everybody sees the register as it was before the run.
    """

    def __init__(self, path: str, run: int, voice: Authority, releases: Iterable[int]) -> None:
        self._path, self._run, self._voice, self._releases = path, run, voice, releases

    @cached_property
    def _tools(self) -> _Tools:
        connection = connect(self._path, "mode=ro")
        connection.execute("BEGIN")
        changelog = RecordedChanges(connection, self._run, self._voice.id)
        records = RecordIndex(changelog)
        sources = SourceIndex(changelog, records)
        sources.keep(self._voice)
        words = VocabularyIndex(changelog)
        projection = Projection(changelog, records, sources, words)
        rows = ChangedRows(
            changelog, records, sources, words, SoleStatements(changelog, records, words),
            Resolver(changelog, records, sources, projection, {}), self._voice.id, self._releases,
        )  # fmt: skip
        return _Tools(changelog, records, projection, rows)

    def compare(self, prepared: Sequence[Prepared]) -> list[Prepared]:
        """Return rows with what they change, where that is found out: of those, what they say is all that is kept."""
        changelog, records, projection, compares = self._tools
        rows = list(map(PreparedRow._make, prepared))
        found = dict(compares.compare(rows, changelog))
        projection.evidence.forget()
        records.let_go()
        return [
            tuple(row if row.line not in found else _without_rows(row)._replace(compared=tuple(found[row.line])))
            for row in rows
        ]

    def close(self) -> None:
        """Close what this process has opened."""
        if "_tools" in vars(self):
            self._tools.changelog.connection.close()


def _without_rows(row: PreparedRow) -> PreparedRow:
    return PreparedRow(row.line, row.digest, row.key, None, None, (), (), (), None, row.statements)


def file_to_read(writer: sqlite3.Connection) -> str | None:
    """Return the file of a register that others may read while it is written; none for one in memory, or a draft."""
    (_, _, path), *_ = writer.execute("PRAGMA database_list")
    (mode,) = writer.execute("PRAGMA journal_mode").fetchone()
    return path if path and mode == "wal" else None
