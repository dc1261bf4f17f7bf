"""What stands between SQLite's errors, or a person's odd text, and the one-line errors people are shown."""

from __future__ import annotations

import sqlite3

from db.database.sqlite_errors import as_database_error
from db.errors import InterlockError, QueryInterruptedError

_SHOWN = 60
"""Characters of a person's own text that an error repeats."""


def bindable(text: str) -> str:
    """Return `text` as SQLite can take it: without the half characters that undecodable arguments arrive as."""
    return text.encode("utf-8", "replace").decode("utf-8")


def quoted(text: str) -> str:
    """Return `text` in quotes and on one line, cut where it is long, for an error to repeat."""
    line = " ".join(text.split())
    return f"'{line[: _SHOWN - 1]}…'" if len(line) > _SHOWN else f"'{line}'"


def is_interrupt(error: sqlite3.Error) -> bool:
    """Tell whether a statement ended because somebody or a time limit stopped it."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT


def as_interlock_error(error: sqlite3.Error, label: str) -> InterlockError:
    """Return what to raise instead of SQLite's error while reading the register called `label`."""
    if is_interrupt(error):
        return QueryInterruptedError(f"{label}: the query was stopped before it had an answer")
    return as_database_error(error, label)
