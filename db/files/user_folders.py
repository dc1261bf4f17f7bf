"""Where a user's own files are on this platform: data, cache, settings and state."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["data", "cache", "config", "state"]
_ON_LINUX = {
    "data": ("XDG_DATA_HOME", "~/.local/share"),
    "cache": ("XDG_CACHE_HOME", "~/.cache"),
    "config": ("XDG_CONFIG_HOME", "~/.config"),
    "state": ("XDG_STATE_HOME", "~/.local/state"),
}
"""The variable that names each folder, and where it is else: XDG Base Directory Specification 0.8, as platformdirs."""


def user_folder(kind: Kind) -> Path:
    """Return the folder of this program for one kind of file, there or not. Raises OSError where no home is known."""
    from pathlib import Path  # 2 ms, and a search from the shell takes a path as text

    return Path(user_folder_name(kind))


def user_folder_name(kind: Kind) -> str:
    """Return the same as text, on Linux without platformdirs, which takes 11 of the 60 ms of a search with pathlib."""
    folder = ""
    if sys.platform == "linux":
        variable, usual = _ON_LINUX[kind]
        named = os.environ.get(variable, "")
        folder = os.path.join(named if named.strip() else os.path.expanduser(usual), "interlock")
    else:
        import platformdirs  # 7 ms, where no folder is named or usual

        # Newer versions raise this where older ones return `~/…`, which would be a folder of that name.
        with suppress(RuntimeError):
            folder = getattr(platformdirs, f"user_{kind}_dir")("interlock", appauthor=False)
    if not os.path.isabs(folder):
        raise OSError(0, "the home folder is not known; set HOME")
    return folder
