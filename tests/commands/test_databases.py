"""What whole commands do about databases that are odd, older, or made by somebody else meanwhile."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db.register import open_register
from importers import run
from importers.builtin_register import create_register, image
from importers.run import ImportOptions, import_sources
from tests.commands.conftest import ROOT, Interlock
from tests.db.old_registers import old_register
from tui.cli import main


def test_an_import_never_takes_the_place_of_a_pipe_or_device(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.db"
    os.mkfifo(pipe)
    for words in (["import", etr], ["import", etr, "--dry-run"], ["stats"]):
        done = interlock(*words, "--db", pipe)
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr == f"interlock: {pipe}: is a pipe or a device; name a file\n"
    assert pipe.is_fifo()


def test_what_a_link_leads_to_is_made_and_the_link_stays(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "elsewhere" / "real.db")
    done = interlock("import", etr, "--db", link)
    assert done.returncode == 0, done.stderr
    assert link.is_symlink()
    assert interlock("show", "RZ1", "--db", tmp_path / "elsewhere" / "real.db").returncode == 0


def test_a_dry_run_neither_upgrades_nor_backs_up_an_older_database(
    interlock: Interlock, etr: Path, tmp_path: Path
) -> None:
    path = old_register("0.1.0", tmp_path / "old.db")
    before = path.read_bytes()
    assert interlock("import", etr, "--dry-run", "--db", path).returncode == 0
    assert path.read_bytes() == before
    assert sorted(tmp_path.glob("*.db")) == [path]


def test_a_dry_run_needs_neither_the_right_to_write_nor_the_end_of_another_import(etr: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    create_register(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        imported = import_sources(path, [str(etr)], ImportOptions("test", dry_run=True, wait=0))
        writer.execute("ROLLBACK")
    assert imported.run.sources[0].added == 2


def test_an_import_into_a_database_that_another_command_makes_meanwhile_goes_into_that_one(
    etr: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.db"

    def made_by_another(file: Path) -> None:
        create_register(file)
        if not path.exists():
            create_register(path)

    monkeypatch.setattr(run, "create_register", made_by_another)
    assert import_sources(path, [str(etr)], ImportOptions("test")).run.run == 2
    with open_register(path) as register:
        assert [run.run for run in register.runs()] == [1, 2]


def test_an_error_names_the_database_that_was_named(
    etr: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    image()

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("db.search.write.reindex", full)
    path = tmp_path / "r.db"
    assert main(["import", str(etr), "--db", str(path)]) == 4
    assert capsys.readouterr().err == f"interlock: {path}: the disk is full; nothing was changed\n"
    assert list(tmp_path.glob("*.db")) == []


def test_a_pipe_is_told_nothing_of_waiting(etr: Path, tmp_path: Path, interlock: Interlock) -> None:
    path = tmp_path / "r.db"
    create_register(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        done = interlock("import", etr, "--wait", "0.01", "--db", path)
        writer.execute("ROLLBACK")
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert "another import is still writing" in done.stderr


def on_a_disk_of(limit: int, *words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a command that can write no file larger than `limit` bytes."""
    wrapper = (
        "import os, resource, sys; limit = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit));"
        "os.execv(sys.executable, [sys.executable, '-m', 'tui.cli', *sys.argv[2:]])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", wrapper, str(limit), *map(str, words)]
    return subprocess.run(command, env=environment, input=stdin, capture_output=True, check=False)


@pytest.mark.parametrize("limit", [0, 50_000])
def test_a_disk_that_is_full_leaves_the_old_database(etr: Path, tmp_path: Path, limit: int) -> None:
    path = tmp_path / "r.db"
    create_register(path)
    with open_register(path) as register:
        before = register.runs()
    done = on_a_disk_of(limit, "import", etr, "--db", path)
    assert done.returncode == 4, done.stderr
    assert done.stderr.count(b"\n") == 1
    with open_register(path) as register:
        assert register.runs() == before


@pytest.mark.parametrize("limit", [0, 10])
def test_what_is_piped_onto_a_full_disk_is_one_line(tmp_path: Path, limit: int) -> None:
    done = on_a_disk_of(limit, "import", "-", "--db", tmp_path / "r.db", stdin=b"format: interlock-records/1")
    assert done.returncode == 3
    assert done.stderr.startswith(b"interlock: stdin: cannot be kept")
    assert done.stderr.count(b"\n") == 1
