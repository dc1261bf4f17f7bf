"""What each import read, changed and refused, as the register remembers it."""

from __future__ import annotations

import sqlite3

from db.model import Reject, Run, SourceReport


def runs(connection: sqlite3.Connection) -> tuple[Run, ...]:
    """Return all imports, the newest last, with what they refused."""
    reports: dict[int, list[SourceReport]] = {}
    for run_id, *report in connection.execute(
        """SELECT rs.run_id, s.key, rs.format, rs.published, rs.read, rs.added, rs.updated, rs.unchanged, rs.closed,
                  rs.rejected, rs.records, rs.links, rs.placeholders, rs.gone
             FROM run_source rs JOIN source s ON s.id = rs.source_id ORDER BY rs.id"""
    ):
        reports.setdefault(run_id, []).append(SourceReport(*report))
    rejects: dict[int, list[Reject]] = {}
    for run_id, *reject in connection.execute(
        """SELECT j.run_id, s.key, j.line, j.reason, j.value
             FROM reject j JOIN source s ON s.id = j.source_id ORDER BY j.id"""
    ):
        rejects.setdefault(run_id, []).append(Reject(*reject))
    return tuple(
        Run(
            run_id,
            started,
            seconds,
            command,
            undone is not None,
            tuple(reports.get(run_id, ())),
            tuple(rejects.get(run_id, ())),
        )
        for run_id, started, seconds, command, undone in connection.execute(
            "SELECT id, started, seconds, command, undone FROM run ORDER BY id"
        )
    )
