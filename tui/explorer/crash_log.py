"""What went wrong inside Interlock, kept in a file of the user instead of on the screen."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from traceback import format_exception

from db.errors import InterlockError
from db.shortages import ShortageError, shortage
from tui.text.safe import visible

_LARGEST = 1_000_000
"""Bytes after which the file is begun anew."""


class CrashedError(InterlockError):
    """A mistake of ours ended the explorer; the message names the file that tells more."""

    exit_code = 1


def log_file() -> Path:
    """Return where crashes are written to."""
    from platformdirs import user_log_path  # 10 ms that only a crash pays for

    return user_log_path("interlock", appauthor=False) / "crash.log"


def crashed(error: BaseException) -> InterlockError:
    """Return the error to end with; what led to a mistake of ours is written to the log file before."""
    lacking = shortage(error)
    if lacking:
        return ShortageError(lacking)
    return CrashedError(f"this is a bug in Interlock: {type(error).__name__}: {error}; {kept(error)}")


def kept(error: BaseException) -> str:
    """Write where an error came from to the log file, for its owner only; return words that name the file."""
    path = log_file()
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    text = f"{when}\n{''.join(format_exception(error))}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = os.O_TRUNC if path.exists() and path.stat().st_size > _LARGEST else os.O_APPEND
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | begun, 0o600), "w", encoding="utf-8") as log:
            os.fchmod(log.fileno(), 0o600)
            log.write(visible(text, newlines=True))
    except OSError as failed:
        return f"where it happened could not be written to {path}: {failed.strerror or failed}"
    return f"where it happened is in {path}"
