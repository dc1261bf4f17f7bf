"""Commands that are killed at any moment leave the database before or after them, and the next command tidies up."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

import importers.ods_xml.source
from db.database.connection import SCHEMA_VERSION
from db.files.scratch import Scratch
from importers.builtin_register import create_register, image
from importers.ods_xml import processes
from importers.ods_xml.processes import processes_here
from importers.run import ImportOptions, import_sources
from tests.commands.conftest import ROOT
from tests.db.made_release import MONTHS, write_release
from tests.db.old_registers import old_register
from tests.trouble import FORKS, killed_at
from tui.cli.database import tidy
from tui.cli.main import main

pytestmark = pytest.mark.skipif(not FORKS, reason="processes are those of Unix")


def runs(path: Path) -> int:
    """How many imports a sound database holds."""
    with closing(sqlite3.connect(path)) as register:
        assert register.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(register.execute("SELECT count(*) FROM run").fetchone()[0])


@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
@pytest.mark.parametrize("dry", [False, True], ids=["import", "dry run"])
def test_an_import_that_is_killed_leaves_one_state_and_nothing_for_long(
    there: bool, dry: bool, etr: Path, built_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    image()
    folder = tmp_path / "own"
    path = folder / "r.db"

    def work() -> None:
        import_sources(path, [str(etr)], ImportOptions("test", dry_run=dry))

    # What is loaded here need not be loaded in each process that is killed.
    import_sources(tmp_path / "none.db", [str(etr)], ImportOptions("test", dry_run=True))
    for number in range(1, 100):
        folder.mkdir(exist_ok=True)
        if there:
            copyfile(built_in, path)
        if not killed_at(number, work):
            break
        found = runs(path) if path.exists() else 0
        assert found in {(False, False): (0, 2), (True, False): (1, 2)}.get((there, dry), (int(there),))
        tidy(str(path))
        assert list((tmp_path / "temporary").iterdir()) == []
        assert {file.name for file in folder.iterdir()} <= {"r.db", "r.db-wal", "r.db-shm"}
        for file in folder.iterdir():
            file.unlink()
    assert number > (1 if there and not dry else 5)


def test_an_import_into_an_older_register_that_is_killed_leaves_the_old_one_or_the_new(
    etr: Path, tmp_path: Path
) -> None:
    old_register("schema-5", tmp_path / "old.db")
    import_sources(tmp_path / "none.db", [str(etr)], ImportOptions("test", dry_run=True))
    found: set[tuple[int, int]] = set()
    for number in range(1, 100):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = Path(copyfile(tmp_path / "old.db", folder / "r.db"))
        if not killed_at(number, lambda path=path: import_sources(path, [str(etr)], ImportOptions("test"))):  # type: ignore[misc]
            break
        with closing(sqlite3.connect(path)) as register:
            found.add((register.execute("PRAGMA user_version").fetchone()[0], runs(path)))
        tidy(str(path))
        names = {"r.db", "r.db-wal", "r.db-shm", "r.backup-5.db"}
        assert {file.name for file in folder.iterdir()} <= names
    assert runs(path) == 10
    assert (5, 9) in found
    assert found <= {(5, 9), (SCHEMA_VERSION, 9), (SCHEMA_VERSION, 10)}


@pytest.mark.skipif(processes_here() < 2, reason="one process reads here")
def test_what_a_killed_import_leaves_is_cleared_while_the_processes_that_read_for_it_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(importers.ods_xml.source, "LARGE", 0)
    release = write_release(tmp_path, MONTHS[0])
    image()
    ends, end = os.pipe()

    def live_on(*_: object) -> None:
        os.close(end)
        os.read(ends, 1)

    monkeypatch.setattr(processes, "_send", live_on)
    # Taking begins when all who read are there.
    monkeypatch.setattr(processes._Taker, "start", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    path = tmp_path / "own" / "r.db"
    assert killed_at(10_000, lambda: import_sources(path, [str(release)], ImportOptions("test")))
    assert len(list(tmp_path.rglob("*interlock-*"))) == 2
    tidy(str(path))
    os.close(end)
    assert list(tmp_path.rglob("*interlock-*")) == []


@pytest.mark.parametrize(
    "words", [["find", "trust"], ["runs"], ["doctor"], ["undo", "1"], ["find", "trust", "--builtin"]]
)
def test_any_command_clears_what_no_living_process_owns(
    words: list[str], built_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    create_register(tmp_path / "r.db")

    def leave() -> None:
        for place in (tmp_path, tmp_path / "temporary"):
            (Scratch(place).make() / "register.db").touch()
        os.kill(os.getpid(), signal.SIGKILL)

    killed_at(10_000, leave)
    assert len(list(tmp_path.rglob("*interlock-*"))) == 2
    beside = ["--db", str(tmp_path / "r.db")] if "--builtin" not in words else []
    main([*words, *beside])
    left = list(tmp_path.rglob("*interlock-*"))
    assert [folder.parent for folder in left] == ([tmp_path] if "--builtin" in words else [])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_import_that_is_told_to_end_while_it_writes_takes_its_draft_along(
    number: signal.Signals, etr: Path, tmp_path: Path
) -> None:
    image()
    script = (
        "import os, signal, sys\n"
        "import db.store.session as session\n"
        "from tui.cli.main import main\n"
        "session.ImportSession.finish = lambda self: os.kill(os.getpid(), int(sys.argv[1]))\n"
        "sys.exit(main(sys.argv[2:]))\n"
    )
    (tmp_path / "own").mkdir()
    words = ["import", str(etr), "--db", str(tmp_path / "own" / "r.db")]
    done = subprocess.run(
        [sys.executable, "-c", script, str(int(number)), *words], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, b"", b"")
    assert list((tmp_path / "own").iterdir()) == []
