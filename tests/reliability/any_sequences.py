"""Files in any order, and imports, answers and undoings in any sequence: what they come to depends on neither."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import given, seed, settings

from tests.db.store import test_any_order
from tests.national.country import Country
from tests.national.things import PUBLISHED
from tests.reliability.edges import release_with_edges
from tests.reliability.others import OTHERS
from tests.reliability.registers import held, said
from tests.reliability.sampling import SEED, chance, samples

EXAMPLES = 10


@samples(24)
def test_steps_in_any_sequence(number: int, counts: Callable[[int], None]) -> None:
    # The rule itself, without the examples that it has beside it.
    steps = test_any_order.test_imports_answers_and_undoings_in_any_order.hypothesis.inner_test  # type: ignore[attr-defined]
    sampled = settings(max_examples=EXAMPLES, deadline=None, database=None)(given(*test_any_order.STEPS)(steps))
    seed(SEED * 1_000_003 + number)(sampled)()
    counts(EXAMPLES)


@pytest.fixture(scope="session")
def files(rich: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The words by which files are imported that speak of the same bodies, each of them another format or series."""
    folder = tmp_path_factory.mktemp("files")
    country = Country(60, 3)
    release_with_edges(folder / "release.zip", country, PUBLISHED)
    others = [[str(folder / word) if "." in word else word for word in make(country, folder)] for make in OTHERS]
    beside = ("etr-2026-05.csv", "bay-alliance.yaml", "partners-2019-04.csv", "bay-board.yaml")
    return [[str(folder / "release.zip")], *others, *([str(rich.parent / name)] for name in beside)]


def imported(built_in: Path, path: Path, those: Sequence[list[str]]) -> set[str]:
    """What a register holds, as people read it, into which files were imported in this order; it is well."""
    copyfile(built_in, path)
    for words in those:
        done = said("import", *words, "--db", path)
        assert done.code == 0, (words, done)
    return read(path)


def read(path: Path) -> set[str]:
    """What a register holds, as people read it; it is well."""
    assert held(path)
    with closing(sqlite3.connect(path)) as register:
        return test_any_order.held(register)


@samples(30)
def test_files_in_any_order(built_in: Path, files: list[list[str]], tmp_path: Path, number: int) -> None:
    rng = chance("order", number)
    those = rng.sample(files, rng.randint(2, 4))
    first = imported(built_in, tmp_path / "first.db", those)
    other = rng.sample(those, len(those))
    assert imported(built_in, tmp_path / "other.db", other) ^ first == set(), (those, other)


@samples(30)
def test_files_that_were_taken_back(built_in: Path, files: list[list[str]], tmp_path: Path, number: int) -> None:
    rng = chance("back", number)
    those = rng.sample(files, rng.randint(2, 4))
    path = tmp_path / "r.db"
    imported(built_in, path, those)
    # The built-in register is run 1.
    runs = {run: words for run, words in enumerate(those, 2)}
    for run in rng.sample(sorted(runs), rng.randint(1, len(runs))):
        done = said("undo", str(run), "--db", path)
        # What a later one builds on may be refused, but for the last.
        assert done.code == 0 or (done.code == 2 and run != max(runs)), done
        if not done.code:
            del runs[run]
    assert read(path) ^ imported(built_in, tmp_path / "without.db", list(runs.values())) == set(), (those, runs)
