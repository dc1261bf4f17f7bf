"""What many real files say together, where they are there: every rule holds, in any order, and undoing leads back."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.register import open_register
from importers.export import export_records
from tests.db.store.registers import everything
from tests.depth import DEEP
from tests.truth.page import measured
from tests.truth.register import SIX, all_files, imported, one_by_one
from tests.truth.rules import RULES, Rule
from tests.truth.twins import likely_twins
from tui.cli.main import main

ORDERS = 12
pytestmark = pytest.mark.skipif(not DEEP, reason="imports all real files, which takes minutes: make test-deep")


def picture(register: Path) -> set[str]:
    """All that the tables for readers say."""
    with closing(sqlite3.connect(register)) as connection:
        return everything(connection)


@pytest.fixture(scope="module")
def of_all(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of all files."""
    return imported(tmp_path_factory.mktemp("truth") / "all.db", all_files(shared))


@pytest.fixture(scope="module")
def found(of_all: Path) -> dict[str, int]:
    """What the register of all files shows, by rule."""
    return measured(of_all)


@pytest.mark.parametrize("rule", RULES, ids=[rule.about for rule in RULES])
def test_the_register_shows_what_it_must(found: dict[str, int], rule: Rule) -> None:
    assert found[rule.about] == rule.must_be


def test_all_that_is_exported_comes_back(of_all: Path, found: dict[str, int], tmp_path: Path) -> None:
    with open_register(of_all) as register:
        (tmp_path / "all.yaml").write_text(export_records(register), "utf-8")
    back = imported(tmp_path / "back.db", [tmp_path / "all.yaml"])
    with closing(sqlite3.connect(back)) as connection:
        assert connection.execute("SELECT * FROM reject").fetchall() == []
    # An export is one file, which has all records beside each other: none of them may be twins by different sources.
    assert measured(back) == found | {rule.about: 0 for rule in RULES if rule.question is likely_twins}


@pytest.fixture(scope="module")
def first(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What six files of different years and kinds make, in the order in which they are listed."""
    files = [shared / "data" / name for name in SIX]
    return picture(one_by_one(tmp_path_factory.mktemp("order") / "first.db", files))


@pytest.mark.parametrize("seed", range(1, ORDERS))
def test_any_order_makes_the_same_picture(shared: Path, tmp_path: Path, first: set[str], seed: int) -> None:
    files = [shared / "data" / name for name in SIX]
    random.Random(seed).shuffle(files)
    made = picture(one_by_one(tmp_path / "other.db", files))
    assert made ^ first == set()


def test_twice_changes_nothing_and_undoing_leads_back(shared: Path, tmp_path: Path) -> None:
    files = [shared / "data" / name for name in SIX]
    register = tmp_path / "register.db"
    pictures: list[set[str]] = []
    for path in files:
        imported(register, (path,))
        pictures.append(picture(register))
    for path in files:
        imported(register, (path,))
        assert picture(register) ^ pictures[-1] == set()
    with closing(sqlite3.connect(register)) as connection:
        runs = [run for (run,) in connection.execute("SELECT id FROM run ORDER BY id DESC")]
    for run in runs[: len(files)]:
        assert main(["--db", str(register), "undo", str(run)]) == 0
    for run, then in zip(runs[len(files) : 2 * len(files)], reversed(pictures), strict=True):
        assert picture(register) ^ then == set()
        assert main(["--db", str(register), "undo", str(run)]) == 0
