"""Clearing away what killed commands have left: the folders of `db.files.scratch` that no living process has locked.

Every command does it, so nothing is loaded that a search from the shell would have to wait for.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress

LOCK = "owner.lock"
"""The file in such a folder that its process has locked for as long as it lives."""
BESIDE, TEMPORARY = ".interlock-", "interlock-"
"""How the names of such folders begin: hidden beside what belongs to a person, else among temporary files."""
MARK = 8
"""Characters behind that beginning."""
_EARLIER = "register.db"
"""How all files in such a folder of version 0.1.0 are called, which locked none."""
_LONG_AGO = 3600.0
"""Seconds after which nothing of version 0.1.0 can still be at work on a file."""
OWN: set[str] = set()
"""Names of the folders that this process has: it would lose the lock of one by opening and closing that file again."""


def clear_leftovers(*parents: str) -> None:
    """Remove what processes of this user that live no more have left in some folders; what cannot be removed stays."""
    if not hasattr(os, "geteuid"):
        return  # Windows removes no file that is open, and has no owner to ask for
    for parent in parents:
        with suppress(OSError):
            for name in os.listdir(parent):
                marked = name.startswith((BESIDE, TEMPORARY)) and len(name.partition("-")[2]) == MARK
                if marked and name not in OWN:
                    with suppress(OSError):
                        _clear(os.path.join(parent, name))


def temporary_folder() -> str:
    """Return where temporary files are made and looked for: the first of the usual folders that can be written to.

    `tempfile.gettempdir` takes 6 ms, and writes a trial file, which a kill leaves there.
    """
    if not hasattr(os, "geteuid"):
        from tempfile import gettempdir  # Windows has other folders

        return gettempdir()
    named = [os.path.abspath(os.environ[name]) for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)]
    usual = [*named, "/tmp", "/var/tmp"]
    return next((one for one in usual if os.path.isdir(one) and os.access(one, os.W_OK | os.X_OK)), usual[0])


def _clear(folder: str) -> None:
    # A link leads elsewhere, and what others have left is theirs.
    if os.path.islink(folder) or os.lstat(folder).st_uid != os.geteuid():
        return
    held = os.listdir(folder)
    if not held:
        os.rmdir(folder)
    elif LOCK in held:
        lock = os.open(os.path.join(folder, LOCK), os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            if taken(lock):
                remove_folder(folder)
        finally:
            os.close(lock)
    elif all(name.startswith(_EARLIER) for name in held) and _untouched(folder, held):
        remove_folder(folder)


def _untouched(folder: str, held: list[str]) -> bool:
    return max(os.lstat(os.path.join(folder, name)).st_mtime for name in held) < time.time() - _LONG_AGO


def remove_folder(folder: str) -> None:
    """Remove such a folder, its lock last: whoever cannot, or is killed meanwhile, leaves one told as left."""
    from shutil import rmtree  # seldom needed, and 2 ms

    with suppress(OSError):
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if name == LOCK:
                continue
            try:
                # Before `rmtree`, which opens what it removes, as there may be few files that can be opened.
                os.unlink(path)
            except OSError:
                rmtree(path)
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, LOCK))
        os.rmdir(folder)


def taken(handle: int, *, unknown: bool = False) -> bool:
    """Take the lock of a file that is open for writing, which ends with the process; tell whether nobody else has it.

    What the process forks has no part in it, and may live on when the process is killed. `unknown` is the answer where
    there are no such locks.
    """
    try:
        import fcntl  # POSIX only
    except ImportError:
        return unknown
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # systems differ in what they answer
        return False
    except OSError:
        return unknown
    return True
