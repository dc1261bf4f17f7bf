"""The explorer in a browser: the same program, one process for each page, on this machine alone and read-only."""

from __future__ import annotations

import logging
import os

from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

from db.errors import UsageError
from tui.explorer.session import READ_ONLY

_NOTHING_ELSE = (
    "default-src 'self' 'unsafe-inline'; connect-src 'self' ws://{host}; font-src 'self' data:; img-src 'self' data:"
)
"""What a page may load: from here alone, though it asks for a font of others."""


class LoopbackServer(Server):
    """Answers only pages that it has served itself: any page in the browser could ask for this address as well."""

    def initialize_logging(self) -> None:
        """Say nothing but what went wrong."""
        logging.basicConfig(level="ERROR", format="interlock: %(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Leave out the banner."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what another page asks, or who came by another name; let nothing be loaded from elsewhere."""
        origin = request.headers.get("Origin")
        if request.host not in self.hosts or (origin is not None and origin.removeprefix("http://") not in self.hosts):
            raise web.HTTPForbidden(text="Only pages of this address are answered.")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = _NOTHING_ELSE.format(host=request.host)
        return response

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that this address has in a browser."""
        return (f"{self.host}:{self.port}", f"localhost:{self.port}")


def serve(command: str, host: str, port: int) -> None:
    """Run a command for each page until interrupted. Raises UsageError where the port cannot be had."""
    # What the explorer asks its environment about the terminal is true of the browser's from here on.
    os.environ.update({READ_ONLY: "1", "COLORTERM": "truecolor", "PYTHONIOENCODING": "utf-8"})
    for name in ("NO_COLOR", "TMUX", "STY"):
        os.environ.pop(name, None)
    try:
        LoopbackServer(command, host=host, port=port, title="Interlock").serve()
    except OSError as error:
        raise UsageError(f"port {port} cannot be had ({error.strerror or error}); --port names another") from error
