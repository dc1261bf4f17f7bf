"""`interlock` and `interlock open`: the explorer."""

from __future__ import annotations

import sys

from db.errors import UsageError
from tui.arguments import Arguments, Command
from tui.commands import COMMANDS
from tui.database import named_path, open_chosen, tidy

COMMAND = Command(name="open", summary=COMMANDS["open"], usage="[KEY]")


def run(arguments: Arguments) -> int:
    """Open the explorer. Raises UsageError where no terminal can show it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the explorer needs a terminal; in a pipe or script use interlock find TEXT")
    key = None
    if arguments.words:
        with open_chosen(arguments) as register:
            key = register.resolve(arguments.phrase)
    from db.database.connection import default_path  # needs sqlite3, which usage errors do not
    from tui.app import run_explorer  # Textual takes 0.3 s to load

    named = named_path(arguments)
    tidy(named or default_path())
    return run_explorer(named, arguments.flag("--builtin"), key)
