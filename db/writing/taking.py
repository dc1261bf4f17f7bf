"""Taking one source: what it says is kept, every record it touches is settled, and every row is counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from db.errors import InputError
from db.model import Reject, SourceReport
from db.statements import End, IdentifierSaid, Reading, RejectSaid, RowSaid, SourceSaid, Statement
from db.writing.bodies import digest, encode, pack
from db.writing.books import RecordBook, SourceBook, WordBook
from db.writing.ledger import Ledger
from db.writing.materialise import Materialiser, Outcome
from db.writing.meaning import SCHEME
from db.writing.owning import by_owner
from db.writing.people import PeopleBook
from db.writing.settle import Spoken
from db.writing.settling import Settling
from db.writing.suggesting import suggest

_FLUSH_EVERY = 100_000
"""Rows after which what is queued is written, so that memory does not grow with the file."""
_KEPT = 20_000
"""Records made by a source whose statements are kept in memory until they are settled."""


@dataclass(slots=True)
class _Row:
    """One input row: the records it speaks of, and whether it says anything that was not said before."""

    describes: int | None
    records: list[int]
    news: bool = False


@dataclass(slots=True)
class _Counts:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0


@dataclass(slots=True)
class Taking:
    """Takes one source for a session."""

    ledger: Ledger
    records: RecordBook
    sources: SourceBook
    words: WordBook
    materialiser: Materialiser
    touched: set[int] = field(default_factory=set)
    """Records that were settled."""
    rejects: list[Reject] = field(default_factory=list)
    _held: dict[tuple[int, bytes], list[tuple[int, int | None]]] = field(default_factory=dict)
    _rows: list[_Row] = field(default_factory=list)
    _dirty: dict[int, None] = field(default_factory=dict)
    _heard: dict[int, list[Spoken]] = field(default_factory=dict)
    _unheard: set[int] = field(default_factory=set)
    """Records of which something was said before this run, or more than is kept in memory."""

    def take(
        self, reading: Reading, *, format: str, strict: bool, on_row: Callable[[int], None] | None
    ) -> SourceReport:
        """Take the source; raises InputError for the first reject where `strict`."""
        said = replace(reading.source, format=format)
        for cited in reading.cited:
            self.sources.describe(cited)
        self.words.add_terms(reading.terms)
        self.words.add_link_types(reading.link_types)
        before = set(self.records.placeholders)
        known = self.sources.known(said.key)
        source = self.sources.describe(said)
        voice = self.sources.voice(source)
        self._hold(source)
        if known is not None and known.rank != voice.rank:
            self._dirty.update((record, None) for record, _ in self._held)
        rows: Iterable[RowSaid | RejectSaid] = reading.rows
        people = PeopleBook(self.ledger, self.records, source)
        if said.series is None:
            listed = list(rows)
            if not said.complete:
                people.meet([one for row in listed if isinstance(row, RowSaid) for one in row.statements])
            rows = listed
        self._read(rows, source, people, said, strict, on_row)
        self._drop_unsaid(source, said)
        if said.series and said.full:
            self._remember_series(said.series, source)
        settling = Settling(self.ledger, self.records, self.sources, self.materialiser, self._heard)
        outcomes = settling.settle(self._dirty)
        self.touched |= outcomes.keys()
        suggest(self.ledger, self.records, people.namesakes, self.materialiser.conflicts)
        counts = self._count(outcomes)
        self.ledger.flush()
        report = SourceReport(
            said.key, format, voice.published, len(self._rows) + len(self.rejects),
            counts.added, counts.updated, counts.unchanged, counts.closed, len(self.rejects),
            sum(outcome.made for outcome in outcomes.values()),
            sum(outcome.links for outcome in outcomes.values()),
            len(self.records.placeholders - before),
            sum(outcome.gone for outcome in outcomes.values()),
            said.path,
        )  # fmt: skip
        self._log(report)
        return report

    def _hold(self, source: int) -> None:
        """Load what the source said before, by record and digest."""
        rows = self.ledger.connection.execute(
            "SELECT id, record_id, line, digest FROM said WHERE source_id = ? AND withdrawn IS NULL", (source,)
        )
        for row, record, line, body_digest in rows:
            self._held.setdefault((record, body_digest), []).append((row, line))

    def _read(
        self, rows: Iterable[RowSaid | RejectSaid], source: int, people: PeopleBook, said: SourceSaid, strict: bool,
        on_row: Callable[[int], None] | None,
    ) -> None:  # fmt: skip
        for number, row in enumerate(rows, start=1):
            if isinstance(row, RejectSaid):
                self._reject(row, said, strict)
            else:
                try:
                    self._take_row(row, source, people, said)
                except InputError as error:
                    self._reject(RejectSaid(row.line, str(error), None), said, strict)
            if on_row and number % 500 == 0:
                on_row(number)
            if number % _FLUSH_EVERY == 0:
                self.ledger.flush()
        if on_row:
            on_row(len(self._rows) + len(self.rejects))

    def _reject(self, row: RejectSaid, said: SourceSaid, strict: bool) -> None:
        if strict:
            place = f"{said.path or said.key}:{row.line}" if row.line is not None else said.path or said.key
            raise InputError(f"{place}: {row.reason}; nothing was written (--strict)")
        self.rejects.append(Reject(said.key, row.line, row.reason, row.value, said.path))

    def _take_row(self, row: RowSaid, source: int, people: PeopleBook, said: SourceSaid) -> None:
        parts = [part for one in row.statements for part in by_owner(people.rename(one), self.words.link_types)]
        taken = _Row(None, [])
        for part, about in parts:
            statement = part if part.line is not None else replace(part, line=row.line)
            record, statement = self._record_of(statement, about)
            if taken.describes is None and not statement.partial:
                taken.describes = record
            taken.records.append(record)
            taken.news |= self._say(record, source, statement, said)
        self._rows.append(taken)

    def _record_of(self, statement: Statement, about: End) -> tuple[int, Statement]:
        """Find the record that a statement is about, by its key or by an identifier that it gives.

        Where an identifier finds it, the key becomes one more identifier of the record.
        """
        if about.name is not None or self.records.find(statement.key) is not None:
            return self.records.need(about), statement
        for one in statement.identifiers:
            # A key made of a name is no code: who has it otherwise is settled when all is taken.
            record = None if one.scheme == SCHEME else self.records.find(f"{one.scheme}:{one.value}")
            if record is not None:
                scheme, value = statement.key.split(":", 1)
                alias = IdentifierSaid(scheme, value)
                return record, replace(statement, identifiers=(*statement.identifiers, alias))
        return self.records.need(about), statement

    def _say(self, record: int, source: int, statement: Statement, said: SourceSaid) -> bool:
        """Keep a statement; return whether the source had not said it before."""
        body = encode(statement)
        body_digest = digest(body)
        held = self._held.get((record, body_digest))
        if held:
            row, line = held.pop()
            # The lines of a file that is edited by hand move; those of a list are as it was first read.
            if said.series is None and line != statement.line:
                self.ledger.update("said", row, line=statement.line)
                self._dirty[record] = None
            return False
        self.ledger.insert("said", (record, source, statement.line, body_digest, pack(body), None))
        self._dirty[record] = None
        self._hear(record, Spoken(self.sources.voice(source), statement))
        return True

    def _hear(self, record: int, spoken: Spoken) -> None:
        """Keep what is said of a record that this source makes, which spares reading it back from the database."""
        if record in self._heard:
            self._heard[record].append(spoken)
        elif record not in self._unheard:
            if len(self._heard) < _KEPT and self.records.fresh(record) is not None:
                self._heard[record] = [spoken]
            else:
                self._unheard.add(record)

    def _drop_unsaid(self, source: int, said: SourceSaid) -> None:
        """Deal with what the source said before and does not say now: replaced, or withdrawn with its record."""
        spoken = {record for row in self._rows for record in row.records}
        for (record, _), rows in self._held.items():
            for row, _ in rows:
                if record in spoken:
                    self.ledger.delete("said", row)
                elif not said.complete:
                    self.ledger.update("said", row, withdrawn=self.ledger.run)
                else:
                    continue
                self._dirty[record] = None

    def _remember_series(self, series: str, source: int) -> None:
        """A list tells something of every record that others of its series hold: that it is still there, or not."""
        if not self._dirty and not self.ledger.is_new("source", source):
            return
        self.ledger.flush_table("source")
        rows = self.ledger.connection.execute(
            "SELECT DISTINCT said.record_id FROM said JOIN source ON source.id = said.source_id "
            "WHERE source.series = ? AND said.source_id <> ?",
            (series, source),
        )
        self._dirty.update((record, None) for (record,) in rows)

    def _count(self, outcomes: dict[int, Outcome]) -> _Counts:
        """Count each row once, by the strongest thing that came of it."""
        counts = _Counts()
        told: set[int] = set()
        for row in self._rows:
            results = [outcomes[record] for record in row.records if row.news and record in outcomes]
            described = outcomes.get(row.describes) if row.describes is not None and row.news else None
            if described and described.made and row.describes not in told:
                told.add(row.describes or 0)
                counts.added += 1
            elif any(result.closed for result in results):
                counts.closed += 1
            elif row.describes is None and any(result.links for result in results):
                counts.added += 1
            elif any(result.updated or result.made or result.reopened for result in results):
                counts.updated += 1
            else:
                counts.unchanged += 1
        return counts

    def _log(self, report: SourceReport) -> None:
        connection = self.ledger.connection
        connection.execute(
            "INSERT INTO run_source (run_id, source, file, format, published, read, added, updated, unchanged, closed, "
            "rejected, records, links, placeholders, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.ledger.run, report.source, report.file, report.format, report.published, report.read, report.added,
             report.updated, report.unchanged, report.closed, report.rejected, report.records, report.links,
             report.placeholders, report.gone),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO reject (run_id, source, line, reason, value) VALUES (?, ?, ?, ?, ?)",
            [(self.ledger.run, one.source, one.line, one.reason, one.value) for one in self.rejects],
        )
