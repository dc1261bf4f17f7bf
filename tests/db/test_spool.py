"""Rows that are many are on disk, and come back as often as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from db.files.spool import KeptRows, Spool


class Weighty:
    """A row that is counted while it is held."""

    held = 0

    def __init__(self, number: int) -> None:
        self.number = number
        Weighty.held += 1

    def __reduce__(self) -> tuple[type[Weighty], tuple[int]]:
        return Weighty, (self.number,)

    def __del__(self) -> None:
        Weighty.held -= 1


def test_of_many_rows_few_are_held_and_all_come_back() -> None:
    most = 0
    rows = KeptRows((Weighty(number) for number in range(20_000)), plain=False)
    for _ in range(2):
        for number, row in enumerate(rows):
            assert row.number == number
            most = max(most, Weighty.held)
    assert len(rows) == 20_000
    assert most < 5_000


def test_heavy_rows_are_put_aside_sooner() -> None:
    asked: list[int] = []
    rows = KeptRows(_noted(asked), weight=lambda _: 100)
    assert list(islice(rows, 3)) == [0, 1, 2]
    assert len(asked) == 10


def test_what_keeps_rows_from_being_made_is_raised_again() -> None:
    def made() -> Iterator[int]:
        yield from range(1_500)
        raise ValueError("broken")

    rows = KeptRows(made())
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            list(rows)


def _noted(asked: list[int]) -> Iterator[int]:
    for number in range(1_000):
        asked.append(number)
        yield number


def test_lots_that_are_held_come_back_before_those_on_disk() -> None:
    lots: list[list[tuple[str, int | None]]] = [[("a", 1)], [("b", 2), ("c", None)], [("d", 4)]]
    for held in range(4):
        spool = Spool(held=held)
        for lot in lots:
            spool.put(lot)
        assert len(spool) == 3
        assert list(spool.lots()) == list(spool.lots()) == lots
        spool.close()
