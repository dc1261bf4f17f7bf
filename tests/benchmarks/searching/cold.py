"""Whole processes, interleaved: a search from the shell against fzf over the same names and Python itself."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.searching.queries import Asked, Named


@dataclass
class Process:
    """A command with what its runs took, in milliseconds: by the clock, and of processor time."""

    label: str
    commands: list[tuple[str, ...]]
    stdin: Path | None = None
    taken: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)

    def run(self, turn: int, settings: dict[str, str]) -> None:
        """Run the command, with another query each time."""
        command = self.commands[turn % len(self.commands)]
        with (self.stdin or Path(os.devnull)).open("rb") as names:
            before = os.times()
            started = time.perf_counter()
            subprocess.run(
                command, stdin=names, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=settings, check=False
            )
            self.taken.append((time.perf_counter() - started) * 1000)
            after = os.times()
        self.used.append(
            (after.children_user + after.children_system - before.children_user - before.children_system) * 1000
        )

    @property
    def median(self) -> float:
        """The middle of its runs by the clock."""
        return statistics.median(self.taken)


def processes(register: Path, records: list[Named], queries: list[Asked], folder: Path) -> list[Process]:
    """What is timed, Python itself first; fzf only where it is installed."""
    script = Path(sysconfig.get_path("scripts")) / "interlock"
    door = (str(script),) if script.exists() else (sys.executable, "-m", "tui")
    found = [
        Process('python -c "import sqlite3"', [(sys.executable, "-c", "import sqlite3")]),
        Process("interlock find", [(*door, "find", "--db", str(register), one.text) for one in queries]),
    ]
    if shutil.which("fzf"):
        names = folder / "bare-names.txt"
        names.write_text("".join(f"{one.name}\n" for one in records), "utf-8")
        found.append(Process("fzf --filter", [("fzf", "--filter", one.text) for one in queries], names))
    return found


def run(timed: list[Process], rounds: int) -> None:
    """Run all of them in turn, so many times, after one that does not count."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("INTERLOCK_")}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    for turn in range(rounds + 1):
        for one in timed:
            one.run(turn, settings)
            if turn == 0:
                one.taken.clear()
                one.used.clear()
