"""What the screens remember: where the mark stands, where back and forward lead, what Enter opens."""

from __future__ import annotations

import pytest

from db.parties import Party
from tests.tui.exploring import NARROW, WIDE, Exploring, exploring
from tests.tui.fake_register import GROUP, WYE, FakeRegister, hub, link, record

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE])


def many(count: int) -> FakeRegister:
    """A register in which `count` bodies are found by "body", each with a link to the group."""
    bodies = (record(f"ods:B{n}", "organisation", f"Body {n}", link(*GROUP, "takes part in")) for n in range(count))
    return FakeRegister(hub(1020), *bodies)


def marked(explorer: Exploring) -> str | None:
    """The ident of the item that is marked in the results."""
    item = explorer.screen.results_view.item
    return item.ident if item else None


def place(explorer: Exploring) -> tuple[str, str, int, int]:
    """The record, the marked line in it, how far it is scrolled, how many lines it has."""
    view = explorer.screen.record_view
    return explorer.shown() or "", view.item.ident if view.item else "", round(view.scroll_y), len(view.items)


def in_sight(explorer: Exploring, name: str) -> bool:
    """Whether the marked line of a pane is on the screen."""
    view = explorer.screen.record_view if name == "record" else explorer.screen.results_view
    top, bottom = view.lines.span(view.marked)
    return round(view.scroll_y) <= top and bottom <= round(view.scroll_y) + view.scrollable_content_region.height


def mark_the_folded(explorer: Exploring) -> None:
    """Mark the header of a group that is folded."""
    view = explorer.screen.record_view
    view.mark(next(n for n, item in enumerate(view.items) if item.fold and not item.is_open))


@SIZES
@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_group_opens_whole_and_folds_again_with_the_mark_on_its_header(key: str, size: tuple[int, int]) -> None:
    async with exploring(many(0), size, start="ods:HUB") as explorer:
        view = explorer.screen.record_view
        mark_the_folded(explorer)
        folded = place(explorer)
        await explorer.press(key)
        assert place(explorer)[1] == folded[1] and place(explorer)[3] == folded[3] + 1020
        await explorer.press("down", "G")
        view.mark(next(n for n, item in enumerate(view.items) if "ods:H1019" in item.ident))
        await explorer.press("minus")
        assert place(explorer)[::3] == folded[::3] and place(explorer)[1] == folded[1]
        assert in_sight(explorer, "record")


async def test_a_line_of_which_more_is_said_unfolds() -> None:
    fellows = (Party("ods:RJC", "South Warwickshire"), Party("ods:RLT", "George Eliot"))
    tied = link(*GROUP, "takes part in", role_label="member", others=fellows, others_as="with")
    async with exploring(FakeRegister(record("ods:T", "organisation", "T", tied)), NARROW, start="ods:T") as explorer:
        view = explorer.screen.record_view
        before = len(view.lines.span(view.marked))
        await explorer.press("space")
        assert "with: South Warwickshire; George Eliot" in explorer.text()
        assert view.lines.span(view.marked)[1] - view.lines.span(view.marked)[0] > 1
        await explorer.press("space")
        assert len(view.lines.span(view.marked)) == before


@SIZES
async def test_showing_more_results_marks_the_first_new_one(size: tuple[int, int]) -> None:
    async with exploring(many(60), size) as explorer:
        await explorer.search("body")
        await explorer.press("escape", "end", "enter")
        assert marked(explorer) == "ods:B50"
        assert in_sight(explorer, "results")


@SIZES
async def test_back_and_forward_bring_back_the_line_the_place_and_what_was_shown(size: tuple[int, int]) -> None:
    async with exploring(many(0), size, start="ods:HUB") as explorer:
        view = explorer.screen.record_view
        mark_the_folded(explorer)
        await explorer.press("enter", "pagedown")
        view.mark(next(n for n, item in enumerate(view.items) if item.target and item.target.key == GROUP[0]))
        hub_place = place(explorer)
        await explorer.press("enter")
        group_place = place(explorer)
        await explorer.press("enter", "enter")
        last_place = place(explorer)
        assert len({hub_place[0], group_place[0], last_place[0]}) == 3
        await explorer.press("backspace", "backspace", "backspace")
        assert place(explorer) == hub_place
        await explorer.press("]", "]", "]")
        assert place(explorer) == last_place
        await explorer.press("backspace", "backspace")
        assert place(explorer) == group_place


@SIZES
async def test_back_from_a_preview_brings_the_place_back(size: tuple[int, int]) -> None:
    async with exploring(many(3), size, start="ods:HUB") as explorer:
        mark_the_folded(explorer)
        await explorer.press("enter", "pagedown", "pagedown")
        before = place(explorer)
        await explorer.press("slash")
        await explorer.search("body")
        await explorer.press("down", "escape", "down")
        assert explorer.shown() == "ods:B2"
        await explorer.press("backspace")
        assert place(explorer) == before
        assert explorer.screen.record_view.has_focus


