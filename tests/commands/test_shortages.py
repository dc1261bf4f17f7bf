"""Where the system gives no process, thread or open file any more: a command does without, or says so in one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from errno import EAGAIN
from pathlib import Path
from threading import Thread

import pytest

import importers.ods_xml.source
from db.shortages import FILES
from importers import read_ahead
from importers.builtin_register import make_image
from importers.ods_xml import processes
from tests.commands.test_manners import command
from tests.db.made_release import MONTHS, write_release
from tests.importers.table.made import workbook
from tests.trouble import FORKS
from tui.cli.main import main

pytestmark = pytest.mark.skipif(not FORKS, reason="processes and limits are those of Unix")

TABLE = [["code", "name"], ["RX1", "A trust"]]


@pytest.fixture(params=["process", "thread"])
def refused(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the system does not give any more."""

    def no_process() -> int:
        raise BlockingIOError(EAGAIN, "Resource temporarily unavailable")

    def no_thread(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    what = str(request.param)
    if what == "process":
        monkeypatch.setattr(os, "fork", no_process)
    else:
        monkeypatch.setattr(processes._Taker, "start", no_thread)
    return what


def test_a_release_that_several_processes_would_read_is_read_by_this_one(
    refused: str, built_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importers.ods_xml.source, "LARGE", 0)
    monkeypatch.setattr(importers.ods_xml.source, "processes_here", lambda: 2)
    path = shutil.copyfile(built_in, tmp_path / "r.db")
    assert main(["import", str(write_release(tmp_path, MONTHS[0])), "--db", str(path)]) == 0
    assert "27 rows read" in capsys.readouterr().err


@pytest.mark.parametrize("refused", ["process"], indirect=True)
def test_the_built_in_register_is_made_by_this_one(refused: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_ahead, "processes_here", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert make_image().startswith(b"SQLite format 3")


@pytest.mark.parametrize("refused", ["process"], indirect=True)
def test_a_workbook_which_another_process_has_to_open_is_refused_in_one_line(
    refused: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "w.xlsx"
    path.write_bytes(workbook(Sheet=TABLE))
    assert main(["map", str(path)]) == 4
    said = capsys.readouterr().err
    assert said == (
        f"interlock: {path}: is opened by a process of its own: no further process or thread can be started; "
        "close other programs, or allow more if they are limited (ulimit -u)\n"
    )


@pytest.mark.parametrize("files", [16, 10, 7])
@pytest.mark.parametrize("what", ["release", "list", "dry run", "workbook", "backup"])
def test_few_open_files_are_enough_or_the_line_says_that_they_are_too_few(
    files: int, what: str, built_in: Path, etr: Path, cache: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(built_in, tmp_path / "r.db")
    (tmp_path / "w.xlsx").write_bytes(workbook(Sheet=TABLE))
    said = {
        "release": ("import", write_release(tmp_path, MONTHS[0])),
        "list": ("import", etr),
        "dry run": ("import", etr, "--dry-run"),
        "workbook": ("map", tmp_path / "w.xlsx"),
        "backup": ("backup", tmp_path / "copy.db"),
    }
    words, environment = command(*said[what], "--db", path, cache=cache)
    shell = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *words]
    done = subprocess.run(shell, env=environment, capture_output=True, check=False)
    if files < 16 and done.returncode:
        assert done.returncode == 4, done.stderr
        assert done.stderr.count(b"\n") == 1
        assert b"too many files are open at once; close other programs, or allow more" in done.stderr
    else:
        assert done.returncode == 0, done.stderr


FEW = """
import asyncio, errno, sys
def none():
    raise OSError(errno.EMFILE, "Too many open files")
asyncio.new_event_loop = asyncio.runners.events.new_event_loop = none
from tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("words", [["serve", "--port", "1"], ["open"]])
def test_an_explorer_that_cannot_begin_says_so_and_nothing_of_what_it_leaves_undone(
    words: list[str], built_in: Path, cache: Path
) -> None:
    _, environment = command(*words, cache=cache)
    if words == ["open"]:
        environment["TEXTUAL_DRIVER"] = "tui.explorer.browser_driver:BrowserDriver"
    done = subprocess.run(
        [sys.executable, "-c", FEW, *words, "--db", built_in], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 4
    assert done.stderr.decode() == f"interlock: {FILES}\n"
