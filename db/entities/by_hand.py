"""What a person does to records, each in a run of its own: joins two that are one body, parts them, takes one away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.database.connection import is_there
from db.errors import DatabaseError
from db.reports import Joined, Removed
from db.store.session import ImportSession


def merge(
    path: Path, one: str, other: str, keep: str | None, *, command: str, wait: float = 5.0,
    on_wait: Callable[[], None] | None = None, on_upgrade: Callable[[], None] | None = None,
) -> Joined:  # fmt: skip
    """Join two records into one, whatever is imported later; with `keep`, under that one's key.

    Raises NotFoundError for an unknown key, UsageError where the two cannot be one or are one already, DatabaseError.
    """
    with session_on(path, "join", command, wait, on_wait, on_upgrade) as session:
        key, code = session.merge(one, other, keep)
        return Joined(session.finish().run, key, code)


def unmerge(
    path: Path, one: str, other: str | None, *, command: str, wait: float = 5.0,
    on_wait: Callable[[], None] | None = None, on_upgrade: Callable[[], None] | None = None,
) -> Joined:  # fmt: skip
    """Part two bodies that are one record, whether a person joined them or they were joined by themselves.

    Raises NotFoundError for an unknown key, UsageError where they are two already or it is not plain which to part,
    DatabaseError.
    """
    with session_on(path, "part", command, wait, on_wait, on_upgrade) as session:
        key, own = session.unmerge(one, other)
        return Joined(session.finish().run, key, own)


def remove(
    path: Path, key: str, source: str | None, *, command: str, wait: float = 5.0,
    on_wait: Callable[[], None] | None = None, on_upgrade: Callable[[], None] | None = None,
) -> Removed:  # fmt: skip
    """Take back what files that people wrote, or one `source`, say of a record that was entered by mistake.

    What other sources say of it stays: where these only lead to it, it is a code or name of which no more is known, and
    a question. Raises NotFoundError for an unknown key, UsageError where no such source tells of it, DatabaseError.
    """
    with session_on(path, "remove", command, wait, on_wait, on_upgrade) as session:
        taken_back = session.remove(key, source)
        return Removed(session.finish().run, key, taken_back)


def session_on(
    path: Path, what: str, command: str, wait: float, on_wait: Callable[[], None] | None,
    on_upgrade: Callable[[], None] | None,
) -> ImportSession:  # fmt: skip
    """Begin a session on a register that is there, to do `what` is asked. Raises DatabaseError."""
    if not is_there(path):
        raise DatabaseError(f"{path}: there is no such database, so there is nothing to {what}")
    return ImportSession.begin(path, command=command, wait=wait, on_wait=on_wait, on_upgrade=on_upgrade)
