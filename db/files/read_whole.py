"""Reading a small file as a whole: what is no file, or never ends, is said in words and not waited for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


_OWN_PIPES = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")


def read_whole(path: Path | str, most: int) -> bytes:
    """Return the bytes of a file. Raises OSError, with a reason for `strerror`, also where they are more than `most`.

    A pipe is read only where a shell made it for this process (`<(command)`): any other may keep one waiting for ever.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if stat.S_ISFIFO(mode) and str(path).startswith(_OWN_PIPES):
            os.set_blocking(handle, True)
        elif not stat.S_ISREG(mode) and not _is_null(handle):
            raise OSError(0, "is a pipe or a device and no file", str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(0, f"is larger than {most // 1024:,} KB", str(path))
    return data


def _is_null(handle: int) -> bool:
    return os.path.samestat(os.fstat(handle), os.stat(os.devnull))
