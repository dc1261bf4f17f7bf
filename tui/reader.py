"""What the explorer asks of a register: the part of `db.register.Register` it needs, which tests can stand in for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

from db.database.version import FileVersion
from db.model import Record
from db.reports import Stats, Term
from db.results import Results


class Reader(Protocol):
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

    def record(self, key: str) -> Record:
        """Return one record in full."""

    def find(
        self, text: str, *, limit: int | None = 20, closed: bool = False, cancelled: Callable[[], bool] | None = None
    ) -> Results:
        """Search, best first."""

    def stats(self) -> Stats:
        """Count records and list sources."""

    def terms(self, vocabulary: str | None = None) -> tuple[Term, ...]:
        """Return the words of the vocabularies."""

    def interrupt(self) -> None:
        """Stop the call that another thread is making."""

    def close(self) -> None:
        """Close it."""


Opener = Callable[[], Reader]
"""Opens the register of this session anew; called off the event loop."""
