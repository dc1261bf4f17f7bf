"""What may befall a program: another user's rights, a kill at any moment, a disk that is full. For tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

NOBODY = 65534
FORKS = hasattr(os, "fork")
MOMENTS = ("mkdir", "open", "link", "replace", "rename", "unlink", "rmdir", "fsync", "chmod", "chown")
"""Functions of `os` at whose calls a process is killed: between them nothing changes on disk but content."""


def needs_root() -> None:
    """Skip where this user cannot become another one."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can be another user for a while")


class OtherUser:
    """A process of a user without rights, begun before any database is open; it answers one question at a time.

    `answer` is called there, once `prepare` has been while the rights of whoever runs the tests still hold: what is
    loaded later may not be readable. The last question is `close`.
    """

    def __init__(self, prepare: Callable[[], object], answer: Callable[[str], object]) -> None:
        needs_root()
        hears, self._asks = os.pipe()
        self._hears, tells = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            try:
                os.close(self._asks)
                prepare()
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
                while question := os.read(hears, 1000):
                    try:
                        said = str(answer(question.decode()))
                    except Exception as error:  # whatever goes wrong there is told here
                        said = f"{type(error).__name__}: {error}"
                    os.write(tells, said.encode() or b" ")
                answer("close")
            finally:
                os._exit(0)  # it must never go on as a second pytest
        os.close(hears)
        os.close(tells)

    def __call__(self, question: str) -> str:
        os.write(self._asks, question.encode())
        return os.read(self._hears, 100_000).decode()

    def end(self) -> None:
        """End the process."""
        os.close(self._asks)
        os.waitpid(self._process, 0)
        os.close(self._hears)


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """Give a folder to which everyone may come and where only its owner may write.

    It is none of pytest's, whose next session anywhere on the machine would close the way to it.
    """
    folder = Path(tempfile.mkdtemp(prefix="interlock-tests-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do some work in a process that is killed at the `number`-th call that changes a folder; tell whether it was."""
    child = os.fork()
    if child == 0:
        try:
            _count_down(number)
            work()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _count_down(number: int) -> None:
    left = [number]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)

        return call

    for name in MOMENTS:
        setattr(os, name, counted(getattr(os, name)))


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """Give a disk of `size` bytes; skips where none can be mounted."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no small disk can be mounted here")
    try:
        yield place
    finally:
        with suppress(OSError):
            subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)
