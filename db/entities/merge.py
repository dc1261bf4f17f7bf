"""Puts what is said under a name alone with the record that is meant, and apart again, through the changelog."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from db.statements import End
from db.store.changelog import Changelog
from db.store.current_rows import CurrentRecord, load_current
from db.store.doubted_names import RULE
from db.store.identity import RecordIndex
from db.store.meant import Meant
from db.store.projection import Projection
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements
from db.store.sources import SourceIndex


@dataclass(slots=True)
class Merger:
    """Moves statements between the record that a name has of its own and the one that it means."""

    changelog: Changelog
    records: RecordIndex
    sources: SourceIndex
    projection: Projection

    def join(self, key: str, own: int, meant: Meant, target: int) -> set[int]:
        """Let `key` mean `target`, and its own record be no more; return the records that changed."""
        self._write_down(own, target)
        self.changelog.flush()
        owners = self._owners(own)
        for (row,) in self._rows("SELECT id FROM _statement WHERE record_id = ?", own):
            self.changelog.update("_statement", row, record_id=target)
        self._clear(own, load_current(self.changelog.connection, [own])[own])
        self._ask_of(key, own, meant, target)
        for (row,) in self._rows("SELECT id FROM evidence WHERE claimant_id = ?", own):
            self.changelog.update("evidence", row, claimant_id=target)
        self.records.join(key, own, meant, target)
        return self._resolve([target, *sorted(owners - {own, target})]) | {own}

    def _write_down(self, own: int, target: int) -> None:
        """Let the record that is meant, and those whose rows speak of the one that goes, be spoken of by several."""
        sole = SoleStatements(self.changelog, self.records, self.projection.words)
        ends = self._rows(
            "SELECT source_id FROM link WHERE target_id = ?1 UNION SELECT target_id FROM link WHERE source_id = ?1", own
        )
        sole.write_down([target, *(record for (record,) in ends)])

    def part(self, key: str, target: int, said: Sequence[int]) -> set[int]:
        """Give `key` a record of its own again, with the rows of table said that speak of it."""
        self.changelog.flush()
        owners = self._owners(target)
        for (row,) in self._rows(
            "SELECT id FROM identifier WHERE record_id = ? AND scheme || ':' || value = ?", target, key
        ):
            self.changelog.delete("identifier", row)
        self.records.part(key)
        own = self.records.need(End(key))
        self.changelog.flush()
        for row in said:
            self.changelog.update("_statement", row, record_id=own)
        # The record of its own comes last: what identifies it has to be let go of first.
        return self._resolve([target, *sorted(owners - {own, target}), own])

    def _ask_of(self, key: str, own: int, meant: Meant, target: int) -> None:
        """Let what was asked about a record be asked about the one that is meant."""
        for row, rule, what, candidates in self.changelog.connection.execute(
            "SELECT id, rule, what, candidates FROM suggestion WHERE record_id = ?", (own,)
        ).fetchall():
            if rule == "same-identifier" and json.loads(candidates) == [meant.key]:
                self.changelog.delete("suggestion", row)  # they are one now
                continue
            # Whose name it is depends on the record; which body is meant is asked of the name itself.
            asked = f"{meant.key}{what.removeprefix(key)}" if rule == RULE else what
            self.changelog.update("suggestion", row, record_id=target, what=asked)

    def _rows(self, query: str, *values: object) -> list[tuple[int, ...]]:
        return self.changelog.connection.execute(query, values).fetchall()

    def _owners(self, record: int) -> set[int]:
        """Return the records that own a link from or to a record."""
        owner = "iif(link_type.owner = 'source', source_id, target_id)"
        query = f"SELECT {owner} FROM link JOIN link_type ON link_type.id = type_id WHERE "
        rows = self._rows(f"{query} source_id = ? UNION {query} target_id = ?", record, record)
        return {found for (found,) in rows}

    def _clear(self, record: int, held: CurrentRecord) -> None:
        """Delete a record with all that is its own."""
        for table, rows in held.own():
            for row, _ in rows.by_key.values():
                self.changelog.delete(table, row)
        for scheme, value in held.identifiers.by_key:
            self.records.forget(scheme, value)
        self.changelog.delete("record", record)

    def _resolve(self, dirty: Sequence[int]) -> set[int]:
        Resolver(self.changelog, self.records, self.sources, self.projection, {}).resolve(dirty)
        self.changelog.flush()
        return set(dirty)
