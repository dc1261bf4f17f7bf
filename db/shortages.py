"""What the system has too little of for a process: told apart from what a person did, and from mistakes of ours."""

from __future__ import annotations

import errno
import os

from db.errors import InterlockError

_MORE = "close other programs, or allow more if"
MEMORY = f"there is not enough memory for this; {_MORE} it is limited (ulimit)"
FILES = f"too many files are open at once; {_MORE} they are limited (ulimit -n)"
PROCESSES = f"no further process or thread can be started; {_MORE} they are limited (ulimit -u)"
_WANTED = 8
"""Files that a database and what it is copied to take at once."""
_OF_SYSTEM = {errno.ENOMEM: MEMORY, errno.EMFILE: FILES, errno.ENFILE: FILES}


class ShortageError(InterlockError):
    """The system had too little of something."""

    exit_code = 4


def shortage(error: BaseException | None) -> str | None:
    """Return what there is too little of and what to do, by what Python, the system and the loader of libraries say.

    None where something else is the matter.
    """
    said = str(error)
    if isinstance(error, (MemoryError, SystemError)):  # the second where Python could not even make the first
        return MEMORY
    if isinstance(error, ImportError) and ("map segment" in said or "allocate" in said):
        return MEMORY
    if isinstance(error, RuntimeError) and "start new thread" in said:
        return PROCESSES
    return _OF_SYSTEM.get(error.errno or 0) if isinstance(error, OSError) else None


def not_started(error: OSError) -> str:
    """Return why a process could not be started, and what to do."""
    if error.errno == errno.EAGAIN:  # what there is too little of depends on who says so
        return PROCESSES
    return shortage(error) or f"a process could not be started ({error.strerror or error})"


def no_files_left() -> str | None:
    """Return what there is too little of where no more files can be opened, of which SQLite says no more than that."""
    opened: list[int] = []
    try:
        for _ in range(_WANTED):
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return shortage(error)
    finally:
        for one in opened:
            os.close(one)
    return None
