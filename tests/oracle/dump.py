"""`python -m tests.oracle.dump REGISTER OUT`: the content of a register as sorted lines of JSON."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tests.oracle.content import Item, items


def dump(register: Path, folder: Path | None = None) -> list[str]:
    """Return a register's content as sorted lines; the path of `folder`, where it is in a text, becomes FOLDER."""
    with closing(sqlite3.connect(f"{register.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return lines(items(connection), folder)


def lines(found: Iterable[Item], folder: Path | None = None) -> list[str]:
    """Return items as sorted lines."""
    texts = sorted(json.dumps(item, ensure_ascii=False, sort_keys=True) for item in found)
    if folder is None:
        return texts
    hidden = json.dumps(str(folder), ensure_ascii=False)[1:-1]
    return sorted(text.replace(hidden, "FOLDER") for text in texts)


def main() -> int:
    """Dump what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.dump", description=__doc__)
    parser.add_argument("register", type=Path, help="the database to read")
    parser.add_argument("out", type=Path, help="the file to write")
    options = parser.parse_args()
    found = dump(options.register)
    options.out.write_text("".join(f"{line}\n" for line in found), "utf-8")
    print(f"{options.out}: {len(found):,} lines", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
