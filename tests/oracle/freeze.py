"""`python -m tests.oracle.freeze [SCENARIO…]`: takes what today's code makes for what is right."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.oracle.differences import step_differences
from tests.oracle.frozen import FOLDER, keep, keep_digests
from tests.oracle.scenarios import SCENARIOS, WHOLE, own_home


def main() -> int:
    """Freeze what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.freeze", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help="which; all unless said")
    parser.add_argument("--to", type=Path, help="keep the whole text of each in this folder, too")
    options = parser.parse_args()
    own_home()
    to = options.to and options.to.resolve()
    for name in options.scenarios or SCENARIOS:
        began = time.monotonic()
        first = dict(SCENARIOS[name](batches=True))
        second = dict(SCENARIOS[name](batches=False)) if name.startswith("seed") else {}
        if not first:
            print(f"{name}: nothing to read here", file=sys.stderr)
            continue
        for step, lines in first.items() if second else ():
            for line in step_differences(lines, second[step]):
                print(f"{name}, {step}, record by record: {line}", file=sys.stderr)
        keep_digests(name, first, *([second] if second else []))
        for folder in [*([FOLDER] if name in WHOLE else []), *([to] if to else [])]:
            keep(folder, name, first)
        print(f"{name}: {len(first)} steps, {time.monotonic() - began:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
