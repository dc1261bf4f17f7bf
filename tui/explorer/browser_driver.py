"""The explorer's hold on a page of `interlock serve`, and that its server may be gone."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.message import Message

from tui.explorer.mouse_choice import MouseChoice


class BrowserDriver(WebDriver, MouseChoice):
    """Textual's driver for a browser, but for what becomes of it when the server goes away, and for the mouse."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._write: Any = self._send

    def start_application_mode(self) -> None:
        """Begin to show pictures; the mouse is the page's own where the person wants it so."""
        super().start_application_mode()
        if not self._mouse:
            self._disable_mouse_support()

    def _send(self, data: bytes) -> None:
        """Write to the server; what is for one that is gone goes nowhere."""
        with suppress(OSError):
            while data:
                data = data[os.write(self.fileno, data) :]

    def process_message(self, message: Message) -> None:
        """Give the app what is typed, while there is somebody to give it to."""
        if not self.exit_event.is_set():
            super().process_message(message)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take what the server says of the page, which says that it is closed when the app has ended by itself, too."""
        if not self.exit_event.is_set():
            super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """Give the app what is typed until it is to stop or the server is gone, which then ends the app."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.call_later(self._app.exit)
