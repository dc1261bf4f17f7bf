"""What files cost that once cost much for what they are, beside what they cost then.

make bench-import ARGS="--bombs"
make bench-import ARGS="--bombs --only contacts"
make bench-import ARGS="--bombs --write docs/reliability.md"
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from functools import partial
from pathlib import Path

from importers.builtin_register import create_register
from importers.limits import MEMORY
from tests.benchmarks.whole_process import Ended
from tests.bombs import trees
from tests.measured_pages import put_table
from tests.reliability.bombs import LARGE, SMALL, Bomb, bound, many_tables, run
from tests.stories import start_with_stories

MANY_TABLES = many_tables(60, 20_000)
MORE_NAMESAKES = Bomb("ord.json", partial(trees.ord_namesakes, size=8_000), 8_000)
BEFORE = (
    ("a workbook of a million empty rows", "148 s (389 KB)", SMALL["bare rows"]),
    ("a workbook of 200,000 rows of empty cells", "", SMALL["formatted rows"]),
    ("a zip of 300,000 repeated bad rows", "900 MB, a database of 98 MB (483 KB)", SMALL["refused rows in a zip"]),
    ("100,000 records in JSON", "0.8-1.3 GB (45-60 MB)", LARGE["records-json"]),
    ("100,000 ORD records in JSON", "0.8-1.3 GB (45-60 MB)", LARGE["ord-list"]),
    ("16 MB of contacts in one XML record", "731 MB", SMALL["contacts"]),
    ("one line of 100 MB", "694 MB", SMALL["a long line"]),
    ("100,000 practices in a list", "612 MB", LARGE["ODS list"]),
    ("4,000 ORD records that share one name", "127 s", SMALL["ORD namesakes"]),
    ("8,000 ORD records that share one name", "", MORE_NAMESAKES),
    ("1,900 small files in a zip", "21 s", SMALL["many lists"]),
    ("a zip of 60 tables of 20,000 rows", "", MANY_TABLES),
)
"""What each is, what it cost when it was first met, and what makes it."""


def table(found: list[tuple[str, str, int, Bomb, Ended]]) -> str:
    """A row for each file: its size, what it cost before, what it may cost, what it does, and what is said of it."""
    lines = [
        "| file | size | before | must be | processor seconds | peak memory | said |",
        "|---|---:|---|---|---:|---:|---|",
    ]
    for title, before, size, bomb, ended in found:
        said = re.sub(r"/\S*/", "", " ".join(ended.said.strip().splitlines()[-1:]))
        lines.append(
            f"| {title} | {size / 1e6:.1f} MB | {before} | ≤ {MEMORY} MB, {bound(bomb):.0f} s | "
            f"{ended.taken.processor:.1f} | {ended.taken.peak:.0f} MB | `{said}` |"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and write the table where that is asked for."""
    parser = argparse.ArgumentParser(prog="make bench-import", description=__doc__)
    parser.add_argument("--bombs", action="store_true", required=True)
    parser.add_argument("--only", default="", help="the files whose description holds this")
    parser.add_argument("--write", type=Path, help="the page whose table is to be replaced")
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        start_with_stories()
        create_register(Path(name) / "built-in.db")
        for title, before, bomb in BEFORE:
            if options.only in title:
                print(f"{title}…", file=sys.stderr)
                folder = Path(tempfile.mkdtemp(dir=name))
                size, ended = run(bomb, Path(name) / "built-in.db", folder)
                found.append((title, before, size, bomb, ended))
    print(table(found))
    if options.write:
        put_table(options.write, "bombs", table(found))
    return 0
