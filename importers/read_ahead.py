"""Small files read by a process of its own, while this one takes what the files before them say."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkProcess

from db.errors import InputError, InterlockError
from db.statements import Reading
from importers.base import ReadOptions
from importers.ods_xml.processes import processes_here
from importers.plan import Planned


def readings(planned: Sequence[Planned]) -> Iterator[Reading]:
    """Yield what each input says, in order; where there is but one processor, or a thread is running, in this process.

    So it is, too, where no process can be started. All rows of an input are held in memory. Raises InputError.
    """
    started = None
    if processes_here() and threading.active_count() == 1:
        with suppress(OSError):
            started = _started(planned)
    if started is None:
        yield from map(_read, planned)
        return
    process, receiver = started
    try:
        for entry in planned:
            yield _received(entry, receiver)
    finally:
        process.terminate()
        process.join()
        receiver.close()


def _started(planned: Sequence[Planned]) -> tuple[ForkProcess, Connection]:
    """Start a process that reads these. Raises OSError."""
    context: ForkContext = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    with sender:
        # No daemon, which could not have workbooks read apart.
        process = context.Process(target=_send, args=(planned, sender, receiver))
        process.start()
    return process, receiver


def _read(entry: Planned) -> Reading:
    reading = entry.choice.importer.read(entry.source, ReadOptions())
    return replace(reading, rows=tuple(reading.rows), batched=None)


def _received(entry: Planned, receiver: Connection) -> Reading:
    try:
        found: Reading | InterlockError = pickle.loads(receiver.recv_bytes())
    except (EOFError, OSError):
        raise InputError(f"{entry.source.label}: a process that read it was ended from outside; try again") from None
    if isinstance(found, InterlockError):
        raise found
    return found


def _send(planned: Sequence[Planned], sender: Connection, receiver: Connection) -> None:
    """Run in a process of its own: send readings until the end, or until nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Whoever holds the other end would not hear of it when nobody listens.
    receiver.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        for entry in planned:
            try:
                found: Reading | InterlockError = _read(entry)
            except InterlockError as error:
                found = error
            sender.send_bytes(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    sender.close()
