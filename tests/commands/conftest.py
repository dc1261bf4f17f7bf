"""Whole commands, as processes of their own with a home of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from importers.builtin_register import create_register
from importers.run import ImportOptions, import_sources
from tests.forking import Forks
from tests.trouble import FORKS

ROOT = Path(__file__).resolve().parents[2]

Interlock = Callable[..., subprocess.CompletedProcess[str]]
Answer = dict[str, Any]
Asking = Callable[..., Answer]
Once = Callable[[Path, Callable[[], None]], Path]
"""Takes where a database is to be and what makes it there, and returns where it is."""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all commands of a session, so that the built-in register is made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def kept_image(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what runs in the process of a test find the built-in register there, too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks | None]:
    """What commands are started from; nothing where processes cannot fork."""
    started = Forks() if FORKS else None
    yield started
    if started:
        started.end()


@pytest.fixture
def interlock(cache: Path, forks: Forks | None) -> Interlock:
    """Run `interlock` with some words; `environment` adds variables, `stdin` is what it reads."""

    def run(
        *words: str | Path, environment: dict[str, str] | None = None, stdin: str = "", cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        seen = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), **(environment or {})}
        if forks and not any(name.startswith("PYTHON") for name in environment or {}):
            return forks.run([*map(str, words)], seen, cwd, stdin)
        return subprocess.run(
            [sys.executable, "-m", "tui", *map(str, words)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=cwd,
            env=seen,
        )

    return run


@pytest.fixture
def asked(interlock: Interlock) -> Asking:
    """Run `interlock` with some words, and take its answer as JSON."""

    def ask(*words: str | Path, code: int = 0, environment: dict[str, str] | None = None) -> Answer:
        done = interlock(*words, "--format", "json", environment=environment)
        assert done.returncode == code, done.stderr
        found: Answer = json.loads(done.stdout)
        assert found["version"] == 1
        return found

    return ask


@pytest.fixture(scope="module")
def once() -> Once:
    """Have a database made for the first test of a module that wants one of its name; others get what that got."""
    made: dict[str, bytes] = {}

    def get(path: Path, make: Callable[[], None]) -> Path:
        if path.name in made:
            path.write_bytes(made[path.name])
        else:
            make()
            made[path.name] = path.read_bytes()
        return path

    return get


def register_of(folder: Path, *files: Mapping[str, object]) -> Path:
    """A register of some files in the records format, beside what is built in."""
    for number, lists in enumerate(files):
        content = {"format": "interlock-records/1", "id": f"told-{number}", "published": "2026-10", **lists}
        (folder / f"{number}.json").write_text(json.dumps(content), "utf-8")
        options = ImportOptions(command="import")
        assert not import_sources(folder / "c.db", (str(folder / f"{number}.json"),), options).run.rejects
    return folder / "c.db"


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `sql` set no limit for SQLite where a test runs it in its own process: it would hold for all tests after."""
    monkeypatch.setattr("db.reading.sql.limited_process", lambda *_: nullcontext())


@pytest.fixture(scope="session")
def built_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the built-in register, for reading only."""
    path = tmp_path_factory.mktemp("register") / "built-in.db"
    create_register(path)
    return path


@pytest.fixture
def etr(tmp_path: Path) -> Path:
    """A small file in the shape of the national list of trusts, one row of it of no use."""
    address = ["1 HIGH STREET", "", "", "TOWN", "", "AB1 2CD"]
    rows = [
        ["RZ1", "ONE NHS TRUST", "Y55", "QGH", *address, "20100401", "", *[""] * 15],
        ["RZ2", "TWO NHS FOUNDATION TRUST", "Y55", "QGH", *address, "20100401", "20200331", *[""] * 15],
        ["", "A TRUST WITHOUT A CODE \x1b[31m", "Y55", "QGH", *address, "20100401", "", *[""] * 15],
    ]
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    path = tmp_path / "etr-2024-05.csv"
    path.write_text("\r\n".join(lines) + "\r\n", "utf-8")
    return path
