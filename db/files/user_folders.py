"""Where a user's own files are on this platform: data, cache and settings."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path


def user_folder(kind: Literal["data", "cache", "config"]) -> Path:
    """Return the folder of this program for one kind of file, there or not. Raises OSError where no home is known."""
    import platformdirs  # 4 ms with pathlib, and a database named on the command line needs neither

    folder: Path | None = None
    # Newer versions raise this where older ones return `~/…`, which would be a folder of that name.
    with suppress(RuntimeError):
        folder = getattr(platformdirs, f"user_{kind}_path")("interlock", appauthor=False)
    if folder is None or not folder.is_absolute():
        raise OSError(0, "the home folder is not known; set HOME")
    return folder
