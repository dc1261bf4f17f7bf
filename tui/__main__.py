"""Where the program starts: the command `interlock`, and `python -m tui`."""

from __future__ import annotations

import atexit
import gc
import os
import sys

_SELDOM = 1_000_000
"""Objects made before Python looks for garbage: more than nearly all commands make, which have no circles to find."""
_LEFT_TO_DO = ("threading", "weakref")
"""Modules by which others have something waited for or cleared away when Python ends."""


def start() -> int:
    """Run the command that this process was started for; return its exit code."""
    gc.set_threshold(_SELDOM)  # before anything is loaded: 4 ms of a find
    # In here, so that what they load is not looked through for garbage: 3 ms of a search from the shell.
    from tui.cli.main import main
    from tui.cli.streams import finish_stdout

    code = main()
    if sys.modules.keys().isdisjoint(_LEFT_TO_DO):
        # Python would take apart all that it holds, and look for garbage in it: 7 ms of a find.
        finish_stdout()
        sys.stderr.flush()
        os._exit(code)
    atexit.register(gc.freeze)  # the second of these, which is 5 ms
    return code


if __name__ == "__main__":
    sys.exit(start())
