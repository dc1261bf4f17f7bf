"""A limit of memory for a whole process, which the system and SQLite enforce at the allocation that would pass it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PROGRAM = 24
"""Megabytes that the code of Python and of the program takes, and its data before it has done anything."""


@contextmanager
def limited_process(connection: sqlite3.Connection, megabytes: int | None) -> Iterator[None]:
    """Raise MemoryError in this process wherever it would hold more than `megabytes`; None leaves it as it is.

    What SQLite may hold for all its connections, half of that, stays so until the process ends: there is no way back.
    On platforms that limit no process so (all but Linux), SQLite's own limit is all there is.
    """
    if megabytes is None:
        yield
        return
    with suppress(sqlite3.Error):
        connection.execute(f"PRAGMA hard_heap_limit = {megabytes * 500_000}").fetchone()
    try:
        # Not on Windows. It counts what is written to, and not the large spaces that allocators only reserve.
        from resource import RLIM_INFINITY, RLIMIT_DATA, getrlimit, setrlimit

        soft, hard = getrlimit(RLIMIT_DATA)
        most = max(megabytes - PROGRAM // 2, 1) * 1_000_000
        setrlimit(RLIMIT_DATA, (min(most, *(one for one in (soft, hard) if one != RLIM_INFINITY), most), hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    # What has no memory left to close itself would tell of it, beside the one line that is for the user.
    hook, sys.unraisablehook = sys.unraisablehook, bool
    try:
        yield
    finally:
        sys.unraisablehook = hook
        setrlimit(RLIMIT_DATA, (soft, hard))
