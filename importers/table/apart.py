"""Reading in a process of its own, which may fail in native code or ask for more memory than there is without harm."""

from __future__ import annotations

import faulthandler
import marshal
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from db.garbage_collection import frozen
from db.shortages import not_started

if sys.platform != "win32":
    import resource

_MB = 1024**2
_PATIENCE = 5.0
"""Seconds without an answer, in which the process has used no processor time, after which it stands still for good."""


class NotStartedError(Exception):
    """No process could be started; the message says why, and what to do."""


class EndedError(Exception):
    """The process ended before it had given everything: it wanted more memory, or failed."""


def given_apart(make: Callable[[], Iterable[Any]], megabytes: int) -> Generator[Any, None, None]:
    """Yield what is made, plain values, in a process that may take so much memory beyond what this one has.

    Where processes cannot be forked it is made in this one. Raises NotStartedError, EndedError.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from make()
        return
    context = multiprocessing.get_context("fork")
    try:
        receiver, sender = context.Pipe(duplex=False)
        with sender, frozen():
            process = context.Process(target=_give, args=(make, megabytes, sender, receiver), daemon=True)
            process.start()
    except OSError as error:
        raise NotStartedError(not_started(error)) from error
    try:
        while True:
            try:
                answer = _answer(receiver, process.pid)
            except (EOFError, OSError) as error:
                raise EndedError from error
            if answer is None:
                return
            yield answer[0]
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _answer(receiver: Connection, process: int | None) -> Any:  # noqa: ANN401
    """Return what comes next; raises EOFError where nothing will.

    Native code that fails while it tells of a failure waits for itself, and never ends.
    """
    used: int | None = None
    while not receiver.poll(_PATIENCE):
        before, used = used, _ticks(process)
        if used is not None and used == before:
            raise EOFError
    return marshal.loads(receiver.recv_bytes())


def _ticks(process: int | None) -> int | None:
    """Return the processor time that a process has used, in hundredths of a second; None where nobody tells."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[11]) + int(fields[12])


def _give(make: Callable[[], Iterable[Any]], megabytes: int, sender: Connection, receiver: Connection) -> None:
    """Run in the process: send what is made, each as the only item of a tuple, and None at the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    receiver.close()
    # What native code says when memory is lacking is no line of ours, and nobody wants to look into it.
    os.environ["RUST_BACKTRACE"] = "0"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit(megabytes)
    with suppress(BrokenPipeError, ConnectionResetError, MemoryError):
        for one in make():
            sender.send_bytes(marshal.dumps((one,)))
        sender.send_bytes(marshal.dumps(None))
    sender.close()


def _limit(megabytes: int) -> None:
    """Let this process take so much memory more; only Linux counts what is in use and nothing else."""
    if sys.platform == "linux":
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        held = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = held + megabytes * _MB
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))
