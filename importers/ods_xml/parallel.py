"""Slices of a file shared out to processes, one more of which reads the file for all, and their answers in order."""

from __future__ import annotations

import gc
import marshal
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkProcess
from typing import Any

from db.errors import InputError
from db.statements import Held
from importers.base import Input, IrregularError
from importers.ods_xml.ahead import Ahead
from importers.ods_xml.cutting import slices
from importers.ods_xml.extracting import Extracted, Extractor
from importers.ods_xml.handing import Handing, Message, hand_out
from importers.ods_xml.saying import Speaker

Pipe = tuple[Connection, Connection]

MOST = 3
"""Processes that extract; beyond them the one that writes is what takes time."""


def extracted(sources: Sequence[Input], speaker: Speaker, held: Held, processes: int) -> Iterator[Extracted | None]:
    """Yield what each slice of each file comes to, and None behind each file; without processes, in this one.

    The lines of a file follow those of the one before, the first being 1. Raises IrregularError, and InputError where a
    file cannot be read.
    """
    if processes:
        yield from _shared(sources, speaker, held, processes)
        return
    extractor = Extractor(speaker, held)
    first = 1
    for source in sources:
        for piece in slices(source):
            found = extractor.extract(piece, first)
            first += found.records
            yield found
        yield None


def processes_here() -> int:
    """Return how many processes are worth their while; none where there is one processor, or no way to fork."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return min(MOST, processors) if processors > 1 and can_fork else 0


def _shared(sources: Sequence[Input], speaker: Speaker, held: Held, processes: int) -> Iterator[Extracted | None]:
    with _forked(sources, speaker, held, processes) as ahead:
        for source in sources:
            while (found := _answer_of(source, ahead)) is not None:
                yield found
            # That a file has ended is an answer of each.
            for _ in range(1, processes):
                _answer_of(source, ahead)
            yield None


def _answer_of(source: Input, ahead: Ahead) -> Extracted | None:
    try:
        kind, value = marshal.loads(ahead.get())
    except EOFError:
        raise InputError(
            f"{source.label}: a process that read it was ended from outside; nothing was written, try again"
        ) from None
    if kind == "irregular":
        raise IrregularError
    if kind == "refused":
        raise InputError(value)
    return Extracted(*value) if kind == "found" else None


def _answers(messages: Iterator[Message], speaker: Speaker, held: Held) -> Iterator[tuple[str, Any]]:
    """Yield the answers of one process: to every slice that it is handed, then the end of the file or its error."""
    extractor = Extractor(speaker, held)
    try:
        for kind, first, value in messages:
            yield ("found", tuple(extractor.extract(value, first))) if kind == "slice" else (kind, value)
    except IrregularError:
        yield "irregular", None
    except InputError as error:
        yield "refused", str(error)


@contextmanager
def _forked(sources: Sequence[Input], speaker: Speaker, held: Held, processes: int) -> Iterator[Ahead]:
    """Give the answers of forked processes, of each in turn; one more reads for them. They end when this is left."""
    context: ForkContext = multiprocessing.get_context("fork")
    pipes = [context.Pipe(duplex=False) for _ in range(processes)]
    ways = [Handing(context) for _ in range(processes)]
    targets: list[Callable[[], None]] = [partial(_read, sources, pipes, ways)]
    targets += [partial(_extract, number, speaker, held, pipes, ways) for number in range(processes)]
    running: list[ForkProcess] = []
    ahead = None
    try:
        gc.collect()
        gc.freeze()
        for target in targets:
            process = context.Process(target=target, daemon=True)
            process.start()
            running.append(process)
        gc.unfreeze()
        _close(pipes, ways)
        ahead = Ahead([receiver for receiver, _ in pipes])
        yield ahead
    finally:
        for process in running:
            process.terminate()
            process.join()
        if ahead is not None:
            ahead.close()
        for receiver, _ in pipes:
            receiver.close()


def _close(pipes: list[Pipe], ways: list[Handing]) -> None:
    """Close what is for forked processes only, so that each hears of it when another ends."""
    for _, sender in pipes:
        sender.close()
    for way in ways:
        way.close()


def _read(sources: Sequence[Input], pipes: list[Pipe], ways: list[Handing]) -> None:
    """Run in a process of its own: hand slices out until the end, or until nobody takes them any more."""
    _begin()
    for receiver, sender in pipes:
        receiver.close()
        sender.close()
    for way in ways:
        way.close(reading=True)
    with suppress(OSError, EOFError):
        hand_out(sources, ways)


def _extract(number: int, speaker: Speaker, held: Held, pipes: list[Pipe], ways: list[Handing]) -> None:
    """Run in a process of its own: send answers until the end, or until nobody listens any more."""
    _begin()
    for place, (receiver, sender) in enumerate(pipes):
        receiver.close()
        if place != number:
            sender.close()
    for place, way in enumerate(ways):
        way.close(extracting=place == number)
    sender = pipes[number][1]
    with suppress(BrokenPipeError, ConnectionResetError):
        for answer in _answers(ways[number].messages(), speaker, held):
            sender.send_bytes(marshal.dumps(answer))
    sender.close()


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Nothing made here refers to itself, and looking for what does would take a third of the time.
    gc.disable()
