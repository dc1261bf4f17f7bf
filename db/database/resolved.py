"""Whether what a register holds was resolved by the rules of this program, or by those of an older one."""

from __future__ import annotations

import sqlite3

RESOLVED = "resolved"
"""What table _meta calls the run that resolved the register as this program does, 0 where all runs did."""


def note_resolved(connection: sqlite3.Connection, run: int) -> None:
    """Note that the register is resolved as this program does since a run, 0 for one that is new."""
    connection.execute(
        "INSERT INTO _meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (RESOLVED, run),
    )


def is_resolved(connection: sqlite3.Connection) -> bool:
    """Whether all that the register holds was resolved as this program does."""
    return connection.execute("SELECT 1 FROM _meta WHERE name = ?", (RESOLVED,)).fetchone() is not None
