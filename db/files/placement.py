"""Files that are whole or not there, whatever ends the process or the machine: made aside, on disk, then named."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path


def put_in_place(fresh: Path, path: Path, *, over: bool = False) -> None:
    """Give a finished file its name, with all of it and the name on disk before this returns.

    A file that is there already is replaced where `over`, else FileExistsError is raised. Both names have to be on one
    file system. Raises OSError.
    """
    _sync(fresh)
    if over:
        os.replace(fresh, path)
    else:
        _name_unless_there(fresh, path)
    # A folder that cannot be synced, as on some network file systems, holds the whole file all the same.
    with suppress(OSError):
        _sync(path.parent)


def _name_unless_there(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links.
        if path.exists():
            raise FileExistsError(path) from None
        fresh.rename(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def as_private_as(original: Path, copy: Path) -> None:
    """Give a copy the owner, group, permissions and access list of the original, as far as this user may.

    A group that cannot be given gets no rights to the copy either. Raises OSError.
    """
    wanted = original.stat()
    if hasattr(os, "chown"):
        for owner in (wanted.st_uid, -1):
            with suppress(OSError):
                os.chown(copy, owner, wanted.st_gid)
                break
    shutil.copystat(original, copy)
    if copy.stat().st_gid != wanted.st_gid:
        copy.chmod(stat.S_IMODE(wanted.st_mode) & ~stat.S_IRWXG)
