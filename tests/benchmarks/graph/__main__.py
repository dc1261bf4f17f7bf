"""Ask the graph of a made-up national register, beside what one would use instead, in one run; print a table.

    make bench-graph
    make bench-graph ARGS="--organisations 40000"
    make bench-graph ARGS="--register some.db"
    make bench-graph ARGS="--write docs/graph-benchmark.md"

Whether a target was met is for whoever reads it, because a busy machine is no failing test.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import networkx as nx

from db.graph.choice import LinkChoice
from db.register import Register, open_register
from tests.benchmarks.graph.pairs import Pair, followed, hubs, pairs
from tests.benchmarks.graph.rivals import by_networkx, in_networkx
from tests.benchmarks.importing import SIZE
from tests.benchmarks.whole_process import Taken, run_whatever_comes
from tests.measured_pages import put_table
from tests.national.making import make
from tests.stories import start_with_stories

OURS = "`interlock path`"
NETWORKX = "NetworkX: load, ask once"
_MILLISECONDS = 1000.0
TARGETS = {"*": "≤ 100", "**": "≤ 5,000"}


def register(folder: Path, organisations: int) -> Path:
    """Return a register of a made-up release, or the one that an earlier run left."""
    folder.mkdir(parents=True, exist_ok=True)
    path, release = folder / f"graph-{organisations}.db", folder / f"first-{organisations}.zip"
    if not path.exists():
        if not release.exists():
            print(f"making {release.name}…", file=sys.stderr)
            make(release, organisations, 1)
        draft = path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        print(f"importing {release.name}…", file=sys.stderr)
        subprocess.run((sys.executable, "-m", "tui", "--db", str(draft), "import", str(release)), check=True, stdout=2)
        draft.rename(path)
    return path


def timed(ask: Callable[[], object]) -> float:
    """Return how many milliseconds of processor time a question takes."""
    started = time.process_time()
    ask()
    return (time.process_time() - started) * _MILLISECONDS


def whole(path: Path, asked: Sequence[Pair]) -> list[str]:
    """Measure whole processes: ours, and each of the others, for the same pairs."""
    ours = (sys.executable, "-m", "tui", "path", "--db", str(path))
    theirs = (sys.executable, "-m", "tests.benchmarks.graph.rivals")
    commands: dict[str, tuple[str, ...]] = {
        OURS: ours,
        NETWORKX: (*theirs, "networkx", str(path)),
        "everything in arrays: load, ask once": (*theirs, "arrays", str(path)),
        "a recursive query, of five steps at most": (*theirs, "recursion", str(path)),
    }
    taken: dict[str, list[Taken]] = {}
    for name, command in commands.items():
        print(f"{name}…", file=sys.stderr)
        # A code of 1 says that the two are not connected.
        taken[name] = [run_whatever_comes((*command, one.start_key, one.goal_key)).taken for one in asked]
    networkx = statistics.median(one.processor for one in taken[NETWORKX])
    lines = [
        "| a whole process | processor seconds, median | worst | beside NetworkX | to reach | peak memory |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, runs in taken.items():
        median = statistics.median(one.processor for one in runs)
        worst, peak = max(one.processor for one in runs), max(one.peak for one in runs)
        target = "≤ 0.1" if name == OURS else ""
        lines.append(f"| {name} | {median:.2f} | {worst:.2f} | {median / networkx:.3f} | {target} | {peak:.0f} MB |")
    return lines


def questions(
    held: Register, asked: Sequence[Pair], largest: Sequence[str], succeeded: Sequence[str]
) -> dict[str, list[Callable[[], object]]]:
    """Return what is asked of a register that is open, by what it is called; ended by its mark in `TARGETS`."""
    everything = LinkChoice(everything=True)
    two = [(one.start_key, one.goal_key) for one in asked]
    keys = [one.start_key for one in asked]
    large = list(pairwise(largest))
    return {
        "path, three ways *": [partial(held.paths, *ends) for ends in two],
        "path, ten ways": [partial(held.paths, *ends, count=10) for ends in two],
        "path as of 2019-04-01": [partial(held.paths, *ends, as_of="2019-04-01") for ends in two],
        "shared by two *": [partial(held.shared, ends) for ends in two],
        "with whom one shares most *": [partial(held.companions, key) for key in keys],
        "tree, 3 deep, 5 wide *": [partial(held.tree, key, depth=3, width=5) for key in keys],
        "timeline *": [partial(held.timeline, key) for key in keys],
        "after *": [partial(held.after, key) for key in [*keys, *succeeded]],
        "between records of most links: path": [partial(held.paths, *ends) for ends in large],
        "between records of most links: shared": [partial(held.shared, ends) for ends in large],
        "records of most links: tree, 1 deep, with areas": [
            partial(held.tree, key, depth=1, width=5, wanted=everything) for key in largest
        ],
        "records of most links: timeline": [partial(held.timeline, key) for key in largest],
        "records of most links: timeline, each link by itself": [
            partial(held.timeline, key, whole=True) for key in largest
        ],
        "gaps of the whole register **": [held.gaps] * 3,
        "calendar of the whole register, a year": [partial(held.calendar, "1y")] * 3,
    }


def in_process(held: Register, asked: Sequence[Pair], largest: Sequence[str], succeeded: Sequence[str]) -> list[str]:
    """Measure questions asked of a register that is open."""
    lines = ["| in process, milliseconds | median | p95 | worst | to reach (p95) |", "|---|---:|---:|---:|---:|"]
    for name, several in questions(held, asked, largest, succeeded).items():
        print(f"{name}…", file=sys.stderr)
        took = sorted(timed(ask) for ask in several)
        median, p95, worst = statistics.median(took), took[int(len(took) * 0.95)], took[-1]
        called, star = name.rstrip(" *"), name.rpartition(" ")[2]
        lines.append(f"| {called} | {median:.1f} | {p95:.1f} | {worst:.1f} | {TARGETS.get(star, '')} |")
    return lines


def compared(held: Register, graph: nx.DiGraph, asked: list[Pair]) -> str:
    """Say of how many pairs the cheapest way costs what NetworkX says."""
    same = connected = 0
    for one in asked:
        theirs = by_networkx(graph, one.start, one.goal)
        ways = held.paths(one.start_key, one.goal_key, count=1, most_hops=99).ways
        same += theirs == (ways[0].cost if ways else None)
        connected += bool(ways)
    return (
        f"Of {len(asked):,} pairs, half of them picked at random and half some links apart, {connected:,} are "
        f"connected; the shortest way costs what NetworkX says of {same:,}."
    )


def main() -> int:
    """Measure, print, and write the table where that is asked for."""
    start_with_stories()
    parser = argparse.ArgumentParser(prog="make bench-graph", description=__doc__)
    parser.add_argument("--organisations", type=int, default=SIZE)
    parser.add_argument("--register", type=Path, help="a register to ask instead of a made-up one")
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--whole", type=int, default=5, help="pairs that are asked in processes of their own")
    kept = Path(tempfile.gettempdir()) / "interlock-bench"
    parser.add_argument("--folder", type=Path, default=kept, help="where registers are kept from run to run")
    parser.add_argument("--write", type=Path, help="the page whose table is to be replaced")
    options = parser.parse_args()
    for package in ("db", "tui", "tests"):
        compileall.compile_dir(package, quiet=1)
    path = options.register or register(options.folder, options.organisations)
    os.environ["INTERLOCK_DB"] = str(path)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection, open_register(path) as held:
        graph = in_networkx(connection)
        asked = pairs(connection, graph, options.pairs, seed=1)
        (records,), (links,) = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("record", "link")
        )
        size = (
            f"{records:,} records and {links:,} links; {graph.number_of_nodes():,} records and "
            f"{graph.number_of_edges() // 2:,} pairs of them are left without what is past or connects everything."
        )
        report = [size, "", compared(held, graph, asked), ""]
        report += whole(path, asked[: options.whole])
        report += ["", *in_process(held, asked, hubs(connection, 20), followed(connection, options.pairs, seed=2)), ""]
    report.append(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors.")
    text = "\n".join(report)
    print(text)
    if options.write:
        put_table(options.write, "table", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
