"""Rows put aside on disk until more is known, or because they are too many to be held."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Generic, TypeVar
from weakref import finalize

from db.files.scratch import nameless_file

T = TypeVar("T")

_LOT = 1_000
"""Rows of a lot, and the most that they may weigh."""


class Spool:
    """Gives back what was put aside, lot by lot, in order and as often as it is asked for.

    Rows are plain, which is quickest, or of any kind; the first lots may be held, which spares writing them.
    """

    def __init__(self, plain: bool = True, held: int = 0) -> None:
        self._file: IO[bytes] | None = None
        self._plain = plain
        self._most_held = held
        self._held: list[list[Any]] = []
        self._places: list[int] = []

    def __len__(self) -> int:
        """How many lots there are."""
        return len(self._held) + len(self._places)

    def put(self, rows: list[Any]) -> None:
        """Put a lot of rows aside."""
        if not rows:
            return
        if len(self._held) < self._most_held:
            self._held.append(rows)
            return
        if self._file is None:
            self._file = nameless_file()
            # Readers of rows come and go without a word.
            finalize(self, self._file.close)
        data = marshal.dumps(rows) if self._plain else pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
        self._places.append(self._file.seek(0, 2))
        self._file.write(data)

    def lot(self, number: int) -> list[Any]:
        """Take a lot back, the first being 0."""
        if number < len(self._held):
            return self._held[number]
        assert self._file is not None
        self._file.seek(self._places[number - len(self._held)])
        rows: list[Any] = marshal.load(self._file) if self._plain else pickle.load(self._file)
        return rows

    def lots(self) -> Iterator[list[Any]]:
        """Take everything back."""
        return map(self.lot, range(len(self)))

    def close(self) -> None:
        """Forget all of it."""
        self._held.clear()
        if self._file is not None:
            self._file.close()


class KeptRows(Generic[T]):
    """Rows that can be gone through again, as far as they were asked for: the first are held, the others are on disk.

    What keeps them from being made is raised each time.
    """

    def __init__(self, rows: Iterable[T], plain: bool = True, weight: Callable[[T], float] | None = None) -> None:
        self._coming: Iterator[T] | None = iter(rows)
        self._weight = weight
        """What a row weighs beside one of some hundred characters, where some may be much more than that."""
        self._first: list[T] = []
        self._rest = Spool(plain)
        self._count = 0
        self._failure: Exception | None = None

    def __len__(self) -> int:
        while self._next_lot():
            pass
        return self._count

    def __bool__(self) -> bool:
        return bool(self._first or self._next_lot())

    def __iter__(self) -> Iterator[T]:
        number = 0
        while number <= len(self._rest) if self._first else bool(self):
            yield from self._rest.lot(number - 1) if number else self._first
            number += 1
            if number > len(self._rest) and not self._next_lot():
                return

    def _next_lot(self) -> list[T]:
        """Make some rows more, and keep them; none where there are no more."""
        if self._failure is not None:
            raise self._failure
        lot: list[T] = []
        weight = 0.0
        try:
            for row in self._coming or ():
                lot.append(row)
                weight += self._weight(row) if self._weight else 1
                if len(lot) >= _LOT or weight >= _LOT:
                    break
            else:
                self._coming = None
        except Exception as error:
            self._failure = error
            raise
        if self._first:
            self._rest.put(lot)
        else:
            self._first = lot
        self._count += len(lot)
        return lot
