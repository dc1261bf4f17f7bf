"""Commands started from a process that has loaded what they load: each a process of its own, in a fifth of the time.

Such a command has its own environment, folder and streams, and does at its end what Python would do. What depends on
how Python itself starts (its own variables, limits of memory, streams that are closed) wants a real start:
`test_manners.command`.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
LOADED = ("db", "importers", "tui.cli", "tui.text")
"""Packages that commands load; none of them draws screens."""


class Forks:
    """A process that becomes a command whenever one is asked for; `end` ends it."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        words = [sys.executable, "-m", "tests.forking", str(theirs.fileno())]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            words, pass_fds=[theirs.fileno()], env=environment, cwd=ROOT, stdin=subprocess.DEVNULL
        )
        theirs.close()

    def run(
        self, words: list[str], environment: Mapping[str, str], cwd: Path | None, stdin: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `interlock` with some words, as `subprocess.run` would."""
        request = {"words": words, "environment": dict(environment), "cwd": str(cwd or Path.cwd())}
        (heard, typed), (said, answers), (told, remarks) = (os.pipe() for _ in range(3))
        handed = [heard, answers, remarks]
        socket.send_fds(self._channel, [json.dumps(request).encode() + b"\n"], handed)
        for descriptor in handed:
            os.close(descriptor)
        with ThreadPoolExecutor(2) as readers:
            output, errors = (readers.submit(_read, descriptor) for descriptor in (said, told))
            with suppress(BrokenPipeError), open(typed, "wb") as file:
                file.write(stdin.encode())
        code = int(self._channel.recv(100))
        return subprocess.CompletedProcess(words, code, output.result().decode(), errors.result().decode())

    def end(self) -> None:
        """End the process."""
        self._channel.close()
        self._process.wait()


def _read(descriptor: int) -> bytes:
    with open(descriptor, "rb") as file:
        return file.read()


def _load() -> None:
    """Load what commands load, and read what each of them would read anew."""
    for name in LOADED:
        for found in walk_packages(import_module(name).__path__, f"{name}."):
            import_module(found.name)
    from importers.records.words import FileWords
    from importers.registry import load
    from importers.table.which_map import shipped

    load()
    shipped()
    FileWords()
    ours = [module for name, module in sys.modules.items() if name.startswith(tuple(f"{top}." for top in LOADED))]
    for one in [one for module in ours for one in vars(module).values() if isinstance(one, type(shipped))]:
        # A table that comes with the program, kept for as long as its process lives.
        if not signature(one).parameters:
            one()


def _asked(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Wait for a request, which is a line, and its three streams; ends the process where none will come."""
    line, streams, _, _ = socket.recv_fds(channel, 65536, 3)
    while line and not line.endswith(b"\n"):
        line += channel.recv(65536)
    if not line:
        os._exit(0)
    return json.loads(line), list(streams)


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Be a process that was started with this environment, in this folder, with these streams."""
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["cwd"])
    time.tzset()
    tempfile.tempdir = None
    sys.argv[1:] = request["words"]
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _serve(channel: socket.socket) -> None:
    """Become a process for each request, one after the other; returns in those processes only."""
    while True:
        request, streams = _asked(channel)
        child = os.fork()
        if child == 0:
            channel.close()
            _become(request, streams)
            return
        for descriptor in streams:
            os.close(descriptor)
        _, status = os.waitpid(child, 0)
        channel.sendall(b"%d" % os.waitstatus_to_exitcode(status))


def _end(code: int) -> NoReturn:
    """End as Python does when all is run, but for taking apart what is loaded: that touches it all, and takes 35 ms."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    from tui.cli.main import main

    _load()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
    _end(main())
