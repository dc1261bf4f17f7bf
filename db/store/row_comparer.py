"""Holds rows of a release against the register as it was before the run, in the processes that read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from db.database.connection import connect
from db.parameters import chunks
from db.search.made_rows import OwnText
from db.search.record_texts import TypeWords
from db.statements import Prepared
from db.store.changed_rows import ChangedRows
from db.store.deferred_changes import DeferredChanges
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.made_text import facts_of, made_text
from db.store.outcomes import Outcome
from db.store.prepare import PreparedRow, Preparing
from db.store.projection import Projection
from db.store.resolver import Resolver
from db.store.row_comparison import Body, ComparedRow
from db.store.shared_links import SharedLinks
from db.store.sole_statements import SoleStatements
from db.store.sourced import Authority, Sourced
from db.store.sources import SourceIndex
from db.store.statement_rows import digest

_outcome = attrgetter(*(field.name for field in fields(Outcome)))


class _Tools(NamedTuple):
    changelog: DeferredChanges
    records: RecordIndex
    projection: Projection
    changed: ChangedRows
    shared: SharedLinks


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
        changelog = DeferredChanges(connection, self._run, self._voice.id)
        records = RecordIndex(changelog)
        sources = SourceIndex(changelog, records)
        sources.keep(self._voice)
        words = VocabularyIndex(changelog)
        projection = Projection(changelog, records, sources, words)
        sole = SoleStatements(changelog, records, words)
        resolver = Resolver(projection)
        source, releases = self._voice.id, frozenset(self._releases)
        changed = ChangedRows(changelog, records, sources, words, sole, resolver, source, releases)
        shared = SharedLinks(changed, releases - {source})
        return _Tools(changelog, records, projection, changed, shared)

    def compare(self, prepared: Sequence[Prepared], preparing: Preparing) -> list[Prepared]:
        """Return rows with what they change, where that is found out: of those, what they say is all that is kept, and
        what the index will hold of their records."""
        rows = list(map(PreparedRow._make, prepared))
        found = {line: one for chunk in chunks(rows) for line, one in self._compare(chunk, preparing.types)}
        self._tools.projection.evidence.forget()
        self._tools.records.let_go()
        return [
            tuple(_without_rows(row, *found[row.line]) if row.line in found else preparing.findable(row))
            for row in rows
        ]

    def _compare(
        self, rows: Sequence[PreparedRow], types: Mapping[str, TypeWords]
    ) -> Iterator[tuple[int, tuple[ComparedRow, OwnText | None]]]:
        """Yield what some rows change, with their lines, where their records can be resolved by themselves."""
        changelog, _, projection, changed, shared = self._tools
        pairs = changed.pairs(rows)
        taken = {pair.row.line for pair in pairs}
        more = shared.pairs([row for row in rows if row.line not in taken])
        new = [pair for pair in pairs if not pair.is_same]
        facts = {pair.record: facts_of(pair) for pair in (*new, *(both.pair for both in more))}
        spoken: dict[int, Sequence[Sourced]] = {pair.record: changed.not_alike(pair) for pair in new}
        outcomes = changed.resolve(new, spoken)
        outcomes_of_more, spoken_of_more = shared.resolve(more)
        alike = shared.alike([*new, *(both.pair for both in more)], spoken | spoken_of_more)
        calls = changelog.give_away()
        for record, *_ in projection.let_go():
            calls.pop(record, None)
        for pair in pairs:
            record, row = pair.record, pair.row
            if pair.is_same:
                yield row.line, (ComparedRow(record, tuple(pair.mark), None), None)
            elif record in calls:
                one = ComparedRow(
                    record, tuple(pair.mark), _body(pair.said), _body(row.statements[0]), _outcome(outcomes[record]),
                    calls[record], alike.get(record, ()),
                )  # fmt: skip
                yield row.line, (one, made_text(pair, facts[record], calls[record], types))
        for both in more:
            record, mark, line = both.pair.record, tuple(both.pair.mark), both.pair.row.line
            if both.is_same and all(told.before == told.after for told in both.told):
                yield line, (ComparedRow(record, mark, None), None)
            elif both.is_same or record in calls:
                one = ComparedRow(
                    record, mark, _body(both.pair.said), _body(both.now),
                    _outcome(outcomes_of_more.get(record, Outcome())), calls.get(record, ()), alike.get(record, ()),
                    both.shared(),
                )  # fmt: skip
                yield line, (one, made_text(both.pair, facts[record], one.calls, types))

    def close(self) -> None:
        """Close what this process has opened."""
        if "_tools" in vars(self):
            self._tools.changelog.connection.close()


def _body(text: str) -> Body:
    return digest(text), text


def _without_rows(row: PreparedRow, one: ComparedRow, text: OwnText | None) -> PreparedRow:
    return PreparedRow(row.line, row.digest, row.key, None, None, (), (), (), text, row.statements, tuple(one))


def file_to_read(writer: sqlite3.Connection) -> str | None:
    """Return the file of a register that others may read while it is written; none for one in memory, or a draft."""
    (_, _, path), *_ = writer.execute("PRAGMA database_list")
    (mode,) = writer.execute("PRAGMA journal_mode").fetchone()
    return path if path and mode == "wal" else None
