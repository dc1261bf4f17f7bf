"""Typing commands and choosing actions in the explorer: what is done, what stays, where one comes back to."""

from __future__ import annotations

from typing import NoReturn

import pytest
from textual import events

from db.errors import NotFoundError
from tests.tui.exploring import NARROW, Exploring, exploring
from tests.tui.fake_register import FakeRegister
from tui.explorer.command_line import BY_WORD, operands_of
from tui.explorer.views.commands import MAKERS, options_of
from tui.explorer.views.gaps import GapsView
from tui.explorer.widgets.bars import NoticeBar


async def test_a_line_that_cannot_be_done_stays_and_one_that_can_opens_the_record() -> None:
    async with exploring(size=NARROW) as explorer:
        await explorer.press("escape")
        await explorer.command("show zzz", "enter")
        assert explorer.screen.command_box.command.value == "show zzz"
        assert "'zzz'; try fewer words with :find" in str(explorer.screen.query_one(NoticeBar).content)
        explorer.screen.command_box.command.value = "show ods:RLQ"
        await explorer.press("enter")
        assert explorer.shown() == "ods:RLQ"
        assert explorer.screen.record_view.has_focus
        assert not explorer.screen.command_box.display
        await explorer.press("colon", "up")
        assert explorer.screen.command_box.command.value == "show ods:RLQ"


async def test_tab_completes_a_name_through_the_search_and_goes_round() -> None:
    async with exploring() as explorer:
        await explorer.press("escape")
        await explorer.command("show wye")
        assert "Wye Valley NHS Trust" in explorer.text()
        await explorer.press("tab")
        assert explorer.screen.command_box.command.value == "show ods:RLQ "
        await explorer.press("enter")
        assert explorer.shown() == "ods:RLQ"


async def test_escape_leads_back_to_where_the_line_was_begun_and_what_was_shown_stays() -> None:
    async with exploring(size=NARROW, start="ods:RLQ") as explorer:
        before = explorer.text()
        await explorer.press("colon", "t", "escape", "ctrl+p", "x", "escape")
        assert explorer.screen.record_view.has_focus
        assert explorer.text() == before


async def test_a_colon_in_the_search_is_a_letter_unless_nothing_stands_there() -> None:
    async with exploring(search="") as explorer:
        await explorer.press("colon")
        assert explorer.screen.command_box.command.has_focus
        await explorer.press("escape", "t", "colon")
        assert explorer.screen.search_input.value == "t:"


async def test_the_palette_does_what_is_chosen_at_the_place_it_was_called_from() -> None:
    async with exploring() as explorer:
        await explorer.press("escape", "ctrl+p", *"closed", "enter")
        assert explorer.screen.results_view.has_focus
        assert "closed ones too" in explorer.text()
        await explorer.press("ctrl+p", *"open", "space", "a", "enter")
        assert explorer.screen.command_box.command.value == "show "


async def test_the_palette_says_that_nothing_is_called_what_was_typed() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.press("ctrl+p", *"zzzz", "enter")
        assert "Nothing that can be done here is called 'zzzz'" in explorer.text()
        assert explorer.screen.command_box.palette.has_focus


async def test_every_command_that_shows_something_has_a_view_and_takes_options_that_its_command_has() -> None:
    for word, maker in MAKERS.items():
        assert word in BY_WORD
        assert {option.name for option in options_of(word)} == set(maker.options)


async def test_a_command_opens_its_view_with_what_was_typed() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.command("gaps type:trust", "enter")
        assert explorer.screen.view == GapsView((), "type:trust")
        assert explorer.screen.record_view.has_focus
        await explorer.press("backspace")
        assert explorer.shown() == "ods:RLQ"
        await explorer.command("diff x", "enter")
        assert explorer.screen.command_box.command.value == "diff x"


def refuse(register: FakeRegister) -> None:
    """Let a register know nothing from now on of what any view but a record's page asks about."""

    def unknown(*_: object, **__: object) -> NoReturn:
        raise NotFoundError("nothing answers to 'zzqx'; try fewer words with `interlock find`")

    for name in ("gaps", "calendar", "places", "suggestions", "diff", "paths", "shared", "companions", "tree",
                 "timeline", "after"):  # fmt: skip
        setattr(register, name, unknown)


_READ_ALIKE = {"show", "compare", "map", "runs", "sources"}
"""Commands whose record is looked for while the line stands there, and those of what is read at the start."""


_NO_RUN = "there is no run 99; :runs lists them"


