"""`python -m tests.layers [SHARED]`: makes the layers of the built-in register anew from the shared files.

It says what changed, and checks how much the register then holds against the files' own counts (half a minute).
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from importers.builtin_folders import VARIABLE
from importers.builtin_register import make_image
from importers.builtin_sources import MANIFEST, layers
from tests.layers.compact import PLAIN, CsvShape, csv_rows, sheet_rows, sheets_of
from tests.layers.counts import COUNTS, differing
from tests.layers.recipes import RECIPES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "importers" / "builtin" / "layers"
BY_HAND = {MANIFEST, "north-east-order-2024.yaml"}
"""Files of the layers that nobody makes."""


def main(shared: Path) -> int:
    """Write what differs; 1 where the register does not hold what the public files do."""
    if not (shared / "data").is_dir():
        print(f"no public files in {shared.name}: name the folder that has them", file=sys.stderr)
        return 0
    os.environ.pop(VARIABLE, None)
    for name, recipe in RECIPES.items():
        print(f"{name}: {_renewed(FOLDER / name, recipe.make(shared / 'data'))}")
    told = {layer.file for layer in layers()} | {MANIFEST}
    strays = {path.name for path in FOLDER.iterdir()} ^ (set(RECIPES) | BY_HAND) | told ^ (set(RECIPES) | BY_HAND)
    for name in sorted(strays):
        print(f"{name}: is not in all of the folder, its manifest and the recipes")
    with closing(sqlite3.connect(":memory:")) as register:
        register.deserialize(make_image())
        wrong = differing(register, shared / "data")
    for about, in_files, held in wrong:
        print(f"{about}: {in_files:,} in the files, {held:,} in the register")
    print(f"{len(COUNTS) - len(wrong)} of {len(COUNTS)} counts agree")
    return 1 if wrong or strays else 0


def _renewed(path: Path, made: bytes) -> str:
    """Put what was made in the place of a file, and say what that changed."""
    before = _rows(path) if path.exists() else None
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / path.name
        fresh.write_bytes(made)
        after = _rows(fresh)
    if before == after:
        return "as before"
    path.write_bytes(made)
    if before is None:
        return f"new, {len(after):,} rows"
    return f"{len(after - before):,} rows added or changed, {len(before - after):,} gone or changed"


def _rows(path: Path) -> set[tuple[str, ...]]:
    """The rows of a file, each with its place: packing may differ where they do not."""
    if path.suffix == ".xlsx":
        sheets = {name: sheet_rows(path, name) for name in sheets_of(path)}
        return {(name, str(place), *row) for name, rows in sheets.items() for place, row in enumerate(rows) if any(row)}
    if path.suffix == ".json":
        return {(str(place), line) for place, line in enumerate(path.read_text("utf-8").splitlines()) if line}
    shape = CsvShape("cp1252", "¬") if path.name == "nhs-choices-hospitals.csv" else PLAIN
    return {(str(place), *row) for place, row in csv_rows(path, shape)}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"))
