"""Takes rows that were compared with the register where they were read, as they were found to change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.parameters import chunks
from db.statements import Cite
from db.store.changed_rows import ChangedRow
from db.store.changelog import Changelog
from db.store.deferred_changes import do_again
from db.store.links_of_others import LinksOfOthers
from db.store.outcomes import Outcome
from db.store.prepare import PreparedRow
from db.store.row_comparison import ComparedRow
from db.store.sole_statements import SoleMark, SoleStatements
from db.store.sourced import Authority
from db.store.sources import EvidenceIndex


@dataclass(slots=True)
class ComparedRows:
    """Takes such rows of one source."""

    changelog: Changelog
    sole: SoleStatements
    evidence: EvidenceIndex
    source: Authority
    told: LinksOfOthers

    def take(self, rows: Sequence[PreparedRow], left: list[PreparedRow]) -> Iterator[ChangedRow]:
        """Take rows; those of whose records more was said since they were compared are added to `left`."""
        for chunk in chunks(rows):
            yield from self._take([(row, ComparedRow._make(row.compared or ())) for row in chunk], left)
            self.changelog.flush()

    def _take(
        self, rows: Sequence[tuple[PreparedRow, ComparedRow]], left: list[PreparedRow]
    ) -> Iterator[ChangedRow]:  # fmt: skip
        marks = self.sole.marks({one for _, row in rows for one in row.speaking()})
        changed: dict[int, SoleMark] = {}
        resolved: list[tuple[PreparedRow, ComparedRow]] = []
        for row, one in rows:
            mark = marks.get(one.record)
            if mark is None or mark != one.mark:
                left.append(row)
            elif one.before is None or one.after is None:
                self.sole.note(one.record, row.digest)
                yield ChangedRow(row, one.record, None)
            else:
                self._write_down(row, one, marks)
                changed[one.record] = marks.pop(one.record)
                resolved.append((row, one))
        self.sole.forget_shared([one.record for _, one in resolved if one.shared])
        self.sole.forget(changed)
        for row, one in resolved:
            for evidence, place in do_again(self.changelog, one.calls):
                self.evidence.note(Cite(self.source.key, place), evidence)
            told = [told.owner for told in one.told if told.after is not None] if one.shared else None
            yield ChangedRow(row, one.record, Outcome(*one.outcome), told, one.is_news)

    def _write_down(self, row: PreparedRow, one: ComparedRow, sole: dict[int, SoleMark]) -> None:
        """Write down what rows say of a record, the earlier until this source where that says otherwise."""
        if one.before is None or one.after is None:
            return
        mark, news = sole[one.record], one.before != one.after
        self.changelog.insert_body(one.record, mark.source, mark.line, *one.before, self.source.id if news else None)
        if news:
            self.changelog.insert_body(one.record, self.source.id, row.line, *one.after)
        if one.shared:
            self.told.write(one, row.line, sole)
        self.told.hear(one)