@pytest.mark.parametrize("word", sorted(set(MAKERS) - _READ_ALIKE))
async def test_a_command_whose_answer_cannot_be_read_stays_to_be_put_right_and_says_why(word: str) -> None:
    operands = operands_of(BY_WORD[word])
    given = {"diff": "99", "path": "ods:RLQ ods:RJC"}.get(word, "ods:RLQ" if operands else "")
    line = f"{word} {given}".strip()
    register = FakeRegister()
    async with exploring(register, start="ods:RJC") as explorer:
        refuse(register)
        was_there = explorer.text()
        await explorer.command(line, "enter")
        assert explorer.screen.command_box.command.value == line
        assert explorer.screen.command_box.command.has_focus
        assert notice(explorer) in ("nothing answers to 'zzqx'; try fewer words with :find", _NO_RUN)
        await explorer.press("escape")
        assert explorer.screen.record_view.has_focus
        assert (explorer.shown(), explorer.text()) == ("ods:RJC", was_there)


async def test_a_command_that_cannot_be_answered_leaves_the_search_and_the_day_as_they_were() -> None:
    register = FakeRegister()
    async with exploring(register, search="") as explorer:
        refuse(register)
        was_there = explorer.text()
        await explorer.command("calendar zzqx --as-of 2020-01-01", "enter")
        assert explorer.screen.command_box.command.value == "calendar zzqx --as-of 2020-01-01"
        await explorer.press("escape")
        assert explorer.screen.search_input.has_focus
        assert explorer.screen.as_of is None
        assert explorer.screen.history.current is None
        assert explorer.text() == was_there


async def test_who_has_gone_on_from_a_command_is_not_called_back_to_its_line() -> None:
    register = FakeRegister()
    async with exploring(register, start="ods:RJC") as explorer:
        refuse(register)
        await explorer.press("colon")
        explorer.screen.command_box.command.value = "gaps zzqx"
        await explorer.screen.action_run_line()
        explorer.screen.go_to(explorer.screen.results_view)
        await explorer.settle()
        assert not explorer.screen.command_box.display
        assert explorer.screen.results_view.has_focus
        assert "'zzqx'; try fewer words" in explorer.text()


def notice(explorer: Exploring) -> str:
    """What the person is told until the next key."""
    return str(explorer.screen.query_one(NoticeBar).content)


async def test_where_nothing_can_be_offered_no_empty_list_stays_below_the_line() -> None:
    async with exploring(search="") as explorer:
        await explorer.command("t")
        assert "commands" in explorer.text()
        explorer.screen.command_box.command.value = "zzz"
        await explorer.settle()
        assert "commands" not in explorer.text()
        explorer.screen.command_box.command.value = "t"
        await explorer.settle()
        assert "timeline" in explorer.text()


async def test_a_question_mark_in_the_search_is_a_letter_unless_nothing_stands_there() -> None:
    async with exploring(search="") as explorer:
        await explorer.press("question_mark")
        assert len(explorer.app.screen_stack) == 2
        await explorer.press("escape", "t", "question_mark")
        assert explorer.screen.search_input.value == "t?"


async def test_what_became_of_a_document_is_not_asked() -> None:
    async with exploring(start="doc:announcement") as explorer:
        before = explorer.screen.view
        await explorer.press("a")
        assert "this is a document" in explorer.text()
        assert explorer.screen.view == before


async def test_the_palette_offers_only_what_can_be_done_where_it_was_called_from() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.press("ctrl+p")
        of_record = {offer.name for offer in explorer.screen.command_box.offers}
        await explorer.press("escape")
        await explorer.command("runs", "enter")
        await explorer.press("ctrl+p")
        of_runs = {offer.name for offer in explorer.screen.command_box.offers}
    assert {"What hangs on it, and on that", "What became of it", "Open a record"} <= of_record
    assert {"Say yes to a question, or that this one is meant", "Show all panes again"}.isdisjoint(of_record)
    assert not [name for name in of_record if name.startswith("Narrow the results")], "these stand above the results"
    assert "Open a record" in of_runs
    assert {"What hangs on it, and on that", "Show or hide who says so, line by line"}.isdisjoint(of_runs)


async def test_of_a_command_typed_in_one_go_only_what_stands_in_the_end_is_looked_for() -> None:
    register = FakeRegister()
    async with exploring(register) as explorer:
        await explorer.press("escape", "colon")
        register.asked.clear()
        for letter in "show wye":
            explorer.app.post_message(events.Key("space" if letter == " " else letter, letter))
        while not register.asked:
            await explorer.settle()
        assert register.asked == ["wye"]


async def test_a_notice_is_said_to_its_end_on_as_many_rows_as_it_takes() -> None:
    async with exploring(size=(60, 20), start="ods:RLQ") as explorer:
        await explorer.press("colon", *"as-of 32", "enter")
        said = " ".join(explorer.text().split())
        assert "'32' is not a date: write 2016, July 2016 or 8 July 2016" in said
