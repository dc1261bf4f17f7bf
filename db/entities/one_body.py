"""Records that are one body, as a person says: joined by a statement of its own, and parted when that is taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from db.entities.candidates import Bodies, NamedBody, by_record, known_by_name, said_rows
from db.entities.decide import RULE as BY_NAME
from db.entities.decide import decide
from db.entities.leaving import Before, HandJoin, KeyedStatement, codes_of, leaving
from db.entities.merge import Merger, asked_of
from db.entities.suggestions import SAME_CODE, add_suggestions
from db.errors import UsageError, no_record
from db.keys import JOINED_BY_HAND, OWN_SCHEMES, slug
from db.logged_rows import COLUMNS, kept_row
from db.statements import IdentifierSaid, SourceSaid, Statement
from db.store.changelog import Changelog
from db.store.matched_statements import SCHEME, Meant
from db.store.projection import Projection
from db.store.statement_rows import decode

FORMAT = "merge"
REVIEWED = "review"


def join_one_bodies(projection: Projection) -> set[int]:
    """Join the records that are one body with another, as statements say; return those that changed."""
    records, merger = projection.records, Merger(projection)
    changed: set[int] = set()
    while projection.one_body:
        record, code = projection.one_body.pop()
        target, own = records.key(record), records.find(code)
        key = None if own is None else records.key(own)
        if target is None or own is None or key is None or own == record:
            continue
        if not _is_ruled_out(projection.changelog, record, code):
            changed |= merger.join(key, own, Meant(target, inferred=False), record)
    return changed


def _asked(code: str) -> str:
    return f"{code} is given for two records: are they one?"


def _is_ruled_out(changelog: Changelog, record: int, code: str) -> bool:
    """Whether a person says that a code which a record has is another's."""
    changelog.flush_table("suggestion")
    query = "SELECT 1 FROM suggestion WHERE record_id = ? AND rule = ? AND what = ? AND state = 'rejected'"
    return changelog.connection.execute(query, (record, SAME_CODE, _asked(code))).fetchone() is not None


def surviving(one: str, other: str) -> tuple[str, str]:
    """Return the key that two records have as one, then the one that is a code of it: by what rests on the least.

    A code of ODS, then one of another register, then what is made of a name; of two alike the first in the alphabet.
    """
    first, second = sorted((one, other), key=lambda key: (_weakness(key), key))
    return first, second


def _weakness(key: str) -> int:
    scheme = key.partition(":")[0]
    return 0 if scheme == "ods" else 2 if scheme in OWN_SCHEMES else 1


def joined_by_hand(key: str, other: str) -> SourceSaid:
    """Return the source that a person is who joins two records."""
    return SourceSaid(f"{JOINED_BY_HAND}{slug(f'{key} {other}')}", f"Joined by hand: {other} is {key}")


class _Parting(NamedTuple):
    """Two bodies that are one record: its own key and row, and the key of the body that leaves it."""

    target: str
    record: int
    key: str
    tie: HandJoin | None
    """What a person says for their being one; None where they were joined by themselves."""


