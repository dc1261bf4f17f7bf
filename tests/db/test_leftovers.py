"""What a killed command leaves is cleared by the next; what anybody uses, and what is somebody else's, never is."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from db.database.connection import open_reading
from db.errors import DatabaseError
from db.files.leftovers import LOCK, clear_leftovers
from db.files.scratch import Scratch, ended_by_signals, scratch_folder
from tests.db.test_connection import make
from tests.trouble import FORKS, NOBODY, killed_at, needs_root

pytestmark = pytest.mark.skipif(not FORKS, reason="locks and processes are those of Unix")


def test_a_folder_is_private_and_goes_with_what_is_in_it(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "deep").mkdir()
        (folder / "deep" / "file").touch()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("beside", [True, False])
def test_what_a_killed_process_left_is_cleared_by_the_next(tmp_path: Path, temporary: Path, beside: bool) -> None:
    place = tmp_path if beside else temporary

    def work() -> None:
        with scratch_folder(tmp_path if beside else None) as folder:
            for name in ("register.db", "register.db-wal", "a", "z"):  # the lock stands anywhere among them
                (folder / name).write_bytes(b"x" * 1000)

    left, number = 0, 0
    while True:
        number += 1
        if not killed_at(number, work):
            break
        left += any(place.glob("*interlock-*"))
        clear_leftovers(str(place))
        assert not list(place.glob("*interlock-*"))
    assert left >= 3, "a kill has to come while there is a folder"


def test_what_a_living_process_uses_is_left_alone(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        (folder / "register.db").touch()
        clear_leftovers(str(tmp_path))
        other = Scratch(tmp_path)
        other.make()
        assert sorted(file.name for file in folder.iterdir()) == [LOCK, "register.db"]
        other.remove()
    assert list(tmp_path.iterdir()) == []


@contextmanager
def process(work: Callable[[], object], lives: bool) -> Iterator[None]:
    """Have a process do some work and then wait, or be killed while one that it forked waits in its stead."""
    told, tells = os.pipe()
    ends, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        try:
            work()
            if not lives and os.fork():
                os.write(tells, b"x")
                os.kill(os.getpid(), signal.SIGKILL)
            os.close(told)
            if lives:
                os.write(tells, b"x")
            os.read(ends, 1)
        finally:
            os._exit(0)
    os.close(ends)
    os.read(told, 1)
    if not lives:
        os.waitpid(child, 0)
    try:
        yield
    finally:
        os.close(end)
        if lives:
            os.waitpid(child, 0)


@pytest.mark.parametrize("lives", [True, False], ids=["lives", "killed"])
def test_a_folder_is_anothers_while_he_lives_and_not_while_what_he_forked_does(tmp_path: Path, lives: bool) -> None:
    with process(lambda: Scratch(tmp_path).make(), lives):
        assert len(list(tmp_path.iterdir())) == 1
        clear_leftovers(str(tmp_path))
        assert len(list(tmp_path.iterdir())) == int(lives)
    clear_leftovers(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_command_clears_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open
    cleared: list[str | Path] = []

    def opened(path: str | Path, *rest: int, **named: int) -> int:
        if Path(path).name == LOCK and not cleared:
            cleared.append(path)
            clear_leftovers(str(tmp_path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", opened)
    with scratch_folder(tmp_path) as folder:
        assert (folder / LOCK).exists()
    assert cleared
    assert list(tmp_path.iterdir()) == []


def test_what_is_a_persons_own_is_never_cleared(tmp_path: Path) -> None:
    for name in ("interlock-projects", "interlock-notebook", ".interlock-settings", "interlock-12345678"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").touch()
    (tmp_path / "interlock-87654321").write_text("a file")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / LOCK).touch()
    (tmp_path / ".interlock-abcdefgh").symlink_to("elsewhere")
    before = sorted(tmp_path.rglob("*"))
    clear_leftovers(str(tmp_path))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_lock_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "interlock-abcdefgh").mkdir()
    (tmp_path / "interlock-abcdefgh" / LOCK).symlink_to("../mine")
    os.mkfifo(tmp_path / "pipe")
    clear_leftovers(str(tmp_path), str(tmp_path / "missing"), str(tmp_path / "pipe"))
    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "interlock-abcdefgh").exists()


def test_what_another_user_left_is_his_to_clear(tmp_path: Path) -> None:
    needs_root()
    (tmp_path / "interlock-abcdefgh").mkdir()
    (tmp_path / "interlock-abcdefgh" / LOCK).touch()
    os.chown(tmp_path / "interlock-abcdefgh", NOBODY, NOBODY)
    clear_leftovers(str(tmp_path))
    assert (tmp_path / "interlock-abcdefgh" / LOCK).exists()


def test_what_0_1_0_left_long_ago_is_cleared(tmp_path: Path) -> None:
    for name, age in ((".interlock-a_b1c2d3", 7200), (".interlock-young_00", 0)):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "register.db"
        file.touch()
        os.utime(file, (file.stat().st_mtime - age,) * 2)
    clear_leftovers(str(tmp_path))
    assert [folder.name for folder in tmp_path.iterdir()] == [".interlock-young_00"]


def test_a_read_that_fails_leaves_no_folder(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "r.db")
    (tmp_path / "r.db-wal").write_bytes(b"no log")
    monkeypatch.setattr("db.database.connection.needs_lock_files", lambda _: True)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(DatabaseError, match="disk is full"):
            open_reading(path)
    assert list(temporary.iterdir()) == []
    connection = open_reading(path)
    assert len(list(temporary.iterdir())) == 1
    connection.close()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_process_that_is_told_to_end_takes_its_folder_along(tmp_path: Path, number: signal.Signals) -> None:
    child = os.fork()
    if child == 0:
        try:
            with scratch_folder(tmp_path):
                os.kill(os.getpid(), number)
        except SystemExit as error:
            os._exit(int(str(error.code)))
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 128 + number
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_where_no_further_file_can_be_opened(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        os.closerange(3, 1024)  # what other tests left open has numbers above the limit
        with suppress(OSError), scratch_folder(tmp_path) as folder:
            (folder / "file").touch()
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
            while True:
                os.open(os.devnull, os.O_RDONLY)
        os._exit(0)
    os.waitpid(child, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
