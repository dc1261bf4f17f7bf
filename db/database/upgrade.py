"""Bringing a database to the schema of this program: a new file, or an older one after a backup beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from filecmp import cmp
from itertools import count
from pathlib import Path

from db.database.connection import SCHEMA_VERSION, connect, unknown_schema
from db.database.sqlite_errors import FAILURES, as_database_error
from db.files.placement import as_private_as, put_in_place
from db.files.scratch import scratch_folder
from db.search.write import rebuild
from db.vocabularies import sync_vocabularies


def upgrade(
    connection: sqlite3.Connection, path: Path | None = None, on_upgrade: Callable[[], None] | None = None
) -> Path | None:
    """Bring a database to this program's schema and vocabulary, whole or not at all.

    An older file at `path` is first copied to `NAME.backup-SCHEMA.db` beside it, whose path is returned; `on_upgrade`
    is called before, as that may take a minute. Where the upgrade fails, no backup is left that was not there before.
    Raises DatabaseError.
    """
    backup, made = None, False
    try:
        with _without_foreign_keys(connection), _whole(connection):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version < SCHEMA_VERSION:
                # Loading sqlite-utils takes a tenth of a second, and most imports find the schema as it should be.
                from sqlite_utils import Database

                from db.database.migrations import apply_migrations, create_schema, is_known

                database = Database(connection, recursive_triggers=False)
                if not version:
                    create_schema(database)
                elif not is_known(database, version):
                    raise unknown_schema(version, path or "the register")
                else:
                    if on_upgrade:
                        on_upgrade()
                    if path is not None:
                        backup, made = _backup(path, version)
                    apply_migrations(database, version)
            # People search for types by their labels, which may have changed.
            if (sync_vocabularies(connection) or version < SCHEMA_VERSION) and version:
                rebuild(connection)
    except BaseException as error:
        if made and backup is not None:
            backup.unlink(missing_ok=True)
        if isinstance(error, FAILURES):
            raise as_database_error(error, path or "the register") from error
        raise
    return backup


@contextmanager
def _without_foreign_keys(connection: sqlite3.Connection) -> Iterator[None]:
    """Let tables be made anew without looking for each row of theirs in others: what was there belonged together."""
    (enforced,) = connection.execute("PRAGMA foreign_keys").fetchone()
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA foreign_keys = {enforced}")


@contextmanager
def _whole(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction of the only writer, since two commands may find the same older database."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Some errors have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _backup(path: Path, version: int) -> tuple[Path, bool]:
    """Copy the database as it was committed to a new name beside it, never over an earlier backup.

    An earlier try that was killed may have left the same backup, which is taken then; tells whether it is a new file.
    """
    with scratch_folder(path.parent) as folder:
        copy = folder / "register.db"
        # The connection that upgrades holds the lock for writing, and SQLite copies from no such one.
        with closing(connect(path, "mode=ro")) as source, closing(connect(copy, "mode=rwc")) as target:
            source.backup(target)
        as_private_as(path, copy)
        for number in count():
            ending = f"-{number}" if number else ""
            backup = path.with_name(f"{path.stem}.backup-{version}{ending}.db")
            if backup.is_file() and cmp(copy, backup, shallow=False):
                break
            try:
                put_in_place(copy, backup)
            except FileExistsError:
                continue
            return backup, True
    return backup, False
