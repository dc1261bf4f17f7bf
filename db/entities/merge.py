"""Puts what is said of two records that are one body together, and apart again, through the changelog."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from db.entities.decide import RULE as BY_NAME
from db.entities.suggestions import SAME_CODE
from db.statements import End
from db.store.current_rows import CurrentRecord, load_current
from db.store.empty_record import empty_record
from db.store.matched_statements import Meant
from db.store.projection import Projection
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements


class Merger:
    """Moves statements between the record that a key has of its own and the one that it means."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.changelog, self.records = projection.changelog, projection.records
        self._codes: list[str] = []
        """Those of records that are no more, until what was moved is resolved."""

    def join(self, key: str, own: int, meant: Meant, target: int) -> set[int]:
        """Let `key` mean `target`, and its own record be no more; return the records that changed."""
        return self.resolve_moved(self.move(key, own, meant, target)) | {own}

    def move(self, key: str, own: int, meant: Meant, target: int) -> list[int]:
        """Let what is said of `key` be said of `target`; return the records that are to be resolved then."""
        self._write_down(own, target)
        self.changelog.flush()
        owners = self._owners(own)
        for (row,) in self._rows("SELECT id FROM _statement WHERE record_id = ?", own):
            self.changelog.update("_statement", row, record_id=target)
        held = load_current(self.changelog.connection, [own])[own]
        self._clear(own, held)
        self._ask_of(key, own, meant, target)
        for table, column in (("evidence", "claimant_id"), ("source", "record_id")):
            for (row,) in self._rows(f"SELECT id FROM {table} WHERE {column} = ?", own):
                self.changelog.update(table, row, **{column: target})
        codes = [f"{scheme}:{value}" for scheme, value in held.identifiers.by_key]
        self.records.join(key, own, meant, target, codes)
        for code in codes:
            self.records.claim(target, code)
        self._codes += codes
        return [target, *sorted(owners - {own, target})]

    def _write_down(self, own: int, target: int) -> None:
        """Let both records, and those whose rows speak of the one that goes, be spoken of by several."""
        sole = SoleStatements(self.changelog, self.records, self.projection.words)
        ends = self._rows(
            "SELECT source_id FROM link WHERE target_id = ?1 UNION SELECT target_id FROM link WHERE source_id = ?1", own
        )
        sole.write_down([target, *(record for (record,) in ends), own])

    def part(
        self, key: str, target: int, said: Sequence[int], others: Iterable[str] = (), codes: Collection[str] = ()
    ) -> set[int]:
        """Give `key` a record of its own again, with the rows of table said that speak of it.

        `others` are keys that mean the same as it; `codes` it has, though its former record may claim them as well.
        """
        self.changelog.flush()
        owners = self._owners(target)
        for code in (key, *codes):
            query = "SELECT id FROM identifier WHERE record_id = ? AND scheme || ':' || value = ?"
            for (row,) in self._rows(query, target, code):
                self.changelog.delete("identifier", row)
        self.records.part((key, *others, *codes))
        self.changelog.flush()
        found = self.records.find(key)
        # A crosswalk may know it for the same body.
        own = self.records.make(End(key)) if found in (None, target) else found
        for code in codes:
            self.records.identify(own, *code.split(":", 1))
        self.changelog.flush()
        for row in said:
            self.changelog.update("_statement", row, record_id=own)
        if not self._rows("SELECT 1 FROM _statement WHERE record_id = ? LIMIT 1", target):
            empty_record(self.changelog, self.records, target)
        self._resolve([target])
        self._call_anew(target)
        # The record of its own comes last: what identifies it has to be let go of first.
        return self._resolve([*sorted(owners - {own, target}), own]) | {target}

    def _call_anew(self, record: int) -> None:
        """Let a record to which nobody gives a name any more be called as those who lead to it call it."""
        nameless = "SELECT key FROM record r WHERE id = ? AND placeholder AND NOT EXISTS "
        nameless += "(SELECT 1 FROM name WHERE record_id = r.id)"
        for (key,) in self.changelog.connection.execute(nameless, (record,)).fetchall():
            scheme, value = key.split(":", 1)
            self.changelog.update("record", record, name=value)
            self.records.forget(scheme, value)
            self.records.uncall(record)

    def _ask_of(self, key: str, own: int, meant: Meant, target: int) -> None:
        """Let what was asked about a record be asked about the one that is meant."""
        there = {
            (rule, what): (row, state)
            for row, rule, what, state in self.changelog.connection.execute(
                "SELECT id, rule, what, state FROM suggestion WHERE record_id = ?", (target,)
            )
        }
        for row, rule, what, state, candidates in self.changelog.connection.execute(
            "SELECT id, rule, what, state, candidates FROM suggestion WHERE record_id = ?", (own,)
        ).fetchall():
            if meant.key in _alone(candidates):
                self.changelog.delete("suggestion", row)  # they are one now
                continue
            subject, words = asked_of(rule, what)
            asked = f"{meant.key} {words}" if subject == key else what
            same, same_state = there.get((rule, asked), (None, "open"))
            if same is not None and state != "open" and same_state == "open":
                self.changelog.delete("suggestion", same)
            elif same is not None:
                self.changelog.delete("suggestion", row)
                continue
            self.changelog.update("suggestion", row, record_id=target, what=asked)
        for row, candidates in self.changelog.connection.execute(
            "SELECT id, candidates FROM suggestion WHERE record_id = ?", (target,)
        ).fetchall():
            if key in _alone(candidates):
                self.changelog.delete("suggestion", row)

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

    def resolve_moved(self, moved: Collection[int]) -> set[int]:
        """Make the register hold what is said of records since others were moved to them; return these records."""
        changed = self._resolve(moved)
        for code in self._codes:
            # What nobody says any more in the one record may be another's.
            self.records.forget(*code.split(":", 1))
        self._codes.clear()
        return changed

    def _resolve(self, dirty: Collection[int]) -> set[int]:
        Resolver(self.projection).resolve(dirty)
        self.changelog.flush()
        return set(dirty)


def asked_of(rule: str, what: str) -> tuple[str, str]:
    """Return the key of the record that is asked about, empty where any record might be, and what is asked.

    What is asked depends on the record; which body is meant is asked of the name or the code itself.
    """
    if rule in (BY_NAME, SAME_CODE):
        return "", what
    subject, _, words = what.partition(" ")
    return subject, words


def _alone(candidates: str) -> list[str]:
    """Return the key that a question offers alone: whether two are one is asked so."""
    offered = json.loads(candidates)
    return [one for one in offered if isinstance(one, str)] if len(offered) == 1 else []
