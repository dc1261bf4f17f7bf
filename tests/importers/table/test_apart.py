"""Reading in a process of its own: what it gives, and that it may end, fail or stand still without harm."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

import importers.table.apart
from importers.table.apart import EndedError, given_apart


def ends() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


def stands_still() -> Iterator[int]:
    yield 1
    signal.pause()


def test_what_is_made_is_given() -> None:
    assert list(given_apart(lambda: range(3), 100)) == [0, 1, 2]


@pytest.mark.parametrize("make", [ends, stands_still])
def test_a_process_that_will_give_no_more_has_ended(monkeypatch: pytest.MonkeyPatch, make: object) -> None:
    monkeypatch.setattr(importers.table.apart, "_PATIENCE", 0.1)
    given = given_apart(make, 100)  # type: ignore[arg-type]
    assert next(given) == 1
    with pytest.raises(EndedError):
        next(given)
