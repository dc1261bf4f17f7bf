"""What docs/explorer.md says that keys tell, they tell: each question is asked there with its keys, in a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from importers.builtin_folders import VARIABLE
from tests.depth import DEEP
from tests.tui.pressing import Person, Setting, explorer

PAGE = Path(__file__).parents[2] / "docs" / "explorer.md"
KEYS = {"↵": "enter", "Space": "space"}


def jobs() -> list[tuple[list[str], int, str]]:
    """Return the keys of each question, how many there are said to be, and what then stands on the screen."""
    section = PAGE.read_text(encoding="utf-8").partition("## Eight questions")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    return [(re.findall("`([^`]+)`", keys), int(number), told.strip("`")) for _, keys, number, told in rows]


def test_the_page_counts_the_keys_of_each_question() -> None:
    for keys, number, told in jobs():
        assert number == sum(1 if key in KEYS else len(key) for key in keys), told


@pytest.mark.skipif(not DEEP, reason="takes half a minute")
def test_each_question_is_answered_by_its_keys(country: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    for keys, _, told in jobs():
        answered(keys, told, Setting({"XDG_CACHE_HOME": str(country)}))


def answered(keys: list[str], told: str, setting: Setting) -> None:
    """Press keys, each once the one before has been answered, until what they tell stands there."""
    with explorer("--builtin", setting=setting) as terminal:
        person = Person(terminal)
        for key in keys:
            person.press(KEYS[key]) if key in KEYS else person.type(key)
            terminal.wait_for(lambda: "waiting" not in person.type(), f"an answer to {key}")
        terminal.wait_for(lambda: told in re.sub(r"[▌\s]+", " ", terminal.text()), told)
        person.leave("ctrl+q")
