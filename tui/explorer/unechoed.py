"""What is typed while no screen takes it: kept for whoever reads next, not echoed over what is written meanwhile."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

_give_back: list[Callable[[], None]] = []
"""What gives the terminal back as it was, where its echo is off."""


def hush() -> bool:
    """Turn the echo off until `unhush`, or until a signal ends or stops us; tell whether that was done.

    Only of the terminal that we read, in the foreground, and in the thread that hears signals.
    """
    if _give_back or not sys.stdin.isatty():
        return False
    try:
        import termios  # not there on every system
    except ImportError:
        return False
    try:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        if not before[3] & termios.ECHO or os.tcgetpgrp(descriptor) != os.getpgrp():
            return False
        without = [*before[:3], before[3] & ~(termios.ECHO | termios.ECHONL), *before[4:]]
        heard = [one for one in _deadly() if signal.getsignal(one) is signal.SIG_DFL]
        for number in heard:
            signal.signal(number, _end)
        termios.tcsetattr(descriptor, termios.TCSANOW, without)
    except (OSError, ValueError, termios.error):
        return False

    def give_back() -> None:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
        for number in heard:
            # Whoever takes the terminal over may have begun to hear it by now.
            if signal.getsignal(number) is _end:
                signal.signal(number, signal.SIG_DFL)

    _give_back.append(give_back)
    return True


def unhush() -> None:
    """Turn the echo on again, where it was turned off here."""
    while _give_back:
        _give_back.pop()()


def _deadly() -> list[int]:
    """Return the signals that end or stop a process before it could give its terminal back."""
    return [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP]


def _end(number: int, _frame: FrameType | None) -> None:
    """Give the terminal back, then end or stop as the signal would have us; who goes on takes it again."""
    unhush()
    signal.raise_signal(number)
    hush()
