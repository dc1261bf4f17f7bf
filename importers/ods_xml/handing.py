"""Slices of files handed to other processes through memory that they share, so that each file is read once for all."""

from __future__ import annotations

import marshal
import mmap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.context import ForkContext
from typing import Any

from db.errors import InputError
from importers.base import Input, IrregularError
from importers.ods_xml.cutting import END, slices

Message = tuple[str, int, Any]
"""What is handed over: `slice`, the line of its first record, and its bytes; `end` of a file; or how reading failed."""

_SLOTS = 2
"""Slices that wait for one process: one is worked on, the next is there when it is done."""
_SIZE = 4 * 1024 * 1024
"""Bytes of shared memory for a slice; a larger one, which no release has, goes through the pipe."""


class Handing:
    """The way from the process that reads to one that extracts; made before both are forked."""

    def __init__(self, context: ForkContext) -> None:
        self._memory = mmap.mmap(-1, _SLOTS * _SIZE)
        self._receiver, self._sender = context.Pipe(duplex=False)
        # That a slot is free again is told through a pipe, which ends with its process as no semaphore does.
        self._freed, self._free = context.Pipe(duplex=False)
        self._put = 0

    def put(self, first: int, piece: bytes) -> None:
        """Hand a slice over, once there is room. Raises OSError and EOFError where its process has ended."""
        if len(piece) > _SIZE:
            self.say("whole", first, piece)
            return
        if self._put >= _SLOTS:
            self._freed.recv_bytes()
        begin = self._put % _SLOTS * _SIZE
        self._put += 1
        self._memory[begin : begin + len(piece)] = piece
        self.say("slice", first, (begin, len(piece)))

    def say(self, kind: str, first: int = 0, value: str | bytes | tuple[int, int] | None = None) -> None:
        """Hand anything else over."""
        self._sender.send_bytes(marshal.dumps((kind, first, value)))

    def messages(self) -> Iterator[Message]:
        """Yield what is handed over, until the process that reads has ended."""
        while True:
            try:
                kind, first, value = marshal.loads(self._receiver.recv_bytes())
            except (EOFError, OSError):
                return
            if kind == "slice":
                begin, size = value
                value = self._memory[begin : begin + size]
                # Whoever has handed everything over does not wait to hear this.
                with suppress(OSError):
                    self._free.send_bytes(b"")
            yield "slice" if kind == "whole" else kind, first, value

    def close(self, *, reading: bool = False, extracting: bool = False) -> None:
        """Close the ends that are for other processes than this one, which is the one that reads, or extracts."""
        if not reading:
            self._sender.close()
            self._freed.close()
        if not extracting:
            self._receiver.close()
            self._free.close()


def hand_out(sources: Sequence[Input], ways: Sequence[Handing]) -> None:
    """Read files and hand their slices out in turn; the end of each file goes to all, a failure to whose turn it is."""
    first, turn = 1, 0
    try:
        for source in sources:
            for piece in slices(source):
                ways[turn % len(ways)].put(first, piece)
                first += piece.count(END) + 1
                turn += 1
            for way in ways:
                way.say("end")
    except IrregularError:
        ways[turn % len(ways)].say("irregular")
    except InputError as error:
        ways[turn % len(ways)].say("refused", 0, str(error))
