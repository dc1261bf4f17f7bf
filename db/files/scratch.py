"""Folders for what a command needs only while it runs; `db.files.leftovers` clears those of killed ones."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from db.errors import DatabaseError
from db.files.leftovers import (
    BESIDE,
    LOCK,
    MARK,
    OWN,
    TEMPORARY,
    clear_leftovers,
    remove_folder,
    taken,
    temporary_folder,
)


class Scratch:
    """A folder of this process alone, private to its user: beside something, or where temporary files are kept."""

    def __init__(self, beside: Path | None = None) -> None:
        self._beside = beside
        self._path: Path | None = None
        self._lock: int | None = None

    def make(self) -> Path:
        """Make the folder, once whatever was left there is cleared away. Raises OSError."""
        parent = Path(temporary_folder()) if self._beside is None else self._beside
        start = TEMPORARY if self._beside is None else BESIDE
        clear_leftovers(str(parent))
        while True:
            path = parent / f"{start}{os.urandom(MARK // 2).hex()}"
            if os.path.lexists(path):
                continue
            # Known before it is made, since a signal may come between any two lines.
            self._path = path
            OWN.add(path.name)
            path.mkdir(0o700)
            # Until it is locked, another command may take it for one that was left behind.
            with suppress(FileNotFoundError):
                self._lock = os.open(path / LOCK, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
                if taken(self._lock, unknown=True) and os.path.samestat(os.fstat(self._lock), os.stat(path / LOCK)):
                    return path
            self.remove()

    def remove(self) -> None:
        """Take the folder away with all that is in it; twice does no harm."""
        path, self._path = self._path, None
        lock, self._lock = self._lock, None
        if path is not None:
            remove_folder(str(path))
        if lock is not None:
            os.close(lock)
        if path is not None:
            # Once more, as it may be the lock that was one open file too many.
            remove_folder(str(path))
            OWN.discard(path.name)


@contextmanager
def scratch_folder(beside: Path | None = None) -> Iterator[Path]:
    """Give a folder of `Scratch`, and take it away also where the process is told to end. Raises OSError."""
    scratch = Scratch(beside)
    with ended_by_signals():
        try:
            yield scratch.make()
        finally:
            scratch.remove()


def nameless_file() -> IO[bytes]:
    """Give a temporary file that goes with whoever has it open: it has no name under which it could stay behind.

    Raises OSError.
    """
    if not hasattr(os, "geteuid"):
        from tempfile import TemporaryFile  # Windows alone

        return TemporaryFile()  # Windows removes it when it is closed
    with suppress(OSError, AttributeError):
        # Only Linux makes one that never had a name, and not on every file system.
        return os.fdopen(os.open(temporary_folder(), os.O_TMPFILE | os.O_RDWR | os.O_EXCL, 0o600), "w+b")
    with scratch_folder() as folder:
        path = folder / "file"
        file = path.open("x+b")
        path.unlink()
        return file


@contextmanager
def naming(path: Path, draft: Path) -> Iterator[None]:
    """Let errors name the database that a person named, not the one that is made for it."""
    try:
        yield
    except DatabaseError as error:
        raise type(error)(str(error).replace(str(draft), str(path))) from error


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let `kill`, or a terminal that closes, end the process as Ctrl-C does, so that nothing half made stays behind.

    The exit code is then as the shell has it: 128 and the number of the signal.
    """

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # A signal that is ignored on purpose, as `nohup` does, stays ignored.
    before = {number: signal.signal(number, end) for number in numbers if signal.getsignal(number) == signal.SIG_DFL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
