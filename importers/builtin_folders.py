"""Where the files are that a new register starts with."""

from __future__ import annotations

import os
from pathlib import Path

from db.errors import UsageError

VARIABLE = "INTERLOCK_BUILTIN"
"""The environment variable that names a folder of files with which new registers start instead."""
_SHIPPED = Path(__file__).parent / "builtin"


def folders() -> tuple[Path, ...]:
    """Return the folders of files that a new register starts with: the stories and the layers, or the one named.

    Raises UsageError where that is no folder.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return (_SHIPPED / "stories", _SHIPPED / "layers")
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise UsageError(f"{VARIABLE}: {named} is no folder; name one with the files that new registers start with")
    return (folder,)
