"""`interlock serve` says what it lacks, and answers nobody but its own pages."""

from __future__ import annotations

import socket
import sys

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from db.errors import UsageError
from tui.cli.arguments import parse
from tui.cli.commands.serve import COMMAND, LOOPBACK, run
from tui.explorer.served import LoopbackServer, serve


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tui.explorer.served", None)
    with pytest.raises(UsageError, match=r"pip install 'interlock\[web\]'"):
        run(parse(COMMAND, ["--builtin"]))


def test_a_port_that_cannot_be_had_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no port"):
        run(parse(COMMAND, ["--builtin", "--port", "70000"]))
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        with pytest.raises(UsageError, match="--port names another"):
            serve("true", LOOPBACK, taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "origin", "answered"),
    [
        ("127.0.0.1:8000", None, True), ("localhost:8000", "http://localhost:8000", True),
        ("evil.example:8000", None, False), ("127.0.0.1:8000", "http://evil.example", False),
        ("127.0.0.1:8000", "null", False), ("127.0.0.1:8001", None, False),
    ],
)  # fmt: skip
async def test_only_its_own_pages_are_answered(host: str, origin: str | None, answered: bool) -> None:
    server = LoopbackServer("true", host=LOOPBACK, port=8000)
    request = make_mocked_request("GET", "/", {"Host": host, **({"Origin": origin} if origin else {})})

    async def handler(_: web.Request) -> web.StreamResponse:
        return web.Response(text="page")

    if answered:
        response = await server._guard(request, handler)
        assert "connect-src 'self' ws://" in response.headers["Content-Security-Policy"]
    else:
        with pytest.raises(web.HTTPForbidden):
            await server._guard(request, handler)
