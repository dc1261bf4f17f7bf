"""The register as everyone reads it: `open_register` and the methods of `Register` are the Python API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from db.model import Brief, LinkPage, Record, Results, Run, Stats, Table, Term


class Register:
    """One open register, read-only; safe to share between threads, one call at a time."""

    label: str
    """What to call it on screen: `built-in register`, or the file's name."""
    path: Path | None
    """The database file; None for one in memory."""

    def brief(self, key: str) -> Brief: ...

    def resolve(self, text: str) -> str:
        """Return the key that `text` stands for: a key, a bare code, an exact name or alias, or a search with one clear
        winner. Raises NotFoundError, or AmbiguousKeyError with the candidates."""

    def record(self, key: str, *, as_of: str | None = None) -> Record: ...

    def links(
        self, key: str, *, types: tuple[str, ...] = (), direction: str | None = None,
        limit: int | None = 100, offset: int = 0, as_of: str | None = None,
    ) -> LinkPage: ...

    def find(
        self, text: str, *, limit: int | None = 20, closed: bool = False, explain: bool = False,
        as_of: str | None = None, cancelled: Callable[[], bool] | None = None,
    ) -> Results: ...

    def keys(self, kind: str | None = None) -> Iterator[str]: ...

    def stats(self) -> Stats: ...

    def runs(self) -> tuple[Run, ...]: ...

    def terms(self, vocabulary: str | None = None) -> tuple[Term, ...]: ...

    def sql(self, query: str, *, limit: int = 1000, seconds: float = 5.0) -> Table: ...

    def interrupt(self) -> None:
        """Stop the call that another thread is making: it raises QueryInterruptedError."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


def open_register(path: str | Path | None = None, *, builtin: bool = False) -> Register:
    """Open a register for reading: the file at `path`, else `$INTERLOCK_DB`, else the user's own; or the built-in one."""
