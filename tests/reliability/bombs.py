"""Small files that stand for much, and large ones: bounded memory and linear time, or refused in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copyfile

import pytest

from tests.benchmarks.whole_process import Ended, run_whatever_comes
from tests.bombs import tables, trees
from tests.reliability.registers import held
from tests.reliability.sampling import chance, samples

MEMORY = 400
"""Megabytes that all processes of an import may hold together."""
START, EACH = 10.0, 0.0015
"""Processor seconds that an import may take, and those beyond for each row or kilobyte: several times what is usual."""
ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Bomb:
    """A file that asks for much: its name, what writes it, its rows or kilobytes, and a mapping for tables."""

    file: str
    write: Callable[[Path], object]
    size: int
    mapping: str | None = None


def _sized(write: Callable[[Path, int], object], size: int) -> Callable[[Path], object]:
    return lambda path: write(path, size)


def many_tables(files: int, rows: int) -> Bomb:
    """A zip of so many tables of so many rows."""
    return Bomb("tables.zip", partial(tables.many_tables, files=files, rows=rows), files * rows, tables.CODES)


LARGE = {
    "table": Bomb("t.csv", _sized(tables.table, ROWS), ROWS, tables.CODES),
    "table by names": Bomb("t.csv", _sized(tables.table, ROWS), ROWS, tables.NAMES),
    "namesakes": Bomb("t.csv", _sized(tables.namesakes, ROWS), ROWS, tables.NAMES),
    "objects": Bomb("t.json", _sized(tables.objects, ROWS), ROWS, tables.CODES),
    "lines of objects": Bomb("t.jsonl", _sized(tables.objects, ROWS), ROWS, tables.CODES),
    "many tables": many_tables(60, ROWS // 60),
    "ODS list": Bomb("epraccur-2024-05.csv", _sized(tables.ods_list, ROWS), ROWS),
    "workbook": Bomb("t.xlsx", _sized(tables.sheet, ROWS), ROWS, tables.CODES),
    **{
        name: Bomb(file, _sized(write, ROWS), ROWS, trees.PRACTICES_MAP if name == "mapped-json" else None)
        for name, (write, file) in trees.BOMBS.items()
        if name != "ord-namesakes"
    },
}
"""Files of many rows; a few of them are taken each time."""
SMALL = {
    "refused rows": Bomb("t.csv", _sized(tables.refused, 300_000), 300_000, tables.CODES),
    "refused rows in a zip": Bomb("t.zip", partial(tables.refused_in_zip, rows=300_000), 300_000, tables.CODES),
    "refused rows of several kinds": Bomb(
        "t.csv", partial(tables.refused, rows=ROWS, several=True), ROWS, tables.CODES
    ),
    "a long line": Bomb("t.csv", _sized(tables.long_line, 100_000_000), ROWS, tables.CODES),
    "many lists": Bomb("lists.zip", _sized(tables.many_lists, 1_900), 10_000),
    "formatted rows": Bomb("t.xlsx", _sized(tables.formatted_rows, 200_000), 20_000, tables.CODES),
    "bare rows": Bomb("t.xlsx", _sized(tables.bare_rows, 1_000_000), 20_000, tables.CODES),
    "a far cell": Bomb("t.xlsx", partial(tables.far_cell, place="XFD1048576"), 1, tables.CODES),
    "a large dimension": Bomb("t.xlsx", partial(tables.said_dimension, reference="A1:XFD1048576"), 1, tables.CODES),
    "shared strings": Bomb("t.xlsx", partial(tables.shared_strings, strings=1_000, length=100_000), ROWS, tables.CODES),
    "a repeated string": Bomb(
        "t.xlsx", partial(tables.repeated_string, cells=20_000, length=30_000), ROWS, tables.CODES
    ),
    "ORD namesakes": Bomb("ord.json", _sized(trees.ord_namesakes, 4_000), 4_000),
    "contacts": Bomb("release.xml", _sized(trees.xml_contacts, 16), 16_000),
    **{
        f"a long text in {ending}": Bomb(f"t.{ending}", _sized(trees.one_long_text, 50), 50_000)
        for ending in ("xml", "yaml", "json")
    },
    **{
        f"a large record in {ending}": Bomb(f"t.{ending}", _sized(trees.one_large_record, 60_000), 60_000)
        for ending in ("yaml", "json")
    },
}
"""Files that have cost much for what they are; all of them are taken each time."""


def bound(bomb: Bomb) -> float:
    """Processor seconds that it may take."""
    return START + EACH * bomb.size


def run(bomb: Bomb, built_in: Path, folder: Path) -> tuple[int, Ended]:
    """Import a file with a process of its own into the register `r.db`; return its size and how that ended."""
    path, register = folder / bomb.file, Path(copyfile(built_in, folder / "r.db"))
    bomb.write(path)
    words = [str(path)]
    if bomb.mapping:
        (folder / "map.yaml").write_text(bomb.mapping, "utf-8")
        words += ["--map", str(folder / "map.yaml")]
    ended = run_whatever_comes((sys.executable, "-m", "tui", "--db", str(register), "import", *words))
    size = path.stat().st_size
    path.unlink()
    return size, ended


def check(bomb: Bomb, built_in: Path, folder: Path) -> None:
    """Import a file: in its bounds, taken or refused, and the register is well."""
    _, ended = run(bomb, built_in, folder)
    assert ended.code in (0, 3), ended
    assert "bug in Interlock" not in ended.said and "Traceback" not in ended.said, ended
    assert ended.taken.peak <= MEMORY, f"{ended.taken.peak:.0f} MB; {ended.said[-300:]}"
    took, most = ended.taken.processor, bound(bomb)
    assert took <= most, f"{took:.0f} of {most:.0f} seconds; {ended.said[-300:]}"
    assert held(folder / "r.db")


@pytest.mark.parametrize("name", SMALL)
@samples(1, most=1)
def test_small_files_that_ask_for_much(built_in: Path, tmp_path: Path, name: str, number: int) -> None:
    check(SMALL[name], built_in, tmp_path)


@samples(2, most=len(LARGE))
def test_large_files(built_in: Path, tmp_path: Path, number: int) -> None:
    names = sorted(LARGE)
    chance("large", 0).shuffle(names)
    check(LARGE[names[number]], built_in, tmp_path)
