"""Opening the database file: who may read, who may write, and what is refused with one line."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import closing
from typing import TYPE_CHECKING

from db.database.sqlite_errors import FAILURES, as_database_error
from db.database.unlocked import UnlockedConnection, needs_lock_files, open_unlocked, torn
from db.errors import DatabaseError, UsageError
from db.files.user_folders import user_folder_name

if TYPE_CHECKING:
    from pathlib import Path  # 8 ms that reading does without

APPLICATION_ID = 0x494C4B31
"""Marks a SQLite file as an Interlock register (`ILK1`), in the file's header."""
SCHEMA_VERSION = 8
"""`PRAGMA user_version` of the schema that this program reads and writes: the number of its last migration."""
OLDEST_UPGRADED = 4
"""The schema of Interlock 0.1.0."""
OLDEST_READ = 6
"""The oldest schema that reads like this one."""
CACHE = 65_536
"""Kilobytes of a file that a writing connection holds in memory."""
_FREE_SHARE = 100
WAIT = 5.0
"""Seconds that a reader waits for a lock."""
_TRIES, _PAUSE = 20, 0.05
"""How often a file that is being changed is tried to be read without a lock, and the seconds between."""
_TO_BE_OPENED_OTHERWISE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def default_path() -> str:
    """Return where the user's own register lives: `$INTERLOCK_DB`, else `interlock.db` in the user-data folder.

    Raises UsageError for a name that is no path, DatabaseError where the system knows no home folder.
    """
    named = os.environ.get("INTERLOCK_DB")
    if named:
        return path_named(named, "INTERLOCK_DB")
    try:
        return os.path.join(user_folder_name("data"), "interlock.db")
    except OSError as error:
        raise DatabaseError(f"your own database: {error.strerror}, or name a file with --db") from error


def path_named(text: str, by: str = "--db") -> str:
    """Return the path of a database that a person named, where `~` is a home. Raises UsageError for what is no path."""
    if text.startswith("file:"):
        raise UsageError(f"{by} {text}: a database is named by its path, not by a URI; ./{text} is a file of that name")
    if text == ":memory:":
        raise UsageError(f"{by} {text}: what is in memory is gone at once; name a file, or read --builtin")
    path = os.path.expanduser(text)
    if path.startswith("~") and "/" in path and not os.path.lexists(path):
        home = path.partition("/")[0]
        raise UsageError(f"{by} {text}: the home folder {home} is not known; for a folder of that name write ./{text}")
    return path


def is_there(path: Path | str) -> bool:
    """Tell whether there is a database file, empty or not. Raises DatabaseError where there is something else.

    SQLite would wait for ever on a pipe, and an import would put its new database in the place of a device.
    """
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise as_database_error(error, path) from error
    if stat.S_ISDIR(mode):
        raise DatabaseError(f"{path}: is a folder; name the database file in it")
    if not stat.S_ISREG(mode):
        raise DatabaseError(f"{path}: is a pipe or a device; name a file")
    return True


def open_reading(path: Path | str) -> sqlite3.Connection:
    """Open a register that nothing will be written to, not even on a read-only file in a read-only folder.

    Raises DatabaseError where the file is missing, no register, corrupt, or of another version.
    """
    if not is_there(path):
        raise DatabaseError(f"{path}: there is no such database; `interlock import --db {path} FILE` makes one")
    if not os.stat(path).st_size:
        raise DatabaseError(f"{path}: is empty; `interlock import --db {path} FILE` makes it a register")
    connection = _open(path)
    try:
        check(connection, path)
        connection.execute("PRAGMA query_only = ON")
    except BaseException as error:
        changed = isinstance(connection, UnlockedConnection) and connection.is_torn()
        connection.close()
        if changed:
            raise torn(path, os.path.realpath(path)) from error
        if isinstance(error, FAILURES):
            raise as_database_error(error, path) from error
        raise
    return connection


def _open(path: Path | str) -> sqlite3.Connection:
    """Open `path` so that nothing is written to it, and no question is answered from two states of it."""
    # SQLite keeps its own files beside the one that a link leads to.
    real = os.path.realpath(path)
    problem: Exception | None = None
    try:
        for _ in range(_TRIES):
            if not needs_lock_files(real):
                try:
                    return _answering(connect(real, "mode=ro"))
                except sqlite3.OperationalError as error:
                    # Its files went meanwhile, or what a killed program left has to be put right first.
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _TO_BE_OPENED_OTHERWISE:
                        raise
                    problem = error
            if opened := open_unlocked(real, connect):
                return opened
            time.sleep(_PAUSE)
    except FAILURES as error:
        problem = error
    if problem is None:
        raise torn(path, real)
    raise problem if isinstance(problem, DatabaseError) else as_database_error(problem, path) from problem


