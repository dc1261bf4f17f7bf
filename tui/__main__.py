"""Where the program starts: the command `interlock`, and `python -m tui`."""

from __future__ import annotations

import atexit
import gc
import sys

_SELDOM = 100_000
"""Objects made before Python looks for garbage: more than most commands make, all that they load among them."""


def start() -> int:
    """Run the command that this process was started for; return its exit code."""
    gc.set_threshold(_SELDOM)  # before anything is loaded: 4 ms of a find
    from tui.cli.main import main

    atexit.register(gc.freeze)  # Python looks through all there is once more before it ends: 5 ms
    return main()


if __name__ == "__main__":
    sys.exit(start())
