"""The screens as plain text, at the two sizes that matter; `UPDATE_SNAPSHOTS=1` writes them anew, to be read over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.exploring import NARROW, WIDE, exploring

SNAPSHOTS = Path(__file__).parent / "snapshots"

SCENES: dict[str, tuple[str | None, str, tuple[str, ...]]] = {
    "start": (None, "", ()),
    "search": (None, "wye", ("down",)),
    "nothing": (None, "zzz", ()),
    "arrangement": ("arr:foundation-group", "", ()),
    "evidence": ("arr:foundation-group", "", ("e",)),
    "drill": ("ods:RLQ", "", ("enter", "enter", "2")),
    "compare": ("ods:RLQ", "", ("equals_sign", *"Warwick", "enter")),
    "map": ("ods:RLQ", "", ("M",)),
    "command": ("ods:RLQ", "", ("colon", "s", "h", "o", "w", "space", "t")),
    "palette": ("ods:RLQ", "", ("ctrl+p", "c", "o", "p")),
    "help": ("ods:RLQ", "", ("question_mark",)),
}
"""Where to start, what to type, which keys to press."""


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "140x45"])
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_looks_as_it_did(scene: str, size: tuple[int, int]) -> None:
    start, typed, keys = SCENES[scene]
    async with exploring(size=size, start=start, search="") as explorer:
        if typed:
            await explorer.search(typed)
        await explorer.press(*keys)
        text = explorer.text()
    path = SNAPSHOTS / f"{scene}-{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; UPDATE_SNAPSHOTS=1 writes it anew"