@SIZES
async def test_back_and_forward_bring_back_what_the_results_showed(size: tuple[int, int]) -> None:
    async with exploring(many(60), size) as explorer:
        await explorer.search("body")
        await explorer.press("pagedown", "pagedown", "enter")
        first = (explorer.shown(), marked(explorer), explorer.screen.results_view.top)
        await explorer.press("enter", "slash")
        await explorer.search("Wye")
        await explorer.press("enter", "2")
        assert explorer.shown() == "person:glen-burley"
        await explorer.press("backspace")
        assert (explorer.screen.search_input.value, marked(explorer)) == ("Wye", "ods:RLQ")
        await explorer.press("backspace")
        assert (explorer.shown(), explorer.screen.search_input.value) == ("arr:foundation-group", "body")
        assert marked(explorer) is None
        await explorer.press("backspace")
        assert (explorer.shown(), marked(explorer), explorer.screen.results_view.top) == first
        await explorer.press("]", "]")
        assert (explorer.shown(), explorer.screen.search_input.value) == ("ods:RLQ", "Wye")
        assert marked(explorer) == "ods:RLQ"


async def test_the_mark_in_the_results_follows_the_open_record() -> None:
    async with exploring() as explorer:
        await explorer.search("t")
        await explorer.press("enter", "enter")
        assert explorer.shown() == marked(explorer)
        await explorer.press("backspace")
        assert explorer.shown() == marked(explorer)
        await explorer.press("escape")
        assert explorer.shown() == marked(explorer)


async def test_what_is_not_in_the_results_is_not_marked_there_and_enter_opens_nothing_unseen() -> None:
    async with exploring(size=NARROW) as explorer:
        await explorer.search("Wye")
        await explorer.press("enter", "enter", "escape")
        assert explorer.shown() == "arr:foundation-group"
        assert marked(explorer) is None
        assert not any(line.startswith("▌") for line in explorer.text().splitlines())
        for focus in ((), ("slash",)):
            await explorer.press(*focus, "enter")
            assert explorer.screen.history.current and explorer.screen.history.current.key == "arr:foundation-group"
            assert marked(explorer) == "ods:RLQ"
            explorer.screen.results_view.point_at("nothing")
        await explorer.press("down", "enter")
        assert explorer.shown() == "ods:RLQ"


async def test_a_mark_that_is_put_away_stays_so_when_the_screen_becomes_wider() -> None:
    async with exploring(FakeRegister(), NARROW) as explorer:
        await explorer.search("Wye")
        await explorer.press("enter", "enter")
        await explorer.pilot.resize_terminal(*WIDE)
        await explorer.settle()
        assert marked(explorer) is None


async def test_results_that_come_while_a_record_is_read_mark_nothing_else() -> None:
    async with exploring(start=WYE[0]) as explorer:
        await explorer.search("kind:arrangement")
        assert explorer.shown() == WYE[0]
        assert marked(explorer) is None
        await explorer.press("enter")
        assert explorer.shown() == marked(explorer) == GROUP[0]


async def test_stepping_back_never_throws_the_query_away() -> None:
    async with exploring(size=NARROW) as explorer:
        await explorer.search("Wye")
        await explorer.press("enter", "e")
        at = []
        for _ in range(6):
            await explorer.press("escape")
            focused = explorer.screen.focused
            at.append(focused.id if focused else None)
            assert explorer.screen.search_input.value == "Wye"
        assert at == ["record", "results", "search", "results", "search", "results"]


async def test_the_search_can_be_cleared_and_says_how() -> None:
    async with exploring(search="") as explorer:
        assert "clear" not in explorer.text()
        await explorer.press("w", "y")
        assert "Ctrl+u clear" in explorer.text()
        await explorer.press("home")
        assert "clear" not in explorer.text()
        await explorer.press("end", "ctrl+u")
        assert explorer.screen.search_input.value == ""
        await explorer.press("w", "escape", "slash", "ctrl+u")
        assert explorer.screen.search_input.value == ""


async def test_a_preview_is_told_only_where_it_is_on_the_screen() -> None:
    async with exploring(size=NARROW) as explorer:
        await explorer.search("Burley")
        assert explorer.shown() == "person:glen-burley"
        assert "preview" not in explorer.text()
        await explorer.pilot.resize_terminal(80, 40)
        await explorer.settle()
        assert "preview: Glen Burley" in explorer.text()
        await explorer.pilot.resize_terminal(*NARROW)
        await explorer.settle()
        assert "preview" not in explorer.text()
        await explorer.pilot.resize_terminal(*WIDE)
        await explorer.settle()
        assert "preview: Glen Burley" in explorer.text()


async def test_closed_ones_too_belong_to_what_back_brings_back() -> None:
    async with exploring() as explorer:
        await explorer.search("Wye")
        await explorer.press("escape", "c", "enter")
        assert "closed ones too" in explorer.text()
        await explorer.press("escape", "c", "slash")
        await explorer.search("Burley")
        await explorer.press("enter", "backspace")
        assert "closed ones too" in explorer.text()
        assert explorer.screen.search_input.value == "Wye"
