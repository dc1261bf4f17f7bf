"""Every key of the registry in every place and state, then keys at random, in a real terminal: each is answered."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.depth import DEEP
from tests.terminal import sent
from tests.tui.asking import register_that_asks
from tests.tui.pressing import KEYS, TYPING, USUAL, Person, Place, Setting, explorer
from tui.explorer.actions import ACTIONS, CHAINS, Action

TAB, ENTER, F1 = "\t", "\r", "\x1bOP"
WYE, RLQ, RJC, NOTHING = (f"\x1b[200~{text}\x1b[201~" for text in ("wye", "rlq", "rjc", "zzzz"))
"""Pasted, so that going somewhere is one search and not one for each letter."""

BUILTIN = ("--builtin",)
LEAVING = ("ctrl+q", "ctrl+c", "q")
RANDOM_KEYS = int(os.environ.get("RANDOM_KEYS", "120"))
SEED = int(os.environ.get("SEED", "11"))
READING = "record ShowView"
RECORD = (RLQ + ENTER,)

PLACES = {
    "search, empty": Place("search -", "what is in here", ("",)),
    "search, with text": Place("search -", "Wye Valley NHS Trust", (WYE,)),
    "results": Place("results -", "Wye Valley NHS Trust", (WYE + TAB,)),
    "results, closed ones too": Place("results - closed", "closed ones too", (WYE + TAB + "c",)),
    "results, nothing found": Place("results -", "zzzz", (NOTHING + TAB,)),
    "results, filter open": Place("results - filtered typing", "Wye Valley", (WYE + TAB, "fwye")),
    "record": Place(READING, "Joint board committee", RECORD),
    "record, from the start": Place(READING, "Joint board committee", RECORD, key=("RLQ",)),
    "record, filter open": Place(f"{READING} filtered typing", "found", (*RECORD, "ffound")),
    "record, filtered": Place(f"{READING} filtered", "Foundation", (*RECORD, "ffound" + ENTER)),
    "record, sorted": Place(READING, "by name", (*RECORD, "o")),
    "record, zoomed": Place(READING, "Foundation", (*RECORD, "+")),
    "record, as of a day": Place(READING, "2016", (":as-of 2016-04-01" + ENTER + RLQ + ENTER,)),
    "choosing": Place("search - choosing", "path from", (*RECORD, "p" + RJC)),
    "path": Place("record PathView", "2 steps, over", (*RECORD, "p" + RJC + ENTER)),
    "compare": Place("record CompareView", "both tell", (*RECORD, "=" + RJC + ENTER)),
    "shared": Place("record SharedView", "Foundation Group", (*RECORD, "s")),
    "tree": Place("record TreeView", "takes part in", (*RECORD, "t")),
    "timeline": Place("record TimelineView", "nothing dated", (*RECORD, "T")),
    "after": Place("record AfterView", "nothing has become", (*RECORD, "a")),
    "map": Place("record PlacesView", "no source tells where", (*RECORD, "M")),
    "gaps": Place("record GapsView", "What mends them", (":gaps" + ENTER,)),
    "calendar": Place("record CalendarView", "decision", (":calendar" + ENTER,)),
    "review": Place("record ReviewView", "Two Hills", (":review" + ENTER,)),
    "runs": Place("record RunsView", "7 sources", (":runs" + ENTER,)),
    "sources": Place("record SourcesView", "Blackburn", (":sources" + ENTER,)),
    "evidence": Place("evidence ShowView", "who says so", (*RECORD, "e" + TAB)),
    "command": Place("command -", "Wye Valley NHS Trust", (":show wye",)),
    "palette": Place("palette -", "all actions", ("\x10",)),
    "help": Place("help -", "Help", (F1,)),
    "visits": Place("visits -", "Where you have been", (*RECORD, "H")),
}

TOGETHER = (
    ("search, empty", "search, with text", "results, nothing found", "command", "palette", "choosing"),
    ("results", "results, filter open", "record, filter open", "record", "evidence", "help", "visits"),
    ("path", "compare", "tree", "map", "gaps"),
    ("record, from the start",),
    ("review",),
)
"""Places that `make test` goes to, some in one process; in all others keys do what they do in one of these."""

ALIKE_ACTIONS = {f"follow-{n}" for n in range(2, 10)} | {f"narrow-{n}" for n in range(2, 9)}
"""Of which there are many, and one stands for all."""

SETTINGS = {
    "60x20": Setting(size=(60, 20)),
    "140x45": Setting(size=(140, 45)),
    "200x60": Setting(size=(200, 60)),
    "xterm": Setting({"TERM": "xterm"}),
    "linux": Setting({"TERM": "linux"}),
    "screen": Setting({"TERM": "screen"}),
    "no colour": Setting({"NO_COLOR": "1"}),
    "ASCII": Setting({"PYTHONIOENCODING": "ascii"}),
    "50 kB/s": Setting(rate=50_000),
}
"""What `make test-deep` presses the keys in as well."""


def leads_away(place: Place, key: str) -> bool:
    """Whether a key ends the explorer in a place."""
    return key in ("ctrl+q", "ctrl+c") or (key == "q" and not takes_letters(place))


def actions_in(place: Place) -> list[Action]:
    """Return the actions that have a key in a place which does not end the explorer."""
    chain = next((chain for chain in CHAINS if place.focus in chain), ("panes", "lists", "explore", "app"))
    there = [action for action in ACTIONS if action.place in chain and action.keys and action.id not in ALIKE_ACTIONS]
    return [action for action in there if not leads_away(place, action.keys[0])]


def some_keys() -> dict[str, list[str]]:
    """Return, by place, the keys that `make test` presses there: that of each action in one of its places."""
    places = [name for together in TOGETHER for name in together]
    found: dict[str, list[str]] = {name: [] for name in places}
    for number, action in enumerate(ACTIONS):
        there = [name for name in places if action in actions_in(PLACES[name])]
        if there:
            found[there[number % len(there)]].append(action.keys[0])
    return found


def takes_letters(place: Place) -> bool:
    """Whether `q` does not leave there."""
    return place.takes_letters or place.focus in ("help", "visits")


def press_every_key(person: Person, name: str, keys: Iterable[str]) -> None:
    """Press each key in a place, going back wherever one leads away; Escape leads out of it in the end."""
    place = PLACES[name]
    for key in keys:
        state = person.press(key)
        # What begins with an escape byte moves about in a line and types nothing.
        if state != place.state or (place.focus in TYPING and not sent(key).startswith("\x1b")):
            person.go(place)
    person.go(place)
    assert "search" in [person.press("escape").partition(" ")[0] for _ in range(6)], "no way out"


@pytest.fixture
def register(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str | Path, ...]:
    """The words that open the register of a place: one that can be written to where questions are to be answered."""
    asks = "review" in request.node.callspec.params["names"]
    return ("--db", register_that_asks(tmp_path)) if asks else BUILTIN


DEEPLY = [((name,), setting) for setting in ("", *SETTINGS) for name in PLACES]


@pytest.mark.parametrize(
    ("names", "setting"),
    DEEPLY if DEEP else [(names, "") for names in TOGETHER],
    ids=lambda one: one if isinstance(one, str) else ", ".join(one),
)
def test_every_key_is_answered(names: tuple[str, ...], setting: str, register: tuple[str | Path, ...]) -> None:
    in_use, place = SETTINGS.get(setting, USUAL), PLACES[names[0]]
    with explorer(*place.key, *register, setting=in_use) as terminal:
        person = Person(terminal)
        for name in names:
            place = PLACES[name]
            if not place.key:
                person.go(place)
            if in_use == USUAL:
                terminal.wait_for_text(place.shown)
            every = [key for key in KEYS if not leads_away(place, key)]
            once = [action.keys[0] for action in actions_in(place)]
            press_every_key(person, name, (once if setting else every) if DEEP else some_keys()[name])
        person.go(place)
        person.leave("q" if not takes_letters(place) else "ctrl+q" if place.focus == "search" else "ctrl+c")


def test_a_facet_has_a_key_that_narrows_to_it() -> None:
    with explorer(*BUILTIN) as terminal:
        person = Person(terminal)
        person.go(PLACES["results"])
        terminal.wait_for_text("F2 ")
        person.press("f2")
        terminal.wait_for_text("type:")
        person.leave()


def test_any_keys_in_any_order_are_answered() -> None:
    chance = random.Random(SEED)
    keys = [key for key in KEYS if key not in LEAVING]
    with explorer(*BUILTIN) as terminal:
        person = Person(terminal, SEED)
        for _ in range(RANDOM_KEYS):
            person.press(chance.choice(keys))
        person.go(PLACES["search, with text"])
        terminal.wait_for_text("Wye Valley NHS Trust")
        person.leave()
