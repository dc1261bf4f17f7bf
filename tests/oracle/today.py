"""The day on which everything is imported: what is planned and what is past must not depend on when tests run."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages

DAY = datetime.date(2026, 11, 28)
_REAL = datetime.date


class _Dates(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _REAL)


class _Fixed(_REAL, metaclass=_Dates):
    """A date that takes `DAY` for today."""

    @classmethod
    def today(cls) -> _Fixed:
        """The day."""
        return cls(DAY.year, DAY.month, DAY.day)


@contextmanager
def fixed_day() -> Iterator[None]:
    """Let the program take `DAY` for today."""
    for package in ("db", "importers"):
        for found in walk_packages(import_module(package).__path__, f"{package}."):
            import_module(found.name)
    datetime.date = _Fixed  # type: ignore[misc]  # for what is loaded from now on
    _replace(_REAL, _Fixed)
    try:
        yield
    finally:
        datetime.date = _REAL  # type: ignore[misc]
        _replace(_Fixed, _REAL)


def _replace(old: type, new: type) -> None:
    """Replace a class in all modules of the program that have taken it by its name."""
    for name_of, module in list(sys.modules.items()):
        if name_of.partition(".")[0] in ("db", "importers", "tui"):
            for name, value in list(vars(module).items()):
                if value is old:
                    setattr(module, name, new)
