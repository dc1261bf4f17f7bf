"""The explorer in a browser: the same program, one process for each page, on this machine alone and read-only."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

from db.errors import UsageError
from db.shortages import ShortageError, shortage
from tui.explorer.session import READ_ONLY

DRIVER = "tui.explorer.browser_driver:BrowserDriver"
"""By which the explorer writes to a page, as Textual is told it."""

_LEAVES_AT_ONCE = 0.1
"""Seconds that pages have when the server is to end; an explorer has nothing more to do."""

_TAKES_KEYS = """<script>
new MutationObserver((_, watch) => {
  document.querySelector(".xterm-helper-textarea").focus();
  watch.disconnect();
}).observe(document.body, {attributeFilter: ["class"]});
</script>
</body>"""
"""Lets a page take keys without a click into it, once it is connected."""

_NOTHING_ELSE = (
    "default-src 'self' 'unsafe-inline'; connect-src 'self' ws://{host}; font-src 'self' data:; img-src 'self' data:"
)
"""What a page may load: from here alone, though it asks for a font of others."""


class LoopbackServer(Server):
    """Answers only pages that it has served itself: any page in the browser could ask for this address as well."""

    def __init__(self, command: str, host: str, port: int) -> None:
        # As browsers write it, who leave the usual port out.
        address = f"http://{host}" + (f":{port}" if port != 80 else "")
        super().__init__(command, host, port, title="Interlock", public_url=address)

    def run(self, when_ready: Callable[[], None]) -> None:
        """Serve until interrupted, and say when pages can be had. Raises OSError where the port cannot be."""
        logging.basicConfig(level="ERROR", format="interlock: %(message)s")
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            print=lambda _: when_ready(),
            shutdown_timeout=_LEAVES_AT_ONCE,
        )

    async def on_startup(self, app: web.Application) -> None:
        """Leave out the banner."""

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page, which takes keys at once."""
        page = await super().handle_index(request)
        assert isinstance(page, web.Response)
        page.text = (page.text or "").replace("</body>", _TAKES_KEYS)
        return page

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what another page asks, or who came by another name; let nothing be loaded from elsewhere."""
        if request.headers.get("Origin") not in (None, self.public_url):
            raise web.HTTPForbidden(text="Only pages of this address are answered.")
        if request.url.host == "localhost":
            raise web.HTTPFound(f"{self.public_url}{request.rel_url}")
        if f"http://{request.host}" != self.public_url:
            raise web.HTTPForbidden(text="Only pages of this address are answered.")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = _NOTHING_ELSE.format(host=request.host)
        return response


def serve(command: str, host: str, port: int, when_ready: Callable[[], None]) -> None:
    """Run a command for each page until interrupted. Raises UsageError where the port cannot be had, ShortageError."""
    # What the explorer asks its environment about the terminal is true of the browser's from here on.
    os.environ.update({READ_ONLY: "1", "COLORTERM": "truecolor", "PYTHONIOENCODING": "utf-8"})
    for name in ("NO_COLOR", "TMUX", "STY"):
        os.environ.pop(name, None)
    server = LoopbackServer(f"TEXTUAL_DRIVER={DRIVER} exec {command}", host, port)
    try:
        server.run(when_ready)
    except OSError as error:
        if lacking := shortage(error):
            raise ShortageError(lacking) from error
        raise UsageError(f"port {port} cannot be had ({error.strerror or error}); --port names another") from error
