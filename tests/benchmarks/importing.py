"""Import a made-up national release side by side with what one would use instead, in one run; print a table.

    make bench-import
    make bench-import ARGS="--organisations 40000 --runs 1"
    make bench-import ARGS="--write docs/import-benchmark.md"
    make bench-import ARGS="--by-format"            # instead of that: what each format costs, as it grows
    make bench-import ARGS="--bombs"                # or files that once cost much for what they are

Whether a target was met is for whoever reads it, because a busy machine is no failing test.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import bombs, by_format
from tests.benchmarks.whole_process import Taken, run
from tests.measured_pages import put_table
from tests.national.making import make
from tests.stories import start_with_stories

SIZE = 370_917
"""Organisations of the release of August 2026."""
_PASS = (sys.executable, "-m", "tests.benchmarks.bare_pass")
_OURS = (sys.executable, "-m", "tui")


@dataclass(frozen=True, slots=True)
class Releases:
    """A made-up release, the same in another order, and those of a month after: with 1 % changed, with every text
    another that says the same, and with all changed."""

    first: Path
    turned: Path
    later: Path
    dated: Path
    other: Path


_MADE = ("first", "turned", "later", "dated", "other")


def releases(folder: Path, organisations: int) -> Releases:
    """Make the releases, or take them from an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    found = Releases(*(folder / f"{name}-{organisations}.zip" for name in _MADE))
    for path, options in (
        (found.first, {}),
        (found.turned, {"turned": True}),
        (found.later, {"published": "2026-09-25", "changed": 0.01}),
        (found.dated, {"published": "2026-09-25", "last_change": "2026-09-24"}),
        (found.other, {"published": "2026-09-25", "changed": 1.0}),
    ):
        if not path.exists():
            print(f"making {path.name}…", file=sys.stderr)
            draft = path.with_suffix(".part")
            make(draft, organisations, 1, **options)
            draft.rename(path)
    return found


def measure(found: Releases, folder: Path, runs: int) -> dict[str, list[Taken]]:
    """Run everything `runs` times in turn, so that a busy machine is busy for all alike."""
    for package in ("db", "importers", "tui"):
        # As an installed program has it; an environment may forbid to write bytecode while running.
        compileall.compile_dir(package, quiet=1)
    taken: dict[str, list[Taken]] = {}
    for number in range(runs):
        database = folder / f"register-{number}.db"
        plain = folder / f"plain-{number}.db"
        ours = (*_OURS, "--db", str(database))
        for name, command in (
            (PASS, (*_PASS, str(found.first))),
            (FIRST, (*ours, "import", str(found.first))),
            (NAIVE, (*_PASS, "--insert", str(plain), str(found.first))),
            (AGAIN, (*ours, "import", str(found.turned))),
            (LATER, (*ours, "import", str(found.later))),
            (UNDO, (*ours, "undo", "4")),
            (DATED, (*_OURS, "--db", str(folder / "dated.db"), "import", str(found.dated))),
            (OTHER, (*ours, "import", str(found.other))),
        ):
            if name == NAIVE and number:
                continue
            print(f"{number + 1}/{runs} {name}…", file=sys.stderr)
            taken.setdefault(name, []).append(run(command))
            if name == FIRST:
                for copy in ("first.db", "dated.db"):
                    shutil.copyfile(database, folder / copy)
    return taken


PASS = "bare lxml pass over the same zip"
FIRST = "import, ready to search"
NAIVE = "sqlite-utils insert of the same rows, no search"
AGAIN = "import of the same again, in another order"
LATER = "import of the next month, 1 % changed"
UNDO = "undo of that month"
DATED = "import of a month in which every record differs, and says the same"
OTHER = "import of a month in which every record differs, and says something else"
_TARGETS = {
    FIRST: ((PASS, 5.0), (NAIVE, 0.5)),
    AGAIN: ((FIRST, 0.35),),
    LATER: ((FIRST, 0.35),),
    UNDO: ((FIRST, 0.13),),
    DATED: ((FIRST, 2.0),),
    OTHER: ((FIRST, 2.0),),
}
_BYTES = 900


def table(taken: dict[str, list[Taken]], first: Path) -> str:
    """The medians, each beside what it is measured against."""
    lines = ["| what | seconds | against | ratio | to reach | peak memory |", "|---|---|---|---|---|---|"]
    for name, runs in taken.items():
        seconds = statistics.median(one.seconds for one in runs)
        peak = f"{max(one.peak for one in runs):.0f} MB"
        targets = _TARGETS.get(name, ())
        if not targets:
            lines.append(f"| {name} | {seconds:.1f} |  |  |  | {peak} |")
        for against, target in targets:
            ratio = statistics.median(
                one.seconds / other.seconds for one, other in zip(runs, taken[against], strict=False)
            )
            lines.append(f"| {name} | {seconds:.1f} | {against} | {ratio:.2f} | ≤ {target} | {peak} |")
    lines += ["", sizes(first)]
    return "\n".join(lines)


def sizes(database: Path) -> str:
    """How large the database is, in all and for each organisation."""
    with sqlite3.connect(database) as connection:
        (records,) = connection.execute("SELECT count(*) FROM record WHERE key LIKE 'ods:%'").fetchone()
        (links,) = connection.execute("SELECT count(*) FROM link").fetchone()
    size = database.stat().st_size
    return (
        f"{records:,} organisations and {links:,} links in {size / 1e6:.0f} MB: {size / records:.0f} bytes an "
        f"organisation, indexes and evidence included (to reach: ≤ {_BYTES})."
    )


def main() -> int:
    """Measure, print, and write the table where that is asked for."""
    if "--by-format" in sys.argv[1:]:
        return by_format.main()
    if "--bombs" in sys.argv[1:]:
        return bombs.main()
    parser = argparse.ArgumentParser(prog="make bench-import", description=__doc__)
    parser.add_argument("--organisations", type=int, default=SIZE)
    parser.add_argument("--runs", type=int, default=3)
    kept = Path(tempfile.gettempdir()) / "interlock-bench"
    parser.add_argument("--folder", type=Path, default=kept, help="where made-up releases are kept from run to run")
    parser.add_argument("--write", type=Path, help="the page whose table is to be replaced")
    options = parser.parse_args()
    found = releases(options.folder, options.organisations)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        os.environ["XDG_CACHE_HOME"] = name
        start_with_stories()
        report = table(measure(found, Path(name), options.runs), Path(name) / "first.db")
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors"
    report = f"{report}\n\n{machine}; medians of {options.runs} runs in turn."
    print(report)
    if options.write:
        put_table(options.write, "table", report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
