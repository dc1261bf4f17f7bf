"""`interlock serve` as a browser meets it: the page, its socket, keys and pictures, and how its explorer ends."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from textual import events
from textual.app import App

from tui.explorer.browser_driver import BrowserDriver
from tui.explorer.crash_log import log_file

PATIENCE = 30.0
"""Seconds after which a wait has failed; far more than any answer takes, as the machine may be busy."""

SOON = 12.0
"""Seconds for the end of a page; a server that waits for its pages gives up each after twenty."""

ROOT = Path(__file__).resolve().parents[2]


class Served(NamedTuple):
    """A server and where its page is."""

    process: subprocess.Popen[str]
    address: str

    def explorers(self) -> list[int]:
        """Return handles of the processes of all its pages, by which one can wait for their end."""
        number = self.process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()
        return [os.pidfd_open(int(child)) for child in children]


@pytest.fixture
def served(cache: Path) -> Iterator[Served]:
    """A server on a free port, once it says that pages can be had."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tui", "serve", "--builtin", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stderr is not None
            assert f"http://127.0.0.1:{port}" in process.stderr.readline()
            yield Served(process, f"http://127.0.0.1:{port}")
        finally:
            process.kill()
            said = process.communicate(timeout=PATIENCE)
    assert said == ("", ""), "explorers and their server have nothing to complain of"


@asynccontextmanager
async def page(served: Served) -> AsyncIterator[ClientWebSocketResponse]:
    """Open a page as its script does: a socket that names the size."""
    socket_address = f"{served.address.replace('http', 'ws')}/ws?width=80&height=24"
    async with ClientSession() as browser, browser.ws_connect(socket_address, origin=served.address) as opened:
        await opened.send_json(["resize", {"width": 80, "height": 24}])
        yield opened


async def shown(opened: ClientWebSocketResponse, text: str) -> None:
    """Wait until a page has been given a text to show."""
    given = b""
    async with asyncio.timeout(PATIENCE):
        while text.encode() not in given:
            message = await opened.receive()
            assert message.type is WSMsgType.BINARY, f"{message} came, and not {text!r}; before it {given!r}"
            given += message.data


async def closed(opened: ClientWebSocketResponse) -> None:
    """Take what a page is given until it is closed."""
    async with asyncio.timeout(SOON):
        while (await opened.receive()).type is WSMsgType.BINARY:
            pass


def ended(explorers: list[int]) -> bool:
    """Wait until processes have ended; tell whether they did."""
    assert explorers
    return all(select.select([one], [], [], PATIENCE)[0] for one in explorers)


async def test_a_page_takes_keys_and_ends_with_its_explorer(served: Served) -> None:
    async with ClientSession() as browser, browser.get(served.address) as index:
        text = await index.text()
    assert "focus()" in text, "keys would be for nobody until somebody clicks into the page"
    async with page(served) as opened:
        await shown(opened, "what is in here")
        for letter in "wye":
            await opened.send_json(["stdin", letter])
        await shown(opened, "Valley NHS Trust")
        await opened.send_json(["stdin", "\t"])
        await opened.send_json(["stdin", "x"])
        await shown(opened, "No files are written from a browser")
        await opened.send_json(["stdin", "\x1a"])
        await shown(opened, "no shell")
        await opened.send_json(["stdin", ":mouse off\r"])
        await shown(opened, "\x1b[?1003l")
        first = served.explorers()
        await opened.send_json(["stdin", "\x11"])
        # Somebody who goes on typing types for nobody.
        for _ in range(100):
            await opened.send_json(["stdin", "j"])
        await closed(opened)
        assert ended(first)
    assert not log_file().exists(), log_file().read_text()


async def test_a_page_of_others_gets_no_explorer(served: Served) -> None:
    async with ClientSession() as browser:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await browser.ws_connect(f"{served.address}/ws", origin="http://evil.example")


@pytest.mark.parametrize("how", ["page", signal.SIGINT, signal.SIGKILL])
async def test_no_explorer_is_left_behind(served: Served, how: str | signal.Signals) -> None:
    async with page(served) as opened:
        await shown(opened, "what is in here")
        explorers = served.explorers()
        if isinstance(how, signal.Signals):
            served.process.send_signal(how)
            await closed(opened)
            assert await asyncio.to_thread(served.process.wait, PATIENCE) in (0, -signal.SIGKILL)
        else:
            await opened.close()
        assert ended(explorers)
    assert not log_file().exists(), log_file().read_text()


def test_an_app_that_has_ended_is_told_nothing_more() -> None:
    class Ended:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"asked for its {name}")

    driver = BrowserDriver.__new__(BrowserDriver)
    driver._app, driver.exit_event = cast(App[None], Ended()), threading.Event()
    with pytest.raises(AssertionError):
        driver.on_meta("quit", {})
    driver.exit_event.set()
    driver.on_meta("quit", {})
    driver.process_message(events.AppFocus())
