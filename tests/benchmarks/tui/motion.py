"""Moving about: what keys take until all that they cause is painted, and what they write."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.tui.asked import Asked, Hub
from tests.benchmarks.tui.watched import BESIDE, QUIET, Region, WatchedTerminal, everything, read_beside, results

AT_ONCE = 0.05
"""Seconds without a byte after which Enter comes at once: before anything is read ahead."""
STEPS = 12
"""Steps of the cursor that are looked at."""
_MOST_STEPS = 200


@dataclass(slots=True)
class Painted:
    """What keys came to: milliseconds until a part of the screen was as it stays, and bytes."""

    milliseconds: list[float] = field(default_factory=list)
    at_rest: list[float] = field(default_factory=list)
    """Milliseconds until the whole screen was as it stays."""
    processor: list[float] = field(default_factory=list)
    """Milliseconds of processor time for all that they cause."""
    bytes: list[int] = field(default_factory=list)
    later: list[int] = field(default_factory=list)
    """Bytes of what is painted once the cursor rests."""

    @property
    def p95(self) -> str:
        """The milliseconds that one in twenty is above, the median, and that of the processor's."""
        taken = sorted(self.milliseconds)
        if not taken:
            return ""
        above = taken[min(int(len(taken) * 0.95), len(taken) - 1)]
        return f"{above:.0f} ({statistics.median(taken):.0f}; processor {statistics.median(self.processor):.0f})"

    @property
    def rests(self) -> str:
        """The median of the milliseconds until the whole screen was as it stays."""
        return f"{statistics.median(self.at_rest):.0f}" if self.at_rest else ""

    @property
    def middle(self) -> str:
        """Kilobytes: the median."""
        return _kilobytes(self.bytes)

    @property
    def then(self) -> str:
        """Kilobytes of what is painted later: the median."""
        return _kilobytes(self.later)


def _kilobytes(numbers: Sequence[int]) -> str:
    return f"{statistics.median(numbers) / 1000:.1f}" if numbers else ""


def press(terminal: WatchedTerminal, keys: str, region: Region, painted: Painted, quiet: float = QUIET) -> None:
    """Send keys, and note when the region became what it stays, and how many bytes came until nothing more does."""
    was, used = [region(terminal.screen()), everything(terminal.screen())], terminal.processor()
    began, before = time.perf_counter(), len(terminal.raw)
    terminal.type(keys)
    terminal.settle(quiet)
    painted.processor.append((terminal.processor() - used) * 1000)
    changed: list[float] = [0.0, 0.0]
    for frame in terminal.frames(region, everything):
        for n, said in enumerate(frame.said):
            if said != was[n]:
                was[n], changed[n] = said, frame.at
    for at, kept in zip(changed, (painted.milliseconds, painted.at_rest), strict=True):
        if at:
            kept.append((at - began) * 1000)
    painted.bytes.append(len(terminal.raw) - before)


def step(terminal: WatchedTerminal, key: str, painted: Painted) -> None:
    """Move the cursor in the list; what changes beside it, and all that comes from then on, counts as later."""
    terminal.screen()
    was, beside = read_beside(terminal.screen()), terminal.screen().columns >= BESIDE
    terminal.press(key)
    terminal.settle(QUIET)
    now = later = 0
    for frame in terminal.frames(read_beside):
        if beside and (later or frame.said[0] != was):
            later += frame.size
        else:
            now += frame.size
    painted.bytes.append(now)
    if later:
        painted.later.append(later)


def typed(terminal: WatchedTerminal, asked: Asked, words: int) -> Painted:
    """Type words letter by letter in the search, each after the one before has been taken away."""
    painted = Painted()
    for word in asked.typed[:words]:
        terminal.type("\x15")
        terminal.settle()
        for letter in word:
            press(terminal, letter, results, painted)
    return painted


def steps_in_results(terminal: WatchedTerminal, number: int = STEPS) -> Painted:
    """Step through the results of what was typed."""
    painted = Painted()
    terminal.press("escape")
    terminal.settle()
    for _ in range(number):
        step(terminal, "down", painted)
    return painted


def steps_in_record(terminal: WatchedTerminal, number: int = STEPS) -> Painted:
    """Open what is marked and step through its lines."""
    painted = Painted()
    terminal.press("enter")
    terminal.settle()
    for n in range(number):
        press(terminal, "\x1b[B" if n < number - number // 4 else "\x1b[A", read_beside, painted)
    return painted


def there_and_back(
    asked: Asked, folder: Path, hubs: Sequence[Hub], *, rests: bool, enter: Painted, back: Painted
) -> None:
    """Follow a link to each record of many links, none of which has been read before, and come back.

    The mark `rests` on the link, so that what it leads to has been read ahead, or Enter comes at once.
    """
    quiet = QUIET if rests else AT_ONCE
    with WatchedTerminal(*asked.words, "open", asked.opened, folder=folder) as terminal:
        terminal.wait_for(lambda: _marked(terminal) != "", "a marked line")
        terminal.calm()
        for hub in hubs:
            terminal.type(f":show {hub.beside}\r")
            terminal.wait_for(partial(_is_shown, terminal, hub.beside), hub.beside)
            terminal.settle(quiet)
            for _ in range(_MOST_STEPS):
                if hub.name[:18] in _marked(terminal):
                    break
                terminal.press("down")
                terminal.settle(quiet)
            assert hub.name[:18] in _marked(terminal), f"the link to follow was not found:\n{terminal.text()}"
            press(terminal, "\r", read_beside, enter)
            press(terminal, "\x7f", read_beside, back)


def paths(asked: Asked, folder: Path, times: int) -> tuple[Painted, Painted]:
    """Ask so many times how two records are connected: from Enter, once the command stands there, and all in one go."""
    entered, at_once = Painted(), Painted()
    with WatchedTerminal(*asked.words, "open", asked.opened, folder=folder) as terminal:
        terminal.wait_for(lambda: _marked(terminal) != "", "a marked line")
        terminal.calm()
        for start, goal in [*pairwise(asked.ends), *pairwise(reversed(asked.ends))][:times]:
            terminal.type(f":path {start} {goal}")
            terminal.settle()
            press(terminal, "\r", read_beside, entered)
            terminal.type(f":show {goal}\r")
            terminal.settle()
            press(terminal, f":path {goal} {start}\r", read_beside, at_once)
    return entered, at_once


def _is_shown(terminal: WatchedTerminal, key: str) -> bool:
    """Tell whether a record is shown, by its code, which stands in its head, and not behind `:` as it was typed."""
    return key.partition(":")[2] in read_beside(terminal.screen()) and ":show" not in everything(terminal.screen())


def _marked(terminal: WatchedTerminal) -> str:
    """Return the line of the record that is marked."""
    return next((row for row in read_beside(terminal.screen()).splitlines() if row.startswith("▌")), "")


def idle_bytes(terminal: WatchedTerminal, seconds: float) -> int:
    """Return how many bytes come while nothing is done."""
    terminal.settle(2)
    before = len(terminal.raw)
    terminal.rest(seconds)
    return len(terminal.raw) - before
