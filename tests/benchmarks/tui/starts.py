"""Starts: until a letter is echoed, until list and record are shown, what is typed meanwhile, what is written."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.benchmarks.tui.asked import Asked
from tests.benchmarks.tui.watched import (
    EXPLORER,
    PATIENCE,
    QUIET,
    SMALLEST,
    WIDE,
    WatchedTerminal,
    listed,
    read_beside,
    searched,
)

LETTER = "ж"
"""One that no list shows."""
_AGAIN = 0.02
"""Seconds between one letter typed and the next, until one is echoed."""
_FIRST = 0.1
"""Seconds after the start from which on words are typed."""
Taker = Callable[[WatchedTerminal], tuple[float, float]]
"""Waits for something and returns what that took."""
_COUNT = r"\d\W{0,4}\n"
_ON = b"\x1b[?1049h"


@dataclass(slots=True)
class Starts:
    """What starts took: seconds on the clock, and of processor time of the thread that paints."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def add(self, taken: tuple[float, float]) -> None:
        """Take one more."""
        self.seconds.append(taken[0])
        self.processor.append(taken[1])

    def beside(self, other: Starts) -> str:
        """Say how many times as long as others they took."""
        clock, theirs = statistics.median(self.seconds), statistics.median(other.seconds)
        used = statistics.median(self.processor) / statistics.median(other.processor)
        return f"{clock / theirs:.2f} ({clock * 1000:.0f} ms; processor {used:.2f})"


def until_echoed(terminal: WatchedTerminal) -> tuple[float, float]:
    """Type a letter again and again from when the program takes letters, until one is shown; return what that took."""
    terminal.wait_for_bytes(_ON)
    until = time.perf_counter() + PATIENCE
    while terminal.echoes_by_itself:
        assert time.perf_counter() < until, "the terminal still echoes what is typed, instead of the program"
        terminal.read(_AGAIN / 20)
    while LETTER.encode() not in terminal.raw:
        assert time.perf_counter() < until, "no letter was echoed"
        terminal.type(LETTER)
        terminal.read(_AGAIN)
    return terminal.arrivals[-1][0] - terminal.started, terminal.processor(painting=True)


def until_shown(terminal: WatchedTerminal, reading: str, listing: str = "") -> tuple[float, float]:
    """Return what it took until what is read matches an expression, and the list beside it another.

    What came is drawn once no more comes: to draw takes as long as the explorer does, which would be noted too late.
    """
    until = time.perf_counter() + PATIENCE
    used: dict[float, float] = {}
    quiet_since = terminal.started
    while (now := time.perf_counter()) < until:
        if terminal.read(0.02):
            quiet_since = terminal.arrivals[-1][0]
            used[quiet_since] = terminal.processor(painting=True)
        elif now - quiet_since > QUIET:
            for frame in terminal.frames(listed, read_beside):
                if re.search(listing, frame.said[0]) and re.search(reading, frame.said[1]):
                    return frame.at - terminal.started, used[frame.at]
    raise AssertionError(f"the screen never showed it:\n{terminal.text()}")


def starts(asked: Sequence[Asked], folder: Path, rounds: int) -> dict[str, Starts]:
    """Start each so many times, one after the other: the smallest app, and the explorer on each register."""
    found: dict[str, Starts] = {}

    def once(what: str, take: Taker, *words: str, program: tuple[str, ...] = EXPLORER) -> None:
        with WatchedTerminal(*words, folder=folder, program=program) as terminal:
            found.setdefault(what, Starts()).add(take(terminal))

    for _ in range(rounds):
        once("smallest", until_echoed, program=SMALLEST)
        for one in asked:
            once(f"echoed, {one.name}", until_echoed, *one.words, "open")
            once(f"shown, {one.name}", partial(until_shown, reading=r"\w", listing=_COUNT), *one.words, "open")
            at_name = partial(until_shown, reading=re.escape(one.opened_name[:20]))
            once(f"opened, {one.name}", at_name, *one.words, "open", one.opened)
    return found


def arrive_whole(asked: Asked, folder: Path, places: Sequence[float]) -> int:
    """Start for each word, type it letter by letter from so many seconds on; return how many the search then has."""
    whole = 0
    for word, place in zip(asked.typed, places, strict=False):
        with WatchedTerminal(*asked.words, "open", folder=folder) as terminal:
            terminal.rest(max(terminal.started + place - time.perf_counter(), 0))
            for letter in word:
                terminal.type(letter)
                terminal.rest(0.03)
            terminal.wait_for_bytes(_ON)
            terminal.settle(1)
            whole += f" {word} " in f"{searched(terminal.screen())} "
    return whole


def typing_places(number: int) -> list[float]:
    """Return when words are typed: from 0.1 s after the start on, 40 ms later each."""
    return [_FIRST + n * 0.04 for n in range(number)]


def first_bytes(asked: Asked, folder: Path) -> int:
    """Return how many bytes a start writes until nothing more comes."""
    with WatchedTerminal(*asked.words, "open", folder=folder, size=WIDE) as terminal:
        terminal.wait_for_bytes(_ON)
        terminal.settle(3)
        return len(terminal.raw)


def memory_of_smallest(folder: Path) -> float:
    """Return the most megabytes that the smallest app holds."""
    with WatchedTerminal(folder=folder, program=SMALLEST) as terminal:
        until_echoed(terminal)
        return terminal.peak()
