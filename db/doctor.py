"""Whether a register is sound: its file, its references, its words and its search index, each with what repairs it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from db.database.connection import check, open_writing
from db.database.damage import impossible_values
from db.database.resolved import is_resolved
from db.database.sqlite_errors import FAILURES
from db.errors import IMPOSSIBLE
from db.search.check import check as check_index
from db.store.lock import TranslatedErrors, lock
from db.vocabularies import sync_vocabularies, vocabulary_digest

_MOST_SAID = 5
_FROM_BACKUP = "restore a backup, or import anew into another file"
_BY_UNDOING = "interlock runs names the imports: undo the last, or import anew into another file"
_BY_REBUILDING = "interlock doctor --rebuild-index"


class Finding(NamedTuple):
    """What one check found: nothing where all is well, else what is wrong and what repairs it."""

    check: str
    wrong: tuple[str, ...]
    repair: str | None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


class BroughtUp(NamedTuple):
    """What bringing a register up to date came to; all None where it was up to date already."""

    backup: Path | None
    """The file as it was before its schema changed."""
    run: int | None
    """In which what an older version resolved was resolved anew."""


def examine(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Yield what each check finds; reads all of the register, and writes nothing."""
    for name, look, repair in _CHECKS:
        try:
            wrong = look(connection)
        except (*FAILURES, *IMPOSSIBLE) as error:
            wrong = [f"cannot be read: {error}"]
        yield Finding(name, tuple(_shortened(wrong)), repair if wrong else None)


def _shortened(lines: list[str]) -> list[str]:
    left = len(lines) - _MOST_SAID
    return [*lines[:_MOST_SAID], f"and {left:,} more"] if left > 0 else lines


def _file(connection: sqlite3.Connection) -> list[str]:
    """Ask SQLite whether every page and index of the file is what it should be, and look for impossible values."""
    pages = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return pages or list(impossible_values(connection))


def _references(connection: sqlite3.Connection) -> list[str]:
    """Look for rows that belong to rows which are not there."""
    found = connection.execute("PRAGMA foreign_key_check")
    return [
        f"{table} row {number} belongs to a row of {parent} that is not there" for table, number, parent, _ in found
    ]


def _words(connection: sqlite3.Connection) -> list[str]:
    row = connection.execute("SELECT value FROM _meta WHERE name = 'vocabulary'").fetchone()
    return [] if row and row[0] == vocabulary_digest() else ["the types, roles and labels are those of another version"]


def _resolved(connection: sqlite3.Connection) -> list[str]:
    return [] if is_resolved(connection) else ["who states which value was not looked at by an older version"]


_CHECKS: tuple[tuple[str, Callable[[sqlite3.Connection], list[str]], str], ...] = (
    ("file", _file, _FROM_BACKUP),
    ("references", _references, _BY_UNDOING),
    ("vocabulary", _words, _BY_REBUILDING),
    ("search index", check_index, _BY_REBUILDING),
    ("sources", _resolved, "interlock doctor --upgrade"),
)


def rebuild_index(path: Path, *, wait: float = 5.0, on_wait: Callable[[], None] | None = None) -> None:
    """Make the search index of a register anew, its tables included, and bring its vocabulary up to date.

    Raises DatabaseError where there is no such register, or another import is still writing after `wait` seconds.
    """
    # Loads sqlite-utils, 45 ms, which looking does not need.
    from db.database.migrations import renew_index

    with closing(open_writing(path)) as connection, TranslatedErrors(path):
        lock(connection, path, wait, on_wait)
        check(connection, path)
        sync_vocabularies(connection)
        renew_index(connection)
        connection.execute("COMMIT")


def bring_up_to_date(
    path: Path,
    *,
    wait: float = 5.0,
    on_wait: Callable[[], None] | None = None,
    on_upgrade: Callable[[], None] | None = None,
) -> BroughtUp:
    """Bring a register of an older version to this one's schema, and resolve anew what that resolved.
    `on_upgrade` is called before it begins, which may take a minute. Raises DatabaseError as `rebuild_index` does.
    """
    # As above.
    from db.database.upgrade import upgrade
    from db.store.session import ImportSession

    with closing(open_writing(path)) as connection, TranslatedErrors(path):
        lock(connection, path, wait, on_wait)
        connection.execute("ROLLBACK")
        backup = upgrade(connection, path, on_upgrade)
        resolved = is_resolved(connection)
    if resolved:
        return BroughtUp(backup, None)
    with ImportSession.begin(path, command="doctor --upgrade", wait=wait, on_wait=on_wait) as session:
        session.resolve_anew()
        return BroughtUp(backup, session.finish().run)
