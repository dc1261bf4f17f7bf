"""How often Python looks for objects that only refer to one another, of which an import makes next to none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (100_000, 50, 100)
"""Objects made before it looks among the new ones, and looks at those before it looks further, and at all."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Spare an import a fourteenth of its time, which looking among all that it keeps would take again and again."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def loading() -> Iterator[None]:
    """Load modules without looking for garbage in them, neither now nor later: what is loaded stays to the end."""
    with without_collecting():
        yield
        gc.freeze()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Spare looking for circles among millions of tuples that have none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def frozen() -> Iterator[None]:
    """Have processes that are forked meanwhile share what is in memory, which looking for garbage would write to."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
