"""The register as everyone reads it: `open_register` and the methods of `Register` are the Python API."""

from __future__ import annotations

import os
import sqlite3
from _thread import RLock  # `threading` costs a reader 3 ms
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

from db.builtin import builtin_connection, create_register
from db.connection import as_database_error, default_path, open_reading
from db.errors import IMPOSSIBLE, DatabaseError, InterlockError, QueryInterruptedError, UsageError
from db.reading import resolve, words
from db.reading.guard import as_interlock_error, bindable, quoted
from db.unlocked import UnlockedConnection, torn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path  # costs a search from the shell 6 ms
    from typing import Self, TypeVar

    from db.file_version import FileVersion
    from db.model import Brief, Diff, LinkPage, Record, Results, Run, Stats, Suggestion, Table, Term
    from db.reading.as_of import Day
    from db.reading.safe_sql import Rows
    from db.search.memory import Memory
    from db.statements import LinkTypeSaid

    Answer = TypeVar("Answer")

BUILT_IN = "built-in register"
"""What the register that comes with the program is called on screen."""
_BATCH = 1000
"""Keys read at a time, so that iterating over all of them never keeps others waiting."""


class Register:
    """One open register, read-only; safe to share between threads, one call at a time.

    Every method raises DatabaseError where the database cannot be read, and QueryInterruptedError after `interrupt`.
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
        self._memory: Memory | None = None

    @property
    def path(self) -> Path | None:
        """The database file; None for one in memory."""
        from pathlib import Path

        return None if self._path is None else Path(self._path)

    @property
    def path_text(self) -> str | None:
        """The same as text, which costs a command nothing."""
        return None if self._path is None else str(self._path)

    def brief(self, key: str) -> Brief:
        """Return a record in one line. Raises NotFoundError."""
        with self._reading() as connection:
            from db.reading import records  # a search needs neither it nor its dataclasses, 8 ms

            return records.brief(connection, bindable(key))

    def resolve(self, text: str) -> str:
        """Return the key that `text` stands for: a key, a bare code, an exact name or alias, or a search with one clear
        winner. Raises NotFoundError, or AmbiguousKeyError with the candidates."""
        with self._reading() as connection:
            return resolve.resolve(connection, bindable(text))

    def record(self, key: str, *, as_of: str | None = None) -> Record:
        """Return a record in full, as it is or as it stood on the day `as_of`. Raises NotFoundError, UsageError."""
        day = _day(as_of)
        with self._reading() as connection:
            from db.reading import records  # a search needs neither it nor its dataclasses, 8 ms

            return records.record(connection, bindable(key), day)

    def links(
        self,
        key: str,
        *,
        types: tuple[str, ...] = (),
        direction: str | None = None,
        limit: int | None = 100,
        offset: int = 0,
        as_of: str | None = None,
    ) -> LinkPage:
        """Return a record's links of some types, in one direction (`in`, `out`) or both; None means without limit.

        Raises NotFoundError, UsageError.
        """
        _not_negative(limit, "limit")
        _not_negative(offset, "offset")
        day = _day(as_of)
        with self._reading() as connection:
            from db.reading import records  # a search needs neither it nor its dataclasses, 8 ms

            return records.link_page(connection, bindable(key), types, direction, limit, offset, day)

    def find(
        self,
        text: str,
        *,
        limit: int | None = 20,
        closed: bool = False,
        explain: bool = False,
        as_of: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Results:
        """Search names, codes and summaries, best first; closed organisations only where `closed`.

        `cancelled` is asked now and then whether to give up, with QueryInterruptedError.
        """
        # Loads the search, which no other read needs.
        from db.search.find import find

        _not_negative(limit, "limit")
        day = _day(as_of)
        with self._reading() as connection:
            memory, self._memory = self._memory, self._memory or _memory()
            return find(
                connection,
                bindable(text),
                limit=limit,
                closed=closed,
                explain=explain,
                as_of=None if day is None else day.iso,
                cancelled=cancelled,
                memory=memory,
            )

    def keys(self, kind: str | None = None) -> Iterator[str]:
        """Yield the keys of all records, or of those of one kind, in order. Raises UsageError for an unknown kind."""
        if kind is not None and kind not in words.TYPES:
            raise UsageError(f"unknown kind {quoted(kind)}: write one of {', '.join(words.TYPES)}")
        return self._all_keys(kind)

    def _all_keys(self, kind: str | None) -> Iterator[str]:
        last = ""
        while True:
            with self._reading() as connection:
                from db.reading import records  # as above

                batch = records.keys_after(connection, kind, last, _BATCH)
            if not batch:
                return
            yield from batch
            last = batch[-1]

    def stats(self) -> Stats:
        """Count records and links, and list the sources with their dates and licences."""
        # Only `stats` and the explorer's heading need it.
        from db.reading.stats import stats

        with self._reading() as connection:
            return stats(connection)

    def runs(self) -> tuple[Run, ...]:
        """Return all imports, the newest last, with what they refused."""
        # Only `runs` needs it.
        from db.reading.runs import runs

        with self._reading() as connection:
            return runs(connection)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what imports believe and leave for a person to confirm, the surest first."""
        # Only `review` needs it.
        from db.reading.suggestions import suggestions

        with self._reading() as connection:
            return suggestions(connection)

    def diff(self, run: int) -> Diff:
        """Return what an import added, changed, closed, reopened, found gone and refused. Raises NotFoundError."""
        # Only `diff` needs it.
        from db.reading.diffs import diff

        with self._reading() as connection:
            return diff(connection, run)

    def terms(self, vocabulary: str | None = None) -> tuple[Term, ...]:
        """Return the words of a vocabulary, or of all, with their definitions and where those come from."""
        with self._reading() as connection:
            return words.terms(connection, None if vocabulary is None else bindable(vocabulary))

    def link_types(self) -> tuple[LinkTypeSaid, ...]:
        """Return the types of links with their definitions, as a file has to state them."""
        with self._reading() as connection:
            return words.link_types(connection)

    def type_labels(self) -> dict[str, str]:
        """Return the types of records in words, as their vocabularies have them."""
        with self._reading() as connection:
            return words.type_labels(connection)

    def sql(self, query: str, *, limit: int = 1000, seconds: float = 5.0, megabytes: int = 256) -> Table:
        """Run one statement that reads, at most `limit` rows of it; bytes come as text (`x'0aff'`).

        Raises UsageError for SQL that is wrong or does more than read, QueryInterruptedError after `seconds` of it,
        where the process grows by more than about so many `megabytes`, or for an answer of more than 100 MB. Where
        SQLite goes on with a single step of it, this register has to be opened again.
        """
        # Only `sql` needs it.
        from db.reading.safe_sql import Limits, select

        with self._reading() as connection:
            return select(
                connection, bindable(query), Limits(limit, seconds, megabytes), when_stuck=self._give_up_connection
            )

    @contextmanager
    def sql_rows(
        self, query: str, *, limit: int = 1000, seconds: float = 5.0, megabytes: int = 256, whole_process: bool = False
    ) -> Iterator[Rows]:
        """Run a statement as `sql` does, and give its rows one by one while others are read; nothing else may be asked.

        `whole_process` limits the memory of all the process to so many `megabytes`, for one that does nothing else.
        """
        # Only `sql` needs it.
        from db.reading.safe_sql import Limits, answering

        with (
            self._reading() as connection,
            answering(
                connection,
                bindable(query),
                Limits(limit, seconds, megabytes),
                whole_process=whole_process,
                when_stuck=self._give_up_connection,
            ) as rows,
        ):
            yield rows

    def _give_up_connection(self) -> None:
        """Never touch the connection again: SQLite is in a step that only the end of the process ends."""
        self._stuck = True

    def version(self) -> FileVersion | None:
        """Return which file this is and in what state: equal to the one before as long as nobody has changed, replaced
        or moved anything; None in memory. Raises DatabaseError where the file is no longer there."""
        if self._path is None:
            return None
        # Only who keeps a register open needs it.
        from db.file_version import file_there, file_version, unread

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
                # Damage that SQLite does not notice shows as a value that no register holds; only that pays for it.
                from db.damage import senseless

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
            self._memory = None
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


