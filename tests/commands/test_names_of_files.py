"""A path is a path: each name is that of one file, whatever SQLite or a shell would make of it."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from db.database.connection import copy_register, default_path, open_reading, path_named
from db.errors import UsageError
from db.register import open_register
from tests.commands.conftest import Interlock
from tests.db.test_connection import make

NAMES = [
    "file:x.db",
    "file:x.db?mode=memory",
    ":memory:",
    "a?b.db",
    "x.db?mode=memory&cache=shared",
    "a#b.db",
    "100%25.db",
    " both ends ",
    "two\nlines.db",
    "a;b&c=d.db",
    "a\\b.db",
    "~x.db",
    "ä ö.db",
    os.fsdecode(b"\xff\xfe.db"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_what_is_written_under_a_name_is_read_under_it_and_is_one_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path(name))
    assert os.listdir() == [name]
    with closing(open_reading(name)) as register:
        assert register.execute("SELECT count(*) FROM record").fetchone() == (1,)
    copy_register(Path(name), Path(f"{name}.copy"))
    with open_register(f"{name}.copy") as copy:
        assert copy.stats().records["organisation"] == 1
    assert {file for file in os.listdir() if not file.endswith(("-shm", "-wal"))} == {name, f"{name}.copy"}


@pytest.mark.parametrize("name", ["file:x.db", "file:x.db?mode=ro", ":memory:", "~no-such-user/x.db"])
def test_what_is_no_path_is_one_line_for_readers_and_writers(
    name: str, interlock: Interlock, etr: Path, tmp_path: Path
) -> None:
    for words in (["stats"], ["import", etr], ["import", etr, "--dry-run"], ["undo", "2"]):
        for how in ({"INTERLOCK_DB": name}, {}):
            done = interlock(*words, *([] if how else ["--db", name]), environment=how, cwd=tmp_path)
            assert (done.returncode, done.stdout) == (2, "")
            named = f"INTERLOCK_DB {name}" if how else f"--db {name}"
            assert done.stderr.startswith(f"interlock: {named}: ")
            assert done.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == [etr.name]


def test_a_file_whose_name_looks_like_a_uri_is_named_with_its_folder(
    interlock: Interlock, etr: Path, tmp_path: Path
) -> None:
    done = interlock("import", etr, "--db", "./file:x.db", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "file:x.db").is_file()
    assert interlock("show", "RZ1", "--db", "./file:x.db", cwd=tmp_path).returncode == 0


def test_a_home_is_written_short_in_both_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_named("~/mine.db") == str(tmp_path / "mine.db")
    monkeypatch.setenv("INTERLOCK_DB", "~nobody-of-that-name/mine.db")
    with pytest.raises(UsageError, match="the home folder ~nobody-of-that-name is not known"):
        default_path()


def test_a_name_that_is_no_text_is_shown_and_no_traceback(interlock: Interlock, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.db")
    done = interlock("stats", "--db", name, cwd=tmp_path)
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 4
    assert "there is no such database" in done.stderr
    assert done.stderr.count("\n") == 1
