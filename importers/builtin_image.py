"""The built-in register as it is kept ready-made: where, and whether it is still what was put there.

Each command that reads it asks, so nothing is loaded here that only making it needs.
"""

from __future__ import annotations

import os
from binascii import crc32
from functools import cache

from db.files.user_folders import user_folder_name
from importers.builtin_folders import folders

_HERE = os.path.dirname(__file__)
_MADE_FROM = (_HERE, os.path.join(os.path.dirname(_HERE), "db"))
"""Folders whose files, those in folders below them too, decide what the register holds."""
_FIRST_SECOND, _SECONDS = 1_000_000_000, 500_000_000
"""Times from 2001 to 2017, long before any image was made."""


def kept_image() -> str | None:
    """Return the path of the image for exactly these files, None where there is none that is whole."""
    try:
        kept = kept_at()
        found = os.stat(kept)
    except OSError:
        return None
    return kept if found.st_mtime == seal(kept, found.st_size) else None


def kept_at() -> str:
    """Return where the image for exactly these files is kept. Raises OSError where there is no such place."""
    mark = _mark(tuple(dict.fromkeys((*_MADE_FROM, *folders()))))
    return os.path.join(user_folder_name("cache"), f"builtin-{mark}.db")


def seal(kept: str, size: int) -> int:
    """Return the time of an image of that name and size, in whole, even seconds, which every file system keeps.

    It is given to it when all of it was written: whatever is done to it afterwards leaves another.
    """
    return _FIRST_SECOND + crc32(f"{os.path.basename(kept)}\0{size}".encode()) % _SECONDS // 2 * 2


@cache
def _mark(tops: tuple[str, ...]) -> str:
    """Return what tells these files from others: the newest of their times, and a sum of their sizes and times.

    Looked up once, as the explorer opens often. Raises OSError.
    """
    newest, told = 0, []
    for top in tops:
        for where, below, files in os.walk(top):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(files):
                path = os.path.join(where, name)
                stat = os.stat(path)
                newest = max(newest, stat.st_mtime_ns)
                told.append(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0")
    # That is enough to tell them apart, and what `hashlib` loads takes 2 ms.
    return f"{newest:016x}{crc32(''.join(told).encode('utf-8', 'surrogateescape')):08x}"
