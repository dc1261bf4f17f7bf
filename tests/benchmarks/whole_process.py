"""A command as a whole: the time it takes, and the most memory that it and its processes hold together."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05
"""Seconds between looks at the memory in use, at the least."""
_SHARE = 0.02
"""The most of one processor's time that looking may take: a look at hundreds of megabytes holds up what it looks at."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run came to: seconds on the clock, megabytes at the peak, shared pages counted once, processor seconds."""

    seconds: float
    peak: float
    processor: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, what it said on stderr, and what it came to."""

    code: int
    said: str
    taken: Taken


def run(command: Sequence[str]) -> Taken:
    """Run a command to its end; raises CalledProcessError, with what it said, where it fails."""
    ended = run_whatever_comes(command)
    if ended.code:
        raise subprocess.CalledProcessError(ended.code, list(command), stderr=ended.said)
    return ended.taken


def run_whatever_comes(command: Sequence[str]) -> Ended:
    """Run a command to its end, whichever that is."""
    started, used = time.perf_counter(), _used()
    with (
        tempfile.TemporaryFile("w+", errors="replace") as said,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        peak = 0
        while process.poll() is None:
            looked = time.perf_counter()
            peak = max(peak, sum(map(_memory, _family(process.pid))))
            rest = max(_EVERY, (time.perf_counter() - looked) / _SHARE)
            with suppress(subprocess.TimeoutExpired):
                process.wait(rest)
        said.seek(0)
        taken = Taken(time.perf_counter() - started, peak / 1024, _used() - used)
        return Ended(process.returncode, said.read(), taken)


def _used() -> float:
    """Processor seconds of all processes that have ended and were waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _family(pid: int) -> list[int]:
    """A process and all that came of it."""
    found = [pid]
    for parent in found:
        try:
            text = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
        except OSError:
            continue
        found += map(int, text.split())
    return found


def _memory(pid: int) -> int:
    """Kilobytes that a process holds, of shared pages its part; 0 where that cannot be told."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