class OneBody:
    """Joins and parts records for one session, as a person asks."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.changelog, self.records, self.sources = projection.changelog, projection.records, projection.sources

    def both(self, one: str, other: str, keep: str | None = None) -> tuple[str, str]:
        """Return the key that two records have as one, and the other. Raises NotFoundError, and UsageError where they
        cannot be one."""
        (first, kind), (second, other_kind) = self.known(one), self.known(other)
        if first == second:
            raise UsageError(
                f"{one} is named twice: name the two records that are one body"
                if one == other
                else f"{one} and {other} are one record already: {first}"
            )
        if kind != other_kind:
            raise UsageError(f"{first} is of kind {kind} and {second} of kind {other_kind}: they cannot be one")
        if keep is None:
            return surviving(first, second)
        if keep not in (one, other, first, second):
            raise UsageError(f"--keep names {keep}, which is neither of the two: write {first} or {second}")
        return (first, second) if keep in (one, first) else (second, first)

    def joining(self, key: str, other: str, named: Sequence[str] = ()) -> Statement:
        """Return what a person says who lets `other` be the record with a key. Raises NotFoundError, UsageError.

        Keys made of a name by which they `named` the two stay with them, whoever else comes to have the name.
        """
        (target, kind), (own, other_kind) = self.known(key), self.known(other)
        if target == own:
            raise UsageError(f"{key} and {other} are one record already: {target}")
        if kind != other_kind:
            raise UsageError(f"{target} is of kind {kind} and {other} of kind {other_kind}: they cannot be one")
        found = self.records.joined
        codes = [own, *(one for one in named if one not in (target, own) and one in found and found[one].inferred)]
        identifiers = tuple(IdentifierSaid(scheme, value) for scheme, value in (code.split(":", 1) for code in codes))
        return Statement(target, kind, partial=True, identifiers=identifiers, one_body=True)

    def known(self, key: str) -> tuple[str, str]:
        """Return key and kind of the record that a key opens. Raises NotFoundError."""
        record = self.records.find(key)
        row = None if record is None else self._row("SELECT key, kind FROM record WHERE id = ?", record)
        if row is None:
            raise no_record(key)
        return row[0], row[1]

    def part(self, one: str, other: str | None) -> tuple[set[int], str, str]:
        """Part a body from the record that it is one with; return the records that changed, and the keys of both.

        Raises NotFoundError, and UsageError where they are two already or it is not plain which are to be parted.
        """
        parting = self._parting(one, other)
        rows, _ = self._leaving(parting)
        if parting.tie is not None:
            self.changelog.delete("_statement", parting.tie.row)
        by_name = parting.tie is None and self._is_by_name(parting.key, rows)
        if by_name:
            # Parted when the run ends, as any name that means somebody else.
            self._rule_out(parting)
            return {parting.record}, parting.target, parting.key
        if parting.tie is None and not rows and not self._is_led_to(parting):
            raise UsageError(
                f"{parting.key} is a code that sources give to {parting.target}; nothing else is said under it, so "
                "there are no two to part"
            )
        merger = Merger(self.projection)
        changed = self._let_go_of_names(parting, merger)
        rows, codes = self._leaving(parting)
        changed |= merger.part(parting.key, parting.record, rows, (), codes)
        if parting.tie is None:
            self._rule_out_codes(parting)
        else:
            self._give_back(parting)
            self._forget(parting.tie.source)
            said_of_target = self.records.find(parting.tie.key) == parting.record
            if said_of_target and self._is_by_name(parting.key, rows) and self._is_meant(parting):
                self._rule_out(parting)
        return changed, parting.target, parting.key

    def _leaving(self, parting: _Parting) -> tuple[list[int], frozenset[str]]:
        said = [one for one in self._said(parting.record) if parting.tie is None or one.tie != parting.tie]
        return leaving(said, parting.key, parting.target, self._before(parting))

    def _parting(self, one: str, other: str | None) -> _Parting:
        """Find which body leaves which record."""
        (target, _), record = self.known(one), self.records.find(one)
        if record is None or (other is not None and self.records.find(other) != record):
            raise UsageError(f"{one} and {other} are two records already")
        ties = [one.tie for one in self._said(record) if one.tie is not None]
        named = {one, other} - {None}
        meant = [tie for tie in ties if named <= {tie.key, *tie.codes}] if other else []
        if not meant:
            # A record that was joined itself leaves with all that was joined with it.
            meant = [tie for tie in ties if tie.codes & named] or [tie for tie in ties if tie.key in named]
        if len(meant) == 1:
            return _Parting(target, record, meant[0].other, meant[0])
        if meant:
            pairs = "; ".join(f"interlock unmerge {tie.key} {tie.other}" for tie in meant)
            raise UsageError(f"{target} was joined with several: say from which it is to be parted: {pairs}")
        leaving = [key for key in (one, other) if key is not None and key != target]
        if len(leaving) != 1:
            raise UsageError(
                f"nobody joined {target} with another by hand; where one of its codes is another body's, name it as "
                f"well: interlock unmerge {target} CODE"
            )
        return _Parting(target, record, leaving[0], None)

    def _said(self, record: int) -> list[KeyedStatement]:
        self.changelog.flush()
        by_hand = self._by_hand()
        found = []
        for row, source, body, line in self.changelog.connection.execute(
            "SELECT id, source_id, body, line FROM _statement WHERE record_id = ? ORDER BY id", (record,)
        ):
            statement = decode(body, line)
            codes = codes_of(statement)
            tie = None
            if statement.one_body and source in by_hand:
                first = statement.identifiers[0]
                tie = HandJoin(row, source, statement.key, f"{first.scheme}:{first.value}", codes)
            found.append(KeyedStatement(row, statement.key, codes, tie))
        return found

    def _by_hand(self) -> set[int]:
        """Return the sources that are what a person says."""
        rows = self.changelog.connection.execute(f"SELECT id FROM source WHERE format IN ('{FORMAT}', '{REVIEWED}')")
        return {row for (row,) in rows}

    def _before(self, parting: _Parting) -> Before:
        """Return what was the body's when it was joined, as the run that joined it remembers."""
        if parting.tie is None:
            return Before()
        former = self._former(parting)
        moved = {
            row: decode(body, None)
            for row, record, _, _, _, body, *_ in self._images(parting, "_statement")
            if record == former
        }
        codes = {
            f"{scheme}:{value}" for _, record, scheme, value in self._images(parting, "identifier") if record == former
        }
        keys = {one.key for one in moved.values()}
        claimed = keys.union(*map(codes_of, moved.values()))
        return Before(parting.tie.row, frozenset(moved), frozenset(keys), frozenset(codes), frozenset(claimed - codes))

    def _former(self, parting: _Parting) -> int | None:
        """Return the number that the record had which a person joined with another."""
        return next((row for row, key, *_ in self._images(parting, "record") if key == parting.key), None)

    def _images(self, parting: _Parting, table: str) -> Iterator[list[Any]]:
        """Yield the rows that the run which joined two changed, as they were before."""
        if parting.tie is None:
            return
        rows = self.changelog.connection.execute(
            "SELECT before FROM _change WHERE run_id = (SELECT run_id FROM source WHERE id = ?) AND tbl = ? "
            "AND before IS NOT NULL ORDER BY id",
            (parting.tie.source, table),
        ).fetchall()
        for (before,) in rows:
            yield kept_row(table, before)

    def _is_by_name(self, key: str, rows: Sequence[int]) -> bool:
        """Whether a body is known by its name alone, so that what means it is decided by the names."""
        if not key.startswith(f"{SCHEME}:"):
            return False
        listed = ",".join(map(str, rows))
        bodies = self.changelog.connection.execute(f"SELECT body, line FROM _statement WHERE id IN ({listed})")
        return all(decode(body, line).by_name for body, line in bodies)

    def _is_led_to(self, parting: _Parting) -> bool:
        """Whether a link was stated with a key."""
        quoted = json.dumps(parting.key)
        row = self._row(
            "SELECT 1 FROM link l JOIN _statement s ON s.record_id IN (l.source_id, l.target_id) "
            "WHERE ?1 IN (l.source_id, l.target_id) AND s.record_id <> ?1 AND instr(s.body, ?2) LIMIT 1",
            parting.record,
            f'"other":{{"key":{quoted}',
        )
        return row is not None

    def _rule_out(self, parting: _Parting) -> None:
        """Remember that a name does not mean a record."""
        what = f"{parting.key} has a name and no code: is it one of these?"
        row = self._row("SELECT id, candidates FROM suggestion WHERE rule = ? AND what = ?", BY_NAME, what)
        ruled_out = {"key": parting.target, "name": self._name(parting.record), "score": 100.0}
        if row is None:
            values = (self.changelog.run, parting.record, BY_NAME, what, 1.0, json.dumps([ruled_out]), "rejected")
            self.changelog.insert("suggestion", values)
            return
        before = [one for one in json.loads(row[1]) if one["key"] != parting.target]
        self.changelog.update("suggestion", row[0], candidates=json.dumps([ruled_out, *before]), state="rejected")

    def _name(self, record: int) -> str:
        row = self._row("SELECT name FROM record WHERE id = ?", record)
        return str(row[0]) if row else ""

    def _let_go_of_names(self, parting: _Parting, merger: Merger) -> set[int]:
        """Give names that were found to mean the record to themselves: when the run ends, they may mean either body."""
        return self._let_go(merger, lambda one: one.holder == parting.record and one.key != parting.key)

    def let_go(self, statement: Statement) -> set[int]:
        """Give names that were found to mean a record to themselves, before a person's word says whose they are."""
        codes = codes_of(statement)
        if all(code not in self.records.joined for code in codes):
            return set()
        merger = Merger(self.projection)
        return self._let_go(merger, lambda one: one.key in codes)

    def _let_go(self, merger: Merger, concerns: Callable[[NamedBody], bool]) -> set[int]:
        known = known_by_name(self.changelog.connection, self.records, self.sources)
        changed: set[int] = set()
        for one in known.values():
            if concerns(one) and not (one.own or one.declared):
                changed |= merger.part(one.key, one.holder, said_rows(one), one.others)
        return changed

    def _is_meant(self, parting: _Parting) -> bool:
        """Whether the name of a body would lead it to the record that it was parted from."""
        connection = self.changelog.connection
        known = known_by_name(connection, self.records, self.sources)
        one = known.get(parting.key)
        if one is None:
            return False
        return decide(one.asked, Bodies(connection, by_record(known)).named(one.asked.forms)).record == parting.record

    def _rule_out_codes(self, parting: _Parting) -> None:
        """Remember that no code which two records share makes them one."""
        both = {parting.record, self.records.find(parting.key)}
        claims = [*self.projection.conflicts, *self.projection.one_body]
        claims += ((record, code) for record, _, code in self.projection.declared)
        shared = [(record, code) for record, code in dict.fromkeys(claims) if record in both]
        self.projection.conflicts += shared
        add_suggestions(self.changelog, self.records, (), self.projection.conflicts)
        for record, code in shared:
            query = "SELECT id FROM suggestion WHERE record_id = ? AND rule = ? AND what = ?"
            row = self._row(query, record, SAME_CODE, _asked(code))
            if row is not None and self.records.find(code) in both:
                self.changelog.update("suggestion", row[0], state="rejected")

    def _give_back(self, parting: _Parting) -> None:
        """Let what led to a body, and what was asked of it, before a person joined it be its own again."""
        own, former = self.records.find(parting.key), self._former(parting)
        for table, place in (("evidence", "claimant_id"), ("source", "record_id")):
            column = COLUMNS[table].index(place)
            for row, *rest in self._images(parting, table):
                if former is not None and rest[column - 1] == former:
                    self.changelog.update(table, row, **{place: own})
        self._ask_again(parting, former, own)
        add_suggestions(self.changelog, self.records, (), self.projection.conflicts)

    def _ask_again(self, parting: _Parting, former: int | None, own: int | None) -> None:
        """Ask of both bodies what was asked before they were joined, with the answers that were given since."""
        self.changelog.flush()
        rows = self.changelog.connection.execute("SELECT id, record_id, rule, what FROM suggestion").fetchall()
        # The number of one that was withdrawn may be another's now.
        held = {(row, rule, asked_of(rule, what)[1]) for row, _, rule, what in rows}
        asked = {(record, rule, what) for _, record, rule, what in rows}
        seen: set[object] = set()
        for row, run, record, *rest in self._images(parting, "suggestion"):
            known = row in seen
            seen.add(row)
            if known or record not in (former, parting.record):
                continue
            now = own if record == former else record
            rule, what = rest[0], rest[1]
            is_there = (row, rule, asked_of(rule, what)[1]) in held
            if is_there and record == former:
                self.changelog.update("suggestion", row, record_id=now, what=what)
            elif not is_there and (now, rule, what) not in asked:
                self.changelog.insert("suggestion", (run, now, *rest))

    def _forget(self, source: int) -> None:
        """Let go of a source that says nothing any more."""
        self.changelog.flush()
        for (row,) in self.changelog.connection.execute("SELECT id FROM evidence WHERE source_id = ?", (source,)):
            self.changelog.delete("evidence", row)
        self.changelog.delete("source", source)

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        self.changelog.flush()
        row: tuple[Any, ...] | None = self.changelog.connection.execute(query, values).fetchone()
        return row
