"""A server on this machine that answers as the ORD API does, well or badly, and a clock that nobody has to wait for."""

from __future__ import annotations

import gc
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from importers.ods_api.api import Api
from importers.ods_api.client import Client
from importers.ods_api.fetcher import Fetcher

ROOT = "/ORD/2-0-0"
TODAY = date(2026, 7, 8)
MISSING = (404, '{"errorCode":404,"errorText":"Organisation not found"}')


@dataclass
class Reply:
    """One answer. `cut` sends fewer bytes than it promises; `drop` sends none; `hang` waits until the test ends."""

    status: int = 200
    body: str | bytes = ""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    drop: bool = False
    hang: bool = False


@dataclass
class Server:
    """What it answers to each path, one reply after another, the last one for good; and what it was asked."""

    port: int
    ended: threading.Event
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    @property
    def base(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}{ROOT}"

    def answer(self, path: str, *replies: Reply | object) -> None:
        """Set what is answered to a path: replies, or objects that become JSON."""
        self.replies[path] = [
            one if isinstance(one, Reply) else Reply(body=json.dumps(one, indent=1)) for one in replies
        ]

    def reply(self, target: str) -> Reply:
        """The reply to a request, by the whole of it or by its path alone."""
        self.asked.append(target.removeprefix(f"{ROOT}/"))
        found = self.replies.get(self.asked[-1]) or self.replies.get(self.asked[-1].partition("?")[0])
        if not found:
            return Reply(*MISSING)
        return found.pop(0) if len(found) > 1 else found[0]


class _Handler(BaseHTTPRequestHandler):
    known: Server

    def do_GET(self) -> None:
        self.known.agents.add(self.headers["User-Agent"])
        reply = self.known.reply(self.path)
        if reply.hang:
            self.known.ended.wait(10)
        if reply.drop or reply.hang:
            self.close_connection = True
            return
        body = reply.body if isinstance(reply.body, bytes) else reply.body.encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) * (2 if reply.cut else 1)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    """A server for the length of a test."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        http.daemon_threads = False
        # What another test left behind may belong to the thread of that test, so no thread of ours may collect it.
        gc.disable()
        known = Server(http.server_address[1], threading.Event())
        handler.known = known  # type: ignore[attr-defined]
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield known
        finally:
            known.ended.set()
            http.shutdown()
            thread.join()
            http.server_close()
            gc.enable()


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """The time now."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> datetime:
        """The time of day, which does not pass."""
        return datetime(2026, 7, 8, 12, 0, 0, tzinfo=UTC)

    def client(self, base: str, timeout: float = 5.0) -> Client:
        """A client that lives by this clock."""
        return Client(base, self, self.sleep, self.now, timeout)


@contextmanager
def asking(server: Server, clock: Clock | None = None, timeout: float = 5.0) -> Iterator[Api]:
    """The API as the server gives it."""
    with (clock or Clock()).client(server.base, timeout) as client:
        yield Api(client)


def fetcher(clock: Clock, spool: str, since: str | None = None, today: date = TODAY) -> Fetcher:
    """What `import` fetches with, by a clock of the test."""
    return Fetcher(lambda: spool, since, today=lambda: today, connect=clock.client)


def linked(*codes: str) -> dict[str, list[dict[str, str]]]:
    """A list of changes."""
    start = "https://directory.spineservices.nhs.uk/ORD/2-0-0/organisations"
    return {"Organisations": [{"OrgLink": f"{start}/{code}"} for code in codes]}


def held(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The keys and names in a register."""
    return connection.execute("SELECT key, name FROM record ORDER BY key").fetchall()
