"""What taking a source came to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from db.number_set import NumberSet
from db.reports import Reject, SourceReport
from db.statements import SourceSaid
from db.store.batch_ingest import BatchIngest
from db.store.changelog import Changelog
from db.store.outcomes import Outcome


@dataclass(slots=True)
class IngestedRow:
    """One input row: the records it speaks of, and whether it says anything that was not said before."""

    describes: int | None
    records: list[int]
    news: bool = False
    line: int | None = None
    """Its place in the file, where it may be taken back."""


class IngestedRows:
    """Rows until what they came to is known: there may be a million, so each takes a few bytes."""

    def __init__(self) -> None:
        self._describes, self._lines = array("q"), array("q")
        self._records, self._ends = array("q"), array("Q")
        self._news = bytearray()

    def __len__(self) -> int:
        return len(self._news)

    def __iter__(self) -> Iterator[IngestedRow]:
        start = 0
        for describes, line, end, news in zip(self._describes, self._lines, self._ends, self._news, strict=True):
            records = self._records[start:end].tolist()
            yield IngestedRow(_or_none(describes), records, bool(news), _or_none(line))
            start = end

    def append(self, row: IngestedRow) -> None:
        """Add a row."""
        self._describes.append(-1 if row.describes is None else row.describes)
        self._lines.append(-1 if row.line is None else row.line)
        self._records.extend(row.records)
        self._ends.append(len(self._records))
        self._news.append(row.news)


def _or_none(number: int) -> int | None:
    return None if number < 0 else number


_ADDED, _UPDATED, _UNCHANGED, _CLOSED = 1, 2, 3, 4


class Counts:
    """What became of the rows of a source, each counted once by the strongest thing that came of it."""

    def __init__(self) -> None:
        self._rows = [0, 0, 0, 0, 0]
        self._by_line = bytearray()
        self._described = NumberSet()
        self._records = 0
        self._links = 0
        self._gone = 0

    def add(self, rows: Iterable[IngestedRow], outcomes: Mapping[int, Outcome]) -> None:
        """Count rows, and what came of the records that were resolved."""
        self.add_rows(rows, outcomes)
        for outcome in outcomes.values():
            self._records += outcome.made
            self._links += outcome.links
            self._gone += outcome.gone

    def add_rows(self, rows: Iterable[IngestedRow], outcomes: Mapping[int, Outcome]) -> None:
        """Count rows by what came of records, which was counted already."""
        for row in rows:
            what = self._what(row, outcomes)
            self._rows[what] += 1
            if row.line is not None:
                self._by_line.extend(bytes(max(0, row.line + 1 - len(self._by_line))))
                self._by_line[row.line] = what

    def take_back(self, line: int) -> None:
        """Count a row no more, which gave way to another of its code."""
        if line < len(self._by_line):
            self._rows[self._by_line[line]] -= 1
            self._by_line[line] = 0

    def _what(self, row: IngestedRow, outcomes: Mapping[int, Outcome]) -> int:
        results = [outcomes[record] for record in row.records if row.news and record in outcomes]
        described = outcomes.get(row.describes) if row.describes is not None and row.news else None
        if described and described.made and row.describes not in self._described:
            self._described.add(row.describes or 0)
            return _ADDED
        if any(result.closed for result in results):
            return _CLOSED
        if row.describes is None and any(result.links for result in results):
            return _ADDED
        if any(result.updated or result.made or result.reopened for result in results):
            return _UPDATED
        return _UNCHANGED

    def report(
        self, said: SourceSaid, published: str | None, rejects: int, batches: BatchIngest, placeholders: int
    ) -> SourceReport:
        """Return the report of a source, rows taken by the batch counted with the others."""
        _, added, updated, unchanged, closed = self._rows
        repeated = batches.unchanged + batches.merged
        return SourceReport(
            said.key, said.format or "", published, sum(self._rows) + rejects + batches.added + repeated,
            added + batches.added, updated, unchanged + repeated, closed, rejects, self._records + batches.added,
            self._links + batches.links, placeholders, self._gone, said.path,
        )  # fmt: skip


def log(changelog: Changelog, report: SourceReport, rejects: Iterable[Reject]) -> None:
    """Remember what a source came to, and the rows that were refused."""
    connection = changelog.connection
    connection.execute(
        "INSERT INTO run_source (run_id, source, file, format, published, read, added, updated, unchanged, closed, "
        "rejected, records, links, placeholders, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (changelog.run, report.source, report.file, report.format, report.published, report.read, report.added,
         report.updated, report.unchanged, report.closed, report.rejected, report.records, report.links,
         report.placeholders, report.gone),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO reject (run_id, source, line, reason, value) VALUES (?, ?, ?, ?, ?)",
        [(changelog.run, one.source, one.line, one.reason, one.value) for one in rejects],
    )
