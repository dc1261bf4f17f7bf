"""Somebody who presses keys in the explorer, in a real terminal, and waits until its screen has answered each.

The program is the real one with one key more. F12 goes the way of every key: from the thread that reads through the
queue of the app to that of the screen, which says once it has painted how often it was asked, where the focus is and
what the last line offers. So a key is answered when F12 after it is: nothing but a living screen says the next number.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.terminal import Terminal, sent
from tui.explorer.actions import ACTIONS
from tui.explorer.crash_log import log_file
from tui.explorer.keynames import shown

PROGRAM = """
import os
import sys
from itertools import count
import tui.explorer.app
from tui.cli.main import main
from tui.explorer.widgets.bars import KeysBar, NoticeBar

asked = count(1)
took = tui.explorer.app.Explorer._take

def state(app):
    focus, screen = app.focused, app.screen
    reading = focus is not None and focus.id in ("record", "evidence")
    yield focus.id if focus else "nowhere"
    yield type(screen.view).__name__ if reading else "-"
    asking = focus is not None and focus.id in ("search", "results") and screen._answered != screen.search_input.value
    yield "waiting" if asking or (reading and screen.waiting) else ""
    yield "filtered" if getattr(focus, "state", None) and focus.state.filters else ""
    yield "typing" if getattr(focus, "is_typing", False) else ""
    yield "choosing" if getattr(screen, "choice", None) else ""
    yield "closed" if any(getattr(one, "_closed_too", False) for one in app.screen_stack) else ""
    yield "beside" if hasattr(screen, "evidence_view") and screen.evidence_view.display else ""
    yield "noticed" if any(notice.display for notice in screen.query(NoticeBar)) else ""

def answer(app, screen, number):
    offered = str(screen.query_one(KeysBar).content).encode("unicode_escape").decode()
    app._driver.write(f"\\x1b]777;{number};{' '.join(filter(None, state(app)))};{offered}\\x07")

def after_paint(app, screen, number):
    screen.call_after_refresh(answer, app, screen, number)

async def take(self, event):
    # What has been noticed stays for the next key, or what the key before noticed would hardly ever be painted.
    if getattr(event, "key", "") == "f12":
        self.screen.call_later(after_paint, self, self.screen, next(asked))
    else:
        await took(self, event)

tui.explorer.app.Explorer._take = take
os.chdir(os.environ["HOME"])
sys.exit(main(sys.argv[1:]))
"""
PROBE = "\x1b[24~"

OWN_KEYS = """
search = ["slash", "f10"]
step-back = ["escape", "ctrl+g"]
close-help = ["escape", "q", "question_mark", "f1", "backspace", "f11"]
close-visits = ["escape", "q", "H", "backspace", "f11"]
"""
"""Keys that no place takes for a letter, so that from wherever a key has led there is one way back."""

CLOSE, SEARCH, STEP_BACK, CLEAR = "\x1b[23~", "\x1b[21~", "\x07", "\x05\x15"

KEYS = tuple(dict.fromkeys(key for action in ACTIONS for key in action.keys))
BY_SIGN = {shown(key, plain=plain): key for key in (*KEYS, "f10", "f11", "ctrl+g") for plain in (False, True)}
"""Keys by what the last line calls them."""

SOON = 1.0
"""Seconds within which something has to change after a key that the last line offers."""

TYPING = ("search", "command", "palette")
"""Places where keys are letters."""


class Answer(NamedTuple):
    """What the screen says: where the focus is and in which state, and which keys the last line offers."""

    state: str
    offered: frozenset[str]
    beside: bool = False
    """Whether who says so has a pane."""
    noticed: bool = False
    """Whether the screen tells something until the next key."""

    @property
    def focus(self) -> str:
        """What has the focus."""
        return self.state.partition(" ")[0]


class Place(NamedTuple):
    """A place and state: how one comes there from an empty search, by which answer and text one knows it."""

    state: str
    shown: str
    typed: tuple[str, ...] = ()
    """What is typed, each once what was typed before it has led to where the next is for."""
    key: tuple[str, ...] = ()
    """The record that the explorer starts with."""

    @property
    def focus(self) -> str:
        """What has the focus."""
        return self.state.partition(" ")[0]

    @property
    def takes_letters(self) -> bool:
        """Whether letters are typed there."""
        return self.focus in TYPING or "typing" in self.state.split()


class Setting(NamedTuple):
    """What the terminal is: what it says of itself, its size, how many bytes in a second its line carries (0: all)."""

    environment: Mapping[str, str] = {}
    size: tuple[int, int] = (80, 24)
    rate: int = 0


USUAL = Setting()


class SlowTerminal(Terminal):
    """A terminal at the end of a line that carries so many bytes in a second."""

    rate = 0

    def read(self, seconds: float) -> bool:
        """Take in a little, no sooner than the line could have carried it."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 2048)
        except OSError:
            return False
        self.raw += data
        select.select([], [], [], len(data) / self.rate)
        return bool(data)


