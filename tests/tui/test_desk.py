"""Asking the register from several threads."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from db.errors import QueryInterruptedError
from tests.tui.fake_register import FakeRegister
from tui.explorer.desk import Channel, Desk


def test_a_stale_question_is_not_even_asked() -> None:
    register = FakeRegister()
    channel = Channel(lambda: register)
    old, new = channel.number(), channel.number()
    with pytest.raises(QueryInterruptedError):
        channel.ask(lambda reader: reader.find("a"), old)
    assert channel.ask(lambda reader: reader.find("Wye"), new).total == 1
    assert register.asked == ["Wye"]


def test_a_newer_question_stops_the_one_before_it() -> None:
    register = FakeRegister()
    register.slow = "slow"
    channel = Channel(lambda: register)
    stopped = Event()

    def ask_slowly(number: int) -> None:
        try:
            channel.ask(lambda reader: reader.find("slow"), number)
        except QueryInterruptedError:
            stopped.set()

    thread = Thread(target=ask_slowly, args=(channel.number(),))
    thread.start()
    assert register.slow_asked.wait(5)
    number = channel.number()
    assert channel.ask(lambda reader: reader.find("Wye"), number).total == 1
    thread.join(5)
    assert stopped.is_set()


def test_an_answer_that_came_too_late_is_not_given() -> None:
    register = FakeRegister()
    channel = Channel(lambda: register)
    number = channel.number()

    def overtaken(reader: object) -> str:
        channel.number()
        return "late"

    with pytest.raises(QueryInterruptedError):
        channel.ask(overtaken, number)


def test_a_question_without_number_is_not_stopped_by_numbered_ones() -> None:
    register = FakeRegister()
    channel = Channel(lambda: register)
    channel.number()

    def counted(reader: object) -> str:
        channel.number()
        return "counted"

    assert channel.ask(counted) == "counted"


def test_a_closed_desk_answers_nothing_and_has_closed_its_registers() -> None:
    opened: list[FakeRegister] = []

    def opener() -> FakeRegister:
        opened.append(FakeRegister())
        return opened[-1]

    desk = Desk(opener)
    desk.searches.ask(lambda reader: reader.label)
    desk.records.ask(lambda reader: reader.label)
    desk.close()
    assert [register.closed for register in opened] == [True, True]
    with pytest.raises(QueryInterruptedError):
        desk.records.ask(lambda reader: reader.label)
