"""The explorer's hold on the terminal: what is typed into it, how it is given back, and that it may be gone."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import signal
import struct
import sys
import termios
from typing import IO, TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from tui.explorer.mouse_choice import MouseChoice
from tui.explorer.terminal_input import TerminalInput
from tui.explorer.terminal_picture import TerminalPicture
from tui.explorer.unechoed import unhush

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App

GIVEN_BACK = (
    "\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?2048l"
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Undoes whatever Textual may have switched on; the end of a frame first, or the terminal would hold back the rest."""

DEADLY = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)

_LOST = 128 + signal.SIGHUP
"""The exit code where the terminal went away without a signal: what a shell would say had there been one."""

_HEARS = 0.1
"""Seconds after which the thread that listens to the terminal looks whether it is to stop."""
_TAKES = 2.0
"""Seconds in which a terminal on a busy machine takes some of what was written, so that there is room for more."""


class _Screen:
    """The file that pictures are written to; what is written to a terminal that is gone goes nowhere."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.gone = False

    def write(self, text: str) -> int:
        if not self.gone:
            try:
                return self._file.write(text)
            except OSError:
                self.gone = True
        return len(text)

    def flush(self) -> None:
        if not self.gone:
            try:
                self._file.flush()
            except OSError:
                self.gone = True

    def fileno(self) -> int:
        return self._file.fileno()


def _picture_file(usual: IO[str] | None) -> IO[str]:
    """Return the file that pictures go to: Textual's, standard error, unless a person has sent that elsewhere."""
    if usual is not None and usual.isatty():
        return usual
    answers = sys.__stdout__
    assert answers is not None, "the explorer is not begun without a terminal"
    return open(answers.fileno(), "w", encoding=answers.encoding, errors="backslashreplace", closefd=False)


class TerminalDriver(LinuxDriver, MouseChoice):
    """Textual's driver, but for what it types that nobody typed and for how it leaves the terminal behind."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file: Any = _Screen(_picture_file(self._file))
        self.picture = TerminalPicture()
        self._handled_before: dict[int, Any] = {}
        self._suspended = False
        self._typed_before = 0
        # As callbacks of the loop: a handler may run while this very thread holds the lock of the queue of pictures.
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        self._loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._loop.add_signal_handler(signal.SIGCONT, self._continue)

    def start_application_mode(self) -> None:
        """Take the terminal over, and give it back whatever ends the process."""
        self._typed_before = self._waiting()
        # What the terminal is given back as is how it was before anything of ours.
        unhush()
        self.picture.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        for number in DEADLY:
            # Whoever started us may have said that one of them is to be ignored, as nohup does.
            if signal.getsignal(number) not in (signal.SIG_IGN, self._die):
                self._handled_before[number] = signal.signal(number, self._die)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        for number, handler in self._handled_before.items():
            signal.signal(number, handler)
        self._handled_before.clear()

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()
        if self._mouse_pixels:
            self.write("\x1b[?1016l")

    def _waiting(self) -> int:
        """Count the bytes that were typed before the terminal gives every one of them."""
        try:
            count: int = struct.unpack("i", fcntl.ioctl(self.fileno, termios.FIONREAD, b"\0\0\0\0"))[0]
        except OSError:
            return 0
        return count

    def _run_input_thread(self) -> None:
        """Listen; a mistake of ours in it ends the explorer as one anywhere else does."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Give the app what is typed until it is to stop or the terminal is gone."""
        typed = TerminalInput()
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], typed.wait(_HEARS))[0]:
                data = self._read()
                if not data:
                    self._app.call_later(self._app.exit, return_code=_LOST)
                    return
                for message in typed.feed(data):
                    self.process_message(message)
            for message in typed.tick():
                self.process_message(message)

    def _read(self) -> bytes:
        """Return what was typed, nothing where nothing can come any more."""
        try:
            data = os.read(self.fileno, 4096)
        except OSError as error:
            if error.errno in (errno.EIO, errno.ENXIO, errno.EBADF):
                return b""
            raise
        if self._typed_before > 0:
            # Until the terminal gave every byte as it is, it wrote Enter as the end of a line.
            head, tail = data[: self._typed_before], data[self._typed_before :]
            self._typed_before -= len(head)
            return head.replace(b"\n", b"\r") + tail
        return data

    def _die(self, number: int, _frame: FrameType | None) -> None:
        """Give the terminal back at once, with no lock that somebody may hold, and end as the signal would have."""
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        self._file.gone = True
        try:
            # A terminal that takes nothing, stopped with Ctrl+S, must not keep us alive.
            if select.select([], [self._file.fileno()], [], _TAKES)[1]:
                os.write(self._file.fileno(), GIVEN_BACK.encode())
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            termios.tcflush(self.fileno, termios.TCIFLUSH)
        except (OSError, ValueError, termios.error):
            pass
        finally:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    def suspend_job(self) -> None:
        """Give the terminal back to the shell and stop, with all that the shell runs as one job with us."""
        self._give_back_for_a_while()
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        self._stop()

    def _suspend(self) -> None:
        """Stop alone, where somebody asked for just that with a signal."""
        self._give_back_for_a_while()
        self._stop()

    def _give_back_for_a_while(self) -> None:
        if not self._suspended:
            self._suspended = True
            self.suspend_application_mode()

    def _stop(self) -> None:
        """Stop until somebody lets us go on: at once where no shell could, as the system then does not stop us."""
        self._loop.remove_signal_handler(signal.SIGCONT)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        self._loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._loop.add_signal_handler(signal.SIGCONT, self._continue)
        self._continue()

    def _continue(self) -> None:
        """Take the terminal again and show everything anew, also where we were stopped without a chance to give it."""
        if not self._suspended:
            self._give_back_for_a_while()
        self.start_application_mode()
        # In the background nothing can be taken: then we have been stopped again, and come here again with `fg`.
        if self._key_thread is not None and self._key_thread.is_alive():
            self._suspended = False
            self._app.refresh(layout=True)
