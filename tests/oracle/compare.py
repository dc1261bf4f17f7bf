"""`python -m tests.oracle.compare [SCENARIO…]`: what today's code makes otherwise than what was frozen."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.oracle.differences import step_differences
from tests.oracle.frozen import FOLDER, digest, digests, keep, kept
from tests.oracle.scenarios import SCENARIOS, own_home

READERS = {"batches": True, "records": False, "usual": None}
"""How releases are read, as long as imports can be asked for that."""


def scenario_differences(name: str, batches: bool | None, *folders: Path, to: Path | None = None) -> Iterator[str]:
    """Yield how a scenario differs from what was frozen, by step; the frozen text is looked for in the folders."""
    steps = dict(SCENARIOS[name](batches=batches))
    if to is not None:
        keep(to, name, steps)
    frozen = digests().get(name, {})
    unlike = [step for step, lines in steps.items() if step not in frozen or digest(lines) not in frozen[step]]
    texts = kept(name, *folders) if unlike else None
    for step in (*unlike, *(step for step in frozen if steps and step not in steps)):
        if step not in steps or step not in frozen:
            found = ["is not in today's scenario" if step not in steps else "was not in the frozen scenario"]
        elif texts is not None:
            found = list(step_differences(texts[step], steps[step])) or ["has another digest than its frozen text"]
        else:
            found = ["differs; its frozen text is not here: give a folder with --against"]
        if found:
            yield from (f"== {name}, {step}", *found)


def _sort_of(line: str) -> str:
    """What a difference is about, records and values aside."""
    what = re.match(r"(?:.*?\S: )?((?:[a-z]+ )+(?:lost|new|[\w.\[\]]+)):", line)
    return re.sub(r"\[\d+\]", "[]", what[1]) if what else line


def main() -> int:
    """Compare what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.compare", description=__doc__)
    parser.add_argument(
        "scenarios", nargs="*", metavar="SCENARIO", help="which, or how their names begin; all unless said"
    )
    parser.add_argument("--against", type=Path, help="a folder with the frozen text of more scenarios")
    parser.add_argument("--to", type=Path, help="keep what today's code makes in this folder")
    parser.add_argument("--reader", choices=READERS, default="batches", help="how releases are read")
    parser.add_argument("--lines", type=int, default=60, help="how many differences are shown of each scenario")
    options = parser.parse_args()
    own_home()
    folders = [folder.resolve() for folder in (options.against, FOLDER) if folder]
    to = options.to and options.to.resolve()
    asked = tuple(options.scenarios) or ("",)
    failed = False
    for name in [name for name in SCENARIOS if name.startswith(asked)]:
        found = scenario_differences(name, READERS[options.reader], *folders, to=to)
        shown = list(islice(found, options.lines))
        rest = Counter(_sort_of(line) for line in found)
        failed = failed or bool(shown)
        more = [f"… {count:,} more: {sort}" for sort, count in rest.most_common(options.lines)]
        print(*shown, *more, sep="\n", end="\n" if shown else "")
        print(f"{name}: {'differs' if shown else 'the same'}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
