"""Files as inputs, and which of them a pattern such as `drop/**/*.csv` stands for, however links lead in circles."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from importers.base import Input

ANY_DEPTH = "**"


def file_input(path: str, named: bool) -> Input:
    """A file as an input; `named` where the user named this very file."""
    return Input(
        os.path.basename(path), path, lambda: open(path, "rb"), os.stat(path).st_size, os.path.abspath(path), named
    )


def unusable(path: str) -> str | None:
    """Why a file that was come across is not read, None where it is."""
    if os.path.basename(path).startswith("."):
        return "hidden"
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return None if stat.S_ISREG(mode) else "is not a regular file"


def matching(pattern: str) -> list[str]:
    """The paths that match, in order; `**` stands for folders at any depth, without following links to folders.

    The standard library follows them, so that two links to the folder above them would never come to an end.
    """
    parts = pattern.split(os.sep)
    if ANY_DEPTH not in parts:
        return sorted(glob.glob(pattern))
    depth = parts.index(ANY_DEPTH)
    start, rest = os.sep.join(parts[:depth]), [part for part in parts[depth:] if part]
    if not start:
        tops = [os.sep] if depth else [""]
    else:
        tops = glob.glob(start + os.sep) if glob.has_magic(start) else [start]
    found: set[str] = set()
    for top in tops:
        found.update(os.path.join(top, *path) for path in _below(top or os.curdir) if _fits(path, rest))
    return sorted(found)


def _below(top: str) -> Iterator[Sequence[str]]:
    """The parts of the path from a folder to each file and folder below it; hidden folders are left out."""
    for where, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        above = () if where == top else tuple(os.path.relpath(where, top).split(os.sep))
        yield from ((*above, name) for name in (*folders, *files))


def _fits(path: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not path
    if pattern[0] == ANY_DEPTH:
        return any(_fits(path[skipped:], pattern[1:]) for skipped in range(len(path) + 1))
    return bool(path) and _is_named(path[0], pattern[0]) and _fits(path[1:], pattern[1:])


def _is_named(name: str, pattern: str) -> bool:
    """As shells have it: what begins with a dot matches only what begins with one."""
    return fnmatchcase(name, pattern) and name.startswith(".") <= pattern.startswith(".")
