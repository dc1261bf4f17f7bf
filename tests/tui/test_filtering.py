"""Filtering and sorting where the mark stands: in a group, in a list without groups, in the help."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from textual import events

from db.results import Results
from tests.tui.exploring import NARROW, Exploring, exploring
from tests.tui.fake_register import FakeRegister, link, record
from tests.tui.unfolding import lines, record_items, shown
from tui.explorer.list_state import ListState
from tui.explorer.screens.help import HelpScreen
from tui.explorer.symbols import PLAIN, Symbols

MEMBERS = tuple(
    link(key, "organisation", name, "participants", direction="in", start=start, status=status)
    for key, name, start, status in (
        ("ods:RLQ", "Croydon Health", "2019", "current"),
        ("ods:A", "Alder Hey", "2021", "current"),
        ("ods:B", "Barts Health", None, "current"),
        ("ods:C", "Croft Trust", "2001", "past"),
        ("ods:D", "Dale Trust", "2002", "past"),
    )
)
BODY = record("arr:many", "arrangement", "Many", *MEMBERS, link("ods:Z", "organisation", "Crowley ICB", "partners"))


def names(explorer: Exploring) -> list[str]:
    """The names of the links that show, in order."""
    return [
        item.target.name
        for item in explorer.screen.record_view.items
        if item.target and item.target.key != "doc:announcement"
    ]


async def test_what_is_typed_filters_the_group_that_the_mark_is_in_letter_by_letter() -> None:
    async with exploring(FakeRegister(BODY), NARROW, start="arr:many") as explorer:
        await explorer.press("f", "c", "r", "o")
        assert names(explorer) == ["Croydon Health", "Croft Trust", "Crowley ICB"]
        assert "⌕ cro▏ · 2" in explorer.text()
        await explorer.press("y", "q")
        assert names(explorer) == ["Crowley ICB"]
        await explorer.press("backspace", "enter")
        assert names(explorer) == ["Croydon Health", "Crowley ICB"]
        await explorer.press("enter")
        assert explorer.screen.history.current and explorer.screen.history.current.key == "ods:RLQ"


async def test_what_is_pasted_goes_into_the_filter_that_is_open_and_else_is_said_to_do_nothing() -> None:
    async with exploring(FakeRegister(BODY), NARROW, start="arr:many") as explorer:
        explorer.app.post_message(events.Paste("Crowley"))
        await explorer.settle()
        assert "What is pasted does nothing here: / to type" in explorer.text()
        await explorer.press("f", "c", "r")
        explorer.app.post_message(events.Paste("ow\nl\x1b"))
        await explorer.settle()
        assert "⌕ crow l␛▏" in explorer.text()
        await explorer.press("backspace", "backspace", "backspace")
        assert names(explorer) == ["Crowley ICB"]


async def test_what_is_filtered_before_the_results_have_come_is_filtered_in_those() -> None:
    come = Event()

    class SlowSearch(FakeRegister):
        def find(self, text: str, **how: object) -> Results:
            assert text != "Cro" or come.wait(10)
            return super().find(text, **how)  # type: ignore[arg-type]

    async with exploring(SlowSearch(*(record(one.key, one.kind, one.name) for one in MEMBERS))) as explorer:
        await explorer.search("r")
        await explorer.pilot.press("ctrl+u", "C", "r", "o", "tab", "f", "f", "t")
        come.set()
        await explorer.settle()
        assert [item.ident for item in explorer.screen.results_view.items] == ["ods:C"]
        await explorer.press("backspace", "backspace")
        assert [item.ident for item in explorer.screen.results_view.items] == ["ods:RLQ", "ods:C"]
        await explorer.press("f", "enter", "slash", "r")
        assert not explorer.screen.results_view.state.filters


async def test_escape_takes_the_filter_away_and_then_steps_back() -> None:
    async with exploring(FakeRegister(BODY), start="arr:many") as explorer:
        before = names(explorer)
        await explorer.press("f", "z", "enter", "escape")
        assert names(explorer) == before
        assert explorer.screen.record_view.has_focus
        await explorer.press("f", "z", "escape", "escape")
        assert explorer.screen.results_view.has_focus


async def test_a_filter_that_is_left_open_for_another_pane_takes_no_keys_afterwards() -> None:
    async with exploring(FakeRegister(BODY), start="arr:many") as explorer:
        await explorer.press("f", "c", "r", "o", "shift+tab", "tab", "j")
        assert "⌕ cro · 2" in explorer.text()
        assert names(explorer)[0] == "Croydon Health"


async def test_back_brings_the_filter_and_the_order_back() -> None:
    async with exploring(FakeRegister(BODY), start="arr:many") as explorer:
        await explorer.press("o", "f", "t", "r", "u", "enter")
        left = names(explorer)
        view = explorer.screen.record_view
        view.mark(next(n for n, item in enumerate(view.items) if item.target and item.target.name == "Crowley ICB"))
        explorer.screen.open_view(replace(explorer.screen.view, record="ods:RLQ"))  # type: ignore[type-var, arg-type]
        await explorer.settle()
        await explorer.press("backspace")
        assert names(explorer) == left
        assert "⌕ tru · 2  by name" in explorer.text()


def test_lines_are_sorted_within_what_holds_and_what_is_past_and_those_without_a_day_come_last() -> None:
    def order(by: str) -> list[str]:
        parts = record_items(BODY, 90, Symbols())
        group = "links:participants"
        state = ListState(folds={f"{group}:past": True}, orders={group: by})
        return [item.target.name.split()[0] for item in shown(parts, state) if item.target and item.fold == ""][:5]

    assert order("") == ["Croydon", "Alder", "Barts", "Croft", "Dale"]
    assert order("name") == ["Alder", "Barts", "Croydon", "Croft", "Dale"]
    assert order("since") == ["Croydon", "Alder", "Barts", "Croft", "Dale"]


async def test_o_goes_through_the_orders_in_which_lines_differ_and_says_so() -> None:
    async with exploring(FakeRegister(BODY), start="arr:many") as explorer:
        said = []
        for _ in range(3):
            await explorer.press("o")
            said.append(next((by for by in ("by name", "by since", "by type") if by in explorer.text()), ""))
        assert said == ["by name", "by since", ""]


async def test_results_and_help_are_filtered_as_a_whole_and_keep_their_headings() -> None:
    async with exploring(search="") as explorer:
        await explorer.press("escape", "f", "p", "e", "r", "s", "enter")
        view = explorer.screen.results_view
        assert [line.split()[-1] for line in lines(view.items) if line] == ["person", "1"]
        assert "⌕ pers" in explorer.text()
        await explorer.press("question_mark", "f", *"clipboard")
        assert isinstance(explorer.app.screen, HelpScreen)
        assert lines(explorer.app.screen.view.items) == []
        await explorer.press("escape", "f", *"Copy the")
        found = lines(explorer.app.screen.view.items)
        assert found and all("copy the" in line.casefold() for line in found)
        await explorer.press("escape", "escape")
        assert explorer.app.screen_stack == [explorer.screen]


@pytest.mark.parametrize(("key", "typed", "found"), [("question_mark", "copy", "Copy the"), ("H", "man", "Many")])
async def test_where_help_or_history_is_filtered_the_last_line_says_so_and_escape_shows_all_first(
    key: str, typed: str, found: str
) -> None:
    async with exploring(FakeRegister(BODY), NARROW, start="arr:many") as explorer:

        def keys() -> str:
            return explorer.text().rstrip().splitlines()[-1]

        await explorer.press(key)
        assert "f filter" in keys()
        assert "Esc close" in keys()
        await explorer.press("f", *typed)
        assert found in explorer.text()
        assert "↵ done  Esc all lines" in keys()
        assert not {"f filter", "o sort"} & set(keys().strip().split("  "))
        await explorer.press("enter")
        assert "f filter  Esc all lines" in keys()
        await explorer.press("escape")
        assert len(explorer.app.screen_stack) == 2
        assert "Esc close" in keys()
        await explorer.press("escape")
        assert explorer.app.screen_stack == [explorer.screen]


@pytest.mark.parametrize("key", ["f", "o"])
async def test_in_the_search_both_are_letters(key: str) -> None:
    async with exploring(search="") as explorer:
        await explorer.press(key)
        assert explorer.screen.search_input.value == key


async def test_a_filter_is_told_in_ascii() -> None:
    async with exploring(FakeRegister(BODY), start="arr:many", symbols=PLAIN) as explorer:
        await explorer.press("f", "c")
        assert "/ c|" in explorer.text()
