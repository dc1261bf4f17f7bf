"""Taking one source: what it says is kept, every record it touches is resolved, and every row is counted once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from db.crosswalk import same_body
from db.entities.namesakes import NamesakeIndex
from db.entities.people import PeopleIndex
from db.entities.suggestions import add_suggestions
from db.errors import InputError
from db.number_set import NumberSet
from db.parameters import chunks
from db.refusals import Refusals
from db.reports import Reject, SourceReport
from db.search.made_rows import MadeRows
from db.search.write import Filling
from db.statements import End, Reading, RejectSaid, RowSaid, SourceSaid, Statement
from db.store.batch_ingest import BatchIngest, Lots
from db.store.changed_rows import ChangedRows
from db.store.changelog import Changelog
from db.store.compared_rows import ComparedRows
from db.store.counts import Counts, IngestedRow, IngestedRows, log
from db.store.held_statements import HeldStatements
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.link_owners import by_owner
from db.store.links_of_others import LinksOfOthers
from db.store.matched_statements import SCHEME
from db.store.outcomes import Outcome, Outcomes
from db.store.prepare import PreparedRow, statements_of
from db.store.projection import Projection
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements
from db.store.sourced import Authority, Sourced
from db.store.sources import SourceIndex
from db.store.statement_rows import digest, encode

_FLUSH_EVERY = 20_000
"""Rows after which what is queued is written, so that memory does not grow with the file."""
_LOT = 4_000
"""Rows before which what was said of their records is written down."""
_KEPT = 20_000
"""Records made by a source whose statements are kept in memory until they are resolved."""


@dataclass(frozen=True, slots=True)
class _Taking:
    """The source that is taken, and how."""

    source: int
    said: SourceSaid
    people: PeopleIndex
    namesakes: NamesakeIndex
    strict: bool
    on_row: Callable[[int], None] | None


@dataclass(slots=True)
class Ingest:
    """Takes one source for a session."""

    changelog: Changelog
    records: RecordIndex
    sources: SourceIndex
    words: VocabularyIndex
    projection: Projection
    sole: SoleStatements
    filling: Filling | None = None
    """The search index in the making, where much of the register is new."""
    indexed: int = 0
    """Records of which the indexes were made at once."""
    touched: NumberSet = field(default_factory=NumberSet)
    """Records that the search index has to take in anew."""
    made: MadeRows = field(default_factory=MadeRows)
    """What the index will hold of such records, where that was made already."""
    refused: Refusals = field(default_factory=Refusals)
    begun: HeldStatements | None = None
    """What the source said before this run, where another file of it was taken already."""
    more: bool = False
    """Whether further files of the source are to come, before which nobody can tell what it does not say any more."""
    holding: HeldStatements = field(init=False)
    _told: LinksOfOthers = field(init=False)
    _rows: IngestedRows = field(default_factory=IngestedRows)
    _batches: BatchIngest = field(init=False)
    _dirty: NumberSet = field(default_factory=NumberSet)
    _counts: Counts = field(default_factory=Counts)
    _resolved: dict[int, Outcome] = field(default_factory=dict)
    """What came of records that were resolved with the rows that tell of them."""
    _heard: dict[int, list[Sourced]] = field(default_factory=dict)
    _unheard: NumberSet = field(default_factory=NumberSet)
    """Records of which something was said before this run, or more than is kept in memory."""

    def take(
        self, reading: Reading, *, format: str, strict: bool, on_row: Callable[[int], None] | None, older: bool = False
    ) -> SourceReport:
        """Take the source; raises InputError for the first reject where `strict`, and for a release older than one that
        is held unless `older`."""
        said = replace(reading.source, format=format)
        first = not self.changelog.changed
        for cited in reading.cited:
            self.sources.describe(cited)
        self.words.add_terms(reading.terms)
        self.words.add_link_types(reading.link_types)
        before = NumberSet(self.records.placeholders)
        known = self.sources.known(said.key)
        source = self.sources.describe(said)
        voice = self.sources.voice(source)
        self.holding = self.begun or HeldStatements(self.changelog, self.sources, source, said)
        self._told = LinksOfOthers(self.changelog, self.holding, source)
        if self.holding.ended is not None and not older:
            raise InputError(_older(said, self.sources.voice(self.holding.ended)))
        if known is not None and known.rank != voice.rank:
            self._dirty.update(self.holding.records())
        people = PeopleIndex(self.changelog, self.records, source)
        batches = self._batches = BatchIngest(self.changelog, self.records, self.words, voice, self.filling)
        taking = _Taking(source, said, people, NamesakeIndex(self.changelog, self.records, source), strict, on_row)
        with closing(batches):
            self._read(self._rows_of(reading, taking, voice if first else None), taking)
        self._take_told(taking)
        self._drop_unsaid(taking)
        if said.series and said.full and not self.more:
            self._remember_series(said.series, source)
        self._counts.add_rows(self._told.counted(), self._told.followed_by(self._resolve()))
        self.filling, self.indexed = batches.filling, batches.indexed
        add_suggestions(self.changelog, self.records, people.namesakes, self.projection.conflicts)
        self.changelog.flush()
        placeholders = len(self.records.placeholders - before)
        report = self._counts.report(said, voice.published, self.refused.count, batches, placeholders)
        log(self.changelog, report, self.refused.kept)
        return report

    def _rows_of(self, reading: Reading, taking: _Taking, first: Authority | None) -> Iterable[RowSaid | RejectSaid]:
        """Return the rows to be taken one by one: all, or what is left when the others were taken by the batch."""
        said = reading.source
        if reading.batched is not None and self.holding.ended is None:
            releases = self._releases(said)
            lots, back = partial(self._take_lot, taking), partial(self._take_back, taking)
            left = self._batches.take(reading.batched, releases, lots, back, taking.on_row, first)
            self._note_added(taking.source)
            return chain(self._written_down(self._not_changed(left, taking), taking), self._batches.rejects())
        if said.series is not None or said.complete or not reading.people:
            return reading.rows
        return self._after_people(reading.rows, taking.people)

    def _after_people(
        self, rows: Iterable[RowSaid | RejectSaid], people: PeopleIndex
    ) -> Iterable[RowSaid | RejectSaid]:
        """Decide who the people in some rows are; return the rows, many of which are made again rather than kept."""
        if iter(rows) is rows:
            rows = list(rows)
        kept: list[RowSaid | RejectSaid] = []
        for number, row in enumerate(rows):
            if isinstance(row, RowSaid):
                people.meet(row.statements)
            if number < _KEPT:
                kept.append(row)
            else:
                kept.clear()
        return kept or rows

    def _take_lot(self, taking: _Taking, lots: Lots) -> None:
        """Take some rows while others are read, and resolve what they speak of."""
        self._note_added(taking.source)
        self._read(self._written_down(self._not_changed(lots, taking), taking), replace(taking, on_row=None))
        self._dirty.update(self.holding.drop_of(row.describes for row in self._rows if row.describes is not None))
        self._resolve()
        self._rows = IngestedRows()
        self._dirty.clear()
        self._heard.clear()
        self._unheard.clear()
        self.changelog.flush()
        self.changelog.forget_statements()
        self.records.let_go()
        self.sole.let_go()
        self.projection.evidence.forget()

    def _not_changed(self, lots: Lots, taking: _Taking) -> Iterator[RowSaid]:
        """Take rows that only say otherwise what earlier releases said, and return those that are left."""
        resolver = Resolver(self.projection)
        changed = ChangedRows(
            self.changelog, self.records, self.sources, self.words, self.sole, resolver, taking.source,
            self._releases(taking.said) if taking.said.living else (),
        )  # fmt: skip
        compared = ComparedRows(
            self.changelog, self.sole, self.projection.evidence, self.sources.voice(taking.source), self._told
        )
        for rows in lots:
            left: list[PreparedRow] = []
            for row, record, outcome, told, news in chain(
                compared.take([row for row in rows if row.compared is not None], left),
                changed.take([row for row in rows if row.compared is None], left),
            ):
                if outcome is None:
                    self._batches.meet(record)
                    continue
                self.holding.spoken.update((record, *(told or ())))
                self.touched.add(record)
                self._resolved[record] = outcome
                self._told.outcomes[record] = outcome
                self.made.put(record, None if row.compared is None else row.found_by)
                taken = IngestedRow(record, [record, *(told or ())], news=news, line=row.line)
                if told is None:
                    self._rows.append(taken)
                else:
                    self._told.put_off(taken)
            yield from (RowSaid(row.line, statements_of(row)) for row in left)

    def _take_told(self, taking: _Taking) -> None:
        """Follow up what compared rows said of links of others, of whom all is known that is said by now."""
        self._write_down(self._told.spoken_of, taking)
        self._dirty.update(self._told.unresolved())

    def _take_back(self, taking: _Taking, key: str) -> bool:
        """Take back what a row said that was taken one by one; return whether there was any."""
        record = self.records.find(key)
        find = "SELECT id, record_id, line FROM _statement WHERE source_id = ? AND "
        # What a row of another record says of it stays.
        describing = "record_id = ? AND json_extract(body, '$.partial') IS NULL"
        own = self._new_rows(f"{find} {describing}", taking.source, record)
        for line in {line for _, _, line in own}:
            for row, spoken_of, _ in self._new_rows(f"{find} line = ?", taking.source, line):
                self.changelog.delete("_statement", row)
                self._dirty.add(spoken_of)
            self._counts.take_back(line)
            self._told.take_back(line)
        return bool(own)

    def _new_rows(self, query: str, *values: object) -> list[tuple[int, int, int]]:
        self.changelog.flush_table("_statement")
        rows = self.changelog.connection.execute(query, values).fetchall()
        return [row for row in rows if self.changelog.is_new("_statement", row[0])]

    def _note_added(self, source: int) -> None:
        if self._batches.added:
            self.sole.added()
            self.projection.evidence.look_up(source)

    def _resolve(self) -> Outcomes:
        """Resolve every record of which something new was said, and count the rows that said it."""
        resolver = Resolver(self.projection, self._heard)
        outcomes = resolver.resolve(self._dirty)
        self.made.discard(outcomes)
        for record, before in self._resolved.items():
            outcomes[record] = before.followed_by(outcomes.get(record, Outcome()))
        self._resolved.clear()
        self.touched |= outcomes.keys()
        self._counts.add(self._rows, outcomes)
        return outcomes

    def _releases(self, said: SourceSaid) -> list[int]:
        """Return the sources whose rows stand until a later one of their series says otherwise, this one among them."""
        query = "SELECT id FROM source WHERE series = ? AND living"
        return [row for (row,) in self.changelog.connection.execute(query, (said.series,))]

    def _written_down(self, rows: Iterator[RowSaid], taking: _Taking) -> Iterator[RowSaid]:
        """Write down what was said of many records at once, before rows that say something else of them are taken."""
        for some in chunks(rows, _LOT):
            spoken_of = [one.key for row in some for one in row.statements]
            self.records.load(spoken_of)
            records = [record for record in map(self.records.find, spoken_of) if record is not None]
            self._write_down(records, taking)
            yield from some

    def _read(self, rows: Iterable[RowSaid | RejectSaid], taking: _Taking) -> None:
        for number, row in enumerate(rows, start=1):
            if isinstance(row, RejectSaid):
                self._reject(row, taking)
            else:
                try:
                    self._take_row(row, taking)
                except InputError as error:
                    self._reject(RejectSaid(row.line, str(error), None), taking)
            if taking.on_row and number % 500 == 0:
                taking.on_row(number)
            if number % _FLUSH_EVERY == 0:
                self.changelog.flush()
                self.records.let_go_of_keys()
        if taking.on_row:
            taking.on_row(len(self._rows) + self.refused.count)

    def _reject(self, row: RejectSaid, taking: _Taking) -> None:
        said = taking.said
        if taking.strict:
            place = f"{said.path or said.key}:{row.line}" if row.line is not None else said.path or said.key
            raise InputError(f"{place}: {row.reason}; nothing was written (--strict)")
        self.refused.add(Reject(said.key, row.line, row.reason, row.value, said.path))

    def _take_row(self, row: RowSaid, taking: _Taking) -> None:
        people, types = taking.people, self.words.link_types
        renamed = (taking.namesakes.rename(people.rename(one)) for one in row.statements)
        parts = [part for one in renamed for part in by_owner(one, types)]
        taken = IngestedRow(None, [], line=row.line if self._batches.read else None)
        for part, about in parts:
            statement = part if part.line is not None else replace(part, line=row.line)
            record = self._record_of(statement, about)
            if taken.describes is None and not statement.partial:
                taken.describes = record
            taken.records.append(record)
            self.holding.spoken.add(record)
            taken.news |= self._say(record, statement, taking)
        self._rows.append(taken)

    def _record_of(self, statement: Statement, about: End) -> int:
        """Find the record that a statement is about, by its key or by an identifier that it gives.

        Where an identifier finds it, the key is one more identifier of the record. One that is no more than that code
        is joined with this when the run ends, so that the key is the same whichever came first.
        """
        if about.name is not None or self.records.find(statement.key, about.kind) is not None:
            return self.records.need(about)
        # A key made of a name is no code: who has it otherwise is decided when all is taken.
        codes = [f"{one.scheme}:{one.value}" for one in statement.identifiers if one.scheme != SCHEME]
        for code in codes:
            record = self.records.find(code, about.kind)
            if record is not None and (record in self.holding.spoken or not self.records.is_only(record, code)):
                self.records.claim(record, statement.key)
                return record
        body = next((body for code in codes if (body := same_body(code)) and body.kind == about.kind), None)
        if body is None:
            return self.records.need(about)
        record = self.records.need(End(body.key, kind=about.kind))
        self.records.claim(record, statement.key)
        return record

    def _say(self, record: int, statement: Statement, taking: _Taking) -> bool:
        """Keep a statement; return whether the source had not said it before."""
        body = encode(statement)
        body_digest = digest(body)
        self._write_down((record,), taking)
        known, moved = self.holding.matches(record, body_digest, statement)
        if known:
            if moved:
                self._dirty.add(record)
            return False
        ended = self.holding.ended
        self.changelog.insert_statement(record, taking.source, statement, body_digest, body, ended)
        self._dirty.add(record)
        self._hear(record, statement, taking.source)
        return True

    def _write_down(self, records: Collection[int], taking: _Taking) -> None:
        """Write down what sole rows say of records, and hold it against what is said.

        Where both are of this source or of one that it repeats.
        """
        for written in self.sole.write_down(records):
            authority = self.sources.voice(written.source)
            repeated = taking.said.living and self.holding.ended is None and authority.living
            if written.source == taking.source or repeated:
                self.holding.add(written)

    def _hear(self, record: int, statement: Statement, source: int) -> None:
        """Keep what is said of a record that this source makes, which spares reading it back from the database."""
        if record in self._heard:
            self._heard[record].append(Sourced(self.sources.voice(source), statement))
        elif record not in self._unheard:
            if len(self._heard) >= _KEPT:
                return
            if self.records.fresh(record) is not None:
                self._heard[record] = [Sourced(self.sources.voice(source), statement)]
            else:
                self._unheard.add(record)

    def _drop_unsaid(self, taking: _Taking) -> None:
        """Deal with what the source said before and does not say now: replaced, or withdrawn with its record."""
        for about, statement in self._batches.partial:
            self._say(self.records.need(about), statement, taking)
        if self.more:
            return
        if taking.said.full:
            self._write_down(self._batches.unmet(), taking)
        for record in self.holding.drop(self._batches.is_met):
            self._dirty.add(record)

    def _remember_series(self, series: str, source: int) -> None:
        """A list tells something of every record that others of its series hold: that it is still there, or not."""
        if not self._dirty and not self.touched and not self.changelog.is_new("source", source):
            return
        self.changelog.flush_table("source")
        rows = self.changelog.connection.execute(
            "SELECT DISTINCT _statement.record_id FROM _statement JOIN source ON source.id = _statement.source_id "
            "WHERE source.series = ? AND _statement.source_id <> ?",
            (series, source),
        )
        self._dirty.update(record for (record,) in rows if record not in self.touched)


def _older(said: SourceSaid, newer: Authority) -> str:
    return (
        f"{said.path or said.key}: is the release of {said.published}, and the register holds that of "
        f"{newer.published}; import it with --older where that is meant"
    )
