"""A wheel built from the tree is the whole program: it installs and runs elsewhere, its data files included."""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

DATA = (".sql", ".yaml", ".json", ".csv", ".xlsx", ".tcss", ".typed")
"""Endings of the files that the packages read when they run."""


def run(*command: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, failing with what it said."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=os.environ | settings)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is left in the tree and nothing stale gets in."""
    copy = tmp_path_factory.mktemp("wheel") / "tree"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for package in ("db", "importers", "tui"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(copy / "dist"), ".", cwd=copy)
    return next((copy / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel alone is installed into, far from the checkout."""
    target = tmp_path_factory.mktemp("elsewhere") / "site"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target))
    run(*pip, str(wheel), cwd=target.parent)
    return target


def test_the_wheel_holds_every_data_file_of_the_packages(wheel: Path) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in ("db", "importers", "tui")
        for path in (ROOT / package).rglob("*")
        if path.suffix in DATA or path.name == "py.typed"
    }
    held = set(zipfile.ZipFile(wheel).namelist())
    assert wanted - held == set()


@pytest.mark.parametrize(
    "pattern",
    [
        "db/schema/*.sql",
        "db/vocabulary/*.yaml",
        "importers/builtin/stories/*.yaml",
        "importers/builtin/layers/*.csv",
        "importers/builtin/layers/*.xlsx",
        "importers/records/*.json",
        "tui/explorer/*.tcss",
    ],
)
def test_the_wheel_holds_data_of_each_sort(wheel: Path, pattern: str) -> None:
    assert fnmatch.filter(zipfile.ZipFile(wheel).namelist(), pattern) != []


def test_the_wheel_holds_no_tests(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"db", "importers", "tui"}


def test_the_installed_wheel_answers_from_the_built_in_register(elsewhere: Path, tmp_path: Path) -> None:
    program = "import sys, tui.cli.main as cli; print(cli.__file__, file=sys.stderr); sys.exit(cli.main(sys.argv[1:]))"
    question = ("show", "arr:foundation-group", "--builtin", "--format", "json")
    done = run(sys.executable, "-P", "-c", program, *question, cwd=tmp_path, PYTHONPATH=str(elsewhere))
    assert str(elsewhere) in done.stderr
    record = json.loads(done.stdout)["record"]
    assert record["key"] == "arr:foundation-group"
    assert record["links"] != []


def test_the_installed_wheel_makes_a_database_of_its_own(elsewhere: Path, tmp_path: Path) -> None:
    program = "import sys, tui.cli.main as cli; sys.exit(cli.main(sys.argv[1:]))"
    places = {"PYTHONPATH": str(elsewhere), "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    done = run(sys.executable, "-P", "-c", program, "find", "wye valley", "--format", "json", cwd=tmp_path, **places)
    assert json.loads(done.stdout)["results"] != []
    assert [path.name for path in tmp_path.rglob("*.db")] == ["interlock.db"]


def test_both_commands_and_the_importers_are_registered(elsewhere: Path) -> None:
    registered = next(elsewhere.glob("interlock-*.dist-info/entry_points.txt")).read_text("utf-8")
    for line in (
        "interlock = tui.__main__:start",
        "ilk = tui.__main__:start",
        "[interlock.importers]",
        "records = importers.",
    ):
        assert line in registered
