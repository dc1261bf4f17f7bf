"""The built-in register, for readers: where its maker is found, without importing it before it is needed."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MAKER = "importers.builtin_register"
"""The module above this one that can make the register; looked up by name so that `db` imports nothing above it."""


def builtin_connection() -> sqlite3.Connection:
    """Return a connection to the built-in register alone, in memory, that cannot be written to."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    image: bytes = import_module(_MAKER).image()
    connection.deserialize(image)
    connection.execute("PRAGMA query_only = ON")
    return connection


def create_register(path: Path | str) -> None:
    """Make a new database at `path` that holds the built-in register, as run 1; leaves one that is already there."""
    from pathlib import Path

    import_module(_MAKER).create_register(Path(path))
