"""Any question as a place one can be at: opened, left, found again, failed, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from db.errors import DatabaseError, NotFoundError
from db.graph.choice import LinkChoice
from db.register import Register
from tests.tui.exploring import NARROW, WIDE, Exploring, exploring
from tests.tui.fake_register import EVIDENCE, GLEN, GROUP, WARWICK, WYE, FakeRegister, hub
from tests.tui.unfolding import lines
from tui.cli.arguments import Command, parse
from tui.explorer.pages.items import ListItem, piece
from tui.explorer.views.after import AfterView
from tui.explorer.views.commands import MAKERS, options_of
from tui.explorer.views.path import PathView
from tui.explorer.views.shared import SharedView
from tui.explorer.views.show import ShowView
from tui.explorer.views.timeline import TimelineView
from tui.explorer.views.tree import TreeView
from tui.explorer.views.view import View, ViewPage
from tui.explorer.widgets.bars import TrailBar
from tui.explorer.widgets.line_view import LineView
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

    def ask(self, reader: Register) -> ViewPage:
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
        explorer.screen.forget_pages()
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


async def test_a_path_to_another_record_is_found_by_a_search() -> None:
    async with exploring(size=NARROW, start=WYE[0]) as explorer:
        await explorer.press("p")
        assert "path from Wye Valley NHS Trust to" in explorer.text()
        await explorer.search("Warwick")
        assert "choose it" in explorer.text()
        await explorer.press("enter")
        assert at(explorer) == PathView(WYE[0], WARWICK[0])
        assert "2 steps, over Foundation Group" in explorer.text()
        assert "Wye Valley NHS Trust › path to South Warwickshire NHS Foundation Trust" in explorer.text()
        assert "path from" not in explorer.text()
        await explorer.press("backspace")
        assert at(explorer) == ShowView(WYE[0])


@pytest.mark.parametrize("key", ["p", "S", "equals_sign"])
async def test_what_is_typed_to_choose_another_record_has_room_and_replaces_what_was_typed_before(key: str) -> None:
    async with exploring(size=NARROW, search="Warwick") as explorer:
        await explorer.press("enter", key, *"northampton general hospital")
        assert explorer.screen.search_input.value == "northampton general hospital"
        assert explorer.screen.search_input.size.width >= 30
        first = explorer.text().splitlines()[0]
        assert "South W" in first
        assert "northampton general hospital" in first


async def test_what_is_typed_has_the_room_before_what_is_told_of_the_register() -> None:
    async with exploring(size=NARROW, search="Wye") as explorer:
        before = explorer.text().splitlines()[0]
        assert explorer.screen.session.label in before
        query = "trusts that share a chief executive with another in Leeds"
        await explorer.search(query)
        assert query in explorer.text().splitlines()[0]
        await explorer.search("Wye")
        assert explorer.text().splitlines()[0] == before


async def test_choosing_none_leads_back_to_where_one_was() -> None:
    async with exploring(search="Wye") as explorer:
        await explorer.press("enter", "S")
        await explorer.search("Burley")
        assert explorer.shown() == GLEN[0]
        await explorer.press("escape")
        assert at(explorer) == ShowView(WYE[0])
        assert explorer.screen.record_view.has_focus
        assert explorer.screen.search_input.value == "Wye"
        assert "in common" not in explorer.text()


async def test_a_choice_ends_where_what_was_found_is_read_instead() -> None:
    async with exploring(start=WYE[0]) as explorer:
        await explorer.press("p")
        await explorer.search("Burley")
        await explorer.press("tab", "tab")
        assert at(explorer) == ShowView(GLEN[0])
        assert "path from" not in explorer.text()


async def test_those_that_share_most_lead_to_what_is_shared() -> None:
    async with exploring(start=WYE[0]) as explorer:
        await explorer.press("s")
        assert "South Warwickshire NHS Foundation Trust  shares 2" in explorer.text()
        await explorer.press("enter")
        assert at(explorer) == SharedView((WYE[0], WARWICK[0]))
        assert "2 things in common" in explorer.text()
        await explorer.press("e")
        assert "paragraph 3" in explorer.text()


@pytest.mark.parametrize(
    ("key", "view", "said"),
    [
        ("t", TreeView(WYE[0]), "tree of Wye Valley NHS Trust"),
        ("T", TimelineView(WYE[0]), "timeline of Wye Valley NHS Trust"),
        ("a", AfterView(WYE[0]), "what became of Wye Valley NHS Trust"),
    ],
)
async def test_keys_open_the_views_of_the_marked_result_and_of_the_open_record(key: str, view: View, said: str) -> None:
    async with exploring(search="Wye") as explorer:
        await explorer.press("escape", key)
        assert at(explorer) == view
        assert said in explorer.text()
        await explorer.press("t", "enter")
        assert at(explorer) == ShowView(GROUP[0])


async def test_without_a_record_the_keys_of_a_record_say_so() -> None:
    async with exploring(search="zzz") as explorer:
        await explorer.press("escape", "p")
        assert "No record is open" in explorer.text()
        assert explorer.screen.choice is None


async def test_what_was_left_out_is_a_line_away() -> None:
    async with exploring(FakeRegister(hub(12)), start="ods:HUB") as explorer:
        await opened(explorer, PathView("ods:HUB", "ods:RLQ"))
        assert "1 way" in explorer.text()
        await opened(explorer, PathView("ods:HUB", "person:glen-burley"))
        assert "(Enter takes them in)" in explorer.screen.record_view.items[-1].copy
        await explorer.press("end", "enter")
        assert at(explorer) == PathView("ods:HUB", "person:glen-burley", wanted=LinkChoice(everything=True))


@pytest.mark.parametrize(
    "line",
    [
        "show ods:RLQ --as-of 2016",
        "path ods:RLQ ods:RJC -k 6 --max-hops 3 --type participates-in --type follows --as-of 2016",
        "shared ods:RLQ",
        "shared ods:RLQ ods:RJC --limit 5 --not is-about --all",
        "tree ods:RLQ --depth 1 --width 100 --direction in",
        "timeline ods:RLQ --limit 9 --all",
        "after ods:RLQ",
    ],
)
def test_the_command_of_a_view_opens_that_view(line: str) -> None:
    word, *said = line.split()
    options = options_of(word)
    arguments = parse(Command(word, "", options), said)
    view = MAKERS[word].make(arguments.words, arguments).on(arguments.text("--as-of"))
    assert view.command == tuple(line.split())


async def as_of(explorer: Exploring, day: str) -> None:
    """Set the day as a person does."""
    await explorer.press("d", *("space" if letter == " " else letter for letter in day), "enter")


async def test_a_day_holds_for_every_pane_until_back_leads_out_of_it() -> None:
    register = FakeRegister()
    async with exploring(register, search="Wye") as explorer:
        await explorer.press("enter")
        await as_of(explorer, "2019")
        assert at(explorer) == ShowView(WYE[0], as_of="2019-12-31")
        assert "as of 31 December 2019" in explorer.text().splitlines()[0]
        assert register.days[-1] == "2019-12-31"
        assert explorer.text().splitlines()[-2].strip() == "Wye Valley NHS Trust"
        await explorer.press("t", "enter")
        assert at(explorer) == ShowView(GROUP[0], as_of="2019-12-31")
        await explorer.press("backspace", "backspace", "backspace")
        assert at(explorer) == ShowView(WYE[0])
        assert "as of" not in explorer.text().splitlines()[0]
        assert register.days[-1:] == [None]
        await explorer.press("]")
        assert "as of 31 December 2019" in explorer.text().splitlines()[0]
        await as_of(explorer, "")
        assert at(explorer) == ShowView(WYE[0])


async def test_a_day_leaves_the_name_of_the_register_whole_on_a_narrow_screen() -> None:
    async with exploring(size=NARROW, start=WYE[0]) as explorer:
        await as_of(explorer, "December 2016")
        assert explorer.text().splitlines()[0].endswith("  as of 31 Dec 2016    built-in register")


async def test_a_day_is_set_before_anything_is_open() -> None:
    register = FakeRegister()
    async with exploring(register, search="Wye") as explorer:
        await explorer.press("escape")
        await as_of(explorer, "2019-04-01")
        assert explorer.screen.view == ShowView(WYE[0], as_of="2019-04-01")
        await explorer.press("enter")
        assert at(explorer) == ShowView(WYE[0], as_of="2019-04-01")


async def test_a_day_may_be_said_in_words_and_the_way_back_to_today_is_told() -> None:
    async with exploring(start=WYE[0]) as explorer:
        await as_of(explorer, "1 June 2016")
        assert at(explorer) == ShowView(WYE[0], as_of="2016-06-01")
        assert "As of 1 June 2016; :as-of without a day is today again" in explorer.text()
        await as_of(explorer, "")
        assert at(explorer) == ShowView(WYE[0])


async def test_what_is_no_day_is_said_in_a_line_that_stays_to_be_put_right() -> None:
    async with exploring(start=WYE[0]) as explorer:
        await as_of(explorer, "soon")
        assert at(explorer) == ShowView(WYE[0])
        assert "soon" in explorer.text().splitlines()[-3]
        assert explorer.screen.command_box.command.value == "as-of soon"


async def test_a_view_that_fails_on_another_day_leaves_one_on_the_day_before() -> None:
    register = FakeRegister()
    async with exploring(register, start=GROUP[0]) as explorer:
        await explorer.press("enter")
        assert at(explorer) == ShowView(WYE[0])
        register.broken[WYE[0]] = DatabaseError("x.db: is locked")
        await as_of(explorer, "2019")
        assert "x.db: is locked" in explorer.text()
        assert at(explorer) == ShowView(WYE[0])
        assert "as of" not in explorer.text().splitlines()[0]


async def test_the_history_leads_to_any_place_one_has_been_at() -> None:
    async with exploring(size=NARROW, search="Wye") as explorer:
        await explorer.press("enter", "t", "enter", "enter")
        assert at(explorer) == ShowView(WARWICK[0])
        await explorer.press("H")
        newest = explorer.app.screen.query_one("#visits", LineView).items[0]
        assert newest.copy == f"{WARWICK[2]}\tshow {WARWICK[0]}"
        assert "❯ Wye" in seen(explorer)
        await explorer.press("down", "down", "enter")
        assert at(explorer) == TreeView(WYE[0])
        await explorer.press("]", "]")
        assert at(explorer) == ShowView(WARWICK[0])
        await explorer.press("H", "end", "escape")
        assert at(explorer) == ShowView(WARWICK[0])


async def test_a_name_on_the_trail_leads_back_there() -> None:
    async with exploring(size=NARROW, start=GROUP[0]) as explorer:
        await explorer.press("enter", "t")
        assert "Foundation Group › Wye Valley NHS Trust › tree of it" in explorer.text()
        await explorer.pilot.click(TrailBar, offset=(25, 0))
        await explorer.settle()
        assert at(explorer) == ShowView(WYE[0])
        await explorer.pilot.click(TrailBar, offset=(44, 0))
        await explorer.settle()
        assert at(explorer) == TreeView(WYE[0])


def seen(explorer: Exploring) -> str:
    """What the list of visits shows."""
    view = explorer.app.screen.query_one("#visits", LineView)
    return "\n".join(lines(view.items))


async def test_over_what_is_told_as_of_today_it_says_so_while_another_day_is_read() -> None:
    async with exploring(start=WYE[0]) as explorer:
        await explorer.press("a")
        assert "─what became of it─" in explorer.text()
        await as_of(explorer, "2016")
        assert "─what became of it, as of today─" in explorer.text()


async def test_a_slash_in_an_empty_search_types_nothing_and_one_in_a_name_does() -> None:
    async with exploring(search="") as explorer:
        await explorer.press("slash", "a", "slash", "b")
        assert explorer.screen.search_input.value == "a/b"


async def test_with_itself_a_record_shares_nothing_so_it_is_told_with_whom_it_does() -> None:
    async with exploring(size=WIDE, start="ods:RLQ") as explorer:
        await explorer.press("colon", *"shared ods:RLQ", "enter")
        assert "who shares most" in explorer.text() and "share nothing" not in explorer.text()


async def test_the_line_for_a_day_shows_how_one_is_written() -> None:
    async with exploring(start=WYE[0]) as explorer:
        await explorer.press("d")
        assert [offer.line for offer in explorer.screen.command_box.offers][1:] == ["as-of July 2016", "as-of 2016"]
        await explorer.press("tab", "enter")
        assert at(explorer) == ShowView(WYE[0], as_of="2016-07-08")


async def test_what_answers_to_no_record_is_said_with_a_command_of_the_explorer() -> None:
    class Unanswering(FakeRegister):
        def resolve(self, text: str) -> str:
            raise NotFoundError(f"nothing answers to {text!r}; try fewer words with `interlock find`")

    async with exploring(Unanswering(), search="") as explorer:
        await explorer.press("colon", *"show zzz", "enter")
        assert "try fewer words with :find" in explorer.text()
