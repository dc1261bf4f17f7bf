"""Rows that say otherwise what a row of an earlier release said, where these two are all that is said of a record.

They come to what is made of any two rows. What both say alike is not resolved: it stays as it is held, with the
evidence of its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from db.logged_rows import COLUMNS
from db.parameters import chunks
from db.statements import FactSaid, NameSaid
from db.store.changelog import Changelog
from db.store.current_rows import CurrentRecord, Natural, load_current
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.outcomes import Outcome
from db.store.prepare import STATED, PreparedRow, links_of, sole_statement, statement_of
from db.store.resolve_closing import SUCCESSION
from db.store.resolver import Resolver
from db.store.sole_statements import SoleMark, SoleStatements
from db.store.sourced import Sourced
from db.store.sources import SourceIndex
from db.store.statement_rows import digest, encode

_TIE = 4
"""How many values of a link, as rows are prepared with it, make it one of a tie."""
_GONE = COLUMNS["link"].index("gone") - 1
_COLUMNS = itemgetter(*(COLUMNS["record"].index(column) - 1 for column in STATED))
"""Takes what the row of a record stated of it from the columns of `record`."""


class ChangedRow(NamedTuple):
    """A row that was taken, and what came of the record that it describes; None where it says just the same."""

    row: PreparedRow
    record: int
    outcome: Outcome | None
    told: Sequence[int] | None = None
    """Of whom else it tells, where rows share links: what comes of that is known when all are taken."""
    news: bool = True
    """Whether it says anything that the one before did not."""


class ChangedPair(NamedTuple):
    """A record with the row that it was made of, as it was and as JSON, and the one that has come."""

    record: int
    mark: SoleMark
    columns: Sequence[Any]
    """What the row said, as `sole_statement` takes it."""
    names: Sequence[NameSaid]
    said: str
    row: PreparedRow
    current: CurrentRecord
    links: dict[tuple[Any, ...], Natural]
    """Links as rows are prepared with them, in the order in which they were stated."""

    @property
    def is_same(self) -> bool:
        """Whether the text of the row changed, and not what it says."""
        return self.said == self.row.statements[0]


@dataclass(slots=True)
class ChangedRows:
    """Takes such rows of one source."""

    changelog: Changelog
    records: RecordIndex
    sources: SourceIndex
    words: VocabularyIndex
    sole: SoleStatements
    resolver: Resolver
    source: int
    releases: InitVar[Iterable[int]]
    """The sources whose rows stand until this one says otherwise, itself perhaps among them."""
    _earlier: frozenset[int] = field(init=False)
    _types: dict[int, tuple[str, bool]] = field(init=False)
    """Name of each link type, and whether the source end owns such links."""

    def __post_init__(self, releases: Iterable[int]) -> None:
        self._earlier = frozenset(releases) - {self.source}
        self._types = {kind.id: (name, kind.owner == "source") for name, kind in self.words.link_types.items()}

    def take(self, rows: Iterable[PreparedRow], left: list[PreparedRow]) -> Iterator[ChangedRow]:
        """Take rows; those that have to be taken like any others are added to `left`."""
        for chunk in chunks(rows):
            pairs = self.pairs(chunk)
            taken = {pair.row.line for pair in pairs}
            left += [row for row in chunk if row.line not in taken]
            for pair in pairs:
                if pair.is_same:
                    self.sole.note(pair.record, pair.row.digest)
                    yield ChangedRow(pair.row, pair.record, None)
            changed = [pair for pair in pairs if not pair.is_same]
            for pair in changed:
                self._write_down(pair)
            self.sole.forget({pair.record: pair.mark for pair in changed})
            outcomes = self.resolve(changed, {pair.record: self.not_alike(pair) for pair in changed})
            for pair in changed:
                yield ChangedRow(pair.row, pair.record, outcomes[pair.record])

    def pairs(self, rows: Sequence[PreparedRow]) -> list[ChangedPair]:
        """Return those of some rows that say all there is of a record, with what all there was said of it."""
        whole = [row for row in rows if row.record is not None and row.statements and not row.far]
        self.records.load([row.key for row in whole])
        found = {record: row for row in whole if (record := self.records.find(row.key)) is not None}
        marks = {record: mark for record, mark in self.sole.marks(found).items() if mark.source in self._earlier}
        if not marks:
            return []
        # Links may lead to records that are new, and evidence may be.
        self.changelog.flush()
        for record in self.sole.speaking_of_others(marks):
            del marks[record]
        # What has evidence of its own is stated by others too.
        return [pair for pair in self.paired(found, marks) if not pair.current.cited]

    def paired(self, found: Mapping[int, PreparedRow], marks: Mapping[int, SoleMark]) -> list[ChangedPair]:
        """Return rows with what the sole rows of their records said of these."""
        held = load_current(self.changelog.connection, list(marks))
        keys = self._far_keys(held.values())
        return [self._pair(record, marks[record], found[record], current, keys) for record, current in held.items()]

    def _far_keys(self, held: Iterable[CurrentRecord]) -> dict[int, str]:
        """Return the keys of the records that links lead to."""
        ends = {end for current in held for _, link in current.links.by_key.values() for end in link[:2]}
        keys: dict[int, str] = {}
        for some in chunks(ends):
            query = f"SELECT id, key FROM record WHERE id IN ({','.join('?' * len(some))})"
            keys.update(self.changelog.connection.execute(query, some))
        return keys

    def _pair(
        self, record: int, mark: SoleMark, row: PreparedRow, current: CurrentRecord, keys: Mapping[int, str]
    ) -> ChangedPair:
        links = self._links(current, keys)
        names = [NameSaid(values[1], verbatim=values[5]) for _, values in current.names.by_key.values()]
        columns = (mark.line, *_COLUMNS(current.record or ()))
        said = encode(sole_statement(columns, names, _facts(current), links_of(links)))
        return ChangedPair(record, mark, columns, names, said, row, current, links)

    def _write_down(self, pair: ChangedPair) -> None:
        """Write down what two rows say of a record, the earlier until the source that is taken."""
        record, mark, row, now = pair.record, pair.mark, pair.row, pair.row.statements[0]
        self.changelog.insert_body(record, mark.source, mark.line, digest(pair.said), pair.said, self.source)
        self.changelog.insert_body(record, self.source, row.line, digest(now), now)

    def resolve(
        self, pairs: Sequence[ChangedPair], spoken: Mapping[int, Sequence[Sourced]]
    ) -> dict[int, Outcome]:  # fmt: skip
        """Make the register hold what both rows come to, of which `not_alike` tells what counts."""
        return self.resolver.resolve_loaded(spoken, {pair.record: pair.current for pair in pairs})

    def not_alike(self, pair: ChangedPair, more: Iterable[tuple[Any, ...]] = ()) -> tuple[Sourced, Sourced]:
        """Leave what both rows say alike out of what is held, and return what both say without that.

        Links of one tie tell of one another's periods, so that all of them have to be alike; and a succession tells
        more than itself, as do the ties of which others tell, `more`: type, whether outward, far end, role.
        """
        row, held_facts, held_links = pair.row, pair.current.facts.by_key, pair.current.links.by_key
        facts = [fact for fact in row.facts if held_facts.pop((fact[0], repr(fact[1]), *fact[2:]), None) is None]
        ties = {*more, *(link[:_TIE] for link in pair.links.keys() ^ row.own)}
        ties.update(link[:_TIE] for link in row.own if link[0] == SUCCESSION)
        for link, key in pair.links.items():
            if link[:_TIE] not in ties:
                del held_links[key]
        before, after = ([link for link in links if link[:_TIE] in ties] for links in (pair.links, row.own))
        said = sole_statement(pair.columns, pair.names, _facts(pair.current), links_of(before))
        return (
            Sourced(self.sources.voice(pair.mark.source), said),
            Sourced(self.sources.voice(self.source), statement_of(row, facts, after)),
        )

    def _links(self, current: CurrentRecord, keys: Mapping[int, str]) -> dict[tuple[Any, ...], Natural]:
        links: dict[tuple[Any, ...], Natural] = {}
        for key, (number, values) in sorted(current.links.by_key.items(), key=lambda item: item[1][0]):
            if ("link", number) in current.cited:
                continue  # Others state it, and not the row of the record.
            name, outward = self._types[values[2]]
            links[name, outward, keys[values[1 if outward else 0]], *values[3:_GONE]] = key
        return links


def _facts(current: CurrentRecord) -> list[FactSaid]:
    return [FactSaid(*values[2:]) for _, values in current.facts.by_key.values()]
