"""Any question as a place one can be at: opened, left, found again, failed, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from db.errors import DatabaseError
from tests.tui.exploring import NARROW, WIDE, Exploring, exploring
from tests.tui.fake_register import EVIDENCE, GROUP, WARWICK, WYE, FakeRegister
from tui.explorer.pages.items import ListItem, piece
from tui.explorer.reader import RegisterReader
from tui.explorer.views.show import ShowView
from tui.explorer.views.view import View, ViewPage
from tui.text.page_parts import Target

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE])


@dataclass(frozen=True)
class CountView(View):
    """How many records there are, which leads to one of them and to another count."""

    of: str = "all"

    @property
    def words(self) -> tuple[str, ...]:
        """No command."""
        return ("count", self.of)

    def ask(self, reader: RegisterReader) -> ViewPage:
        """Count."""
        number = len(reader.find("t", limit=None).hits)
        return ViewPage(f"count of {self.of}", "counted", lambda *_: self.items(number), EVIDENCE)

    def items(self, number: int) -> tuple[ListItem, ...]:
        """Return three lines."""
        rows = ((piece(f"{number} records of {self.of}", "prose"),),)
        return (
            ListItem(rows, "count", evidence=(3,), copy="the count"),
            ListItem(((piece("Wye"),),), "wye", Target(*WYE)),
            ListItem(((piece("the rest"),),), "rest", view=CountView("the rest")),
        )


def at(explorer: Exploring) -> View | None:
    """The view that is shown, where that is the visit one is at."""
    visit = explorer.screen.history.current
    assert visit is None or visit.view == explorer.screen.view
    return explorer.screen.view


async def opened(explorer: Exploring, view: View) -> None:
    """Open a view as a key does."""
    explorer.screen.open_view(view)
    explorer.screen.go_to(explorer.screen.record_view)
    await explorer.settle()


@SIZES
async def test_a_view_is_a_place_like_a_record(size: tuple[int, int]) -> None:
    async with exploring(size=size, start=GROUP[0]) as explorer:
        await opened(explorer, CountView())
        assert "4 records of all" in explorer.text()
        assert "Foundation Group › count of all" in explorer.text()
        await explorer.press("down", "down", "enter")
        assert at(explorer) == CountView("the rest")
        await explorer.press("2")
        assert at(explorer) == CountView("the rest")
        await explorer.press("1")
        assert at(explorer) == ShowView(WYE[0])
        await explorer.press("backspace", "backspace")
        assert at(explorer) == CountView()
        item = explorer.screen.record_view.item
        assert item and item.ident == "rest"
        await explorer.press("backspace", "]")
        assert at(explorer) == CountView()


async def test_every_line_of_a_view_has_its_evidence_and_can_be_copied() -> None:
    async with exploring(start=GROUP[0]) as explorer:
        await opened(explorer, CountView())
        await explorer.press("home", "e")
        assert "row 12" in explorer.text()
        await explorer.press("Y")
        assert "the count" in explorer.text()


async def test_a_view_that_cannot_be_read_says_so_and_is_asked_again() -> None:
    register = FakeRegister()
    async with exploring(register, start=GROUP[0]) as explorer:
        await opened(explorer, CountView())
        await explorer.press("down", "enter")
        register.broken["t"] = DatabaseError("x.db: is locked")
        await explorer.press("backspace")
        assert "count of all: x.db: is locked" in explorer.text()
        del register.broken["t"]
        await explorer.press("enter")
        assert at(explorer) == CountView()


async def test_a_view_that_leads_nowhere_leaves_one_where_one_was() -> None:
    register = FakeRegister()
    register.broken["t"] = DatabaseError("x.db: is locked")
    async with exploring(register, start=GROUP[0]) as explorer:
        await opened(explorer, CountView())
        assert "x.db: is locked" in explorer.text()
        assert at(explorer) == ShowView(GROUP[0])


def test_a_view_says_which_command_shows_the_same() -> None:
    assert ShowView(WARWICK[0], as_of="2016").command == ("show", WARWICK[0], "--as-of", "2016")
    assert ShowView(WARWICK[0]).on("2016").asks_as(ShowView(WARWICK[0]))
    assert not ShowView(WARWICK[0]).asks_as(CountView())
