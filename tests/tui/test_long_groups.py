"""Groups of thousands: the first lines are there at once, the rest once the group is open, and all told is true."""

from __future__ import annotations

from collections import Counter

from db.register import open_register
from tests.tui.exploring import NARROW, Exploring, exploring
from tests.tui.fake_register import FakeRegister, hub
from tests.tui.unfolding import lines
from tui.explorer.read_ahead import FIRST
from tui.explorer.views.show import ShowView

SIZE = 5000


def mark(explorer: Exploring, ident: str) -> None:
    """Mark the line whose ident holds this."""
    view = explorer.screen.record_view
    view.mark(next(n for n, item in enumerate(view.items) if ident in item.ident))


def place(explorer: Exploring) -> tuple[int, str]:
    """How many links have been read, and which line is marked."""
    record, item = explorer.screen.record, explorer.screen.record_view.item
    return len(record.links) if record else 0, item.ident if item else ""


async def test_a_long_group_tells_what_it_holds_and_opening_it_reads_all() -> None:
    async with exploring(FakeRegister(hub(SIZE)), NARROW, start="ods:HUB") as explorer:
        view = explorer.screen.record_view
        assert "5,000  GP practice 4,999 · pharmacy 1" in explorer.text()
        assert "2+" in next(line for line in explorer.text().splitlines() if "Evidence" in line)
        record = explorer.screen.record
        assert record and len(record.links) == FIRST + 1
        mark(explorer, "links:member practices")
        await explorer.press("enter")
        assert place(explorer) == (SIZE + 1, "links:member practices")
        told = "".join(lines(view.items))
        assert "Practice 4999" in told and "being read" not in told and "2+" not in told
        await explorer.press("f", *"4998", "enter")
        assert view.item and view.item.target and view.item.target.key == "ods:H4998"


async def test_the_first_lines_are_there_while_the_rest_is_read() -> None:
    register = FakeRegister(hub(SIZE))
    async with exploring(register, NARROW, start="ods:HUB") as explorer:
        view = explorer.screen.record_view
        mark(explorer, "links:member practices")
        register.slow_record = "ods:HUB"
        await explorer.pilot.press("space")
        await explorer.pilot.pause()
        told = "".join(lines(view.items))
        assert "Practice 63" in told and "Practice 64" not in told
        assert "4,936 more are being read" in told
        register.reading.set()
        await explorer.settle()
        assert "Practice 4999" in "".join(lines(view.items))


async def test_back_finds_a_line_that_is_not_among_the_first() -> None:
    async with exploring(FakeRegister(hub(SIZE)), NARROW, start="ods:HUB") as explorer:
        view = explorer.screen.record_view
        mark(explorer, "links:member practices")
        await explorer.press("enter")
        mark(explorer, "ods:H4321:")
        left = (view.item and view.item.ident, view.top)
        explorer.screen.open_view(ShowView("ods:RLQ"))
        await explorer.settle()
        assert explorer.shown() == "ods:RLQ"
        await explorer.press("backspace")
        assert (view.item and view.item.ident, view.top) == left


def test_the_types_under_a_heading_are_those_of_all_its_links() -> None:
    compared = 0
    with open_register(None, builtin=True) as register:
        for key in register.keys():
            first, whole = register.record(key, most=1), register.record(key)
            counted: dict[str, Counter[str]] = {}
            for link in whole.links:
                counted.setdefault(link.heading, Counter())[link.other_type or ""] += 1
            assert {name: dict(types) for name, types in first.heading_types.items()} == counted
            compared += sum(types.total() > 1 for types in counted.values())
    assert compared > 10


async def test_the_scroll_bar_is_there_with_the_list_that_needs_it() -> None:
    async with exploring(FakeRegister(hub(SIZE)), NARROW, start="ods:HUB") as explorer:
        view = explorer.screen.record_view
        mark(explorer, "links:member practices")
        shown = [view.show_vertical_scrollbar]
        for _ in range(2):
            view.action_fold()
            shown.append(view.show_vertical_scrollbar)
        assert shown == [False, True, False]
