"""What an import costs by format, as it grows: the same made-up practices in each, imported into a new register.

    make bench-import ARGS="--by-format"
    make bench-import ARGS="--by-format --sizes 10000 100000 --only yaml"
    make bench-import ARGS="--by-format --write docs/import-benchmark.md"

The page is written after each import, so that a run that is stopped keeps what it measured.

What starting costs (an import of a single practice) is taken off the time of each before it is divided by the rows. A
file that is refused is imported once more with more memory allowed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from importers.builtin_register import create_register
from importers.limits import MEMORY
from tests.benchmarks.same_practices import FORMS, Form
from tests.benchmarks.whole_process import Taken, run_whatever_comes
from tests.measured_pages import put_table
from tests.stories import start_with_stories

SIZES = (10_000, 100_000, 1_000_000)
MORE = 4_000
"""Megabytes that are allowed where a file is refused with the usual ones."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What an import of so many rows came to, with so many megabytes allowed, and the line by which it was refused."""

    form: Form
    rows: int
    size: int
    allowed: int
    taken: Taken
    refusal: str = ""


def measure(form: Form, rows: int, folder: Path) -> Iterator[Cost]:
    """Write a file of so many practices and import it into a copy of the built-in register, with more memory at last.

    Raises ValueError where that does not take it.
    """
    path = folder / form.file
    beside = path.with_suffix(".yaml")
    form.write(path, rows)
    try:
        for allowed in (MEMORY, MORE):
            cost = _measured(form, path, rows, allowed)
            yield cost
            if not cost.refusal:
                return
        raise ValueError(cost.refusal)
    finally:
        for left in (path, beside):
            left.unlink(missing_ok=True)


def _measured(form: Form, path: Path, rows: int, allowed: int) -> Cost:
    folder, beside = path.parent, path.with_suffix(".yaml")
    register = Path(shutil.copyfile(folder / "built-in.db", folder / "register.db"))
    words = [str(path), *(("--map", str(beside)) if beside.exists() and beside != path else ())]
    try:
        ended = run_whatever_comes(
            (sys.executable, "-m", "tui", "--db", str(register), "import", *words, "--memory", str(allowed))
        )
        if not ended.code:
            _check(register, rows)
        said = ended.said.strip().splitlines() if ended.code else []
        line = said[-1].replace(f"{folder}/", "") if said else f"ended with {ended.code}" * bool(ended.code)
        return Cost(form, rows, path.stat().st_size, allowed, ended.taken, line)
    finally:
        for left in folder.glob("register.db*"):
            left.unlink()


def _check(register: Path, rows: int) -> None:
    """An import that took less than it was given has cost nothing worth knowing."""
    with closing(sqlite3.connect(register)) as connection:
        (added,) = connection.execute("SELECT added FROM run_source ORDER BY id DESC LIMIT 1").fetchone()
    if added != rows:
        raise ValueError(f"{rows:,} practices were given, {added:,} were taken")


def table(costs: list[Cost]) -> str:
    """A row for each format and size; growth is the time of a row beside that of the smallest size.

    More memory a row is that beyond what the smallest takes.
    """
    lines = [
        "| format | rows | file | allowed | processor seconds | rows a second | MB a second | µs a row | growth "
        "| peak memory | more a row |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    started = {cost.form: cost.taken.processor for cost in costs if cost.rows == 1}
    smallest: dict[Form, Cost] = {}
    for cost in costs:
        named = f"| {cost.form.title} | {cost.rows:,} | {cost.size / 1e6:.1f} MB | {cost.allowed:,} MB |"
        if cost.rows == 1:
            continue
        if cost.refusal:
            lines.append(f"{named} {cost.taken.processor:.1f}, refused |  |  |  |  | {cost.taken.peak:.0f} MB |  |")
            continue
        first = smallest.setdefault(cost.form, cost)
        seconds, least = (max(one.taken.processor - started[cost.form], 0.001) for one in (cost, first))
        more = (cost.taken.peak - first.taken.peak) * 1e6 / max(cost.rows - first.rows, 1)
        lines.append(
            f"{named} {cost.taken.processor:.1f} | {cost.rows / seconds:,.0f} | {cost.size / 1e6 / seconds:.2f} | "
            f"{seconds / cost.rows * 1e6:.0f} | {seconds / cost.rows / (least / first.rows):.2f} | "
            f"{cost.taken.peak:.0f} MB | {f'{more:,.0f} bytes' if cost is not first else ''} |"
        )
    refused = dict.fromkeys(cost.refusal for cost in costs if cost.refusal)
    return "\n".join([*lines, *(["", *(f"- `{line}`" for line in refused)] if refused else [])])


def _report(costs: list[Cost]) -> str:
    started = max((cost.taken.processor for cost in costs if cost.rows == 1), default=0)
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors"
    return f"{table(costs)}\n\n{machine}; a single practice takes {started:.1f} s, taken off before dividing."


def main() -> int:
    """Measure, print, and write the table where that is asked for."""
    parser = argparse.ArgumentParser(prog="make bench-import", description=__doc__)
    parser.add_argument("--by-format", action="store_true", required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ROWS")
    parser.add_argument("--only", default="", help="the formats whose title holds this")
    parser.add_argument("--write", type=Path, help="the page whose table is to be replaced")
    options = parser.parse_args()
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        start_with_stories()
        create_register(Path(name) / "built-in.db")
        for form in FORMS:
            for rows in (1, *options.sizes) if options.only.casefold() in form.title.casefold() else ():
                print(f"{form.title}, {rows:,}…", file=sys.stderr)
                for cost in measure(form, rows, Path(name)):
                    costs.append(cost)
                    if options.write:
                        put_table(options.write, "by format", _report(costs))
    print(_report(costs))
    return 0
