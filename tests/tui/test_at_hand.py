"""What the marked link leads to is read while the mark rests on it: following it then waits for nothing."""

from __future__ import annotations

from threading import Event

import pytest

from db.errors import DatabaseError
from db.model import Record
from tests.tui.exploring import NARROW, Exploring, exploring
from tests.tui.fake_register import FakeRegister, hub
from tests.tui.test_slow_reads import until

WYE, GROUP, GLEN = "ods:RLQ", "arr:foundation-group", "person:glen-burley"


class InterruptedRegister(FakeRegister):
    """Remembers that it was interrupted."""

    def __init__(self, *records: Record) -> None:
        super().__init__(*records)
        self.interrupted = Event()

    def interrupt(self) -> None:
        """Remember it."""
        self.interrupted.set()


@pytest.fixture(autouse=True)
def rests_at_once(no_time: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every mark for one that rests."""
    monkeypatch.setattr("tui.explorer.screens.at_hand.AHEAD_AFTER", 0.001)


def marked(explorer: Exploring) -> str | None:
    item = explorer.screen.record_view.item
    return item.target.key if item and item.target else None


def rest_on(explorer: Exploring, key: str) -> None:
    """Put the mark on the link to a record."""
    view = explorer.screen.record_view
    view.point_at(next(item.ident for item in view.items if item.target and item.target.key == key))


async def be_reading(explorer: Exploring, register: InterruptedRegister, key: str) -> None:
    """Have the record behind the marked link be read, for as long as the test wants."""
    register.slow_record = key
    rest_on(explorer, key)
    await until(explorer, lambda: key in register.read)


async def test_a_link_on_which_the_mark_rests_is_followed_without_reading() -> None:
    register = InterruptedRegister()
    async with exploring(register, start=WYE) as explorer:
        await until(explorer, lambda: register.read == [WYE, GROUP])
        await explorer.settle()
        assert (explorer.shown(), marked(explorer)) == (WYE, GROUP)
        register.broken[GROUP] = DatabaseError("x.db: is locked")
        await explorer.press("enter")
        assert explorer.shown() == GROUP
        assert "is locked" not in explorer.text()
        await explorer.press("backspace")
        assert explorer.shown() == WYE
        assert register.read.count(GROUP) == register.read.count(WYE) == 1


async def test_who_follows_a_link_that_is_being_read_waits_for_that_and_no_other_reading() -> None:
    register = InterruptedRegister()
    async with exploring(register, start=WYE) as explorer:
        await be_reading(explorer, register, GLEN)
        await explorer.pilot.press("enter")
        await until(explorer, lambda: "Reading Glen Burley" in explorer.text())
        register.reading.set()
        await explorer.settle()
        assert explorer.shown() == GLEN
        assert register.read.count(GLEN) == 1
        assert not register.interrupted.is_set()


async def test_what_is_read_ahead_is_given_up_when_the_mark_moves_on() -> None:
    register = InterruptedRegister()
    async with exploring(register, start=WYE) as explorer:
        await be_reading(explorer, register, GLEN)
        rest_on(explorer, GROUP)
        await until(explorer, register.interrupted.is_set)
        register.reading.set()
        rest_on(explorer, GLEN)
        await explorer.press("enter")
        assert explorer.shown() == GLEN
        assert register.read.count(GLEN) == 2


async def test_nothing_is_said_of_what_cannot_be_read_ahead_until_somebody_follows_it() -> None:
    register = InterruptedRegister()
    register.broken[GROUP] = DatabaseError("x.db: is locked")
    async with exploring(register, start=WYE) as explorer:
        await until(explorer, lambda: register.read == [WYE, GROUP])
        await explorer.settle()
        assert explorer.shown() == WYE
        assert "is locked" not in explorer.text()
        await explorer.press("enter")
        assert explorer.shown() == WYE
        assert "x.db: is locked" in explorer.text()
        del register.broken[GROUP]
        await explorer.press("enter")
        assert explorer.shown() == GROUP


async def test_a_page_that_was_read_ahead_is_forgotten_with_all_others_and_read_as_of_another_day() -> None:
    register = InterruptedRegister()
    async with exploring(register, start=WYE) as explorer:
        await until(explorer, lambda: register.read == [WYE, GROUP])
        await explorer.settle()
        explorer.screen.forget_pages()
        register.broken[GROUP] = DatabaseError("x.db: is locked")
        await explorer.press("enter")
        assert "x.db: is locked" in explorer.text()
        del register.broken[GROUP]
        await explorer.command("asof 2016", "enter")
        await explorer.press("enter")
        assert explorer.screen.record and explorer.screen.record.key == GROUP
        assert explorer.screen.record.as_of == "2016-12-31"


async def test_the_rest_of_a_group_that_is_being_read_is_not_stopped_by_what_its_lines_lead_to() -> None:
    register = InterruptedRegister(hub(500))
    async with exploring(register, NARROW, start="ods:HUB") as explorer:
        await explorer.settle()
        view = explorer.screen.record_view
        await explorer.press("end", "home")
        fold = next(item for item in view.items if item.fold and "ember practices" in str(item.rows))
        view.point_at(fold.ident)
        await explorer.press("space", "down", "down")
        await explorer.settle()
        assert not view.lacks_lines
        assert sum(1 for item in view.items if item.target) >= 500


async def test_results_that_are_looked_through_have_nothing_read_ahead_of_what_stands_beside_them() -> None:
    register = InterruptedRegister()
    async with exploring(register, search="Wye") as explorer:
        await explorer.settle()
        assert explorer.shown() == WYE
        assert register.read == [WYE]
        await explorer.press("enter")
        await until(explorer, lambda: register.read == [WYE, GROUP])
