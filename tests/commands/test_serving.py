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
            serve("true", LOOPBACK, taken.getsockname()[1], lambda: pytest.fail("says that pages can be had"))


@pytest.mark.parametrize(
    ("host", "origin", "answer"),
    [
        ("127.0.0.1:8000", None, 200), ("127.0.0.1:8000", "http://127.0.0.1:8000", 200),
        ("localhost:8000", None, 302), ("localhost:8000", "http://localhost:8000", 403),
        ("evil.example:8000", None, 403), ("127.0.0.1:8000", "http://evil.example", 403),
        ("127.0.0.1:8000", "null", 403), ("127.0.0.1:8001", None, 403),
    ],
)  # fmt: skip
async def test_only_its_own_pages_are_answered(host: str, origin: str | None, answer: int) -> None:
    server = LoopbackServer("true", LOOPBACK, 8000)
    request = make_mocked_request("GET", "/", {"Host": host, **({"Origin": origin} if origin else {})})

    async def handler(_: web.Request) -> web.StreamResponse:
        return web.Response(text="page")

    if answer == 200:
        response = await server._guard(request, handler)
        assert "connect-src 'self' ws://" in response.headers["Content-Security-Policy"]
    else:
        with pytest.raises(web.HTTPException) as refused:
            await server._guard(request, handler)
        assert refused.value.status == answer
        # By its other name the page would be kept from loading what it consists of.
        assert refused.value.headers.get("Location") == ("http://127.0.0.1:8000/" if answer == 302 else None)
