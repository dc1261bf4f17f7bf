"""Resolves records in batches: what was said is loaded, resolved, and written where it differs from what is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from db.store.changelog import Changelog
from db.store.current_rows import CurrentRecord, chunks, load_current
from db.store.doubted_names import without_doubted
from db.store.identity import RecordIndex
from db.store.meant import as_meant, held_keys, with_keys
from db.store.projection import Outcome, Projection
from db.store.resolve import resolve
from db.store.sourced import Sourced
from db.store.sources import SourceIndex
from db.store.statement_rows import decode


@dataclass(slots=True)
class Resolver:
    """Resolves records for one source of a run."""

    changelog: Changelog
    records: RecordIndex
    sources: SourceIndex
    projection: Projection

    heard: dict[int, list[Sourced]]
    """What this run has just heard of records that it made: all there is to know of those."""

    def resolve(self, dirty: Iterable[int]) -> dict[int, Outcome]:
        """Resolve every record that something new was said of, or that a newer list is silent on."""
        outcomes: dict[int, Outcome] = {}
        acts = self.projection.words.acts
        for chunk in chunks(dirty):
            held = self._held(chunk)
            known = {record: self.heard[record] for record in chunk if record in self.heard}
            spoken = known | self._spoken([record for record in chunk if record not in known])
            self.projection.evidence.load(cite for said in spoken.values() for one in said for cite in one.cites)
            for record in chunk:
                row = held[record].record
                if record in spoken and row is not None:
                    said = with_keys(as_meant(spoken[record], row[0], self.records.joined), row[0])
                    said = without_doubted(said, self.records.doubted.get(record, ()))
                    resolved = resolve(said, self.sources.newest, acts)
                    kept = held_keys(said, row[0])
                    if kept:
                        resolved = replace(resolved, identifiers=kept | dict(resolved.identifiers))
                    outcomes[record] = self.projection.write(record, row[0], resolved, held[record])
        return outcomes

    def _held(self, records: Sequence[int]) -> dict[int, CurrentRecord]:
        """Load what is held of records; those that this run made a moment ago need no look into the database."""
        held: dict[int, CurrentRecord] = {}
        for record in records:
            fresh = self.records.fresh(record)
            if fresh is not None:
                held[record] = fresh
        older = [record for record in records if record not in held]
        if older:
            self.changelog.flush()
            held |= load_current(self.changelog.connection, older)
        return held

    def _spoken(self, records: Sequence[int]) -> dict[int, list[Sourced]]:
        self.changelog.flush_table("_statement")
        marks = ",".join("?" * len(records))
        rows = self.changelog.connection.execute(
            "SELECT id, record_id, source_id, line, body, withdrawn, ended FROM _statement "
            f"WHERE record_id IN ({marks}) ORDER BY id",
            records,
        )
        spoken: dict[int, list[Sourced]] = {}
        for row, record, source, line, body, withdrawn, ended in rows:
            repeated_by = None if ended is not None or withdrawn is not None else self.sources.repeating(source)
            statement = self.changelog.statement(row, line) or decode(body, line)
            one = Sourced(self.sources.voice(source), statement, withdrawn is not None, repeated_by)
            spoken.setdefault(record, []).append(one)
        return spoken
