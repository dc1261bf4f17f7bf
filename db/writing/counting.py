"""What taking a source came to: each row counted once, by the strongest thing that came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.reports import Reject, SourceReport
from db.statements import SourceSaid
from db.writing.bulk import Bulk
from db.writing.ledger import Ledger
from db.writing.materialise import Outcome


@dataclass(slots=True)
class Row:
    """One input row: the records it speaks of, and whether it says anything that was not said before."""

    describes: int | None
    records: list[int]
    news: bool = False


@dataclass(slots=True)
class _Counts:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0


def reported(
    said: SourceSaid, published: str | None, rows: Sequence[Row], rejects: Sequence[Reject],
    outcomes: Mapping[int, Outcome], bulk: Bulk, placeholders: int,
) -> SourceReport:  # fmt: skip
    """Return the report of a source, rows taken by the batch counted with the others."""
    counts = _count(rows, outcomes)
    repeated = bulk.same + bulk.merged
    return SourceReport(
        said.key, said.format or "", published, len(rows) + len(rejects) + bulk.added + repeated,
        counts.added + bulk.added, counts.updated, counts.unchanged + repeated, counts.closed, len(rejects),
        sum(outcome.made for outcome in outcomes.values()) + bulk.added,
        sum(outcome.links for outcome in outcomes.values()) + bulk.links,
        placeholders,
        sum(outcome.gone for outcome in outcomes.values()),
        said.path,
    )  # fmt: skip


def _count(rows: Iterable[Row], outcomes: Mapping[int, Outcome]) -> _Counts:
    """Count each row once, by the strongest thing that came of it."""
    counts = _Counts()
    told: set[int] = set()
    for row in rows:
        results = [outcomes[record] for record in row.records if row.news and record in outcomes]
        described = outcomes.get(row.describes) if row.describes is not None and row.news else None
        if described and described.made and row.describes not in told:
            told.add(row.describes or 0)
            counts.added += 1
        elif any(result.closed for result in results):
            counts.closed += 1
        elif row.describes is None and any(result.links for result in results):
            counts.added += 1
        elif any(result.updated or result.made or result.reopened for result in results):
            counts.updated += 1
        else:
            counts.unchanged += 1
    return counts


def log(ledger: Ledger, report: SourceReport, rejects: Iterable[Reject]) -> None:
    """Remember what a source came to, and the rows that were refused."""
    connection = ledger.connection
    connection.execute(
        "INSERT INTO run_source (run_id, source, file, format, published, read, added, updated, unchanged, closed, "
        "rejected, records, links, placeholders, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (ledger.run, report.source, report.file, report.format, report.published, report.read, report.added,
         report.updated, report.unchanged, report.closed, report.rejected, report.records, report.links,
         report.placeholders, report.gone),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO reject (run_id, source, line, reason, value) VALUES (?, ?, ?, ?, ?)",
        [(ledger.run, one.source, one.line, one.reason, one.value) for one in rejects],
    )
