"""The last line of the screen: it offers keys that do something where one is, and says what."""

from __future__ import annotations

import pytest

from db.reports import Places
from tests.tui.exploring import NARROW, exploring
from tests.tui.fake_register import FakeRegister, hub
from tui.explorer.actions import ACTIONS
from tui.explorer.pages.hints import Place, hints
from tui.explorer.pages.items import AGAIN, ListItem
from tui.explorer.widgets.bars import KeysBar
from tui.text.page_parts import Target

LINK = ListItem((), "a", Target("ods:A", "A", ""), copy="A")
PLAIN_LINE = ListItem((), "b", copy="B")
VIEWS = {"= compare", "M map", "p path to", "t tree", "T timeline", "s shares most"}
"""Of the record that the key can be copied of."""
VAST = (320, 45)
"""Where there is room for all that the line has to say."""
NEVER = {
    "f filter",
    "o sort",
    "' letters",
    "+ whole screen",
    "F1 help",
    "Ctrl+q quit",
    "? help",
    "q quit",
    "Tab pane",
    "/ search",
    ": command",
    "Ctrl+p all actions",
    "C copy command",
    "x export",
    "d as of a day",
}
"""Keys that work in every state."""

STATES: dict[str, tuple[str | None, str, tuple[str, ...], set[str]]] = {
    "first screen": (None, "", (), {"↵ list them", "↓ choose", "Esc results"}),
    "typed": (None, "t", (), {"↵ open", "↓ choose", "Esc results", "Ctrl+u clear"}),
    "one found, cursor at the start": (None, "wye", ("home",), {"↵ open", "Esc results"}),
    "nothing found": (None, "zzz", (), {"Esc results", "Ctrl+u clear"}),
    "search failed": (None, "broken", (), {"↵ ask again", "Esc results", "Ctrl+u clear"}),
    "results": (
        None, "t", ("escape",),
        {"↵ open", "Esc search", "c closed too", "e who says so (1)", "y copy key", "Y copy line"},
    ),
    "results, nothing found, closed too": (None, "zzz", ("escape", "c"), {"Esc search", "c open ones only"}),
    "record, not in the results": (
        None, "wye", ("enter", "enter", "escape"),
        {"⌫ back", "Esc search", "c closed too", "e who says so (1)"},
    ),
    "a preview with nothing open": (
        None, "wye", ("escape",),
        {"↵ open", "Esc search", "c closed too", "e who says so (1)", "y copy key", "Y copy line"},
    ),
    "record, a line without a link": (
        "ods:RLQ", "", ("home",), {"Esc results", "e who says so (1)", "y copy key", "Y copy line"},
    ),
    "record, after going back": (
        "ods:RLQ", "", ("enter", "backspace"),
        {"↵ follow", "Space more", "] forward", "Esc results", "e who says so (1)", "y copy key", "Y copy line"},
    ),
    "record, a folded group": (
        "ods:HUB", "", ("home", "down", "down", "down"), {"↵ open", "Esc results", "e who says so", "y copy key"},
    ),
    "record, an open group": (
        "ods:HUB", "", ("home", "down"), {"↵ fold", "Esc results", "e who says so", "y copy key"},
    ),
    "record, its evidence in a line": (
        "ods:RLQ", "", ("e",),
        {"↵ follow", "Space more", "Esc results", "e who says so (1)", "y copy key", "Y copy line"},
    ),
    "another record, a filter open": ("ods:RLQ", "", ("enter", "f", "w"), {"↵ done", "Esc all lines"}),
    "another record, a filter set": (
        "ods:RLQ", "", ("enter", "f", "w", "enter"),
        {"↵ follow", "Space more", "⌫ back", "Esc all lines", "e who says so (1)", "y copy key", "Y copy line"},
    ),
    "evidence of no page": (
        "ods:RLQ", "", ("tab", "end"),
        {"Esc record", "e who says so (1)", "y copy key", "Y copy line"},
    ),
}  # fmt: skip
"""Where to start, what to type, which keys to press; what the last line then offers besides what always works."""


@pytest.mark.parametrize("state", STATES)
async def test_the_last_line_offers_what_works(state: str) -> None:
    start, typed, keys, wanted = STATES[state]
    register = FakeRegister(hub(60))
    register.broken["broken"] = KeyError("a bug")
    async with exploring(register, VAST, start=start, search="") as explorer:
        if typed:
            await explorer.search(typed)
        await explorer.press(*keys)
        told = {part.strip() for part in str(explorer.screen.query_one(KeysBar).content).split("  ") if part.strip()}
    cites = {"K cite"} if any("who says so (" in word for word in wanted) else set()
    assert told - NEVER - VIEWS == wanted | cites
    assert ("Ctrl+q quit" in told) is ("↵ done" in wanted or (start is None and "Esc results" in wanted))
    assert (told & VIEWS == VIEWS) is ("y copy key" in wanted)


