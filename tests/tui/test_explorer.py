"""What keys do in the explorer, with few keys and a fake register."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events

from db.results import Results
from tests.tui.exploring import NARROW, WIDE, exploring
from tests.tui.fake_register import FakeRegister, hub, record
from tests.tui.unfolding import lines
from tui.explorer.actions import ACTIONS
from tui.explorer.keymap import Keymap, defaults, remap
from tui.explorer.screens.help import HelpScreen
from tui.explorer.symbols import PLAIN

TWO_PANES = (120, 45)
"""Wide enough for two panes, not for three."""


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_opens_on_what_is_in_it_and_lists_a_type_by_enter(size: tuple[int, int]) -> None:
    async with exploring(size=size, search="") as explorer:
        assert "what is in here" in explorer.text()
        assert (explorer.shown(), explorer.screen.history.current) == (None, None)
        assert explorer.screen.search_input.has_focus
        await explorer.press("enter")
        assert explorer.screen.search_input.value == "type:arrangement "
        assert explorer.screen.results_view.has_focus
        await explorer.press("slash", "ctrl+u")
        assert "what is in here" in explorer.text()


async def test_what_is_in_it_and_where_that_comes_from_stand_beside_each_other_until_a_record_is_shown() -> None:
    async with exploring(search="") as explorer:
        assert "NHS trusts  July 2025" in explorer.text()
        await explorer.search("Wye")
        assert explorer.shown() == "ods:RLQ"
        await explorer.search("")
        assert explorer.shown() is None
        assert "NHS trusts  July 2025" in explorer.text()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_way_from_one_trust_to_the_other_and_its_chief_is_a_key_each_and_back(size: tuple[int, int]) -> None:
    async with exploring(size=size) as explorer:
        await explorer.search("Wye")
        shown = []
        for key in ("enter", "enter", "enter", "2", "backspace", "[", "alt+left", "]"):
            await explorer.press(key)
            shown.append(explorer.shown())
        there = ["ods:RLQ", "arr:foundation-group", "ods:RJC", "person:glen-burley"]
        assert shown == [*there, *there[-2::-1], "arr:foundation-group"]


async def test_back_finds_the_line_that_was_followed() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.press("2", "backspace")
        item = explorer.screen.record_view.item
        assert item and item.target and item.target.key == "person:glen-burley"


async def test_the_breadcrumb_shows_the_way_and_what_lies_ahead() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.press("enter", "enter", "backspace")
        trail = explorer.text().splitlines()[-2]
        assert trail.strip() == "Wye Valley NHS Trust › Foundation Group › South Warwickshire NHS Foundation Trust"


async def test_a_preview_is_no_visit_until_it_is_entered() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.press("slash")
        await explorer.search("Burley")
        assert explorer.shown() == "person:glen-burley"
        assert "preview: Glen Burley" in explorer.text()
        await explorer.press("escape", "backspace")
        assert explorer.shown() == "ods:RLQ"
        await explorer.press("slash")
        await explorer.search("Burley ")
        await explorer.search("Burley")
        await explorer.press("tab", "tab")
        current = explorer.screen.history.current
        assert current and (current.key, current.jumped) == ("person:glen-burley", True)


async def test_letters_typed_in_the_search_are_text_and_keys_elsewhere() -> None:
    async with exploring(search="") as explorer:
        await explorer.press("q", "e", "j", "slash", "question_mark")
        assert explorer.screen.search_input.value == "qej/?"
        assert explorer.app.is_running


async def test_enter_before_the_answer_opens_the_first_result_when_it_comes() -> None:
    async with exploring() as explorer:
        explorer.screen.search_input.value = "Wye"
        explorer.screen.action_open_result()
        await explorer.settle()
        current = explorer.screen.history.current
        assert current and current.key == "ods:RLQ"
        assert explorer.screen.record_view.has_focus


async def test_an_older_search_never_overwrites_a_newer_one() -> None:
    register = FakeRegister()
    register.slow = "Wy"
    async with exploring(register) as explorer:
        explorer.screen.search_input.value = "Wy"
        await explorer.pilot.pause()
        assert register.slow_asked.wait(5)
        await explorer.search("Glen")
        assert [item.ident for item in explorer.screen.results_view.items] == ["person:glen-burley"]


async def test_nothing_found_says_so_with_a_hint_and_previews_nothing() -> None:
    async with exploring() as explorer:
        await explorer.search("zzz")
        assert "Nothing found for zzz" in explorer.text()
        assert "try fewer letters" in explorer.text()
        assert explorer.shown() is None


async def test_the_title_counts_all_that_match_and_more_leads_to_all_of_them() -> None:
    surgeries = [record(f"ods:S{n}", "organisation", f"Surgery {n}") for n in range(300)]
    async with exploring(FakeRegister(*surgeries)) as explorer:
        await explorer.search("surgery")
        view = explorer.screen.results_view
        for shown in (50, 200, 300):
            assert "300 found" in explorer.text()
            assert sum(item.target is not None for item in view.items) == shown
            assert bool(view.items[-1].more) == (shown < 300)
            if shown == 50:
                await explorer.press("escape")
            if view.items[-1].more:
                view.mark(len(view.items) - 1)
                await explorer.press("enter")


async def test_the_title_says_where_not_all_were_counted() -> None:
    class Vast(FakeRegister):
        """A register that counts no further than it has to."""

        def find(self, text: str, **how: Any) -> Results:  # noqa: ANN401
            """Return what is found as if there were more."""
            return super().find(text, **how)._replace(total=20_000, total_is_exact=False)

    async with exploring(Vast()) as explorer:
        await explorer.search("Wye")
        assert "20,000+ found" in explorer.text()


async def test_evidence_follows_the_marked_line() -> None:
    async with exploring(start="arr:foundation-group", size=TWO_PANES) as explorer:
        await explorer.press("e")
        assert "paragraph 3  stated" in explorer.text()
        view = explorer.screen.record_view
        view.mark(next(n for n, item in enumerate(view.items) if "keeps its own board" in item.copy))
        await explorer.settle()
        assert "claimed by Glen Burley" in explorer.text()
        assert "“not a merger”" in explorer.text()
        await explorer.press("escape")
        assert not explorer.screen.evidence_view.display


async def test_a_claim_leads_to_who_claims_it() -> None:
    async with exploring(start="arr:foundation-group", size=TWO_PANES) as explorer:
        view = explorer.screen.record_view
        view.mark(next(n for n, item in enumerate(view.items) if "keeps its own board" in item.copy))
        await explorer.press("e", "tab", "down", "enter")
        assert explorer.shown() == "person:glen-burley"


async def test_a_link_to_a_record_that_is_missing_is_one_line_and_no_visit() -> None:
    async with exploring(FakeRegister(hub(3)), start="ods:HUB") as explorer:
        view = explorer.screen.record_view
        view.mark(next(n for n, item in enumerate(view.items) if item.target and item.target.key == "ods:H0"))
        await explorer.press("enter")
        assert "there is no ods:H0" in explorer.text()
        current = explorer.screen.history.current
        assert current and current.key == "ods:HUB"
        assert explorer.shown() == "ods:HUB"


async def test_a_start_that_is_missing_ends_with_the_code_of_its_error() -> None:
    async with exploring(start="ods:NO") as explorer:
        assert explorer.app.return_code == 1
        assert explorer.app.session.failure == "nothing answers to 'ods:NO'; try fewer words with `interlock find`"


async def test_help_explains_the_keys_here_and_the_words_on_the_page() -> None:
    async with exploring(start="ods:RLQ", size=(140, 90)) as explorer:
        await explorer.press("question_mark")
        assert isinstance(explorer.app.screen, HelpScreen)
        assert "built-in register" in explorer.text()
        words = "\n".join(lines(explorer.app.screen.view.items))
        assert words.index("In the record") < words.index("In the search")
        assert words.index("Words on this page") < words.index("Takes a full part.") < words.index("Integrated care")
        await explorer.press("q")
        assert explorer.app.screen_stack == [explorer.screen]


async def test_a_remapped_key_works_and_the_old_one_no_longer_does() -> None:
    async with exploring(start="ods:RLQ", keymap=remap({"choose": "o"})) as explorer:
        await explorer.press("enter")
        assert explorer.shown() == "ods:RLQ"
        await explorer.press("o")
        assert explorer.shown() == "arr:foundation-group"
        assert " o follow" in explorer.text()


async def test_a_key_that_does_nothing_where_it_was_pressed_does_nothing_where_the_next_key_leads() -> None:
    async with exploring() as explorer:
        await explorer.search("Wye")
        await explorer.press("escape")
        assert explorer.screen.results_view.has_focus
        for key in ("h", "right"):
            explorer.app.post_message(events.Key(key, None))
        await explorer.settle()
        assert explorer.screen.record_view.has_focus


async def test_problems_of_the_users_keys_are_told_on_start() -> None:
    async with exploring(keymap=remap({"bakc": "b", "back": "ctrl+h"}), search="") as explorer:
        assert "unknown action 'bakc', did you mean 'back'?" in explorer.text()
        assert "'ctrl+h' is Backspace to a plain terminal" in explorer.text()


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (20, 5), (40, 10)])
async def test_a_terminal_too_small_to_use_is_no_crash(size: tuple[int, int]) -> None:
    async with exploring(size=size, start="arr:foundation-group") as explorer:
        await explorer.press("down", "e", "G", "question_mark")
        assert explorer.app.is_running


async def test_without_utf8_everything_of_ours_is_ascii() -> None:
    async with exploring(size=NARROW, start="arr:foundation-group", symbols=PLAIN) as explorer:
        kept = explorer.text().splitlines()
        assert all(line.isascii() for line in (kept[0], *kept[2:15], *kept[-2:]))


async def test_every_key_that_works_is_a_listed_action() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        known = {action.id for action in ACTIONS}
        for keys in ((), ("escape",), ("slash",), ("escape", "question_mark")):
            await explorer.press(*keys)
            active = {binding.binding.id for binding in explorer.app.screen.active_bindings.values()}
            assert active <= known


async def test_at_rest_nothing_is_due_to_be_drawn_again() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        widgets = list(explorer.screen.query("*"))
        assert [widget for widget in widgets if widget.auto_refresh] == []
        assert not explorer.screen.search_input.cursor_blink


async def test_a_notice_stays_until_the_next_key() -> None:
    async with exploring(start="ods:RLQ") as explorer:
        await explorer.press("y")
        assert "Sent to the terminal's clipboard: ods:RLQ" in explorer.text()
        await explorer.press("Y")
        assert "clipboard: takes part in␉arr:foundation-group" in explorer.text()
        await explorer.press("down")
        assert "clipboard" not in explorer.text()


async def test_leaving_closes_the_register() -> None:
    register = FakeRegister()
    async with exploring(register):
        pass
    assert register.closed


async def test_the_search_says_how_to_type_again_while_letters_are_commands_and_what_of_letters_that_are_none() -> None:
    async with exploring(size=NARROW) as explorer:
        await explorer.search("wye")
        assert "to type" not in explorer.text()
        await explorer.press("escape")
        assert "❯ wye   / to type" in explorer.text()
        await explorer.press("w")
        assert "w does nothing here: / to type, ? tells which keys do" in explorer.text()
        for key in ("f", "colon"):
            await explorer.press(key)
            assert "to type" not in explorer.text(), key
            await explorer.press("escape")


async def test_a_letter_without_use_is_told_where_no_key_leads_to_the_search_or_the_help() -> None:
    keymap = Keymap({**defaults().keys, "search": (), "help": ()})
    async with exploring(size=NARROW, keymap=keymap) as explorer:
        await explorer.press("escape", "w")
        assert " w does nothing here\n" in explorer.text()


async def test_what_the_search_says_stands_on_the_colour_of_the_screen() -> None:
    async with exploring(size=NARROW) as explorer:
        await explorer.search("wye")
        await explorer.press("escape")
        line = explorer.screen.search_input.render_line(0)
        assert len({segment.style.bgcolor for segment in line if segment.style}) == 1
        assert all(segment.style and segment.style.bgcolor for segment in line)
