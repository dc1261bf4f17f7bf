"""The suggestions that wait for a person, with their candidates and the evidence of the record they are about."""

from __future__ import annotations

import json
import sqlite3

from db.reading.evidence import cited, details
from db.reports import Candidate, Suggestion


def suggestions(connection: sqlite3.Connection) -> tuple[Suggestion, ...]:
    """Return the open suggestions: the surest first, then in the order in which they were made."""
    rows = connection.execute(
        "SELECT s.id, s.record_id, r.key, r.name, s.what, s.confidence, s.rule, s.candidates "
        "FROM suggestion s LEFT JOIN record r ON r.id = s.record_id WHERE s.state = 'open' "
        "ORDER BY s.confidence IS NULL, s.confidence DESC, s.id"
    ).fetchall()
    proofs = cited(connection, "record", {row[1] for row in rows if row[1] is not None})
    return tuple(
        Suggestion(
            number,
            key,
            name,
            what,
            confidence,
            rule,
            tuple(_candidate(connection, one) for one in json.loads(candidates)),
            details(connection, proofs.of(record, ())) if record is not None else (),
        )
        for number, record, key, name, what, confidence, rule, candidates in rows
    )


def _candidate(connection: sqlite3.Connection, said: str | dict[str, object]) -> Candidate:
    """A candidate as it is now; some rules keep no more of it than its key."""
    score = None
    key = said if isinstance(said, str) else str(said["key"])
    if isinstance(said, dict) and isinstance(said.get("score"), int | float):
        score = float(str(said["score"]))
    row = connection.execute("SELECT name FROM record WHERE key = ?", (key,)).fetchone()
    return Candidate(key, row[0] if row else key, score)