def test_every_key_of_the_panes_that_has_a_word_has_its_place_in_the_last_line() -> None:
    told_in_the_help_alone = {"shared-with", "follow-1"}
    there = {one.id for one in ACTIONS if one.hint and one.place in ("panes", "lists", "results", "record")}
    assert there - set(KeysBar.ORDER) == told_in_the_help_alone


async def test_where_the_evidence_takes_room_from_the_record_escape_puts_it_away() -> None:
    async with exploring(size=(120, 40), start="ods:RLQ") as explorer:
        for keys, word in (
            (("e",), "Esc hide evidence"),
            (("tab",), "Esc hide evidence"),
            (("escape",), "Esc results"),
        ):
            await explorer.press(*keys)
            assert word in explorer.text().splitlines()[-1]


def test_a_key_without_use_has_no_word() -> None:
    nothing = hints(Place("results"))
    used = {"step-back", "closed"}
    assert {name for name, word in nothing.items() if word} == used


@pytest.mark.parametrize(
    ("pane", "item", "word"),
    [
        ("results", LINK, "open"),
        ("record", LINK, "follow"),
        ("record", PLAIN_LINE, ""),
        ("record", ListItem((), "m", more="links"), "show more"),
        ("results", ListItem((), "f", more=AGAIN), "ask again"),
        ("record", None, ""),
    ],
)
def test_enter_is_called_by_what_it_does(pane: str, item: ListItem | None, word: str) -> None:
    assert hints(Place(pane, item))["choose"] == word


def test_enter_in_the_search_opens_what_will_be_found() -> None:
    assert hints(Place("search", awaited=True))["search-open"] == "open"
    assert hints(Place("search"))["search-open"] == ""


async def test_the_first_screen_and_its_help_say_which_key_explains_there() -> None:
    async with exploring() as explorer:
        assert "F1 help" in explorer.text().splitlines()[-1]
        await explorer.press("f1")
        assert "Leave      F1 help" in explorer.text()


async def test_a_view_without_a_line_to_mark_offers_nothing_that_is_done_with_a_line() -> None:
    class Nowhere(FakeRegister):
        def places(self, about: str = "") -> Places:
            return super().places(about)._replace(areas=())

    async with exploring(Nowhere(), VAST, start="ods:RLQ") as explorer:
        assert "↵ follow" in explorer.text().splitlines()[-1]
        await explorer.press("M")
        assert explorer.screen.record_view.item is None
        assert "↵ follow" not in explorer.text().splitlines()[-1]


async def test_in_the_line_of_a_command_what_cannot_be_completed_offers_no_completing() -> None:
    async with exploring(size=VAST, search="") as explorer:
        for typed, offered in ((":", True), ("zzz", False)):
            await explorer.press(*typed)
            last = explorer.text().splitlines()[-1]
            assert ("Tab complete" in last) is offered
            assert "↑ earlier" not in last


@pytest.mark.parametrize("keys", [("colon",), ("ctrl+p",)])
async def test_a_line_offers_to_clear_what_stands_in_it_and_not_what_stands_in_the_search(
    keys: tuple[str, ...],
) -> None:
    async with exploring(search="wye", size=VAST) as explorer:
        await explorer.press("escape", *keys)
        assert "clear" not in explorer.text()
        await explorer.press("t")
        assert "Ctrl+u clear" in explorer.text()
        await explorer.press("home")
        assert "clear" not in explorer.text()


async def test_a_view_does_not_offer_itself_and_says_so_where_it_is_asked_for() -> None:
    async with exploring(size=VAST, start="ods:RLQ") as explorer:
        for key, hint in (("t", "t tree"), ("T", "T timeline"), ("s", "s shares most"), ("M", "M map")):
            assert hint in explorer.text().splitlines()[-1]
            await explorer.press(key)
            assert hint not in explorer.text().splitlines()[-1]
            await explorer.press(key)
            assert "This is what is shown already" in explorer.text()
            await explorer.press("backspace")


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("f2", "Nothing stands at this key to narrow the results to"),
        ("enter", "This line leads nowhere"),
        ("minus", "This line is in no group that folds"),
        ("underscore", "No pane has the whole screen"),
        ("9", "No link in view has the number 9"),
    ],
)
async def test_a_key_that_can_do_nothing_says_why(key: str, why: str) -> None:
    async with exploring(size=NARROW, start="ods:RLQ") as explorer:
        await explorer.press("home", key)
        assert why in explorer.text()
