"""A terminal for tests: starts a program in a pty, types, reads its screen and waits without sleeping."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from tui.explorer.keynames import shown

ROOT = Path(__file__).resolve().parents[1]

PATIENCE = 30.0
"""Seconds after which a wait has failed; far more than any answer takes, as the machine may be busy."""

ON = {
    "alternate screen": 1049,
    "mouse reports": 1000,
    "all mouse moves": 1003,
    "mouse reports in decimals": 1006,
    "focus reports": 1004,
    "bracketed paste": 2004,
    "frames in one go": 2026,
}
"""Private modes that a full-screen program must have switched off when it leaves."""

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
    "delete": "\x1b[3~", "insert": "\x1b[2~", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "f1": "\x1bOP",
    "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~",
    "f8": "\x1b[19~", "f9": "\x1b[20~",
    "alt+left": "\x1b[1;3D", "alt+right": "\x1b[1;3C", "ctrl+left": "\x1b[1;5D", "ctrl+right": "\x1b[1;5C",
}  # fmt: skip
"""What xterm sends for keys that are no characters, by Textual's names."""


class Terminal:
    """A program that runs in a terminal of its own; end it by leaving the `with` block."""

    def __init__(
        self,
        *words: str | Path,
        program: tuple[str, ...] = (sys.executable, "-m", "tui"),
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        early: bytes = b"",
    ) -> None:
        self._master, follower = pty.openpty()
        self._name = os.ttyname(follower)
        self.resize(*size)
        self._fresh = termios.tcgetattr(follower)
        if early:
            os.write(self._master, early)
        # The shell, which leads a session of its own, gets the pty as its terminal because it opens it first.
        shell = ("sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1', self._name)
        self.process = subprocess.Popen(
            [*shell, *program, *map(str, words)],
            start_new_session=True,
            env={**os.environ, **_shared_folders(), **(environment or {})},
        )
        self._follower = follower
        self.raw = bytearray()
        self._fed = 0
        self._emulator = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._emulator)
        self.closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.send_signal(signal.SIGCONT)
        self.process.wait()
        self.hang_up()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as when someone pulls at the window."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if hasattr(self, "_emulator"):
            self.screen()
            self._emulator.resize(rows, columns)

    def type(self, text: str | bytes) -> None:
        """Send text, or bytes that need be none, in one go."""
        data = text.encode() if isinstance(text, str) else text
        while data:
            data = data[os.write(self._master, data) :]

    def write_over(self, text: str) -> None:
        """Write to the screen, as another program may at any time."""
        self.screen()
        self._stream.feed(text.encode())

    def press(self, *keys: str) -> None:
        """Send keys by Textual's names."""
        for key in keys:
            self.type(sent(key))

    def read(self, seconds: float) -> bool:
        """Take in what the program has written, waiting so long for the first of it; tell whether there was any."""
        any_read = False
        while not self.closed and select.select([self._master], [], [], 0 if any_read else seconds)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                break
            if not data:
                break
            self.raw += data
            any_read = True
        return any_read

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Read until the condition holds; fail with the screen where it does not within `PATIENCE`."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            left = deadline - time.monotonic()
            if left < 0:
                raise AssertionError(f"{what}: not within {PATIENCE:.0f} s; the screen:\n{self.text()}")
            self.read(min(left, 0.05))

    def wait_for_text(self, text: str) -> None:
        """Wait until the screen shows a text."""
        self.wait_for(lambda: text in self.text(), f"{text!r} on the screen")

    def forget(self) -> None:
        """Let the emulator draw nothing of what has come since it was last looked at, and follow the modes only."""
        modes = re.findall(rb"\x1b\[\?[\d;]+[hl]", self.raw[self._fed :])
        self._stream.feed(b"".join(modes))
        self._fed = len(self.raw)

    def screen(self) -> pyte.Screen:
        """Return the emulator, having shown it all that has been read."""
        if self._fed < len(self.raw):
            # pyte takes no `<` in a sequence, and would print what comes after it.
            self._stream.feed(bytes(self.raw[self._fed :]).replace(b"\x1b[<u", b""))
            self._fed = len(self.raw)
        return self._emulator

    def text(self) -> str:
        """Return what the screen shows, without the blanks at the end of lines."""
        return "\n".join(line.rstrip() for line in self.screen().display)

    def line(self, number: int) -> str:
        """Return a line of the screen, -1 the last."""
        shown: str = self.screen().display[number]
        return shown.rstrip()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program alone."""
        self.process.send_signal(number)

    def exit_status(self) -> int:
        """Wait for the end; return the exit code, or a negative signal as `subprocess` does."""
        self.wait_for(lambda: self.process.poll() is not None, "the end of the program")
        self.read(0)
        assert self.process.returncode is not None
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the terminal, as when someone closes its window."""
        if not self.closed:
            self.closed = True
            os.close(self._master)
            os.close(self._follower)

    def left_on(self) -> list[str]:
        """Return what of the terminal is not as a shell needs it: modes left on, the cursor hidden, raw input."""
        modes = self.screen().mode
        found = [name for name, number in ON.items() if number << 5 in modes]
        found += ["the cursor hidden"] if 25 << 5 not in modes else []
        found += ["raw input"] if termios.tcgetattr(self._follower)[:4] != self._fresh[:4] else []
        return found


def _shared_folders() -> dict[str, str]:
    """Where the code is, and one cache for all the programs that a run of the tests starts: they make it once."""
    return {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(Path(os.environ["HOME"]).parent / "cache-of-terminals")}


def sent(key: str) -> str:
    """Return what a terminal sends for a key of Textual's name."""
    modifier, _, letter = key.rpartition("+")
    if key in KEYS:
        return KEYS[key]
    if modifier == "ctrl" and len(letter) == 1:
        return chr(ord(letter) & 0x1F)
    if modifier == "alt":
        return "\x1b" + sent(letter)
    character = shown(key, plain=True)
    assert len(character) == 1, f"what does a terminal send for {key}?"
    return character
