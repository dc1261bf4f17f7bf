"""One import: sources are taken into the register, whole or not at all."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from db.database.connection import close_draft, let_release_pages, open_writing, prepare_writing, release_pages
from db.database.damage import tell_damage
from db.database.upgrade import upgrade
from db.entities.finish_run import finish_run
from db.entities.one_body import FORMAT, OneBody, joined_by_hand
from db.entities.removal import Remover
from db.entities.same_code import merge_crosswalked
from db.errors import IMPOSSIBLE
from db.number_set import NumberSet
from db.refusals import KEPT_IN_ALL, Refusals
from db.reports import Reject, Run, SourceReport
from db.search.made_rows import MadeRows
from db.search.write import Filling
from db.statements import Reading, RowSaid
from db.store.changelog import Changelog
from db.store.deferred_indexes import MANY, make_anew
from db.store.doubted_names import doubted_names
from db.store.held_statements import HeldStatements
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.ingest import Ingest
from db.store.kept_open import kept_open
from db.store.lock import TranslatedErrors, lock
from db.store.projection import Projection
from db.store.resolve_anew import resolve_anew
from db.store.sole_statements import SoleStatements
from db.store.sources import SourceIndex


class ImportSession:
    """A transaction that takes sources one after another; leaving it by an exception leaves the register as it was.

    With `dry_run` everything is done and reported, then rolled back; its run number is 0.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None, command: str, *, dry_run: bool, draft: bool = False
    ) -> None:
        self._connection = connection
        self._path = path
        self._dry_run = dry_run
        self._draft = draft
        self._command = command
        self._started = datetime.now(UTC)
        self._clock = time.monotonic()
        self.run: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM run").fetchone()[0]
        stamp = self._started.isoformat(timespec="seconds")
        connection.execute(
            "INSERT INTO run (id, started, seconds, command) VALUES (?, ?, 0, ?)", (self.run, stamp, command)
        )
        self._changelog = Changelog(connection, self.run)
        self._records = RecordIndex(self._changelog)
        self._sources = SourceIndex(self._changelog, self._records)
        self._words = VocabularyIndex(self._changelog)
        self._projection = Projection(self._changelog, self._records, self._sources, self._words)
        self._sole = SoleStatements(self._changelog, self._records, self._words)
        self._touched = NumberSet()
        self._begun: dict[str, HeldStatements] = {}
        """By key, what sources said before of which further files are to come."""
        self._listed = False
        self._filling: Filling | None = None
        self._indexed = 0
        """Records of which the indexes were made at once."""
        self._made: MadeRows | None = None
        """Index rows that were made where rows were read."""
        self._reports: list[SourceReport] = []
        self._rejects: list[Reject] = []
        self._ended = False

    @classmethod
    def begin(
        cls, path: Path, *, command: str, wait: float = 5.0, dry_run: bool = False,
        on_wait: Callable[[], None] | None = None, on_upgrade: Callable[[], None] | None = None, draft: bool = False,
    ) -> Self:  # fmt: skip
        """Open the register at `path` for one import, upgraded where it is older, and lock out other writers.

        A `draft` is a file that is put in its place afterwards. Waits up to `wait` seconds for another import, calling
        `on_wait` once first, and `on_upgrade` before an upgrade. Raises DatabaseError.
        """
        connection = open_writing(path, draft=draft)
        try:
            with TranslatedErrors(path):
                lock(connection, path, wait, on_wait)
                connection.execute("ROLLBACK")
                upgrade(connection, path, on_upgrade)
                lock(connection, path, wait, None)
                return cls(connection, path, command, dry_run=dry_run, draft=draft)
        except BaseException:
            connection.close()
            raise

    @classmethod
    def in_memory(cls, connection: sqlite3.Connection, *, command: str) -> Self:
        """Begin an import into a new register on a connection of the caller's, which stays open."""
        let_release_pages(connection)  # also that of the files that begin as a copy of it
        prepare_writing(connection)
        upgrade(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        return cls(connection, None, command, dry_run=False)

    def take(
        self,
        reading: Reading,
        *,
        format: str,
        strict: bool = False,
        on_row: Callable[[int], None] | None = None,
        older: bool = False,
        more: bool = False,
    ) -> SourceReport:
        """Take one source, or a file of one of which `more` are to come; `on_row` hears how many rows have been read.

        Raises InputError for a reject where `strict`, and unless `older` for a release older than one that is held.
        """
        with self._translating():
            taking = Ingest(
                self._changelog,
                self._records,
                self._sources,
                self._words,
                self._projection,
                self._sole,
                self._filling,
                refused=Refusals(KEPT_IN_ALL - len(self._rejects)),
                begun=self._begun.pop(reading.source.key, None),
                more=more,
            )
            report = taking.take(reading, format=format, strict=strict, on_row=on_row, older=older)
        if more:
            self._begun[reading.source.key] = taking.holding
        # What was made of records of one source says nothing of what another tells of them.
        self._made = None if self._touched else taking.made
        self._touched |= taking.touched
        self._listed |= reading.source.full
        self._filling = taking.filling
        self._indexed += taking.indexed
        self._reports.append(report)
        self._rejects += taking.refused.kept
        return report

    def suggestion(self, number: int) -> tuple[str, str, str, str | None, str | None, str] | None:
        """Return rule, question, state, record's key and kind, and candidates (JSON) of a suggestion."""
        row: tuple[str, str, str, str | None, str | None, str] | None = self._connection.execute(
            "SELECT s.rule, s.what, s.state, r.key, r.kind, s.candidates FROM suggestion s "
            "LEFT JOIN record r ON r.id = s.record_id WHERE s.id = ?",
            (number,),
        ).fetchone()
        return row

    def decide(self, number: int, state: str) -> None:
        """Remember what a person says to a suggestion: `accepted` or `rejected`."""
        self._changelog.update("suggestion", number, state=state)
        self._records.doubted = doubted_names(self._changelog)
        self._records.kept_open = kept_open(self._changelog)

    def resolve_anew(self) -> None:
        """Resolve all that an older program resolved by the rules of this one."""
        with self._translating():
            self._touched |= merge_crosswalked(self._projection)
            self._touched |= resolve_anew(self._projection)

    def remove(self, key: str, source: str | None) -> tuple[str, ...]:
        """Take back what files that people wrote, or one source, say of a record; return the sources that had said it.

        Raises NotFoundError, UsageError.
        """
        changed, sources = Remover(self._projection, self._sole).remove(key, source)
        self._touched |= changed
        return sources

    @property
    def one_body(self) -> OneBody:
        """What joins and parts records, and what a person has to say for that."""
        return OneBody(self._projection)

    def merge(self, one: str, other: str, keep: str | None = None) -> tuple[str, str]:
        """Join two records that are one body; return the key that it has, and the one that is a code of it.

        Raises NotFoundError, UsageError.
        """
        bodies = self.one_body
        key, code = bodies.both(one, other, keep)
        statement = bodies.joining(key, code, (one, other))
        with self._translating():
            self._touched |= bodies.let_go(statement)
        self.take(Reading(joined_by_hand(key, code), (RowSaid(1, (statement,)),)), format=FORMAT)
        return key, code

    def unmerge(self, one: str, other: str | None = None) -> tuple[str, str]:
        """Part two bodies that are one record; return the keys of both. Raises NotFoundError, UsageError."""
        with self._translating():
            changed, key, own = self.one_body.part(one, other)
        self._touched |= changed
        return key, own

    def finish(self) -> Run:
        """Bring the search index up to date, write the log and commit; roll back a dry run."""
        with self._translating():
            finish_run(self._projection, self._touched, self._filling, anew=self._listed, made=self._made)
            seconds = round(time.monotonic() - self._clock, 3)
            self._connection.execute("UPDATE run SET seconds = ? WHERE id = ?", (seconds, self.run))
            self._changelog.close()
            if not self._dry_run and self._path is not None:
                self._pack_indexes()
            self._connection.execute("ROLLBACK" if self._dry_run else "COMMIT")
        if not self._dry_run:
            # What is committed is done, though a disk that is full has no room for giving pages back.
            with suppress(sqlite3.Error):
                release_pages(self._connection)
        self._end()
        number = 0 if self._dry_run else self.run
        started = self._started.isoformat(timespec="seconds")
        return Run(number, started, seconds, self._command, False, tuple(self._reports), tuple(self._rejects))

    def _pack_indexes(self) -> None:
        """Write indexes anew where most records are new and came into them one by one."""
        (records,) = self._connection.execute("SELECT count(*) FROM record").fetchone()
        added = sum(report.added for report in self._reports) - self._indexed
        if added > MANY and 2 * added > records:
            make_anew(self._connection)

    def _translating(self) -> TranslatedErrors:
        return TranslatedErrors(self._path or "the register")

    @property
    def refused_all(self) -> bool:
        """Whether rows were read and every one of them was refused."""
        read = sum(report.read for report in self._reports)
        return read > 0 and read == sum(report.rejected for report in self._reports)

    def abandon(self) -> Run:
        """Roll back, and return what the run would have been remembered for; its number is 0."""
        self._dry_run = True
        return self.finish()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if self._path is not None and self._draft:
                close_draft(self._connection, self._path)
            elif self._path is not None:
                self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        if isinstance(error, IMPOSSIBLE) and self._path is not None:
            tell_damage(self._path, error)
