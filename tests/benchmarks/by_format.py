"""What an import costs by format, as it grows: the same made-up practices in each, imported into a new register.

    make bench-import ARGS="--by-format"
    make bench-import ARGS="--by-format --sizes 10000 100000 --only yaml"
    make bench-import ARGS="--by-format --write docs/import-benchmark.md"

What starting costs (an import of a single practice) is taken off the time of each before it is divided by the rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from importers.builtin_register import create_register
from tests.benchmarks.same_practices import FORMS, Form
from tests.benchmarks.whole_process import Taken, run
from tests.measured_pages import put_table

SIZES = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an import of so many rows came to, or the line by which it was refused."""

    form: Form
    rows: int
    size: int
    taken: Taken | None
    refusal: str = ""


def measure(form: Form, rows: int, folder: Path) -> Cost:
    """Write a file of so many practices and import it into a copy of the built-in register."""
    path = folder / form.file
    form.write(path, rows)
    register = Path(shutil.copyfile(folder / "built-in.db", folder / "register.db"))
    beside = path.with_suffix(".yaml")
    mapped = ("--map", str(beside)) if beside.exists() and beside != path else ()
    command = (sys.executable, "-m", "tui", "--db", str(register), "import", str(path), *mapped)
    size = path.stat().st_size
    try:
        taken = run(command)
        _check(register, rows)
        return Cost(form, rows, size, taken)
    except subprocess.CalledProcessError as failed:
        said = failed.stderr.strip().splitlines() or [f"ended with {failed.returncode}"]
        return Cost(form, rows, size, None, said[-1].replace(f"{folder}/", ""))
    finally:
        for left in (*folder.glob("register.db*"), path, beside):
            left.unlink(missing_ok=True)


def _check(register: Path, rows: int) -> None:
    """An import that took less than it was given has cost nothing worth knowing."""
    with closing(sqlite3.connect(register)) as connection:
        (added,) = connection.execute("SELECT added FROM run_source ORDER BY id DESC LIMIT 1").fetchone()
    if added != rows:
        raise ValueError(f"{rows:,} practices were given, {added:,} were taken")


def table(costs: list[Cost]) -> str:
    """A row for each format and size; growth is the time of a row beside that of the smallest size."""
    lines = [
        "| format | rows | file | processor seconds | rows a second | MB a second | µs a row | growth | peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    started = {cost.form: cost.taken.processor for cost in costs if cost.rows == 1 and cost.taken}
    smallest: dict[Form, float] = {}
    for cost in costs:
        named = f"| {cost.form.title} | {cost.rows:,} | {cost.size / 1e6:.1f} MB |"
        if cost.rows == 1:
            continue
        if cost.taken is None:
            lines.append(f"{named} refused |  |  |  |  |  |")
            continue
        seconds = max(cost.taken.processor - started.get(cost.form, 0), 0.001)
        first = smallest.setdefault(cost.form, seconds / cost.rows)
        lines.append(
            f"{named} {cost.taken.processor:.1f} | {cost.rows / seconds:,.0f} | {cost.size / 1e6 / seconds:.2f} | "
            f"{seconds / cost.rows * 1e6:.0f} | {seconds / cost.rows / first:.2f} | {cost.taken.peak:.0f} MB |"
        )
    refused = dict.fromkeys(cost.refusal for cost in costs if cost.taken is None)
    return "\n".join([*lines, *(["", *(f"- `{line}`" for line in refused)] if refused else [])])


def main() -> int:
    """Measure, print, and write the table where that is asked for."""
    parser = argparse.ArgumentParser(prog="make bench-import", description=__doc__)
    parser.add_argument("--by-format", action="store_true", required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ROWS")
    parser.add_argument("--only", default="", help="the formats whose title holds this")
    parser.add_argument("--write", type=Path, help="the page whose table is to be replaced")
    options = parser.parse_args()
    costs = []
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        create_register(Path(name) / "built-in.db")
        for form in FORMS:
            for rows in (1, *options.sizes) if options.only.casefold() in form.title.casefold() else ():
                print(f"{form.title}, {rows:,}…", file=sys.stderr)
                costs.append(measure(form, rows, Path(name)))
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors"
    started = max((cost.taken.processor for cost in costs if cost.rows == 1 and cost.taken), default=0)
    report = f"{table(costs)}\n\n{machine}; a single practice takes {started:.1f} s, taken off before dividing."
    print(report)
    if options.write:
        put_table(options.write, "by format", report)
    return 0
