"""One open database that threads share, one call at a time, each answered from one state of it."""

from __future__ import annotations

import sqlite3
from _thread import RLock  # `threading` costs a reader 3 ms
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from db.database.connection import open_reading
from db.database.damage import senseless
from db.database.sqlite_errors import as_interlock_error
from db.database.unlocked import UnlockedConnection, torn
from db.errors import IMPOSSIBLE, DatabaseError, InterlockError, QueryInterruptedError

if TYPE_CHECKING:
    from pathlib import Path  # 8 ms that a search from the shell does without

    from db.database.version import FileVersion

Answer = TypeVar("Answer")


class HeldDatabase:
    """Holds a connection that only reads, whatever else is done to its file meanwhile.

    What reads raises DatabaseError where the database cannot be read, and QueryInterruptedError after `interrupt`.
    """

    label: str
    """What to call it on screen: `built-in register`, or the file's name."""

    def __init__(self, connection: sqlite3.Connection, *, label: str, path: Path | str | None = None) -> None:
        self.label = label
        self._path = path
        self._connection = connection
        self._lock = RLock()
        self._busy = False
        self._in_snapshot = False
        self._stopped = False
        self._closed = False
        self._stuck = False

    @property
    def path(self) -> Path | None:
        """The database file; None for one in memory."""
        from pathlib import Path  # 2 ms, as in `user_folders`

        return None if self._path is None else Path(self._path)

    @property
    def path_text(self) -> str | None:
        """The same as text, which costs a command nothing."""
        return None if self._path is None else str(self._path)

    def version(self) -> FileVersion | None:
        """Return which file this is and in what state: equal to the one before as long as nobody has changed, replaced
        or moved anything; None in memory. Raises DatabaseError where the file is no longer there."""
        if self._path is None:
            return None
        # 8 ms, which only who keeps a register open needs.
        from db.database.version import file_there, file_version, unread

        found = file_there(self._path, self.label)
        try:
            with self._reading() as connection:
                return file_version(connection, found)
        except QueryInterruptedError:
            raise
        except DatabaseError:
            return unread(found)

    def interrupt(self) -> None:
        """Stop the call that another thread is making: it raises QueryInterruptedError. Without a call, do nothing."""
        if self._busy:
            self._stopped = True
            with suppress(sqlite3.ProgrammingError):  # closed meanwhile: there is nothing left to stop
                self._connection.interrupt()

    def close(self) -> None:
        """Close the database; twice does no harm."""
        with self._lock:
            self._closed = True
            if not self._stuck:
                self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Return what `question` reads from the database itself, all of it from one state."""
        with self._reading() as connection:
            return question(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """Answer every question that is asked inside from one state of the database, whatever imports end meanwhile.

        Raises DatabaseError, also for a question, where nothing keeps that state and an import has changed it.
        """
        with self._lock:
            if self._in_snapshot:
                yield self
                return
            with self._reading():
                self._in_snapshot = True
            try:
                yield self
            finally:
                self._in_snapshot = False
                self._end_transaction()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection for one call and its snapshot; say in one line what goes wrong with it."""
        with self._lock:
            if self._stuck:
                raise DatabaseError(f"{self.label}: is still busy with a statement that was stopped; open it again")
            if self._closed:
                raise DatabaseError(f"{self.label}: has been closed; open it again")
            if self._busy:
                yield self._connection
                return
            self._stopped, self._busy = False, True
            try:
                if not self._in_snapshot:
                    self._begin()
                yield self._connection
                # An interrupt between two statements finds nothing running, and still means this call.
                if self._stopped:
                    raise QueryInterruptedError(f"{self.label}: the query was stopped before it had an answer")
                self._refuse_if_torn()
            except sqlite3.Error as error:
                self._refuse_if_torn()
                raise as_interlock_error(error, self.label) from error
            except InterlockError:
                self._refuse_if_torn()
                raise
            except IMPOSSIBLE as error:
                self._refuse_if_torn()
                # Damage that SQLite does not notice shows as a value that no register holds.
                raise senseless(self._connection, self.label, error) from error
            finally:
                self._busy = False
                if not self._in_snapshot:
                    self._end_transaction()

    def _begin(self) -> None:
        """Begin one transaction, so that an import ending meanwhile never shows half of itself."""
        held = self._connection
        if isinstance(held, UnlockedConnection) and held.is_outdated():
            self._connection = open_reading(self._path or held.original)
            self._reopened()
            held.close()
        self._connection.execute("BEGIN")

    def _end_transaction(self) -> None:
        if not (self._closed or self._stuck) and self._connection.in_transaction:
            self._connection.rollback()

    def _refuse_if_torn(self) -> None:
        """Raise DatabaseError where what was read may be of two states at once: that is no answer, and no damage."""
        held = self._connection
        if isinstance(held, UnlockedConnection) and held.is_torn():
            raise torn(self.label, held.original)

    def _give_up_connection(self) -> None:
        """Never touch the connection again: SQLite is in a step that only the end of the process ends."""
        self._stuck = True

    def _reopened(self) -> None:
        """Called where the file has been opened anew, as what it holds is another."""
