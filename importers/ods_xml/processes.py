"""Slices of the files of a release shared out to processes, and what they come to in order.

Each process goes over the files by itself and reads every second or third slice: unpacking takes so little of the time
that handing slices over would save nothing.
"""

from __future__ import annotations

import gc
import marshal
import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkProcess
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Any

from db.errors import InputError
from db.garbage_collection import frozen
from importers.base import Input, IrregularError
from importers.ods_xml.slices import SliceRead, SliceReader, number_of_records, slices

if sys.platform == "linux":
    import fcntl

_AHEAD = 1 << 20
"""Bytes that a pipe holds: the most that Linux gives to anybody."""
_SLICES_AHEAD = 2
"""Slices of each process, beyond what its pipe holds, that may wait for the one that writes."""
_NICE = 5
"""By how much those who read give way to the one that writes, which has to do with all that they read."""
MOST = 3
"""Processes that read; beyond them the one that writes is what takes time."""


def slices_read(
    sources: Sequence[Input], reader: SliceReader, processes: int
) -> Generator[SliceRead | None, None, None]:
    """Yield what each slice of each file comes to, and None behind each file; without processes, in this one.

    So it is, too, where the system has too few processes, threads or open files to give. The lines of a file follow
    those of the one before, the first being 1. Raises IrregularError, and InputError where a file cannot be read.
    """
    with ExitStack() as stack:
        takers: list[_Taker] = []
        if processes:
            with suppress(OSError, RuntimeError):
                takers = stack.enter_context(_forked(sources, reader, processes))
        yield from _in_turn(sources, takers) if takers else _here(sources, reader)


def _here(sources: Sequence[Input], reader: SliceReader) -> Iterator[SliceRead | None]:
    for kind, value in _answers(sources, reader, 0, 1):
        yield SliceRead._make(value) if kind == "slice" else None


def _in_turn(sources: Sequence[Input], takers: list[_Taker]) -> Iterator[SliceRead | None]:
    turn = cycle(takers)
    for source in sources:
        while (found := _answer(source, next(turn))) is not None:
            yield found
        # That a file has ended is an answer of each.
        for _ in takers[1:]:
            _answer(source, next(turn))
        yield None


def processes_here() -> int:
    """Return how many processes are worth their while; none where there is one processor, or no way to fork."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return min(MOST, processors) if processors > 1 and can_fork else 0


def _answers(sources: Sequence[Input], reader: SliceReader, number: int, of: int) -> Iterator[tuple[str, Any]]:
    """Yield what becomes of the slices of one of several readers; the ends of files are for all of them."""
    first, turn = 1, 0
    for source in sources:
        for piece in slices(source):
            if turn == number:
                found = reader.read(piece, first)
                yield "slice", tuple(found)
                first += found.read
            else:
                first += number_of_records(piece)
            turn = (turn + 1) % of
        yield "end", None


def _answer(source: Input, taker: _Taker) -> SliceRead | None:
    data = taker.next()
    if data is None:
        raise InputError(
            f"{source.label}: a process that read it was ended from outside; nothing was written, try again"
        )
    kind, value = marshal.loads(data)
    if kind == "irregular":
        raise IrregularError
    if kind == "refused":
        raise InputError(value)
    return SliceRead._make(value) if kind == "slice" else None


class _Taker(Thread):
    """Takes what a process sends while the one that writes is busy with a lot, so that reading goes on."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__(daemon=True)
        self._pipe = pipe
        self._stopped = False
        self._room = Semaphore(_SLICES_AHEAD)
        self._taken: SimpleQueue[bytes | None] = SimpleQueue()

    def run(self) -> None:
        """Take answers until there are no more."""
        try:
            with suppress(EOFError, OSError, MemoryError):
                while self._room.acquire() and not self._stopped:
                    self._taken.put(self._pipe.recv_bytes())
        finally:
            self._taken.put(None)

    def next(self) -> bytes | None:
        """Return what the process sent next, once it has; None when it has ended."""
        answer = self._taken.get()
        self._room.release()
        return answer

    def stop(self) -> None:
        """Take no more, once nothing is sent any more."""
        self._stopped = True
        self._room.release()
        self.join()


@contextmanager
def _forked(sources: Sequence[Input], reader: SliceReader, processes: int) -> Iterator[list[_Taker]]:
    """Give those that take what some forked processes send; these end when this is left."""
    context: ForkContext = multiprocessing.get_context("fork")
    pipes: list[Connection] = []
    running: list[ForkProcess] = []
    takers: list[_Taker] = []
    try:
        gc.collect()
        with frozen():
            for number in range(processes):
                receiver, sender = context.Pipe(duplex=False)
                _widen(sender)
                # Whoever holds another's end would not hear of it when that one ends.
                to_close = [*pipes, receiver]
                pipes.append(receiver)
                with sender:
                    process = context.Process(
                        target=_send, args=(sources, reader, number, processes, sender, to_close), daemon=True
                    )
                    process.start()
                running.append(process)
        # Not before: what is forked has none of the threads.
        for pipe in pipes:
            taker = _Taker(pipe)
            taker.start()
            takers.append(taker)
        yield takers
    finally:
        for process in running:
            process.terminate()
            process.join()
        for taker in takers:
            taker.stop()
        for receiver in pipes:
            receiver.close()


def _widen(pipe: Connection) -> None:
    """Let a pipe hold more than a slice, so that it is read on while the one that writes is busy with a lot."""
    if sys.platform == "linux":
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD)


def _send(
    sources: Sequence[Input], reader: SliceReader, number: int, of: int, sender: Connection, to_close: list[Connection]
) -> None:
    """Run in a process of its own: send answers until the end, or until nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(_NICE)
    # Nothing made here refers to itself, and looking for what does would take a third of the time.
    gc.disable()
    for receiver in to_close:
        receiver.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        try:
            for answer in _answers(sources, reader, number, of):
                sender.send_bytes(marshal.dumps(answer))
        except IrregularError:
            sender.send_bytes(marshal.dumps(("irregular", None)))
        except InputError as error:
            sender.send_bytes(marshal.dumps(("refused", str(error))))
    sender.close()
