"""What the explorer shows where a question could not be answered: why, and never another answer in its place."""

from __future__ import annotations

import sqlite3
from errno import EMFILE

import pytest

from db.errors import DatabaseError, NotFoundError, QueryInterruptedError
from tests.tui.exploring import NARROW, Exploring, exploring
from tests.tui.fake_register import FakeRegister, hub
from tests.tui.unfolding import lines
from tui.explorer.pages.items import NUMBER, ListItem, failed_items, piece
from tui.explorer.screens.help import HelpScreen
from tui.text.page_parts import Target

FAILURES = pytest.mark.parametrize(
    ("failure", "said"),
    [
        (DatabaseError("x.db: is damaged (malformed); restore a backup"), "is damaged (malformed)"),
        (DatabaseError("x.db: is locked by another import; try again"), "is locked by another import"),
        (QueryInterruptedError("x.db: the query was stopped before it had an answer"), "was stopped before"),
        (KeyError("a bug"), "Something went wrong inside Interlock: KeyError: 'a bug'"),
        (sqlite3.OperationalError("disk I/O error"), "OperationalError: disk I/O error"),
        (MemoryError(), "there is not enough memory for this; close other programs"),
        (OSError(EMFILE, "Too many open files"), "too many files are open at once; close other programs"),
        (RuntimeError("can't start new thread"), "no further process or thread can be started"),
    ],
    ids=["damaged", "locked", "interrupted", "bug", "sqlite", "memory", "files", "threads"],
)


def words(explorer: Exploring, pane: str) -> str:
    """All that a pane holds, on one line."""
    view = explorer.screen.results_view if pane == "results" else explorer.screen.record_view
    return " ".join(lines(view.items))


def opened(explorer: Exploring) -> str | None:
    """The key of the visit one is at."""
    visit = explorer.screen.history.current
    return visit.key if visit else None


@FAILURES
async def test_a_search_that_fails_says_so_and_leaves_nothing_to_choose(failure: Exception, said: str) -> None:
    register = FakeRegister()
    async with exploring(register, NARROW) as explorer:
        await explorer.search("Wye")
        register.broken["Glen"] = failure
        await explorer.search("Glen")
        assert said in words(explorer, "results")
        assert "Wye Valley NHS Trust" in words(explorer, "results")
        assert "1 found" not in explorer.text()
        assert [item.target for item in explorer.screen.results_view.items if item.target or item.stops] == [None]
        await explorer.press("enter")
        assert opened(explorer) is None
        del register.broken["Glen"]
        await explorer.press("enter")
        assert [item.ident for item in explorer.screen.results_view.items] == ["person:glen-burley"]
        await explorer.press("enter")
        assert opened(explorer) == "person:glen-burley"


async def test_typing_on_after_a_search_that_failed_asks_anew() -> None:
    register = FakeRegister()
    register.broken["Gle"] = DatabaseError("x.db: is locked")
    async with exploring(register) as explorer:
        await explorer.search("Gle")
        await explorer.press("n")
        assert [item.ident for item in explorer.screen.results_view.items] == ["person:glen-burley"]


async def test_searches_that_fail_one_after_the_other_keep_one_answer_from_before() -> None:
    register = FakeRegister()
    async with exploring(register) as explorer:
        await explorer.search("Wye")
        for text in ("a", "b"):
            register.broken[text] = DatabaseError(f"x.db: no {text}")
            await explorer.search(text)
        assert "no a" not in words(explorer, "results")
        assert words(explorer, "results").count("Wye Valley NHS Trust") == 1


async def test_enter_pressed_before_a_search_failed_opens_nothing() -> None:
    register = FakeRegister()
    register.broken["Wye"] = DatabaseError("x.db: is locked")
    async with exploring(register) as explorer:
        explorer.screen.search_input.value = "Wye"
        explorer.screen.action_open_result()
        await explorer.settle()
        del register.broken["Wye"]
        await explorer.press("enter")
        assert opened(explorer) is None


