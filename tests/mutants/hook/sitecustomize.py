"""Gives a process one module with a mutant in it: Python loads this by itself where the folder is in PYTHONPATH.

It imports no more than Python has loaded by then, since some tests look at what a command loads.
"""

from __future__ import annotations

import marshal
import os
from _frozen_importlib_external import SourceFileLoader
from types import CodeType

MODULE, CODE = "MUTANT_MODULE", "MUTANT_CODE"
"""Variables that name the module, and the file with its code."""


def install(module: str, file: str) -> None:
    """Take the code of a module from a file whenever it is imported or run from now on."""
    usual = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        if fullname != module:
            return usual(self, fullname)
        with open(file, "rb") as held:
            code: CodeType = marshal.load(held)
        return code

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]


if MODULE in os.environ and CODE in os.environ:
    install(os.environ[MODULE], os.environ[CODE])
