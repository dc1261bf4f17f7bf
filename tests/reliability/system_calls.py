"""A process that is killed where it enters or leaves a system call, as a debugger would stop it there.

The kernel stops a traced process at each call (ptrace); any user may trace what he starts, unless the machine forbids
it. Followed is the thread that does the work. What is changed in mapped memory is no call: SQLite's
`-shm`, which is made anew after a kill, is all that is written so.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_TRACE_ME, _GO_ON, _SET_OPTIONS, _CALL_INFO = 0, 24, 0x4200, 0x420E
_MARK_CALLS, _DIE_WITH_ME = 0x1, 0x100000
_CALL = signal.SIGTRAP | 0x80
_HEAD, _NUMBER = struct.Struct("=B3xI16x"), struct.Struct("=Q")
_ENTERS = 1
_CHANGING = {
    # write pwrite64 writev ftruncate rename mkdir rmdir link unlink symlink chmod fchmod chown fchown fsync fdatasync
    # fcntl flock open openat mkdirat unlinkat renameat linkat renameat2 fallocate copy_file_range sendfile close
    0xC000003E: {1, 18, 20, 77, 82, 83, 84, 86, 87, 88, 90, 91, 92, 93, 74, 75, 72, 73, 2, 257, 258, 263, 264, 265, 316,
                 285, 326, 40, 3},
    0xC00000B7: {64, 68, 66, 46, 52, 53, 54, 55, 82, 83, 25, 32, 56, 34, 35, 36, 37, 38, 276, 47, 285, 71, 57},
}  # fmt: skip
"""Numbers of the calls that change a file, a folder or a lock, by architecture: x86-64 and 64-bit ARM."""


@dataclass(slots=True)
class Stops:
    """Where a process stopped: how often in all, and at calls that change something, by the number of the call."""

    number: int
    changing: dict[int, list[int]]
    killed: bool


@cache
def can_trace() -> bool:
    """Whether processes can be traced here."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return bool(traced(lambda: os.stat("/")).number)
    except OSError:
        return False


def traced(work: Callable[[], object], kill_at: int = 0) -> Stops:
    """Do some work in a process of its own, killed at its `kill_at`-th stop. Raises OSError where none is traced."""
    child = os.fork()
    if child == 0:
        try:
            if _ptrace(_TRACE_ME, 0) < 0:
                os._exit(99)
            os.kill(os.getpid(), signal.SIGSTOP)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSTOPPED(status):
        raise OSError("no process can be traced here")
    _ptrace(_SET_OPTIONS, child, _MARK_CALLS | _DIE_WITH_ME)
    stops = Stops(0, {}, killed=False)
    passed_on = 0
    while True:
        _ptrace(_GO_ON, child, passed_on)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            return stops
        passed_on = os.WSTOPSIG(status)
        if passed_on != _CALL:
            continue
        passed_on = 0
        stops.number += 1
        call = None if kill_at else _changing_call(child)
        if call is not None:
            stops.changing.setdefault(call, []).extend((stops.number, stops.number + 1))
        if stops.number == kill_at:
            stops.killed = True
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return stops


def _changing_call(child: int) -> int | None:
    """Return the number of the call that a process enters, if it is one that changes something."""
    into = ctypes.create_string_buffer(88)
    if _ptrace(_CALL_INFO, child, ctypes.addressof(into), len(into)) < 0:
        return None
    what, machine = _HEAD.unpack_from(into)
    (number,) = _NUMBER.unpack_from(into, _HEAD.size)
    return number if what == _ENTERS and number in _CHANGING.get(machine, ()) else None


def _ptrace(request: int, child: int, data: int = 0, address: int = 0) -> int:
    """Call ptrace(2); below 0 it has failed."""
    done: int = _library().ptrace(request, child, address, data)
    return done


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    library.ptrace.restype = ctypes.c_long
    return library
