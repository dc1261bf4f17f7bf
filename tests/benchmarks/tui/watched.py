"""A terminal that keeps when the program wrote what, and tells afterwards which part of the screen changed when."""

from __future__ import annotations

import os
import sys
import termios
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyte

from tests.terminal import Terminal

EXPLORER = (sys.executable, "-m", "tui")
SMALLEST = (sys.executable, "-m", "tests.benchmarks.tui.smallest")
QUIET = 0.35
"""Seconds without a byte after which all that a key causes is taken for painted."""
_CALM = 0.005
"""Seconds of a processor below which a program does nothing."""
PATIENCE = 30.0
WIDE, USUAL = (140, 45), (80, 24)
BESIDE = 100
"""Columns from which on there are panes beside each other."""


Region = Callable[[pyte.Screen], str]
"""What a part of the screen says."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the terminal was given in one go: when its last byte came, how many, and what the screen then said."""

    at: float
    size: int
    said: tuple[str, ...]


class WatchedTerminal(Terminal):
    """The explorer, or the smallest app, of which one asks what came when."""

    def __init__(
        self,
        *words: str | Path,
        folder: Path,
        size: tuple[int, int] = WIDE,
        program: tuple[str, ...] = EXPLORER,
        early: bytes = b"",
    ) -> None:
        self.started = time.perf_counter()
        self.arrivals: list[tuple[float, int]] = []
        super().__init__(*words, program=program, size=size, early=early, environment=_settings(folder))

    def read(self, seconds: float) -> bool:
        """Take in what has come, and note when."""
        before = len(self.raw)
        any_read = super().read(seconds)
        if len(self.raw) > before:
            self.arrivals.append((time.perf_counter(), len(self.raw)))
        return any_read

    @property
    def echoes_by_itself(self) -> bool:
        """Whether the terminal shows what is typed by itself, as it does until a program wants each key."""
        return bool(termios.tcgetattr(self._follower)[3] & termios.ECHO)

    def settle(self, seconds: float = QUIET) -> None:
        """Read until nothing has come for so many seconds."""
        while self.read(seconds):
            pass

    def rest(self, seconds: float) -> None:
        """Read for so many seconds."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def calm(self) -> None:
        """Read until the program does nothing any more, not even count what is in the register."""
        used, now = -1.0, 0.0
        while now - used > _CALM:
            used = self.processor()
            self.rest(QUIET)
            now = self.processor()

    def wait_for_bytes(self, wanted: bytes, begin: int = 0) -> float:
        """Return when these bytes had come, counted from the start; nothing is drawn for that."""
        until = time.perf_counter() + PATIENCE
        while wanted not in self.raw[begin:]:
            if time.perf_counter() > until:
                raise AssertionError(f"{wanted!r} never came; the screen:\n{self.text()}")
            self.read(0.02)
        return self.arrivals[-1][0] - self.started

    def frames(self, *regions: Region) -> Iterator[Frame]:
        """Draw what has come since it was last drawn, as it came; return what the regions said each time."""
        for at, end in self.arrivals:
            if end > (begin := self._fed):
                self._stream.feed(bytes(self.raw[begin:end]).replace(b"\x1b[<u", b""))
                self._fed = end
                yield Frame(at, end - begin, tuple(region(self._emulator) for region in regions))

    def processor(self, *, painting: bool = False) -> float:
        """Return the processor seconds that the program has used, or the thread alone that paints."""
        threads = f"{self.process.pid}/schedstat" if painting else "*/schedstat"
        found = Path(f"/proc/{self.process.pid}/task").glob(threads)
        return sum(int(one.read_text("ascii").split()[0]) for one in found) / 1e9

    def peak(self) -> float:
        """Return the most megabytes that the program has held."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) / 1024


def _settings(folder: Path) -> Mapping[str, str]:
    """Return the settings of a person who has none, with a terminal that shows true colour."""
    homes = {name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    return {**homes, "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"], "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def border(screen: pyte.Screen) -> int:
    """Return the column of the line between the list and what is read beside it; the width where there is none.

    A line further to the right is the one before who says so.
    """
    if screen.columns < BESIDE:
        return screen.columns
    lines = Counter(
        x for row in screen.display[3:-3] for x in range(BESIDE // 5, screen.columns * 3 // 5) if row[x] == "│"
    )
    found = [x for x, count in lines.items() if count > (screen.lines - 6) // 2]
    return min(found, default=screen.columns)


def listed(screen: pyte.Screen) -> str:
    """Return what the list says, its title too."""
    return "\n".join(row[: border(screen)] for row in screen.display[1:-2])


def results(screen: pyte.Screen) -> str:
    """Return what was found, with how much that is: the list without what it may be narrowed to, which comes later."""
    return "\n".join(row[: border(screen)] for row in screen.display[2:-2])


def read_beside(screen: pyte.Screen) -> str:
    """Return what is read beside the list, or in its place where there is room for one pane."""
    edge = border(screen)
    return "\n".join(row[edge + 1 :] if edge < screen.columns else row for row in screen.display[1:-2])


def everything(screen: pyte.Screen) -> str:
    """Return what the whole screen says."""
    return "\n".join(screen.display)


def searched(screen: pyte.Screen) -> str:
    """Return the line that is typed into."""
    said: str = screen.display[0]
    return said