def _answering(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection that can read. Raises sqlite3.Error."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def connect(
    path: Path | str, options: str, factory: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    """Open a file as SQLite does, by what a URI says of it (`mode=ro`); every name is that of just one file."""
    # Given as a plain path, `file:x` and `:memory:` would be something else, and some bytes no text.
    uri = "".join(
        chr(byte) if byte < 128 and (chr(byte).isalnum() or byte in b"/._-:") else f"%{byte:02x}"
        for byte in os.fsencode(os.path.abspath(path).replace(os.sep, "/"))
    )
    return sqlite3.connect(
        f"file://{'' if uri.startswith('/') else '/'}{uri}?{options}",
        uri=True,
        timeout=WAIT,
        isolation_level=None,
        check_same_thread=False,
        factory=factory,
    )


def copy_register(path: Path, copy: Path) -> None:
    """Make a copy of a register as the last import left it, of an older schema too, without writing to it.

    Raises DatabaseError.
    """
    try:
        with closing(_open(path)) as connection, closing(connect(copy, "mode=rwc")) as target:
            check(connection, path, older_too=True)
            # Held for the whole copy: without it, a copy begins anew each time that another import commits.
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            connection.backup(target)
            if isinstance(connection, UnlockedConnection) and connection.is_torn():
                raise torn(path, connection.original)
    except FAILURES as error:
        raise as_database_error(error, path) from error


def open_writing(path: Path, *, draft: bool = False) -> sqlite3.Connection:
    """Open or make the database file for one writer: WAL, foreign keys on. Raises DatabaseError.

    A `draft` is a file that nobody else has: it needs no journal on disk, since it is lost where writing is cut off.
    """
    is_there(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path, "mode=rwc")
        try:
            if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                check(connection, path, older_too=True)
            else:
                let_release_pages(connection)
            connection.execute(f"PRAGMA journal_mode = {'MEMORY' if draft else 'WAL'}")
            connection.execute(f"PRAGMA synchronous = {'OFF' if draft else 'NORMAL'}")
            prepare_writing(connection)
        except BaseException:
            connection.close()
            raise
    except FAILURES as error:
        raise as_database_error(error, path) from error
    return connection


def close_draft(connection: sqlite3.Connection, path: Path) -> None:
    """Make a draft a database like any other, all of it on disk, and close it."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def let_release_pages(connection: sqlite3.Connection) -> None:
    """Make a database that has no tables yet one whose file can become smaller, as `release_pages` makes it."""
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")


def release_pages(connection: sqlite3.Connection) -> None:
    """Make the file smaller where more than a few of its pages are free: a full-text index is written twice over."""
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if free * _FREE_SHARE > pages:
        # As a script, because execute() gives back no more than one page.
        connection.executescript("PRAGMA incremental_vacuum")


def prepare_writing(connection: sqlite3.Connection) -> None:
    """Set what every writing connection needs: foreign keys enforced, a cache that suits imports."""
    connection.execute("PRAGMA foreign_keys = ON")
    use_cache(connection, CACHE)
    connection.execute("PRAGMA temp_store = MEMORY")


def use_cache(connection: sqlite3.Connection, kilobytes: int) -> None:
    """Let a connection hold so much of its file in memory, and give up what is more."""
    connection.execute(f"PRAGMA cache_size = -{kilobytes}")


def check(connection: sqlite3.Connection, path: Path | str, *, older_too: bool = False) -> None:
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
    if version < OLDEST_UPGRADED:
        raise unknown_schema(version, path)
    if version < OLDEST_READ and not older_too:
        raise DatabaseError(
            f"{path}: has an older schema ({version}, this one reads {SCHEMA_VERSION}); "
            f"`interlock doctor --upgrade` brings it up to date, with a backup beside it"
        )


def unknown_schema(version: int, path: Path | str) -> DatabaseError:
    """Return what to say of a database whose schema is not the one that its version had since Interlock 0.1.0."""
    if 0 < version < OLDEST_UPGRADED:
        return DatabaseError(
            f"{path}: was made before Interlock 0.1.0 (schema {version}), and cannot be brought up to date; "
            f"import anew into another file"
        )
    return DatabaseError(
        f"{path}: has a schema that no Interlock has made (it says {version}); "
        f"restore a backup or import anew into another file"
    )
