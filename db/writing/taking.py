"""Taking one source: what it says is kept, every record it touches is settled, and every row is counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from db.errors import InputError
from db.packed_statements import pack
from db.reports import Reject, SourceReport
from db.search.write import Filling
from db.statements import End, Reading, RejectSaid, RowSaid, SourceSaid, Statement
from db.writing.bodies import digest, encode
from db.writing.books import RecordBook, SourceBook, WordBook
from db.writing.bulk import Bulk
from db.writing.counting import Row, log, reported
from db.writing.holding import Holding
from db.writing.ledger import Ledger
from db.writing.materialise import Materialiser
from db.writing.meaning import SCHEME
from db.writing.owning import by_owner
from db.writing.people import PeopleBook
from db.writing.settle import Spoken, Voice
from db.writing.settling import Settling
from db.writing.suggesting import suggest
from db.writing.unfolding import Kept, Unfolding

_FLUSH_EVERY = 100_000
"""Rows after which what is queued is written, so that memory does not grow with the file."""
_KEPT = 20_000
"""Records made by a source whose statements are kept in memory until they are settled."""


@dataclass(slots=True)
class Taking:
    """Takes one source for a session."""

    ledger: Ledger
    records: RecordBook
    sources: SourceBook
    words: WordBook
    materialiser: Materialiser
    unfolding: Unfolding
    filling: Filling | None = None
    """The search index in the making, where much of the register is new."""
    touched: set[int] = field(default_factory=set)
    """Records that the search index has to take in anew."""
    rejects: list[Reject] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _holding: Holding = field(init=False)
    _bulk: Bulk = field(init=False)
    _dirty: dict[int, None] = field(default_factory=dict)
    _heard: dict[int, list[Spoken]] = field(default_factory=dict)
    _unheard: set[int] = field(default_factory=set)
    """Records of which something was said before this run, or more than is kept in memory."""

    def take(
        self, reading: Reading, *, format: str, strict: bool, on_row: Callable[[int], None] | None, older: bool = False
    ) -> SourceReport:
        """Take the source; raises InputError for the first reject where `strict`, and for a release older than one that
        is held unless `older`."""
        said = replace(reading.source, format=format)
        for cited in reading.cited:
            self.sources.describe(cited)
        self.words.add_terms(reading.terms)
        self.words.add_link_types(reading.link_types)
        before = set(self.records.placeholders)
        known = self.sources.known(said.key)
        source = self.sources.describe(said)
        voice = self.sources.voice(source)
        self._holding = Holding(self.ledger, self.sources, source, said)
        if self._holding.ended is not None and not older:
            raise InputError(_older(said, self.sources.voice(self._holding.ended)))
        if known is not None and known.rank != voice.rank:
            self._dirty.update((record, None) for record in self._holding.records())
        people = PeopleBook(self.ledger, self.records, source)
        bulk = self._bulk = Bulk(self.ledger, self.records, self.words, source, self.filling)
        self._read(self._rows_of(reading, people, bulk, on_row), source, people, said, strict, on_row)
        self._drop_unsaid(source, said, bulk)
        if said.series and said.full:
            self._remember_series(said.series, source)
        settling = Settling(self.ledger, self.records, self.sources, self.materialiser, self._heard)
        outcomes = settling.settle(self._dirty)
        self.touched |= outcomes.keys()
        self.filling = bulk.filling
        suggest(self.ledger, self.records, people.namesakes, self.materialiser.conflicts)
        self.ledger.flush()
        placeholders = len(self.records.placeholders - before)
        report = reported(said, voice.published, self._rows, self.rejects, outcomes, bulk, placeholders)
        log(self.ledger, report, self.rejects)
        return report

    def _rows_of(
        self, reading: Reading, people: PeopleBook, bulk: Bulk, on_row: Callable[[int], None] | None
    ) -> Iterable[RowSaid | RejectSaid]:
        """Return the rows to be taken one by one: all, or what is left when the others were taken by the batch."""
        said = reading.source
        if reading.told is not None and self._holding.ended is None:
            left = bulk.take(reading.told, self._chain(said), on_row)
            if bulk.added:
                self.unfolding.told_anew()
            return left
        if said.series is not None:
            return reading.rows
        listed = list(reading.rows)
        if not said.complete:
            people.meet([one for row in listed if isinstance(row, RowSaid) for one in row.statements])
        return listed

    def _chain(self, said: SourceSaid) -> list[int]:
        query = "SELECT id FROM source WHERE series = ? AND living"
        return [row for (row,) in self.ledger.connection.execute(query, (said.series,))]

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
        taken = Row(None, [])
        for part, about in parts:
            statement = part if part.line is not None else replace(part, line=row.line)
            record = self._record_of(statement, about)
            if taken.describes is None and not statement.partial:
                taken.describes = record
            taken.records.append(record)
            taken.news |= self._say(record, source, statement, said)
        self._rows.append(taken)

    def _record_of(self, statement: Statement, about: End) -> int:
        """Find the record that a statement is about, by its key or by an identifier that it gives.

        Where an identifier finds it, the key is one more identifier of the record.
        """
        if about.name is not None or self.records.find(statement.key) is not None:
            return self.records.need(about)
        for one in statement.identifiers:
            # A key made of a name is no code: who has it otherwise is settled when all is taken.
            record = None if one.scheme == SCHEME else self.records.find(f"{one.scheme}:{one.value}")
            if record is not None:
                self.records.identify(record, *statement.key.split(":", 1))
                return record
        return self.records.need(about)

    def _say(self, record: int, source: int, statement: Statement, said: SourceSaid) -> bool:
        """Keep a statement; return whether the source had not said it before."""
        body = encode(statement)
        body_digest = digest(body)
        for kept in self.unfolding.unfold(record):
            self._unfolded(kept, source, said)
        known, moved = self._holding.matches(record, body_digest, statement)
        if known:
            if moved:
                self._dirty[record] = None
            return False
        ended = self._holding.ended
        self.ledger.say(record, source, statement, body_digest, pack(body), ended)
        self._dirty[record] = None
        self._hear(record, Spoken(self.sources.voice(source), statement))
        return True

    def _unfolded(self, kept: Kept, source: int, said: SourceSaid) -> None:
        """Hold what was told against what is said, where both are of this source or of one that it repeats.

        What a row told that was met again as it is stands.
        """
        if self._bulk.is_met(kept.teller):
            self._holding.stand(kept)
            return
        voice = self.sources.voice(kept.source)
        if kept.source == source or (said.living and self._holding.ended is None and voice.living):
            self._holding.add(kept)

    def _hear(self, record: int, spoken: Spoken) -> None:
        """Keep what is said of a record that this source makes, which spares reading it back from the database."""
        if record in self._heard:
            self._heard[record].append(spoken)
        elif record not in self._unheard:
            if len(self._heard) < _KEPT and self.records.fresh(record) is not None:
                self._heard[record] = [spoken]
            else:
                self._unheard.add(record)

    def _drop_unsaid(self, source: int, said: SourceSaid, bulk: Bulk) -> None:
        """Deal with what the source said before and does not say now: replaced, or withdrawn with its record."""
        for about, statement in bulk.partials:
            self._say(self.records.need(about), source, statement, said)
        if said.full:
            for record in bulk.unmet():
                for kept in self.unfolding.unfold(record):
                    self._unfolded(kept, source, said)
        spoken = {record for row in self._rows for record in row.records}
        for record in self._holding.drop(spoken):
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


def _older(said: SourceSaid, newer: Voice) -> str:
    return (
        f"{said.path or said.key}: is the release of {said.published}, and the register holds that of "
        f"{newer.published}; import it with --older where that is meant"
    )
