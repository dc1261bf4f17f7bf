"""What the explorer asks of a register: the methods of `db.register.Register` that its screens and views use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from db.database.version import FileVersion
from db.graph.choice import LinkChoice
from db.results import Brief, Results, TypeCount

if TYPE_CHECKING:
    from db.graph.answers import Aftermath, Ranking, Shared, Timeline, Tree, Ways
    from db.model import Record
    from db.reports import Calendar, Diff, Gap, Places, Run, Stats, Suggestion, Term


class RegisterReader(Protocol):
    """A register open for reading, one call at a time."""

    label: str

    @property
    def path(self) -> Path | None:
        """The database file; None for one in memory."""

    def version(self) -> FileVersion | None:
        """Return which file it is and in what state, None in memory; raise DatabaseError where it has gone."""

    def snapshot(self) -> AbstractContextManager[Self]:
        """Answer all that is asked inside from one state of the register."""

    def resolve(self, text: str) -> str:
        """Return the key that a text stands for."""

    def record(
        self,
        key: str,
        *,
        as_of: str | None = None,
        most: int | None = None,
        first: int | None = None,
        with_timeline: bool = False,
    ) -> Record:
        """Return one record, with all or so many links under each heading, and all that is dated of it if asked."""

    def brief(self, key: str) -> Brief:
        """Return a record in one line."""

    def find(
        self,
        text: str,
        *,
        limit: int | None = 20,
        closed: bool = False,
        as_of: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Results:
        """Search, best first."""

    def paths(
        self,
        start: str,
        goal: str,
        *,
        count: int = 3,
        most_hops: int = 5,
        wanted: LinkChoice = ...,
        as_of: str | None = None,
    ) -> Ways:
        """Return the shortest ways between two records."""

    def shared(
        self, keys: Sequence[str], *, limit: int | None = 100, wanted: LinkChoice = ..., as_of: str | None = None
    ) -> Shared:
        """Return what records have in common."""

    def companions(
        self, key: str, *, limit: int | None = 20, wanted: LinkChoice = ..., as_of: str | None = None
    ) -> Ranking:
        """Return with whom a record shares most."""

    def tree(
        self,
        key: str,
        *,
        depth: int = 2,
        width: int = 10,
        direction: str | None = None,
        wanted: LinkChoice = ...,
        as_of: str | None = None,
    ) -> Tree:
        """Return a record with what hangs on it."""

    def timeline(
        self, key: str, *, limit: int | None = None, whole: bool = False, as_of: str | None = None
    ) -> Timeline:
        """Return all that is dated of a record."""

    def after(self, key: str) -> Aftermath:
        """Return what became of a record."""

    def gaps(self, kinds: Collection[str] = (), *, about: str = "") -> tuple[Gap, ...]:
        """Return what is not known or not put right yet."""

    def calendar(self, within: str = "180d", *, as_of: str | None = None, about: str = "") -> Calendar:
        """Return what lies ahead."""

    def places(self, about: str = "") -> Places:
        """Return where records are."""

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what imports leave for a person to confirm."""

    def runs(self) -> tuple[Run, ...]:
        """Return all imports."""

    def diff(self, run: int) -> Diff:
        """Return what an import changed."""

    def stats(self) -> Stats:
        """Count records and list sources."""

    def contents(self) -> tuple[TypeCount, ...]:
        """Count records by kind and type."""

    def terms(self, vocabulary: str | None = None) -> tuple[Term, ...]:
        """Return the words of the vocabularies."""

    def kinds(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the kinds of records by their keys."""

    def type_labels(self) -> dict[str, str]:
        """Return the types of records in words."""

    def interrupt(self) -> None:
        """Stop the call that another thread is making."""

    def close(self) -> None:
        """Close it."""


Opener = Callable[[], RegisterReader]
"""Opens the register of this session anew; called off the event loop."""
