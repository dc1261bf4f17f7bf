"""The files that a person may write for the explorer (`keys.toml`, `settings.toml`): where they are, what they say."""

from __future__ import annotations

import os
from pathlib import Path

from db.files.read_whole import read_whole
from db.files.user_folders import user_folder

_MOST_BYTES = 256 * 1024


def user_file(name: str) -> Path:
    """Return where such a file is looked for; the null device where no home folder is known."""
    try:
        return user_folder("config") / name
    except OSError:
        return Path(os.devnull)


def read_toml(path: Path) -> dict[str, object]:
    """Return what a file says, nothing where it is not there. Raises ValueError, which tells why it cannot be read."""
    try:
        text = read_whole(path, _MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ValueError(error.strerror or str(error)) from error
    import tomllib  # 2 ms, and few write such files

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("lists and tables nest too deeply") from error
