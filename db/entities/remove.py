"""Taking a record away that somebody entered by mistake, in a run of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.database.connection import is_there
from db.errors import DatabaseError
from db.reports import Removed
from db.store.session import ImportSession


def remove(
    path: Path, key: str, source: str | None, *, command: str, wait: float = 5.0,
    on_wait: Callable[[], None] | None = None, on_upgrade: Callable[[], None] | None = None,
) -> Removed:  # fmt: skip
    """Take back what files that people wrote, or one `source`, say of a record, in a run that can be undone.

    What other sources say of it stays: where these only lead to it, it is a code or name of which no more is known, and
    a question. Raises NotFoundError for an unknown key, UsageError where no such source tells of it, DatabaseError.
    """
    if not is_there(path):
        raise DatabaseError(f"{path}: there is no such database, so there is nothing to remove")
    with ImportSession.begin(path, command=command, wait=wait, on_wait=on_wait, on_upgrade=on_upgrade) as session:
        taken_back = session.remove(key, source)
        return Removed(session.finish().run, key, taken_back)
