"""What is written in settings.toml, and what comes back of the last time."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.exploring import NARROW, exploring
from tui.explorer import theme as themes
from tui.explorer.kept_state import LINES_KEPT, KeptPlace, KeptWays, StateKeeper
from tui.explorer.settings import FILE, Settings, checked, load_settings
from tui.explorer.theme import CALM, DEFAULTS, PAPER, TERMINAL, called
from tui.explorer.user_toml import user_file
from tui.explorer.widgets.bars import NoticeBar
from tui.explorer.widgets.looks import LOOKS

PLACE = KeptPlace(
    ("show", "ods:RLQ"),
    "Wye Valley NHS Trust",
    folds={"a": True},
    filters={"b": "x"},
    shown={"c": 3},
    search="wye",
    closed_too=True,
)


def write(text: str) -> None:
    user_file(FILE).parent.mkdir(parents=True)
    user_file(FILE).write_text(text, encoding="utf-8")


def test_settings_are_read_and_what_cannot_be_is_a_line_each() -> None:
    assert load_settings() == Settings()
    write('theme = "light"\nmouse = false\nstart = "last"\nstate = false\n')
    assert load_settings() == Settings("light", False, "last", False)
    found = checked({"theem": "dark", "theme": "pink", "mouse": 1, "start": []})
    assert found.problems == (
        "settings.toml: unknown setting 'theem', did you mean 'theme'?",
        'settings.toml: theme has to be one of "dark", "light", "terminal"',
        "settings.toml: mouse has to be one of true, false",
        'settings.toml: start has to be one of "search", "last"',
    )
    assert (found.theme, found.mouse, found.start) == (None, None, "search")


@pytest.mark.parametrize("text", ["theme = ", "\x00", "a = " + "[" * 5000])
def test_settings_that_cannot_be_read_are_one_line_and_the_usual_hold(text: str) -> None:
    write(text)
    found = load_settings()
    assert len(found.problems) == 1
    assert "\n" not in found.problems[0]
    assert (found.theme, found.state) == (None, True)


@pytest.mark.parametrize(
    ("name", "environ", "theme"),
    [
        (None, {"COLORTERM": "truecolor"}, CALM.name), (None, {}, TERMINAL), ("dark", {}, CALM.name),
        ("light", {"COLORTERM": "truecolor"}, PAPER.name), ("terminal", {"COLORTERM": "24bit"}, TERMINAL),
        ("light", {"NO_COLOR": "1"}, TERMINAL),
    ],
)  # fmt: skip
def test_a_theme_is_the_one_chosen_else_the_one_that_suits(
    name: str | None, environ: dict[str, str], theme: str
) -> None:
    assert called(name, environ) == theme


def test_both_themes_name_the_same_colours() -> None:
    assert CALM.variables.keys() == PAPER.variables.keys()


_OF_KINDS = ("organisation", "arrangement", "person", "site", "document")
_MEANINGS = (*_OF_KINDS, "active", "caution")
"""What colours stand for; the others are shades of what is written in."""


@pytest.mark.parametrize("colours", [CALM.variables, PAPER.variables, DEFAULTS], ids=["dark", "light", "sixteen"])
def test_each_colour_has_one_meaning(colours: dict[str, str]) -> None:
    assert len({colours[name] for name in _MEANINGS}) == len(_MEANINGS)
    used = {look: colour for look, (colour, _) in LOOKS.items()}
    assert {used.pop(f"kind-{kind}") for kind in _OF_KINDS} == set(_OF_KINDS)
    assert set(used.values()) <= {"active", "caution", "foreground", "quiet"}


def test_no_bar_or_border_has_the_colour_of_a_kind_or_one_that_is_not_ours() -> None:
    folder = Path(themes.__file__).parent
    texts = [path.read_text("utf-8") for path in (folder / "explorer.tcss", *(folder / "widgets").glob("*.py"))]
    named = {name for text in texts for name in re.findall(r"\$([a-z-]+)", text)}
    assert "active" in named
    assert named <= {"active", "caution", "foreground", "background", "quiet", "edge", "marked", "marked-resting"}


def test_what_is_told_by_a_colour_is_read_on_its_ground() -> None:
    for one in (CALM, PAPER):
        for name in (*_MEANINGS, "quiet"):
            lighter, darker = sorted(map(_luminance, (str(one.background), one.variables[name])), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (one.name, name)


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_was_kept_comes_back_for_its_register_alone_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    StateKeeper(folder, "one").keep(PLACE, KeptWays("light", False, ("gaps",)))
    assert StateKeeper(folder, "one").place() == PLACE
    assert StateKeeper(folder, "two").place() == KeptPlace()
    assert StateKeeper(folder, "two").ways() == KeptWays("light", False, ("gaps",))
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    StateKeeper(folder, "one").keep(None, KeptWays())
    assert StateKeeper(folder, "one").place() == PLACE


def test_without_a_folder_or_where_it_cannot_be_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (None, tmp_path / "file" / "state"):
        keeper = StateKeeper(folder, "one")
        keeper.keep(PLACE, KeptWays("light"))
        assert keeper.place() == KeptPlace()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def _something_else(text: str) -> bytes:
    """A state file in which the kinds of things are wrong, whatever the text."""
    return json.dumps({"version": 1, "command": text, "scroll": text, "shown": [text]}).encode()


@given(st.one_of(st.binary(max_size=40), st.text(max_size=20).map(_something_else)))
def test_a_file_that_holds_something_else_is_ignored_with_a_line(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("state")
    keeper = StateKeeper(folder, "one")
    keeper.keep(PLACE, KeptWays())
    path = next(folder.glob("place-*"))
    path.write_bytes(data)
    assert keeper.place() == KeptPlace()
    assert len(keeper.problems) == 1
    assert "\n" not in keeper.problems[0]


async def test_the_first_screen_leads_back_to_where_one_was_with_the_search_beside_it(tmp_path: Path) -> None:
    keeper = StateKeeper(tmp_path, "one")
    async with exploring(size=NARROW, search="wye", keeper=keeper) as explorer:
        await explorer.press("escape", "c", "enter", "down", "down")
        line = explorer.screen.record_view.item
        await explorer.press("ctrl+q")
    async with exploring(size=NARROW, search="", keeper=StateKeeper(tmp_path, "one")) as explorer:
        assert "Where you were last time" in explorer.text()
        await explorer.press("enter")
        assert explorer.shown() == "ods:RLQ"
        assert explorer.screen.record_view.item == line
        assert explorer.screen.search_input.value == "wye"
        assert explorer.screen.record_view.has_focus
    async with exploring(search="", keeper=StateKeeper(tmp_path, "two")) as explorer:
        assert "last time" not in explorer.text()


async def test_it_begins_there_at_once_where_the_settings_say_so(tmp_path: Path) -> None:
    StateKeeper(tmp_path, "one").keep(PLACE, KeptWays())
    async with exploring(search="", keeper=StateKeeper(tmp_path, "one"), settings=Settings(start="last")) as explorer:
        assert explorer.shown() == "ods:RLQ"


async def test_a_place_of_another_version_is_passed_over(tmp_path: Path) -> None:
    StateKeeper(tmp_path, "one").keep(KeptPlace(("no-such-thing", "ods:RLQ"), "Old"), KeptWays())
    async with exploring(search="", keeper=StateKeeper(tmp_path, "one")) as explorer:
        assert "last time" not in explorer.text()


async def test_of_the_lines_that_were_typed_the_last_are_kept(tmp_path: Path) -> None:
    keeper = StateKeeper(tmp_path, "one")
    async with exploring(start="ods:RLQ", keeper=keeper) as explorer:
        explorer.app.session.lines = [f"gaps {number}" for number in range(LINES_KEPT)]
        await explorer.command("theme light", "enter")
        await explorer.press("ctrl+q")
    assert keeper.ways().lines == (*(f"gaps {number}" for number in range(1, LINES_KEPT)), "theme light")


async def test_a_theme_is_shown_while_it_is_chosen_and_stays_only_when_taken(tmp_path: Path) -> None:
    keeper = StateKeeper(tmp_path, "one")
    async with exploring(start="ods:RLQ", keeper=keeper) as explorer:
        usual = explorer.app.theme
        await explorer.command("theme ", "tab", "tab")
        assert explorer.app.theme == PAPER.name
        await explorer.press("escape")
        assert explorer.app.theme == usual
        await explorer.command("theme light", "enter")
        assert explorer.app.theme == PAPER.name
        await explorer.press("ctrl+q")
    assert keeper.ways() == KeptWays("light", None, ("theme light",))
    async with exploring(start="ods:RLQ", keeper=keeper, settings=Settings(theme="dark")) as explorer:
        assert explorer.app.theme == CALM.name
        await explorer.command("theme light", "enter")
        assert "settings.toml says otherwise" in str(explorer.screen.query_one(NoticeBar).content)
    assert "NO_COLOR" not in os.environ
