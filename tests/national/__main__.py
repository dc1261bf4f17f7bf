"""`python -m tests.national --organisations 20000 --seed 1 out.zip`: a made-up release, its counts in `out.json`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.national.making import make
from tests.national.things import PUBLISHED


def main() -> int:
    """Make what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.national", description=__doc__)
    parser.add_argument("--organisations", type=int, default=370_917, help="how many there are, about")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another country")
    parser.add_argument("--published", default=PUBLISHED, help="the day of the release")
    parser.add_argument("--changed", type=float, default=0.0, help="the share of records that differ, such as 0.01")
    parser.add_argument("--turned", action="store_true", help="put the records in another order")
    parser.add_argument("--varied", action="store_true", help="few records share a name")
    parser.add_argument("out", type=Path, help="the zip to write; true counts go beside it")
    options = parser.parse_args()
    truth = make(
        options.out,
        options.organisations,
        options.seed,
        published=options.published,
        changed=options.changed,
        turned=options.turned,
        varied=options.varied,
    )
    beside = options.out.with_suffix(".json")
    beside.write_text(json.dumps(truth.as_json(), indent=2) + "\n", "utf-8")
    print(f"{options.out}: {truth.rows:,} rows, {truth.records:,} organisations; counts in {beside}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