def open_register(path: str | Path | None = None, *, builtin: bool = False) -> Register:
    """Open a register for reading: the file at `path`, else `$INTERLOCK_DB`, else the user's own; or the built-in one.

    The user's own is made where it is missing; where it cannot be made, the built-in register is read in memory.
    Raises DatabaseError where the file is missing, no register, locked, damaged or of another version.
    """
    if builtin:
        return _built_in()
    if path is not None:
        return _at(path)
    if os.environ.get("INTERLOCK_DB"):
        return _at(default_path())
    try:
        own = default_path()
        if not own.exists():
            create_register(own)
    except (OSError, DatabaseError):
        return _built_in()
    return _at(own)


def _at(path: Path | str) -> Register:
    try:
        return Register(open_reading(path), label=os.path.basename(path), path=path)
    except OSError as error:
        raise as_database_error(error, path) from error


def _built_in() -> Register:
    return Register(builtin_connection(), label=BUILT_IN)


def _memory() -> Memory:
    # For the searches after the first, which for a command is the only one.
    from db.search.memory import Memory

    return Memory()


def _day(as_of: str | None) -> Day | None:
    if as_of is None:
        return None
    # The present is what most ask for, and does without it.
    from db.reading.as_of import Day

    return Day(as_of)


def _not_negative(number: int | None, what: str) -> None:
    if number is not None and number < 0:
        raise UsageError(f"a {what} of {number} makes no sense; write 0 or more")
