"""What compared rows say of links that other records own, written down and followed up until all rows are taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from db.number_set import NumberSet
from db.store.changelog import Changelog
from db.store.counts import IngestedRow, IngestedRows
from db.store.held_statements import HeldStatements
from db.store.outcomes import Outcomes
from db.store.row_comparison import ComparedRow, ToldOfOther
from db.store.sole_statements import SoleMark, WrittenDown


@dataclass(slots=True)
class LinksOfOthers:
    """Writes such statements for one source, and knows of which records more comes."""

    changelog: Changelog
    holding: HeldStatements
    source: int
    spoken_of: NumberSet = field(default_factory=NumberSet)
    """Owners of such links; one row may still say all there is of them that was said of them before."""
    outcomes: Outcomes = field(default_factory=Outcomes)
    """What came of all records whose rows were compared."""
    _rows: IngestedRows = field(default_factory=IngestedRows)
    """Rows that are counted when all is known of those of whom they tell."""
    _alike: set[int] = field(default_factory=set)
    """By owner, links that it is enough for the owner's row to state; each as a hash."""
    _waiting: dict[int, set[int]] = field(default_factory=dict)
    """Links that were told otherwise than before, by owner."""
    _unresolved: NumberSet = field(default_factory=NumberSet)
    _taken_back: set[int] = field(default_factory=set)
    """Lines of rows that gave way to others."""

    def hear(self, one: ComparedRow) -> None:
        """Note what the row of an owner says enough of."""
        self._alike.update(hash((one.record, link)) for link in one.alike)

    def write(self, one: ComparedRow, line: int, sole: Mapping[int, SoleMark]) -> None:
        """Write down what was said of a record and of others, which is told of by more than one row from now on.

        `sole` are records of which one row still says all there is, this one among them.
        """
        mark = sole[one.record]
        write = self.changelog.insert_body
        for speaker, source, place, (digest, body) in one.heard:
            # What a row that was written down said of others has been as well.
            if speaker in sole:
                row = write(one.record, source, place, digest, body)
                self.holding.add(WrittenDown(one.record, speaker, source, row, place, digest))
        for told in one.told:
            self._write(one.record, told, mark, line)

    def _write(self, speaker: int, told: ToldOfOther, mark: SoleMark, line: int) -> None:
        owner, before, after, links = told
        same = before == after
        written = self.holding.let_go(speaker, owner)
        if written is not None and not same:
            self.changelog.update("_statement", written, ended=self.source)
        elif written is None and before is not None:
            ended = None if same else self.source
            self.changelog.insert_body(owner, mark.source, mark.line, *before, ended)
        self.spoken_of.add(owner)
        if same:
            return
        if after is None:
            self._unresolved.add(owner)
        else:
            self.changelog.insert_body(owner, self.source, line, *after)
            self._waiting.setdefault(owner, set()).update(hash((owner, link)) for link in links)

    def put_off(self, row: IngestedRow) -> None:
        """Leave a row to be counted when all rows are taken."""
        self._rows.append(row)

    def take_back(self, line: int) -> None:
        """Count a row no more, which gave way to another of its code."""
        self._taken_back.add(line)

    def counted(self) -> Iterator[IngestedRow]:
        """Yield the rows that are to be counted."""
        yield from (row for row in self._rows if row.line not in self._taken_back)

    def followed_by(self, later: Outcomes) -> Outcomes:
        """Return what came of all records whose rows were compared, with what came of some when all rows were taken."""
        for record, outcome in later.items():
            before = self.outcomes.get(record)
            self.outcomes[record] = outcome if before is None else before.followed_by(outcome)
        return self.outcomes

    def unresolved(self) -> Iterator[int]:
        """Yield the owners that have to be resolved with what was said of their links, once all rows are taken."""
        yield from self._unresolved
        yield from (owner for owner, links in self._waiting.items() if not links <= self._alike)
