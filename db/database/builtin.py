"""The built-in register, for readers: where its maker is found, without importing it before it is needed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from errno import EACCES
from importlib import import_module
from typing import TYPE_CHECKING

from db.database.connection import check, connect

if TYPE_CHECKING:
    from pathlib import Path

_KEEPER, _MAKER = "importers.builtin_image", "importers.builtin_register"
"""The modules above this one that know the register ready-made, and that can make it; looked up by name so that `db`
imports nothing above it. The second and what it loads take 9 ms, which reading one that is there does without."""

_hearers: list[Callable[[int, int], None]] = []


def builtin_connection() -> sqlite3.Connection:
    """Return a connection to the built-in register alone that cannot be written to.

    It is the file that is kept ready-made, which nobody changes, or in memory where none can be kept.
    """
    kept: Path | str | bytes = import_module(_KEEPER).kept_image() or import_module(_MAKER).image()
    if isinstance(kept, bytes):
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.deserialize(kept)
    else:
        connection = connect(kept, "mode=ro&immutable=1")
        check(connection, kept)
    connection.execute("PRAGMA query_only = ON")
    return connection


def create_register(path: Path | str) -> None:
    """Make a new database at `path` that holds the built-in register, as run 1; leaves one that is already there.

    Raises OSError, DatabaseError.
    """
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, exist_ok=True)
    if not os.access(folder, os.W_OK):
        # Told before what makes it is loaded: each command of who has no place for one would wait for that.
        raise PermissionError(EACCES, "cannot be written to", folder)
    from pathlib import Path  # 2 ms, as in `user_folders`

    import_module(_MAKER).create_register(Path(path))


def when_made(hearer: Callable[[int, int], None]) -> None:
    """Let `hearer` know how far the making of the built-in register is: files taken, and files in all.

    It is made once for each version of Interlock, by whichever command needs it first, and takes seconds.
    """
    _hearers[:] = [hearer]


def tell_making(taken: int, files: int) -> None:
    """Tell how far the making is."""
    for hearer in _hearers:
        hearer(taken, files)
