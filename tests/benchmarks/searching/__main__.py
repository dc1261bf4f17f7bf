"""`make bench-search`: the search beside what one would use instead, in one run; prints tables in Markdown.

Nothing here fails because a machine is busy: whether a target was met is for whoever reads it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from db import open_register
from tests.benchmarks.searching import registers
from tests.benchmarks.searching.run import Run
from tests.db.search.questions import PARTS, answers, shares
from tests.stories import start_with_stories


def main() -> int:
    """Make or find the registers, measure each, print what was measured."""
    start_with_stories()
    parser = argparse.ArgumentParser(prog="make bench-search ARGS=…", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--organisations", type=int, default=370_917, help="size of the made-up country")
    parser.add_argument("--times", type=int, default=1, help="so many times that size")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another country and other queries")
    parser.add_argument("--repeating", action="store_true", help="few names, each of hundreds of records")
    parser.add_argument("--queries", type=int, default=1000, help="how many queries of each sort are asked")
    parser.add_argument(
        "--typed", type=int, default=150, help="how many queries of each sort are typed letter by letter"
    )
    parser.add_argument(
        "--brute", type=int, default=25, help="how many of each sort brute force answers, a second each"
    )
    parser.add_argument(
        "--compared", type=int, default=150, help="how many of each typed sort it answers on normalised names"
    )
    parser.add_argument("--rounds", type=int, default=21, help="how often whole processes run")
    parser.add_argument("--folder", type=Path, help="where the country is kept for the next run")
    parser.add_argument("--register", type=Path, help="a database to measure instead of making a country")
    parser.add_argument(
        "--real", type=Path, default=os.environ.get("INTERLOCK_SHARED"), help="folder with ods-csv/ in it"
    )
    parser.add_argument("--alone", action="store_true", help="without what one would use instead")
    parser.add_argument("--only", choices=("country", "real"), help="measure only one of the two")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="interlock-bench-") as name:
        folder = options.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if options.only != "real":
            size = options.organisations * options.times
            path = options.register or registers.country(folder, size, options.seed, varied=not options.repeating)
            print(Run("a made-up country", path, folder, options).report(), flush=True)
        if options.only != "country":
            files = sorted(Path(options.real).glob("ods-csv/*.csv")) if options.real else []
            if files:
                print(Run("real names", registers.real(folder, files), folder, options).report())
            else:
                print("The files of the real register are not there (--real FOLDER), so that was not measured.")
    print(_people_asked())
    return 0


def _people_asked() -> str:
    """Return as a table how questions as people put them are answered by the built-in register."""
    with open_register(builtin=True) as register:
        found = [(part, shares(answers(register, part))) for part in PARTS]
    rows = [f"| {part} | {one.asked} | {one.first:.1f}% | {one.three:.1f}% |" for part, one in found]
    return "\n".join(["| what people ask | asked | first | among three |", "|---|---:|---:|---:|", *rows])


if __name__ == "__main__":
    sys.exit(main())
