"""The screens as plain text, at the two sizes that matter; `UPDATE_SNAPSHOTS=1` writes them anew, to be read over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db.reports import Calendar, CalendarEntry
from tests.tui.exploring import NARROW, WIDE, exploring
from tests.tui.fake_register import FakeRegister
from tests.tui.test_views_of_registers import ASKED, DIFF, RUN, gap
from tui.explorer.views.commands import MAKERS

SNAPSHOTS = Path(__file__).parent / "snapshots"

SCENES: dict[str, tuple[str | None, str, tuple[str, ...]]] = {
    "start": (None, "", ()),
    "search": (None, "wye", ("down",)),
    "nothing": (None, "zzz", ()),
    "arrangement": ("arr:foundation-group", "", ()),
    "evidence": ("arr:foundation-group", "", ("e",)),
    "drill": ("ods:RLQ", "", ("enter", "enter", "2")),
    "command": ("ods:RLQ", "", ("colon", "s", "h", "o", "w", "space", "t")),
    "palette": ("ods:RLQ", "", ("ctrl+p", "c", "o", "p")),
    "help": ("ods:RLQ", "", ("question_mark",)),
}
"""Where to start, what to type, which keys to press."""

VIEWS = {
    "compare": "compare ods:RLQ ods:RJC",
    "path": "path ods:RLQ ods:RJC",
    "common": "shared ods:RLQ ods:RJC",
    "shared": "shared ods:RLQ",
    "tree": "tree ods:RLQ",
    "timeline": "timeline ods:RLQ",
    "after": "after ods:RLQ",
    "map": "places ods:RLQ",
    "gaps": "gaps",
    "calendar": "calendar",
    "review": "review",
    "runs": "runs",
    "run": "diff 7",
    "sources": "sources",
}
"""The other views, by the words of their commands; all of a size in one explorer, as starting one takes longest."""


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "140x45"])
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_looks_as_it_did(scene: str, size: tuple[int, int]) -> None:
    start, typed, keys = SCENES[scene]
    async with exploring(size=size, start=start, search="") as explorer:
        if typed:
            await explorer.search(typed)
        await explorer.press(*keys)
        text = explorer.text()
    compare(scene, size, text)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "140x45"])
async def test_each_view_looks_as_it_did(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERLOCK_TODAY", "2026-11-29")
    register = FakeRegister()
    register.gaps_there = (gap(1), gap(2, "past-end", date="2025"), gap(3, usual=True))
    group = "arr:foundation-group", "Foundation Group"
    ahead = CalendarEntry("2027-03-31", "end", *group, "Its term ends.", None, None, ())
    register.calendar_there = Calendar("2026-11-29", "2028-11-29", (ahead,), (), (), ())
    register.suggestions_there, register.runs_there, register.diffs_there = (ASKED,), (RUN,), {7: DIFF}
    async with exploring(register, size, start="ods:RLQ", search="") as explorer:
        for scene, words in VIEWS.items():
            await explorer.show(words)
            compare(scene, size, explorer.text())
        await explorer.press("H")
        compare("history", size, explorer.text())
    assert MAKERS.keys() - {"show", "map"} == {words.split()[0] for words in VIEWS.values()}


def compare(scene: str, size: tuple[int, int], text: str) -> None:
    """Compare a screen with how it looked, or write down how it looks."""
    path = SNAPSHOTS / f"{scene}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; UPDATE_SNAPSHOTS=1 writes it anew"
