"""What each import read, changed and refused, as the register remembers it."""

from __future__ import annotations

import sqlite3

from db.reports import Reject, Run, SourceReport


def runs(connection: sqlite3.Connection) -> tuple[Run, ...]:
    """Return all imports, the newest last, with what they refused."""
    reports: dict[int, list[SourceReport]] = {}
    for run_id, *report in connection.execute(
        """SELECT run_id, source, format, published, read, added, updated, unchanged, closed, rejected, records, links,
                  placeholders, gone, file
             FROM run_source ORDER BY id"""
    ):
        reports.setdefault(run_id, []).append(SourceReport(*report))
    rejects: dict[int, list[Reject]] = {}
    for run_id, *reject in connection.execute("""SELECT reject.run_id, reject.source, line, reason, value, file
             FROM reject LEFT JOIN run_source USING (run_id, source) ORDER BY reject.id"""):
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
