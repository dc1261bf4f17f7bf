"""Settles records in batches: what was said is loaded, settled, and written where it differs from what is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from db.writing.bodies import decode
from db.writing.books import RecordBook, SourceBook
from db.writing.clearing import without_doubted
from db.writing.current import Current, chunks, load
from db.writing.ledger import Ledger
from db.writing.materialise import Materialiser, Outcome
from db.writing.meaning import as_meant, held_keys, with_keys
from db.writing.settle import Spoken, settle


@dataclass(slots=True)
class Settling:
    """Settles records for one source of a run."""

    ledger: Ledger
    records: RecordBook
    sources: SourceBook
    materialiser: Materialiser

    heard: dict[int, list[Spoken]]
    """What this run has just heard of records that it made: all there is to know of those."""

    def settle(self, dirty: Iterable[int]) -> dict[int, Outcome]:
        """Settle every record that something new was said of, or that a newer list is silent on."""
        outcomes: dict[int, Outcome] = {}
        for chunk in chunks(dirty):
            held = self._held(chunk)
            known = {record: self.heard[record] for record in chunk if record in self.heard}
            spoken = known | self._spoken([record for record in chunk if record not in known])
            for record in chunk:
                row = held[record].record
                if record in spoken and row is not None:
                    said = with_keys(as_meant(spoken[record], row[0], self.records.joined), row[0])
                    said = without_doubted(said, self.records.doubted.get(record, ()))
                    settled = settle(said, self.sources.newest)
                    kept = held_keys(said, row[0])
                    if kept:
                        settled = replace(settled, identifiers=kept | dict(settled.identifiers))
                    outcomes[record] = self.materialiser.write(record, row[0], settled, held[record])
        return outcomes

    def _held(self, records: Sequence[int]) -> dict[int, Current]:
        """Load what is held of records; those that this run made a moment ago need no look into the database."""
        held: dict[int, Current] = {}
        for record in records:
            fresh = self.records.fresh(record)
            if fresh is not None:
                held[record] = fresh
        older = [record for record in records if record not in held]
        if older:
            self.ledger.flush()
            held |= load(self.ledger.connection, older)
        return held

    def _spoken(self, records: Sequence[int]) -> dict[int, list[Spoken]]:
        self.ledger.flush_table("said")
        marks = ",".join("?" * len(records))
        rows = self.ledger.connection.execute(
            "SELECT id, record_id, source_id, line, body, withdrawn, ended FROM said "
            f"WHERE record_id IN ({marks}) ORDER BY id",
            records,
        )
        spoken: dict[int, list[Spoken]] = {}
        for row, record, source, line, body, withdrawn, ended in rows:
            repeated_by = None if ended is not None or withdrawn is not None else self.sources.repeating(source)
            statement = self.ledger.said(row, line) or decode(body, line)
            one = Spoken(self.sources.voice(source), statement, withdrawn is not None, repeated_by)
            spoken.setdefault(record, []).append(one)
        return spoken
