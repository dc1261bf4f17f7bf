"""Tables of one mapping that tell no day are one source: of several files none takes the rows of another away."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from db.reports import SourceReport
from importers.run import ImportOptions, import_sources
from tests.bombs.tables import CODES, HEADING

NORTH = ("V00001,Hill Club,Fellton,", "V00002,Dale Club,Fellton,")
SOUTH = ("V00003,Beck Club,Wyeton,", "V00002,Dale and Wye Club,Wyeton,")
DROPPED = "no-longer-listed"


def _written(folder: Path, **files: Sequence[str]) -> list[str]:
    """Write tables with these rows; return their paths."""
    (folder / "map.yaml").write_text(CODES, "utf-8")
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join((",".join(HEADING), *lines)), "utf-8")
    return [str(folder / f"{name}.csv") for name in files]


def _take(folder: Path, paths: Sequence[str]) -> tuple[SourceReport, ...]:
    options = ImportOptions(command="import tables", map_file=str(folder / "map.yaml"))
    return import_sources(folder / "r.db", paths, options).run.sources


def _held(folder: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """By key, the names that the tables give; and what is said to be listed no longer."""
    with closing(sqlite3.connect(folder / "r.db")) as register:
        names = register.execute(
            "SELECT r.key, n.name FROM record r JOIN name n ON n.record_id = r.id "
            "WHERE r.key LIKE 'ods:V0000_' ORDER BY 1, 2"
        ).fetchall()
        asked = register.execute("SELECT what FROM suggestion WHERE rule = ? AND what LIKE 'ods:V0000_ %'", (DROPPED,))
        return names, [what.partition(" ")[0] for (what,) in asked]


ALL = [("ods:V00001", "Hill Club"), ("ods:V00002", "Dale Club"), ("ods:V00002", "Dale and Wye Club"),
       ("ods:V00003", "Beck Club")]  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_each_file_of_a_source_says_what_it_says_beside_the_others(tmp_path: Path, turned: bool) -> None:
    paths = _written(tmp_path, north=NORTH, south=SOUTH)[:: -1 if turned else 1]
    assert [(one.read, one.gone) for one in _take(tmp_path, paths)] == [(2, 0), (2, 0)]
    assert _held(tmp_path) == (ALL, [])
    assert [(one.unchanged, one.gone) for one in _take(tmp_path, paths[::-1])] == [(2, 0), (2, 0)]
    assert _held(tmp_path) == (ALL, [])


def test_what_none_of_the_files_says_any_more_is_listed_no_longer(tmp_path: Path) -> None:
    _take(tmp_path, _written(tmp_path, north=NORTH, south=SOUTH))
    first, last = _take(tmp_path, _written(tmp_path, north=NORTH[1:], south=SOUTH[:1]))
    assert (first.gone, last.gone) == (0, 1)
    without = [one for one in ALL if one[1] != "Dale and Wye Club"]
    assert _held(tmp_path) == (without, ["ods:V00001"])
