"""Where the program starts: the command `interlock`, and `python -m tui`."""

from __future__ import annotations

import atexit
import gc
import sys

from db.garbage_collection import loading


def start() -> int:
    """Run the command that this process was started for; return its exit code."""
    with loading():
        from tui.cli.main import main  # here, as looking for garbage in what is loaded takes 3 ms

    atexit.register(gc.freeze)  # Python looks through all there is once more before it ends: 5 ms
    return main()


if __name__ == "__main__":
    sys.exit(start())
