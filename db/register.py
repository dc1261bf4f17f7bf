"""The register as everyone reads it: `open_register` and the methods of `Register` are the Python API."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.database.builtin import builtin_connection, create_register
from db.database.connection import default_path, open_reading
from db.database.sqlite_errors import as_database_error
from db.dates import today
from db.errors import DatabaseError, UsageError, quoted
from db.graph.questions import GraphQuestions
from db.parameters import bindable, not_negative
from db.reading import vocabulary as words
from db.reading.as_of import day_or_none

if TYPE_CHECKING:
    from pathlib import Path  # 8 ms that a search from the shell does without

    from sqlite_utils import Database

    from db.model import LinkPage, Particulars, Record
    from db.reading.sql import QueryRows
    from db.reports import Calendar, Diff, Gap, Places, Run, SourceInfo, Stats, Suggestion, Table, Term
    from db.results import Brief, Results, TypeCount
    from db.search.memory import Memory
    from db.statements import LinkTypeSaid

BUILT_IN = "built-in register"
"""What the register that comes with the program is called on screen."""
_BATCH = 1000
"""Keys read at a time, so that iterating over all of them never keeps others waiting."""


class Register(GraphQuestions):
    """One open register, read-only; safe to share between threads, one call at a time.

    Every method raises DatabaseError where the database cannot be read, and QueryInterruptedError after `interrupt`.
    """

    # Methods load what answers them: what reads a record takes 10 ms, what counts and reports 14, the search 11.

    def __init__(self, connection: sqlite3.Connection, *, label: str, path: Path | str | None = None) -> None:
        super().__init__(connection, label=label, path=path)
        self._memory: Memory | None = None
        self._contents: tuple[int, tuple[TypeCount, ...]] | None = None
        self._database: Database | None = None

    @property
    def database(self) -> Database:
        """The register for scripts, as a `sqlite_utils.Database` that cannot be written to, open as long as this is.

        It has a connection of its own, on which nothing is interrupted and no memory limited. Raises DatabaseError.
        """
        if self._database is None:
            from sqlite_utils import Database  # no command reads by it, and it takes a tenth of a second to load

            with self._reading():
                held = open_reading(self._path) if self._path is not None else self._copied()
            self._database = Database(held, recursive_triggers=False)
        return self._database

    def _copied(self) -> sqlite3.Connection:
        """Return a copy of a register that is in memory, which no second connection can open."""
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with self._reading() as connection:
            copy.deserialize(connection.serialize())
        copy.execute("PRAGMA query_only = ON")
        return copy

    def close(self) -> None:
        """Close the database; twice does no harm."""
        super().close()
        if self._database is not None:
            self._database.close()

    def _reopened(self) -> None:
        self._memory = self._contents = None

    def brief(self, key: str) -> Brief:
        """Return a record in one line. Raises NotFoundError."""
        with self._reading() as connection:
            from db.reading import record

            return record.brief(connection, bindable(key))

    def resolve(self, text: str) -> str:
        """Return the key that `text` stands for: a key, a bare code, an exact name or alias, or a search with one clear
        winner. Raises NotFoundError, or AmbiguousKeyError with the candidates."""
        with self._reading() as connection:
            from db.reading.resolve_key import resolve

            return resolve(connection, bindable(text))

    def record(
        self,
        key: str,
        *,
        as_of: str | None = None,
        most: int | None = None,
        first: int | None = None,
        with_timeline: bool = False,
    ) -> Record:
        """Return a record in full, as it is or as it stood on the day `as_of`; with all that is dated of it, if asked.

        With `most`, so many links under each heading, under one that has more the `first` of them alone, if given:
        `heading_counts` tells how many there are. Raises NotFoundError, UsageError.
        """
        not_negative(most, "most")
        not_negative(first, "first")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.reading import record

            found = record.record(connection, bindable(key), day, record.LinksWanted(most, first))
            if not with_timeline:
                return found
            from db.graph.timeline import with_its_timeline

            return with_its_timeline(connection, found, day)

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
        not_negative(limit, "limit")
        not_negative(offset, "offset")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.reading import record

            return record.link_page(connection, bindable(key), types, direction, limit, offset, day)

    def particulars(self, keys: Iterable[str]) -> dict[str, Particulars]:
        """Return where records are, their codes and days, and the newest source of each, by key."""
        with self._reading() as connection:
            from db.reading.particulars import particulars

            return particulars(connection, map(bindable, keys))

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
        # The search takes 12 ms to load, and no other read needs it.
        from db.search.find import find
        from db.search.memory import Memory

        not_negative(limit, "limit")
        day = day_or_none(as_of)
        with self._reading() as connection:
            memory, self._memory = self._memory, self._memory or Memory()
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
                from db.reading import record

                batch = record.keys_after(connection, kind, last, _BATCH)
            if not batch:
                return
            yield from batch
            last = batch[-1]

    def stats(self) -> Stats:
        """Count records and links, and list the sources with their dates and licences."""
        from db.reading.stats import stats

        with self._reading() as connection:
            return stats(connection)

    def sources(self) -> tuple[SourceInfo, ...]:
        """List the sources with their dates and licences, as `stats` does, for those who ask for no more than these."""
        from db.reading.stats import sources

        with self._reading() as connection:
            return sources(connection)

    def contents(self) -> tuple[TypeCount, ...]:
        """Count records by kind and type, the most numerous type of each kind first; once, until something changes."""
        from db.reading.contents import contents

        with self._reading() as connection:
            (state,) = connection.execute("PRAGMA data_version").fetchone()
            if self._contents is None or self._contents[0] != state:
                self._contents = state, contents(connection)
            return self._contents[1]

    def runs(self) -> tuple[Run, ...]:
        """Return all imports, the newest last, with what they refused."""
        from db.reading.history import runs

        with self._reading() as connection:
            return runs(connection)

    def gaps(self, kinds: Collection[str] = (), *, about: str = "") -> tuple[Gap, ...]:
        """Return what is not known or not put right yet, of some kinds or of all, what is most worth mending first.

        `about` is a record that they have to name, or filters that one they name has to pass. Those that are `usual`
        are among them. Raises UsageError, NotFoundError.
        """
        from db.gaps.find import gaps

        with self._reading() as connection:
            return gaps(connection, kinds, bindable(about))

    def calendar(self, within: str = "180d", *, as_of: str | None = None, about: str = "") -> Calendar:
        """Return what lies ahead, from today or another day to so many days, weeks, months or years after it.

        `about` is as for `gaps`. Raises UsageError, NotFoundError.
        """
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.reading.calendar import calendar

            return calendar(connection, today() if day is None else day.iso, bindable(within), bindable(about))

    def places(self, about: str = "") -> Places:
        """Return where those are that a record is linked to now, or that filters let through, or all there are.

        Raises UsageError, NotFoundError.
        """
        from db.reading.places import places

        with self._reading() as connection:
            return places(connection, bindable(about))

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what imports believe and leave for a person to confirm, the surest first."""
        from db.reading.suggestions import suggestions

        with self._reading() as connection:
            return suggestions(connection)

    def diff(self, run: int) -> Diff:
        """Return what an import added, changed, closed, reopened, found gone and refused. Raises NotFoundError."""
        from db.reading.history import diff

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

    def kinds(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the kinds of records by their keys, of those that are there."""
        from db.reading.kinds_on import kinds

        with self._reading() as connection:
            return kinds(connection, keys)

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
        from db.reading.sql import QueryLimits, select

        with self._reading() as connection:
            return select(
                connection, bindable(query), QueryLimits(limit, seconds, megabytes), when_stuck=self._give_up_connection
            )

    @contextmanager
    def sql_rows(
        self, query: str, *, limit: int = 1000, seconds: float = 5.0, megabytes: int = 256, whole_process: bool = False
    ) -> Iterator[QueryRows]:
        """Run a statement as `sql` does, and give its rows one by one while others are read; nothing else may be asked.

        `whole_process` limits the memory of all the process to so many `megabytes`, for one that does nothing else.
        """
        from db.reading.sql import QueryLimits, answering

        with (
            self._reading() as connection,
            answering(
                connection,
                bindable(query),
                QueryLimits(limit, seconds, megabytes),
                whole_process=whole_process,
                when_stuck=self._give_up_connection,
            ) as rows,
        ):
            yield rows


def open_register(path: str | Path | None = None, *, builtin: bool = False) -> Register:
    """Open a register for reading: the file at `path`, else `$INTERLOCK_DB`, else the user's own; or the built-in one.

    The user's own is made where it is missing; where it cannot be made, the built-in register is read.
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
        if not os.path.exists(own):
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
