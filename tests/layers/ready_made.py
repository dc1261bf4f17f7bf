"""The whole built-in register for tests: made once for all processes, and kept until what makes it has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.register import Register, open_register
from importers.builtin_folders import VARIABLE
from importers.builtin_register import image


@contextmanager
def as_shipped(cache: Path) -> Iterator[None]:
    """Start registers with all that comes with Interlock, kept in this cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(VARIABLE, raising=False)
        patch.setenv("XDG_CACHE_HOME", str(cache))
        yield


@contextmanager
def open_as_shipped(cache: Path) -> Iterator[Register]:
    """Open the whole built-in register that this cache keeps."""
    with as_shipped(cache):
        register = open_register(builtin=True)
    with register:
        yield register


def ready_made(folder: Path) -> Path:
    """Return the cache below a folder that keeps the whole register alone, made by the first process that asks."""
    cache = folder / "country"
    with as_shipped(cache), _one_at_a_time(folder / "country.lock"):
        made = image()
        for old in (cache / "interlock").glob("builtin-*.db"):
            if old != made:
                old.unlink()
    return cache


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    """Let other processes wait here, where there are such locks."""
    with lock.open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:
            pass
        yield
