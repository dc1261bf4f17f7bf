"""Opening the database file: who may read, who may write, and what is refused with one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from db.errors import DatabaseError

APPLICATION_ID = 0x494C4B31
"""Marks a SQLite file as an Interlock register (`ILK1`), in the file's header."""
SCHEMA_VERSION = 2
"""`PRAGMA user_version` of the schema that this program reads and writes: the number of its last migration."""
WAIT = 5.0
"""Seconds that a reader waits for a lock."""


def default_path() -> Path:
    """Return where the user's own register lives: `$INTERLOCK_DB`, else `interlock.db` in the user-data folder."""
    named = os.environ.get("INTERLOCK_DB")
    if named:
        return Path(named)
    # Costs 6 ms, and a named database needs none of it.
    from platformdirs import user_data_path

    return user_data_path("interlock", appauthor=False) / "interlock.db"


def open_reading(path: Path) -> sqlite3.Connection:
    """Open a register that nothing will be written to, not even on a read-only file in a read-only folder.

    Raises DatabaseError where the file is missing, no register, corrupt, or of another version.
    """
    if not path.exists():
        raise DatabaseError(f"{path}: there is no such database; `interlock import --db {path} FILE` makes one")
    if path.is_dir():
        raise DatabaseError(f"{path}: is a folder; name the database file in it")
    connection = _first_that_answers(path)
    try:
        check(connection, path)
    except BaseException:
        connection.close()
        raise
    connection.execute("PRAGMA query_only = ON")
    return connection


def _first_that_answers(path: Path) -> sqlite3.Connection:
    """Open `path` read-only: as it is, as a file that cannot change, or as a private copy with its journal."""
    journal = path.with_name(path.name + "-wal")
    attempts: list[Callable[[], sqlite3.Connection]] = [lambda: _connect(path, "mode=ro")]
    if journal.exists() and journal.stat().st_size:
        attempts.append(lambda: _open_copy(path, journal))
    else:
        attempts.append(lambda: _connect(path, "mode=ro&immutable=1"))
    for attempt in attempts:
        try:
            connection = attempt()
        except (sqlite3.Error, OSError) as error:
            problem: Exception = error
            continue
        try:
            connection.execute("PRAGMA schema_version").fetchone()
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            connection.close()
            problem = error
            continue
        return connection
    raise as_database_error(problem, path)


def _connect(path: Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{_escaped(str(path.absolute()))}?{options}",
        uri=True,
        timeout=WAIT,
        isolation_level=None,
        check_same_thread=False,
    )


def _escaped(path: str) -> str:
    """Escape what a URI gives a meaning to; `urllib.parse` would cost a reader 3 ms."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


class _CopyConnection(sqlite3.Connection):
    """A connection to a private copy, which goes when the connection goes."""


def _open_copy(path: Path, journal: Path) -> sqlite3.Connection:
    """Open a copy of a database whose journal holds changes that SQLite cannot read in a read-only folder."""
    # Rare, and together they cost a reader 5 ms.
    import shutil
    import tempfile
    import weakref

    folder = Path(tempfile.mkdtemp(prefix="interlock-"))
    copy = folder / "register.db"
    shutil.copyfile(path, copy)
    shutil.copyfile(journal, folder / "register.db-wal")
    connection = sqlite3.connect(
        copy, timeout=WAIT, isolation_level=None, check_same_thread=False, factory=_CopyConnection
    )
    weakref.finalize(connection, shutil.rmtree, folder, True)
    return connection


def open_writing(path: Path) -> sqlite3.Connection:
    """Open or make the database file for one writer: WAL, foreign keys on. Raises DatabaseError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                check(connection, path, older_too=True)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            prepare_writing(connection)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise as_database_error(error, path) from error
    return connection


def prepare_writing(connection: sqlite3.Connection) -> None:
    """Set what every writing connection needs: foreign keys enforced, a cache that suits imports."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")


def check(connection: sqlite3.Connection, path: Path, *, older_too: bool = False) -> None:
    """Refuse what is no register of this version; an older one passes where `older_too`. Raises DatabaseError."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise DatabaseError(f"{path}: is not an Interlock database; name another with --db")
    if version > SCHEMA_VERSION:
        raise DatabaseError(
            f"{path}: was made by a newer Interlock (schema {version}, this one reads {SCHEMA_VERSION}); "
            f"update Interlock"
        )
    if version < SCHEMA_VERSION and not older_too:
        raise DatabaseError(
            f"{path}: has an older schema ({version}, this one reads {SCHEMA_VERSION}); "
            f"`interlock import` upgrades it, with a backup beside it"
        )


def as_database_error(error: Exception, path: Path | str) -> DatabaseError:
    """Say in one line what SQLite or the file system refused, and what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return DatabaseError(
            f"{path}: is locked by another import; try again when it has ended, or wait longer (--wait)"
        )
    if "not a database" in text:
        return DatabaseError(f"{path}: is not a database; name another with --db")
    if "malformed" in text:
        return DatabaseError(f"{path}: is damaged ({text}); restore a backup or import anew into another file")
    if "full" in text or getattr(error, "errno", None) == 28:
        return DatabaseError(f"{path}: the disk is full; nothing was changed")
    if "readonly" in text or "read-only" in text.lower() or isinstance(error, PermissionError):
        return DatabaseError(f"{path}: may not be written; check its permissions, or name another with --db")
    if "unable to open" in text:
        return DatabaseError(f"{path}: cannot be opened; check the path and its permissions")
    return DatabaseError(f"{path}: {text}")
