"""Every key of the registry in every place and state, then keys at random, in a real terminal: each is answered.

The program is the real one with one key more. F12 goes the way of every key: from the thread that reads through the
queue of the app to that of the screen, which draws how often it was asked and where the focus is. So a key is answered
when F12 after it is: nothing but a living screen draws the next number.
"""

from __future__ import annotations

import os
import random
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.depth import DEEP
from tests.terminal import Terminal, sent
from tui.explorer.actions import ACTIONS

PROGRAM = """
import sys
from itertools import count
import tui.explorer.app
from tui.cli.main import main

asked = count(1)
made = tui.explorer.app.Explorer.__init__

def draw(app, screen, number):
    # Of a picture that is known, only the figures that differ would be written.
    app._driver.picture.forget()
    place = app.focused.id if app.focused else "nowhere"
    # Of the two one is hidden while a record is chosen; which, shows when the picture is made.
    for bar in (*screen.query("#register"), *screen.query("#prompt")):
        bar.update(f"answer-{number}-{place}.", layout=False)

def action_probe(self):
    self.screen.call_later(draw, self, self.screen, next(asked))

def __init__(self, *arguments, **more):
    made(self, *arguments, **more)
    self.bind("f12", "app.probe")

tui.explorer.app.Explorer.__init__ = __init__
tui.explorer.app.Explorer.action_probe = action_probe
sys.exit(main(sys.argv[1:]))
"""
PROBE = "\x1b[24~"

OWN_KEYS = """
search = ["slash", "f10"]
step-back = ["escape", "f7"]
close-help = ["escape", "q", "question_mark", "f1", "backspace", "f11"]
close-visits = ["escape", "q", "H", "backspace", "f11"]
"""
"""Keys that no place takes for a letter, so that from wherever a key has led there is one way back."""

TO_EMPTY_SEARCH = "\x1b[23~\x1b[21~\x05\x15"
CHOOSE_NONE = "\x1b[18~"
TAB, ENTER, F1 = "\t", "\r", "\x1bOP"
WYE, RLQ, RJC, NOTHING = (f"\x1b[200~{text}\x1b[201~" for text in ("wye", "rlq", "rjc", "zzzz"))
"""Pasted, so that going somewhere is one search and not one for each letter."""

TYPING = ("search", "command", "palette")
"""Places where keys are letters."""

LEAVING = ("ctrl+q", "ctrl+c", "q")
KEYS = tuple(dict.fromkeys(key for action in ACTIONS for key in action.keys))
RANDOM_KEYS = int(os.environ.get("RANDOM_KEYS", "500"))
SEED = int(os.environ.get("SEED", "11"))


class Place(NamedTuple):
    """A place and state: what has the focus, what is typed from an empty search, what is shown, how one leaves."""

    focus: str
    typed: str
    shown: str
    leave: str = "q"
    key: tuple[str, ...] = ()
    then: str = ""
    """What is typed in the record."""


PLACES = {
    "search, empty": Place("search", "", "what is in here", "ctrl+q"),
    "search, with text": Place("search", WYE, "Wye Valley NHS Trust", "ctrl+c"),
    "results": Place("results", WYE + TAB, "Wye Valley NHS Trust"),
    "results, closed ones too": Place("results", WYE + TAB + "c", "closed ones too"),
    "results, nothing found": Place("results", NOTHING + TAB, "zzzz"),
    "record": Place("record", WYE + ENTER, "Joint board committee"),
    "record, from the start": Place("record", RLQ + ENTER, "Joint board committee", key=("RLQ",)),
    "choosing": Place("search", WYE + ENTER, "choose none", "ctrl+q", then="p" + RJC),
    "path": Place("record", WYE + ENTER, "2 steps, over", then="p" + RJC + ENTER),
    "evidence": Place("evidence", WYE + ENTER, "paragraph"),
    "command": Place("command", ":show wye", "Wye Valley NHS Trust", "ctrl+q"),
    "palette": Place("palette", "\x10", "all actions", "ctrl+c"),
    "help": Place("help", F1, "Help", "ctrl+c"),
    "visits": Place("visits", WYE + ENTER, "Where you have been", "ctrl+c", then="H"),
}

