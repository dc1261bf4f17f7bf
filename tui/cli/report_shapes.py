"""Runs, sources and suggestions, as the JSON contract has them: keys in its order, additions after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.lists import held_posts
from tui.cli.shapes import Shape, evidence
from tui.text import questions

if TYPE_CHECKING:
    from db.reports import (
        Change,
        Changed,
        Diff,
        Joined,
        Reject,
        Removed,
        Run,
        SourceInfo,
        SourceReport,
        Suggestion,
        Undone,
    )
    from db.statements import Account

REPORT_FIELDS = (
    "source", "format", "published", "read", "added", "updated", "unchanged", "closed", "rejected", "records",
    "links", "placeholders", "gone", "file",
)  # fmt: skip
"""What is told of a source, in order."""


def report(source: SourceReport) -> Shape:
    """Return what one source of a run came to."""
    return {field: getattr(source, field) for field in REPORT_FIELDS}


def account(told: Account | None) -> Shape:
    """Return what became of the columns of a table and of the parts of its mapping; nothing of any other source."""
    if told is None:
        return {}
    return {
        "mapping": told.mapping,
        "unused": list(told.unused),
        "made": dict(told.made),
        "idle": list(told.idle),
        "hidden": dict(told.hidden),
    }


def reject(row: Reject) -> Shape:
    """Return a refused row."""
    return {"source": row.source, "line": row.line, "reason": row.reason, "value": row.value, "file": row.file}


def run(past: Run) -> Shape:
    """Return an import as it is remembered."""
    return {
        "run": past.run,
        "started": past.started,
        "seconds": round(past.seconds, 3),
        "command": past.command,
        "sources": [report(source) for source in past.sources],
        "undone": past.undone,
    }


def change(one: Change) -> Shape:
    """Return one thing about a record that changed."""
    return {"what": one.what, "before": one.before, "after": one.after}


def changed(record: Changed) -> Shape:
    """Return a record that a run added or changed."""
    changes = [change(one) for one in record.changes]
    return {"key": record.key, "name": record.name, "changes": changes, "placeholder": record.placeholder}


def diff(whole: Diff) -> Shape:
    """Return what a run did."""
    added = [{"key": one.key, "name": one.name, "placeholder": one.placeholder} for one in whole.added]
    return {
        "run": whole.run,
        "added": added,
        "updated": [changed(one) for one in whole.updated],
        "closed": [changed(one) for one in whole.closed],
        "reopened": [changed(one) for one in whole.reopened],
        "gone": [changed(one) for one in whole.gone],
        "rejects": [reject(row) for row in whole.rejects],
        "rejects_left_out": whole.rejects_left_out,
    }


def removed(taken_away: Removed) -> Shape:
    """Return what taking a record away came to."""
    return {"run": taken_away.run, "key": taken_away.key, "sources": list(taken_away.sources)}


def joined(both: Joined) -> Shape:
    """Return what joining two records, or parting them, came to."""
    return {"run": both.run, "key": both.key, "other": both.other}


def undone(taken_back: Undone) -> Shape:
    """Return what taking a run back came to."""
    return {
        "run": taken_back.run,
        "records": taken_back.records,
        "links": taken_back.links,
        "restored": taken_back.restored,
    }


def source(info: SourceInfo) -> Shape:
    """Return a source as `stats` lists it."""
    return {
        "name": info.title,
        "published": info.published,
        "imported": info.imported,
        "records": info.records,
        "key": info.key,
        "publisher": info.publisher,
        "licence": info.licence,
        "url": info.url,
        "format": info.format,
    }


def suggestion(asked: Suggestion) -> Shape:
    """Return a suggestion that waits for a person."""
    return {
        "id": asked.id,
        "what": asked.what,
        "confidence": asked.confidence,
        "rule": asked.rule,
        "candidates": [
            {"key": one.key, "name": one.name, "score": one.score, "place": one.place, **held_posts(one.posts)}
            for one in asked.candidates
        ],
        "evidence": [evidence(one) for one in asked.evidence],
        "key": asked.key,
        "name": asked.name,
        "question": questions.question(asked),
        "place": asked.place,
        **held_posts(asked.posts),
        "run": asked.run,
    }