class Person:
    """Somebody who presses keys in the explorer and waits until the screen has answered each."""

    def __init__(self, terminal: Terminal, seed: int = 0) -> None:
        self.terminal = terminal
        self.pressed: list[str] = []
        self.idle: set[str] = set()
        """Keys that the last line offered and that changed nothing on the screen."""
        self.told = Answer("", frozenset())
        self._asked, self._seed = 0, seed
        self.written = 0
        """Bytes that the last key wrote to the terminal."""
        self._await("search", "record")

    def press(self, key: str) -> str:
        """Press a key and return the state that it led to."""
        self.pressed.append(key)
        if key == "ctrl+z":
            # There is no shell to go to, so it comes back at once; what is typed meanwhile would be for the shell.
            began = len(self.terminal.raw)
            self.terminal.press(key)
            self.terminal.wait_for(lambda: self.terminal.raw.find(b"\x1b[?1049h", began) >= 0, "the screen again")
            return self.type()
        before = self.told
        state = self.type(sent(key))
        # Some keys let something be read first, and those that go on in a list do nothing at its end. What cannot be
        # done is told, the same again where the key is pressed again.
        may_rest = key in ("down", "pagedown") or self.written or state != before.state or self.told.noticed
        if key in before.offered and not may_rest and not self.terminal.read(SOON):
            self.idle.add(f"{key} in {before.state}")
        return state

    def type(self, data: str = "") -> str:
        """Type something and return the state that the screen answers from."""
        self._asked += 1
        began = len(self.terminal.raw)
        told = re.compile(rb"\x1b\]777;%d;([^;]*);([^\x07]*)\x07" % self._asked)
        self.terminal.type(data + PROBE)
        self.terminal.wait_for(
            lambda: told.search(self.terminal.raw, began) is not None,
            f"an answer to the last of {self.pressed[-8:]}, seed {self._seed}",
        )
        found = told.search(self.terminal.raw, began)
        assert found is not None
        self.written = found.start() - began
        signs = [part.split(" ")[0] for part in found.group(2).decode("unicode_escape").split("  ") if part.strip()]
        assert set(signs) <= set(BY_SIGN), f"no such keys as the last line offers: {signs}"
        words = found.group(1).decode().split(" ")
        state = " ".join(word for word in words if word not in ("beside", "noticed"))
        self.told = Answer(state, frozenset(BY_SIGN[sign] for sign in signs), "beside" in words, "noticed" in words)
        return self.told.state

    def go(self, place: Place) -> None:
        """Go to a place from wherever one is."""
        left = self.told.state.split()
        away = STEP_BACK * bool({"filtered", "choosing"} & set(left)) + CLOSE * (1 + ("filtered" in left))
        away += SEARCH + CLEAR
        state = self.type(away + ("\tc" + SEARCH) * ("closed" in left) + place.typed[0])
        for typed in place.typed[1:]:
            self._await("results", "record", "evidence")
            if "filtered" in self.told.state.split():
                self.type(STEP_BACK)
            # The key that shows who says so hides it as well.
            state = self.type(typed.removeprefix("e") if self.told.beside else typed)
        # Enter opens a record when the search has been answered, and a view when it has been read.
        if state != place.state:
            self._await(place.state)

    def _await(self, *states: str) -> None:
        """Wait until one of some states is answered, or one that begins so and waits for nothing."""

        def there() -> bool:
            state = self.type()
            return state in states or (self.told.focus in states and "waiting" not in state)

        self.terminal.wait_for(there, f"{' or '.join(states)} after {self.pressed[-8:]}, not {self.told.state}")

    def leave(self, key: str = "ctrl+q") -> None:
        """Leave; that has to end well, and nothing may have gone wrong before."""
        self.terminal.forget()
        self.terminal.press(key)
        assert self.terminal.exit_status() == 0
        assert not self.terminal.left_on(), f"left on: {self.terminal.left_on()}"
        assert not log_file().exists(), log_file().read_text()
        assert not self.idle, f"offered, and nothing happens: {sorted(self.idle)}"


def explorer(*words: str | Path, setting: Setting = USUAL) -> Terminal:
    """Start the explorer with the key that asks for an answer."""
    keys = Path(os.environ["XDG_CONFIG_HOME"]) / "interlock" / "keys.toml"
    keys.parent.mkdir(parents=True, exist_ok=True)
    keys.write_text(OWN_KEYS, encoding="utf-8")
    # Pictures without a pause between them, and no wait for the rest of a sequence, which a local terminal sends whole.
    fast = {"TEXTUAL_FPS": "1000", "ESCDELAY": "10", **setting.environment}
    kind = SlowTerminal if setting.rate else Terminal
    terminal = kind("open", *words, program=(sys.executable, "-c", PROGRAM), size=setting.size, environment=fast)
    if isinstance(terminal, SlowTerminal):
        terminal.rate = setting.rate
    return terminal
