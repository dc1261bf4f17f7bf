"""Run the explorer in a terminal, on a national register and the built-in one, beside the smallest app; print a table.

    make bench-tui
    make bench-tui ARGS="--quick"                   # fewer of each, for trying things
    make bench-tui ARGS="--only starts --quick"
    make bench-tui ARGS="--register some.db"
    make bench-tui ARGS="--write docs/explorer-benchmark.md"

Whether a target was met is for whoever reads it, because a busy machine is no failing test.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.searching.registers import country
from tests.benchmarks.tui.asked import Asked, Hub, asked, spread
from tests.benchmarks.tui.motion import (
    Painted,
    idle_bytes,
    paths,
    steps_in_record,
    steps_in_results,
    there_and_back,
    typed,
)
from tests.benchmarks.tui.starts import arrive_whole, first_bytes, memory_of_smallest, starts, typing_places
from tests.benchmarks.tui.watched import USUAL, WIDE, WatchedTerminal
from tests.measured_pages import put_table

Row = tuple[str, str, list[str]]
"""What was measured, what it is to reach, and what it came to for each register."""
PARTS = ("starts", "typing", "moving", "following", "idling")


class Measuring:
    """The registers and how thoroughly each is measured."""

    def __init__(self, registers: Sequence[Asked], folder: Path, *, quick: bool) -> None:
        self.registers = registers
        self.folder = folder
        self.quick = quick

    def starts(self) -> list[Row]:
        """Measure starts."""
        took = starts(self.registers, self.folder, 3 if self.quick else 9)
        places = typing_places(8)

        def row(what: str, key: str, target: str) -> Row:
            return what, target, [took[f"{key}, {one.name}"].beside(took["smallest"]) for one in self.registers]

        whole = [arrive_whole(one, self.folder, places) for one in self.registers]
        return [
            row("start until a typed letter is echoed / smallest app with an Input", "echoed", "≤ 1.4"),
            row("start to list and what is beside it shown / smallest app", "shown", "≤ 2.0"),
            row("start at a record to the record shown / smallest app", "opened", "≤ 2.0"),
            ("words typed from 0.1 s on that arrive whole", "8 of 8", [f"{one} of 8" for one in whole]),
            (
                "start-up bytes, 140×45",
                "≤ 40 kB",
                [f"{first_bytes(one, self.folder) / 1000:.1f}" for one in self.registers],
            ),
        ]

    def typing_and_moving(self, parts: Sequence[str]) -> list[Row]:
        """Measure what typing and moving about takes and writes, at two sizes."""
        letters: list[list[Painted]] = []
        results: list[list[Painted]] = []
        records: list[list[Painted]] = []
        for one in self.registers:
            for kept in (letters, results, records):
                kept.append([])
            for size in (USUAL, WIDE):
                with WatchedTerminal(*one.words, "open", folder=self.folder, size=size) as terminal:
                    terminal.wait_for_text("F1")
                    terminal.calm()
                    letters[-1].append(typed(terminal, one, 2 if self.quick else 8))
                    if "moving" in parts:
                        terminal.type("\x15e")
                        terminal.settle(1)
                        results[-1].append(steps_in_results(terminal))
                        records[-1].append(steps_in_record(terminal))
        rows: list[Row] = []
        if "typing" in parts:
            rows += [
                (
                    "keystroke to results painted, p95 (median; processor), ms, 80×24 / 140×45",
                    "≤ 80",
                    [_both(one, "p95") for one in letters],
                ),
                (
                    "the record beside them and their facets painted, once the keys rest, median, ms, 80×24 / 140×45",
                    "",
                    [_both(one, "rests") for one in letters],
                ),
                ("kB for a letter typed, 80×24 / 140×45", "≤ 5 / 15", [_both(one, "middle") for one in letters]),
            ]
        if "moving" in parts:
            rows += [
                (
                    "kB for a cursor step in the record, 80×24 / 140×45",
                    "≤ 1.5 / 2.5",
                    [_both(one, "middle") for one in records],
                ),
                (
                    "kB for a cursor step in the results, 80×24 / 140×45",
                    "≤ 1.5 / 2.5",
                    [_both(one, "middle") for one in results],
                ),
                (
                    "kB for the record beside them, once the cursor rests, 140×45",
                    "≤ 8",
                    [one[1].then for one in results],
                ),
            ]
        return rows

    def following(self) -> list[Row]:
        """Measure going to a record of many links, and coming back."""
        some = 5 if self.quick else 20
        rested = [self._there_and_back(one, spread(one.hubs, some), rests=True) for one in self.registers]
        at_once = [self._there_and_back(one, spread(one.hubs, some), rests=False) for one in self.registers]
        largest = [self._there_and_back(one, one.largest[:some], rests=False)[0] for one in self.registers]
        ways = [paths(one, self.folder, 4 if self.quick else 14) for one in self.registers]
        many, more = (
            [" to ".join(f"{found[at].links:,}" for at in (-1, 0)) if found else "none" for found in each]
            for each in ([one.hubs for one in self.registers], [one.largest for one in self.registers])
        )
        return [
            (
                f"Enter on a record of many links ({' / '.join(many)}), each time another, at once, to painted,"
                " p95 (median; processor), ms",
                "≤ 100",
                [enter.p95 for enter, _ in at_once],
            ),
            (
                f"the same of those with more ({' / '.join(more)} links)",
                "",
                [one.p95 for one in largest],
            ),
            ("the same of the first, once the mark has rested on the link", "≤ 100", [one.p95 for one, _ in rested]),
            ("Back, p95 (median; processor), ms", "≤ 50", [back.p95 for _, back in at_once]),
            (
                "`:path A B`, from Enter to the ways shown, p95 (median; processor), ms",
                "≤ 200",
                [one.p95 for one, _ in ways],
            ),
            ("the same, the whole command typed in one go", "≤ 200", [one.p95 for _, one in ways]),
        ]

    def _there_and_back(self, one: Asked, hubs: Sequence[Hub], *, rests: bool) -> tuple[Painted, Painted]:
        """Follow links to hubs and come back, by an explorer started for that, twice: one in twenty is two then."""
        enter, back = Painted(), Painted()
        for _ in range(1 if self.quick else 2):
            there_and_back(one, self.folder, hubs, rests=rests, enter=enter, back=back)
        return enter, back

    def idling(self) -> list[Row]:
        """Measure a minute in which nothing is done, and the memory held after all that is done here."""
        seconds = 10 if self.quick else 60
        idle, peak = [], []
        for one in self.registers:
            with WatchedTerminal(*one.words, "open", folder=self.folder, size=WIDE) as terminal:
                terminal.wait_for_text("F1")
                typed(terminal, one, 1)
                steps_in_results(terminal, 6)
                steps_in_record(terminal, 6)
                idle.append(f"{idle_bytes(terminal, seconds)}")
                peak.append(f"{terminal.peak():.0f} MB")
        smallest = f" (smallest app: {memory_of_smallest(self.folder):.0f} MB)"
        return [
            (f"bytes in {seconds} s of idling", "0", idle),
            (f"peak memory{smallest}", "≤ 150 MB", peak),
        ]


def _both(sizes: Sequence[Painted], what: str) -> str:
    return " / ".join(str(getattr(one, what)) for one in sizes)


def table(rows: Sequence[Row], registers: Sequence[Asked]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        f"| figure | to reach | {' | '.join(one.name for one in registers)} |",
        "|---|---:|" + "---:|" * len(registers),
    ]
    return "\n".join([*lines, *(f"| {what} | {target} | {' | '.join(took)} |" for what, target, took in rows)])


def _read_through(path: Path) -> None:
    """Have the system hold a register in memory, as it does one that is in use: no disk is measured."""
    with path.open("rb") as file:
        while file.read(1 << 20):
            pass


def main() -> int:
    """Measure, print, and write the table where that is asked for."""
    parser = argparse.ArgumentParser(
        prog="make bench-tui", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--organisations", type=int, default=370_917, help="size of the made-up country")
    parser.add_argument("--register", type=Path, help="a register to measure instead of a made-up country")
    kept = Path(tempfile.gettempdir()) / "interlock-bench" / "search"
    parser.add_argument("--folder", type=Path, default=kept, help="where the country is kept from run to run")
    parser.add_argument("--quick", action="store_true", help="fewer of each")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="some of the figures")
    parser.add_argument("--alone", action="store_true", help="without the built-in register")
    parser.add_argument("--write", type=Path, help="the page whose table is to be replaced")
    options = parser.parse_args()
    for package in ("db", "importers", "tui", "tests"):
        compileall.compile_dir(package, quiet=1)
    options.folder.mkdir(parents=True, exist_ok=True)
    # Another version of the program would clear away the built-in register that this one has made.
    os.environ["XDG_CACHE_HOME"] = str(options.folder / "cache")
    path = options.register or country(options.folder, options.organisations, 1, varied=True)
    _read_through(path)
    registers = [asked("national", path), *([] if options.alone else [asked("built-in", None)])]
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as name:
        measuring = Measuring(registers, Path(name), quick=options.quick)
        moving = [one for one in ("typing", "moving") if one in options.only]
        parts: dict[str, Callable[[], list[Row]]] = {
            "starts": measuring.starts,
            "typing": lambda: measuring.typing_and_moving(moving),
            "following": measuring.following,
            "idling": measuring.idling,
        }
        wanted = {*options.only, *(["typing"] if moving else [])}
        rows: list[Row] = []
        for part, measure in parts.items():
            if part in wanted:
                print(f"{part}…", file=sys.stderr)
                rows += measure()
    machine = (
        f"Python {platform.python_version()}, Textual {version('textual')}, {os.cpu_count()} processors, "
        f"load {os.getloadavg()[1]:.1f}."
    )
    text = f"{table(rows, registers)}\n\n{machine}"
    print(text)
    if options.write:
        put_table(options.write, "table", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
