"""What is read and typed while the screen is loaded is on it from the beginning."""

from __future__ import annotations

from typing import Any

import pytest

from db.errors import DatabaseError
from db.model import Record
from tests.tui.exploring import WIDE, Exploring
from tests.tui.fake_register import WYE, FakeRegister
from tui.explorer.app import Explorer
from tui.explorer.read_ahead import ReadAhead
from tui.explorer.reader import RegisterReader


class CountingRegister(FakeRegister):
    """Keeps which records it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def record(self, key: str, **how: Any) -> Record:  # noqa: ANN401
        """Return a record, and note that."""
        self.read.append(key)
        return super().record(key, **how)


async def test_a_record_that_was_read_ahead_is_shown_and_not_asked_for_again() -> None:
    register = CountingRegister()
    ahead = ReadAhead(lambda: register, WYE[0])
    ahead.open()
    async with Explorer(lambda: register, start=WYE[0], ahead=ahead).run_test(size=WIDE) as pilot:
        running = Exploring(pilot.app, pilot)  # type: ignore[arg-type]
        await running.settle()
        assert running.shown() == WYE[0]
        assert "planned" in running.text()
        assert register.read == [WYE[0]]


def test_what_was_read_ahead_is_given_once() -> None:
    ahead = ReadAhead(FakeRegister, WYE[0])
    ahead.open()
    taken = ahead.take()
    assert taken and taken.opened and taken.opened.record.key == WYE[0]
    assert ahead.take() is None


def test_where_nothing_could_be_read_ahead_whoever_asks_is_told_why() -> None:
    def refuse() -> RegisterReader:
        raise DatabaseError("the register has gone")

    ahead = ReadAhead(refuse)
    with pytest.raises(DatabaseError, match="has gone"):
        ahead.open()
    assert ahead.take() is None