async def test_a_preview_that_fails_says_so_and_greys_the_record_before_it() -> None:
    register = FakeRegister()
    async with exploring(register, start="ods:RLQ") as explorer:
        register.broken["person:glen-burley"] = KeyError("a bug")
        await explorer.press("slash")
        await explorer.search("Glen")
        shown = words(explorer, "record")
        assert "Glen Burley: Something went wrong inside Interlock: KeyError: 'a bug'" in shown
        assert "Wye Valley NHS Trust" in shown
        assert "organisation, NHS trust" not in explorer.text()
        assert explorer.shown() is None
        assert [item.target for item in explorer.screen.record_view.items if item.target or item.stops] == [None]
        await explorer.press("tab", "tab", "y")
        assert "ods:RLQ" not in explorer.text().splitlines()[-3]
        del register.broken["person:glen-burley"]
        await explorer.press("enter")
        assert explorer.shown() == opened(explorer) == "person:glen-burley"
        assert "preview" not in explorer.text()


async def test_a_record_that_cannot_be_read_on_the_way_back_is_told_and_asked_for_again() -> None:
    register = FakeRegister()
    async with exploring(register, start="ods:RLQ") as explorer:
        await explorer.press("enter", "enter")
        assert explorer.shown() == "ods:RJC"
        register.broken["arr:foundation-group"] = DatabaseError("x.db: is locked")
        explorer.screen.forget_pages()
        await explorer.press("backspace")
        assert "Foundation Group: x.db: is locked" in words(explorer, "record")
        trail = explorer.text().splitlines()[-2].strip()
        assert trail == "Wye Valley NHS Trust › Foundation Group › South Warwickshire NHS Foundation Trust"
        del register.broken["arr:foundation-group"]
        await explorer.press("enter")
        assert explorer.shown() == "arr:foundation-group"


async def test_a_page_that_was_read_is_at_hand_on_the_way_back() -> None:
    register = FakeRegister()
    async with exploring(register, start="ods:RLQ") as explorer:
        await explorer.press("enter", "enter")
        register.broken["arr:foundation-group"] = DatabaseError("x.db: is locked")
        await explorer.press("backspace")
        assert explorer.shown() == "arr:foundation-group"
        assert "is locked" not in explorer.text()


async def test_a_link_that_cannot_be_followed_leaves_the_record_and_its_place() -> None:
    register = FakeRegister(hub(30))
    async with exploring(register, start="ods:HUB") as explorer:
        register.broken["ods:H3"] = KeyError("a bug")
        await explorer.press("5")
        assert "Something went wrong inside Interlock: KeyError" in explorer.text()
        item = explorer.screen.record_view.item
        assert explorer.shown() == "ods:HUB"
        assert item and item.target and item.target.key == "ods:H3"


async def test_a_count_that_fails_is_told_and_stops_nothing() -> None:
    class Uncounted(FakeRegister):
        def stats(self) -> None:  # type: ignore[override]
            raise KeyError("a bug")

    async with exploring(Uncounted(), search="") as explorer:
        assert "Something went wrong inside Interlock: KeyError" in explorer.text()
        await explorer.search("kind:arrangement")
        assert explorer.shown() == "arr:foundation-group"


async def test_words_that_cannot_be_read_are_told_in_the_help() -> None:
    class Wordless(FakeRegister):
        def terms(self, vocabulary: str | None = None) -> tuple[()]:
            raise DatabaseError("x.db: is damaged")

    async with exploring(Wordless()) as explorer:
        await explorer.press("f1")
        assert isinstance(explorer.app.screen, HelpScreen)
        assert "x.db: is damaged" in explorer.text()


def test_the_answer_from_before_keeps_its_words_and_loses_everything_to_choose() -> None:
    before = ListItem(((NUMBER, piece("Wye", "name")),), "ods:RLQ", Target("ods:RLQ", "Wye", ""), "more", (1,))
    head, _, grey = failed_items(str(NotFoundError("there is no ods:NO")), (before,), 40)
    assert head.stops
    assert [[part.text for part in row] for row in head.rows] == [["there is no ods:NO"], ["Enter asks again"]]
    assert (grey.target, grey.more, grey.evidence, grey.stops) == (None, None, (), False)
    assert [(part.text, part.style) for part in grey.rows[0]] == [("  ", "stale"), ("Wye", "stale")]