ALIKE = () if DEEP else ("results, closed ones too",)
"""Places where keys do what they do in another; only `make test-deep` presses them there."""


class Person:
    """Somebody who presses keys in the explorer and waits until the screen has answered each."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.pressed: list[str] = []
        self._asked = 0
        terminal.wait_for_text("sources to")

    def press(self, key: str) -> str:
        """Press a key and return what then has the focus."""
        self.pressed.append(key)
        if key != "ctrl+z":
            return self.type(sent(key))
        # There is no shell to go to, so it comes back at once; what is typed meanwhile would be for the shell.
        began = len(self.terminal.raw)
        self.terminal.press(key)
        self.terminal.wait_for(lambda: self.terminal.raw.find(b"\x1b[?1049h", began) >= 0, "the screen again")
        return self.type()

    def type(self, data: str = "") -> str:
        """Type something and return what has the focus once the screen has answered."""
        self._asked += 1
        began = len(self.terminal.raw)
        told = re.compile(rb"answer-%d-(\w+)\." % self._asked)
        self.terminal.type(data + PROBE)
        self.terminal.wait_for(
            lambda: told.search(self.terminal.raw, began) is not None,
            f"an answer to the last of {self.pressed[-8:]}, seed {SEED}",
        )
        found = told.search(self.terminal.raw, began)
        assert found is not None
        return found.group(1).decode()

    def go(self, place: Place) -> None:
        """Go to a place from wherever one is."""
        focus = self.type(CHOOSE_NONE * bool(place.then) + TO_EMPTY_SEARCH + place.typed.removesuffix("c"))
        if place.focus == "evidence":
            self._await("record")
            if self.type(TAB) != "evidence":
                self.type(TAB + TAB)
                focus = self.type("e" + TAB)
        if place.then:
            self._await("record")
            focus = self.type(place.then)
        if focus != place.focus:
            self._await(place.focus)

    def _await(self, focus: str) -> None:
        """Wait until something has the focus, which Enter gives it only when the search has been answered."""
        self.terminal.wait_for(lambda: self.type() == focus, f"the focus on {focus} after {self.pressed[-8:]}")


def explorer(*words: str) -> Terminal:
    """Start the explorer with the key that asks for an answer."""
    keys = Path(os.environ["XDG_CONFIG_HOME"]) / "interlock" / "keys.toml"
    keys.parent.mkdir(parents=True, exist_ok=True)
    keys.write_text(OWN_KEYS, encoding="utf-8")
    # Pictures without a pause between them, and no wait for the rest of a sequence, which a local terminal sends whole.
    fast = {"TEXTUAL_FPS": "1000", "ESCDELAY": "10"}
    return Terminal("open", *words, "--builtin", program=(sys.executable, "-c", PROGRAM), environment=fast)


@pytest.mark.parametrize("name", [name for name in PLACES if name not in ALIKE])
def test_every_key_is_answered(name: str) -> None:
    place = PLACES[name]
    with explorer(*place.key) as terminal:
        person = Person(terminal)
        if not place.key:
            person.go(place)
        if place.typed.endswith("c"):
            person.press("c")
        terminal.wait_for_text(place.shown)
        for key in KEYS:
            if key in LEAVING and not (key == "q" and place.focus in (*TYPING, "help")):
                continue
            focus = person.press(key)
            if key == "c" and place.focus == "results":
                person.press(key)
            # What begins with an escape byte types nothing in a search; f opens a line that takes letters.
            if key == "f" or focus != place.focus or (place.focus in TYPING and not sent(key).startswith("\x1b")):
                person.go(place)
        terminal.forget()
        terminal.press(place.leave)
        assert terminal.exit_status() == 0
        assert terminal.left_on() == []


def test_any_keys_in_any_order_are_answered() -> None:
    chance = random.Random(SEED)
    keys = [key for key in KEYS if key not in LEAVING]
    with explorer() as terminal:
        person = Person(terminal)
        for _ in range(RANDOM_KEYS):
            person.press(chance.choice(keys))
        terminal.forget()
        person.go(PLACES["search, with text"])
        terminal.wait_for_text("Wye Valley NHS Trust")
        terminal.press("ctrl+q")
        assert terminal.exit_status() == 0
        assert terminal.left_on() == []
