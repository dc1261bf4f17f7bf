"""Rows that tell of links of which rows of others tell as well, held against the register as it was before the run.

The row of a record tells of links that others own, and theirs of its own. What others said counts here as they said
it before: where a row says otherwise of a link of another record, `LinksOfOthers` knows whether more comes of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import maxsize

from db.statements import Statement
from db.store.changed_rows import ChangedPair, ChangedRows
from db.store.link_owners import by_owner
from db.store.outcomes import Outcome
from db.store.prepare import PreparedRow, links_of, statements_of
from db.store.resolve_closing import SUCCESSION
from db.store.row_comparison import Body, Heard, Link, ToldOfOther
from db.store.sourced import Authority, Sourced
from db.store.statement_rows import digest, encode


@dataclass(slots=True)
class SharedPair:
    """A row with what the sole row of its record said of that, and what both of them say of others."""

    pair: ChangedPair
    now: str
    """What the row says of its record, as JSON."""
    heard: Sequence[tuple[int, int, Statement]]
    """What the rows of others said of the record: whose, of which source."""
    told: Sequence[ToldOfOther]

    @property
    def is_same(self) -> bool:
        """Whether the row says nothing otherwise of its record."""
        return self.pair.said == self.now

    def shared(self) -> tuple[tuple[tuple[object, ...], ...], tuple[tuple[object, ...], ...]]:
        """Return, in plain tuples, what others said of the record, and what its rows say of others."""
        heard = (Heard(speaker, source, part.line or 0, _body(part)) for speaker, source, part in self.heard)
        return tuple(map(tuple, heard)), tuple(map(tuple, self.told))


@dataclass(slots=True)
class _Parts:
    """What sole rows say of others, and what those of others say."""

    of_others: dict[int, dict[int, Statement]] = field(default_factory=dict)
    """By whose row it is and whom it is said of."""
    by_others: dict[int, list[tuple[int, int, Statement]]] = field(default_factory=dict)
    """By record."""


@dataclass(slots=True)
class SharedLinks:
    """Compares such rows of one source."""

    changed: ChangedRows
    earlier: frozenset[int]
    """The sources whose rows stand until this one says otherwise."""

    def pairs(self, rows: Iterable[PreparedRow]) -> list[SharedPair]:
        """Return rows with all that sole rows of earlier releases said of their records, and of others in turn."""
        records, sole = self.changed.records, self.changed.sole
        whole = [row for row in rows if row.record is not None and row.statements]
        records.load([key for row in whole for key in (row.key, *(link[2] for link in row.far))])
        found = {record: row for row in whole if (record := records.find(row.key)) is not None}
        marks = {record: mark for record, mark in sole.marks(found).items() if mark.source in self.earlier}
        if not marks:
            return []
        said = _Parts()
        for record, speaker, source, part in sole.told(list(marks)):
            if record != speaker:
                said.of_others.setdefault(speaker, {})[record] = part
                said.by_others.setdefault(record, []).append((speaker, source, part))
        told = {record: self._told(found[record], said.of_others.get(record, {})) for record in marks}
        others = {one.owner for several in told.values() for one in several}
        earlier = {one for one, mark in sole.marks(others).items() if mark.source in self.earlier}
        pairs = self.changed.paired(found, marks)
        return [
            SharedPair(pair, _own(pair.row), heard, told[pair.record])
            for pair in pairs
            for heard in [said.by_others.get(pair.record, ())]
            # What others say counts as what an earlier release said.
            if all(one.owner in earlier for one in told[pair.record])
            and all(source in self.earlier for _, source, _ in heard)
        ]

    def _told(self, row: PreparedRow, before: Mapping[int, Statement]) -> list[ToldOfOther]:
        """Return what the rows of a record say of others; one that is not there yet has the number 0."""
        after: dict[int, Statement] = {}
        if row.far:
            _, *parts = by_owner(statements_of(row)[0], self.changed.words.link_types)
            after = {self.changed.records.find(about.key) or 0: part for part, about in parts}
        return [_tell(owner, before.get(owner), after.get(owner), row.key) for owner in {**before, **after}]

    def resolve(self, pairs: Sequence[SharedPair]) -> tuple[dict[int, Outcome], dict[int, Sequence[Sourced]]]:
        """Make the register hold what comes of rows that say something else of their records.

        Return what came of the records, and what was said of them.
        """
        some = [one for one in pairs if not one.is_same]
        spoken: dict[int, Sequence[Sourced]] = {one.pair.record: self._said(one) for one in some}
        return self.changed.resolve([one.pair for one in some], spoken), spoken

    def _said(self, one: SharedPair) -> list[Sourced]:
        """Return what is said of a record, without what its own rows say alike and others do not tell of."""
        sources = self.changed.sources
        ties = [(link.type, link.outward, link.other.key, link.role) for *_, part in one.heard for link in part.links]
        return [
            *self.changed.not_alike(one.pair, ties),
            *(
                Sourced(sources.voice(source), part, repeated_by=sources.repeating(source))
                for _, source, part in one.heard
            ),
        ]

    def alike(
        self, pairs: Iterable[ChangedPair], spoken: Mapping[int, Sequence[Sourced]]
    ) -> dict[int, tuple[Link, ...]]:  # fmt: skip
        """Return the successions that rows state, if it is the same whether their other ends state them alike.

        `spoken` is all that is said of the records; what of that is no succession says nothing of one.
        """
        source = self.changed.sources.voice(self.changed.source)
        found: dict[int, tuple[Link, ...]] = {}
        keys: dict[int, str] = {}
        said: dict[int, list[Sourced]] = {}
        more: dict[int, list[Sourced]] = {}
        for pair in pairs:
            links = tuple(link for link in pair.row.own if link[0] == SUCCESSION)
            if links and pair.record in spoken:
                record, row = pair.record, pair.row
                found[record], keys[record] = links, row.key
                said[record] = [_of_successions(one, one.repeated_by) for one in spoken[record]]
                # The last of its release, so that nothing is told in another order.
                kind = spoken[record][0].statement.kind
                mirrored = Statement(row.key, kind, maxsize, partial=True, links=tuple(links_of(links)))
                more[record] = [*(_of_successions(one, None) for one in spoken[record]), Sourced(source, mirrored)]
        alike = self.changed.resolver.with_the_same_links(keys, said, more) if keys else ()
        return {record: found[record] for record in alike}


def _own(row: PreparedRow) -> str:
    """Return what a row says of its own record, as JSON."""
    return encode(statements_of(row._replace(far=()))[0]) if row.far else row.statements[0]


def _of_successions(one: Sourced, repeated_by: Authority | None) -> Sourced:
    said = one.statement
    links = tuple(link for link in said.links if link.type == SUCCESSION)
    return Sourced(
        one.origin, Statement(said.key, said.kind, said.line, said.partial, links=links), repeated_by=repeated_by
    )


def _body(statement: Statement) -> Body:
    """Return a statement as JSON, behind its digest."""
    text = encode(statement)
    return digest(text), text


def _tell(owner: int, before: Statement | None, after: Statement | None, speaker: str) -> ToldOfOther:
    links = tuple(
        (one.type, one.outward, speaker, one.role, one.start, one.end, one.legal_start, one.legal_end, one.status)
        for one in (after.links if after is not None else ())
    )
    return ToldOfOther(owner, None if before is None else _body(before), None if after is None else _body(after), links)
