"""What is written to a register from the explorer: answers in one batch, and runs that are taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import pytest

from db.register import open_register
from db.reports import Suggestion
from tests.tui.asking import register_that_asks
from tests.tui.exploring import Exploring, exploring
from tests.tui.fake_register import FakeRegister
from tests.tui.test_changed_register import CHANGED, exploring_file
from tui.explorer.pages.review import WRITE, GivenAnswer
from tui.explorer.screens import deeds
from tui.explorer.session import READ_ONLY
from tui.explorer.views.review import ReviewView
from tui.explorer.views.runs import DiffView
from tui.text import changes


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which two questions wait."""
    return register_that_asks(tmp_path_factory.mktemp("asking"))


@pytest.fixture
def database(asking: Path, tmp_path: Path) -> Path:
    """A copy of it to write to."""
    return Path(shutil.copy(asking, tmp_path / "r.db"))


def mark(explorer: Exploring, ident: str) -> None:
    """Put the mark on an item of the reading pane."""
    view = explorer.screen.record_view
    view.mark(next(n for n, item in enumerate(view.items) if item.ident == ident))


async def go_to_review(explorer: Exploring) -> None:
    """Open the questions that wait, the keys on them."""
    explorer.screen.open_view(ReviewView())
    explorer.screen.go_to(explorer.screen.record_view)
    await explorer.settle()


async def test_answers_are_kept_until_they_are_written_in_one_run(database: Path) -> None:
    with open_register(database) as register:
        first, second = register.suggestions()
    async with exploring_file(database) as explorer:
        await go_to_review(explorer)
        mark(explorer, f"asked:{first.id}:0")
        await explorer.press("A")
        item = explorer.screen.record_view.item
        assert item and item.ident == f"asked:{second.id}"
        await explorer.press("R", "R", "R")
        assert "2 answers: 1 yes, 1 no" in explorer.text()
        view = explorer.screen.view
        assert isinstance(view, ReviewView)
        assert view.answers == {
            first.id: GivenAnswer(True, first.candidates[0].key, first.candidates[0].name),
            second.id: GivenAnswer(False),
        }
        mark(explorer, WRITE)
        await explorer.press("enter")
        text = explorer.text()
        assert "1 accepted, 1 rejected in run 4; interlock undo 4 takes that back" in text
        assert CHANGED not in text
        assert view.answers == {}
    with open_register(database) as register:
        assert register.suggestions() == ()
        assert register.resolve(str(first.key)) == first.candidates[0].key


async def test_another_record_may_be_meant_than_those_that_are_named(database: Path) -> None:
    with open_register(database) as register:
        asked = register.suggestions()[0]
    async with exploring_file(database) as explorer:
        await go_to_review(explorer)
        mark(explorer, f"asked:{asked.id}")
        await explorer.press("W")
        assert "the one meant is" in explorer.text()
        await explorer.search("RLQ")
        await explorer.press("enter")
        view = explorer.screen.view
        assert isinstance(view, ReviewView)
        assert view.answers == {asked.id: GivenAnswer(True, "ods:RLQ", "Wye Valley NHS Trust")}
        assert "yes, Wye Valley" in explorer.text()


async def test_a_run_is_taken_back_after_a_question(database: Path) -> None:
    async with exploring_file(database) as explorer:
        explorer.screen.open_view(DiffView(3))
        explorer.screen.go_to(explorer.screen.record_view)
        await explorer.settle()
        mark(explorer, "undo")
        await explorer.press("enter")
        assert "Take run 3 back, as if it had never been?" in explorer.text()
        mark(explorer, "yes")
        await explorer.press("enter")
        assert "run 3 is undone" in explorer.text()
        assert "It has been undone." in explorer.text()
    with open_register(database) as register:
        assert [run.undone for run in register.runs()] == [False, False, True]


async def test_answers_that_are_not_written_are_not_lost_without_a_word(database: Path) -> None:
    async with exploring_file(database) as explorer:
        await go_to_review(explorer)
        await explorer.press("R", "question_mark", "ctrl+q")
        assert "1 answer has not been written" in explorer.text()
        assert "Ctrl+q again leaves without" in explorer.text()
        await explorer.press("j", "ctrl+q")
        assert "1 answer has not been written" in explorer.text()
        await explorer.press("ctrl+q")
        assert not explorer.app.is_running


async def test_who_leaves_while_the_register_is_written_to_leaves_when_that_is_done(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Event()

    def write(path: Path) -> tuple[str, ...]:
        assert written.wait(30)
        return (path.name,)

    monkeypatch.setattr(deeds, "_undoing", lambda _run: write)
    async with exploring_file(database) as explorer:
        explorer.screen._do_deed("undo 3")
        await explorer.pilot.press("ctrl+q")
        await explorer.pilot.pause()
        assert "Writing the register: you leave when that is done" in explorer.text()
        assert explorer.app.is_running
        written.set()
        await explorer.settle()
        assert not explorer.app.is_running


async def test_what_cannot_be_written_says_why(database: Path) -> None:
    async with exploring_file(database) as explorer:
        explorer.screen._do_deed("undo 99")
        await explorer.settle()
        assert "there is no run 99" in explorer.text()


async def test_a_register_in_memory_is_only_read() -> None:
    register = FakeRegister()
    register.suggestions_there = (Suggestion(3, None, None, "is it one?", 0.9, "same-name", (), ()),)
    async with exploring(register) as explorer:
        await go_to_review(explorer)
        mark(explorer, "asked:3")
        await explorer.press("A", "R")
        view = explorer.screen.view
        assert isinstance(view, ReviewView)
        assert view.answers == {}
        explorer.screen._do_deed("undo 2")
        await explorer.settle()
        assert changes.UNWRITABLE[:40] in explorer.text()


async def test_who_sits_at_a_browser_writes_nothing(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    async with exploring_file(database) as explorer:
        explorer.screen.open_view(DiffView(3))
        explorer.screen.go_to(explorer.screen.record_view)
        await explorer.settle()
        mark(explorer, "undo")
        await explorer.press("enter")
        mark(explorer, "yes")
        await explorer.press("enter")
    with open_register(database) as register:
        assert not any(run.undone for run in register.runs())
