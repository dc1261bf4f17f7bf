"""Time cold starts as whole processes, interleaved, against `python -c "import sqlite3"` in the same run.

Prints a table; whether a target was met is for whoever reads it, because a busy machine is no failing test.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

BASELINE = 'python -c "import sqlite3"'


@dataclass(slots=True)
class Case:
    """One command line, the ratio to the baseline it is meant to stay under, and what its runs took (milliseconds)."""

    label: str
    command: tuple[str, ...]
    target: float | None = None
    taken: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle of its runs, in milliseconds."""
        return statistics.median(self.taken)


def cases(folder: Path) -> list[Case]:
    """What is timed: the baseline first, then the program by both doors, then what one would use instead."""
    python = sys.executable
    found = [Case(BASELINE, (python, "-c", "import sqlite3"))]
    if importlib.util.find_spec("click") is not None:
        found.append(Case('python -c "import click"', (python, "-c", "import click")))
    script = Path(sysconfig.get_path("scripts")) / "interlock"
    doors: list[tuple[str, tuple[str, ...]]] = [("python -m tui", (python, "-m", "tui"))]
    if script.exists():
        doors.insert(0, ("interlock", (str(script),)))
    for name, door in doors:
        found += [
            Case(f"{name} --help", (*door, "--help"), 5),
            Case(f"{name} show RLQ", (*door, "show", "RLQ"), 4.5),
            Case(f'{name} find "wye vally"', (*door, "find", "wye vally"), 3.5),
        ]
    if shutil.which("grep") is not None:
        found.append(Case('grep -i "wye valley" trusts.csv', ("grep", "-i", "wye valley", str(folder / "trusts.csv"))))
    return found


def prepare(folder: Path) -> dict[str, str]:
    """Make the default database in `folder`, and a CSV of 15,000 rows to search; return the environment to use them."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("INTERLOCK_")}
    # An installed program starts from compiled files; a shell that forbids them would measure the compiler.
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    settings |= {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    rows = (f'"X{number:05}","PRACTICE NUMBER {number}","SOMEWHERE","AB1 2CD"\n' for number in range(15_000))
    (folder / "trusts.csv").write_text("".join(rows) + '"RLQ","WYE VALLEY NHS TRUST","HEREFORD","HR1 2ER"\n', "utf-8")
    first = subprocess.run(
        (sys.executable, "-m", "tui", "stats"), env=settings, capture_output=True, text=True, check=False
    )
    if first.returncode != 0:
        sys.exit(f"the default database could not be made: {first.stderr.strip()}")
    return settings


def once(case: Case, folder: Path, settings: dict[str, str]) -> float:
    """Run it in `folder` and return the milliseconds it took; a command that fails is not worth timing."""
    started = time.perf_counter()
    done = subprocess.run(
        case.command, cwd=folder, env=settings, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    taken = (time.perf_counter() - started) * 1000
    if done.returncode != 0:
        sys.exit(f"{case.label} failed: {done.stderr.decode(errors='replace').strip()}")
    return taken


def table(timed: list[Case]) -> str:
    """The figures, one line a case."""
    base = timed[0].median
    width = max(len(case.label) for case in timed)
    lines = [f"{'':{width}}  median ms   fastest  ratio  target"]
    for case in timed:
        ratio = case.median / base
        verdict = "" if case.target is None else f"   ≤ {case.target:g}  {'met' if ratio <= case.target else 'MISSED'}"
        lines.append(f"{case.label:{width}}  {case.median:9.1f} {min(case.taken):9.1f}  {ratio:5.2f}{verdict}")
    return "\n".join(lines)


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=21, help="how often each command runs (default 21)")
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as name:
        folder = Path(name)
        settings = prepare(folder)
        timed = cases(folder)
        for case in timed:
            once(case, folder, settings)
        for _ in range(rounds):
            for case in timed:
                case.taken.append(once(case, folder, settings))
    print(table(timed))
    print(f"{rounds} interleaved rounds, Python {sys.version.split()[0]}; the register holds what is built in.")


if __name__ == "__main__":
    main()
