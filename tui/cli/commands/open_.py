"""`interlock` and `interlock open`: the explorer."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import partial

from db.database.connection import default_path
from db.errors import InterlockError, UsageError
from db.garbage_collection import loading
from db.register import open_register
from tui.cli.arguments import Arguments, Command
from tui.cli.database import named_path, open_chosen, tidy
from tui.explorer.read_ahead import ReadAhead
from tui.explorer.unechoed import hush, unhush

COMMAND = Command(name="open", usage="[KEY]")


def run(arguments: Arguments) -> int:
    """Open the explorer. Raises UsageError where no terminal can show it."""
    # What serves a browser is the terminal, and says by which driver.
    if not ("TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise UsageError("the explorer needs a terminal; in a pipe or script use interlock find TEXT")
    # Until the screen is there, which takes what has been typed by then.
    hush()
    try:
        return _explore(arguments)
    finally:
        unhush()


def _explore(arguments: Arguments) -> int:
    """Open the register, then the explorer on it."""
    key = None
    if arguments.words:
        with open_chosen(arguments) as register:
            key = register.resolve(arguments.phrase)
    named, builtin = named_path(arguments), arguments.flag("--builtin")
    tidy(named or str(default_path()))
    if builtin or not os.path.exists(named or default_path()):
        # Where the built-in register has to be made first, that takes seconds, and is told while the screen is plain.
        with suppress(InterlockError):
            open_register(named, builtin=builtin).close()
    ahead = ReadAhead(partial(open_register, named, builtin=builtin), key)
    with loading():  # looking for garbage in what is loaded takes 17 ms
        from tui.explorer.app import run_explorer  # Textual takes 0.3 s to load

    return run_explorer(named, builtin, key, ahead)
