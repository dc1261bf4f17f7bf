"""The server is asked politely, asked again where it stumbles, and believed only as far as it makes sense."""

from __future__ import annotations

import sys

import pytest

from db.errors import InputError, UsageError
from importers.ods_api import client as module
from importers.ods_api.addresses import VARIABLE, base_url
from tests.importers.ods_api.server import Clock, Reply, Server, asking
from tests.importers.ods_json.things import record

RX1 = "organisations/RX1"
HTML = "<!doctype html><html><head><title>Just a \x1b[31mmoment</title></head></html>"


def test_requests_keep_their_distance_and_say_who_asks(server: Server, clock: Clock) -> None:
    server.answer(RX1, record())
    begun = clock()
    with asking(server, clock) as api:
        for _ in range(9):
            api.record("RX1")
    assert 9 / (clock() - begun) < 5
    assert [agent.startswith("interlock/") for agent in server.agents] == [True]


@pytest.mark.parametrize(
    "bad",
    [
        Reply(429),
        Reply(503),
        Reply(500, HTML),
        Reply(drop=True),
        Reply(body='{"Organisation": {"Name": "ONE', cut=True),
        Reply(body='{"Organisation": {"Name": "ONE'),
        Reply(body=HTML),
        Reply(body=b"\xff\xfe\x00"),
        Reply(body=""),
        Reply(body="[]"),
    ],
    ids=["429", "503", "500", "dropped", "cut off", "truncated JSON", "a web page", "no UTF-8", "empty", "a list"],
)
def test_an_answer_that_fails_once_is_asked_for_again(server: Server, clock: Clock, bad: Reply) -> None:
    server.answer(RX1, bad, record())
    with asking(server, clock) as api:
        assert "ONE NHS TRUST" in api.record("RX1")
    assert server.asked == [RX1, RX1]
    assert max(clock.slept) >= module.PAUSE


def test_a_slow_answer_is_not_waited_for_without_end(server: Server, clock: Clock) -> None:
    server.answer(RX1, Reply(hang=True), record())
    with asking(server, clock, timeout=0.05) as api:
        assert api.record("RX1")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (Reply(503), "the server answers 503"),
        (Reply(body=HTML), r'is an HTML page titled "Just a \?\[31mmoment" in the place of JSON'),
        (Reply(body='{"Organisation": '), "the answer is cut off or no JSON"),
        (Reply(body="[" * 5000), "nest more than 40 deep"),
        (Reply(drop=True), "the connection failed"),
    ],
)
def test_an_answer_that_never_comes_is_one_line_after_a_few_tries(
    server: Server, clock: Clock, bad: Reply, reason: str
) -> None:
    server.answer(RX1, bad)
    with asking(server, clock) as api, pytest.raises(InputError, match=reason) as caught:
        api.record("RX1")
    assert len(server.asked) == module.TRIES
    assert [pause for pause in clock.slept if pause >= module.PAUSE] == [1, 2, 4, 8]
    message = str(caught.value)
    assert message.startswith(f"{server.base}/organisations/RX1: ") and message.endswith("; try again later")
    assert "\n" not in message and "\x1b" not in message


@pytest.mark.parametrize(
    ("asked", "waits"),
    [("7", 7.0), ("Wed, 08 Jul 2026 12:00:30 GMT", 30.0), ("0", 1.0), ("-5", 1.0), ("soon", 1.0), ("9" * 400, 1.0)],
)
def test_the_pause_that_the_server_asks_for_is_kept(server: Server, clock: Clock, asked: str, waits: float) -> None:
    server.answer(RX1, Reply(429, headers={"Retry-After": asked}), record())
    with asking(server, clock) as api:
        api.record("RX1")
    assert waits in clock.slept


def test_a_pause_that_nobody_would_wait_for_is_told_and_not_kept(server: Server, clock: Clock) -> None:
    server.answer(RX1, Reply(429, headers={"Retry-After": "7200"}))
    with asking(server, clock) as api, pytest.raises(InputError, match="asks to wait 120 minutes; try again then"):
        api.record("RX1")
    assert len(server.asked) == 1


def test_a_server_that_drips_its_answer_is_left(server: Server) -> None:
    class Hasty(Clock):
        def __call__(self) -> float:
            self.time += 200
            return self.time

    server.answer(RX1, record())
    with asking(server, Hasty()) as api, pytest.raises(InputError, match="took more than 180 seconds"):
        api.record("RX1")


def test_an_answer_larger_than_any_record_is_refused_and_not_asked_for_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.ods_api.api.MOST_BYTES", 1024 * 1024)
    server.answer(RX1, Reply(body=b" " * (1024 * 1024 + 1)))
    with asking(server) as api, pytest.raises(InputError, match="answers with more than 1 MB; refused"):
        api.record("RX1")
    assert len(server.asked) == 1


def test_a_redirect_on_the_same_server_is_followed(server: Server) -> None:
    server.answer(RX1, Reply(301, headers={"Location": f"{server.base}/elsewhere"}))
    server.answer("elsewhere", record())
    with asking(server) as api:
        assert "ONE NHS TRUST" in api.record("RX1")


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/x", "https://example.org/x", "file:///etc/passwd", "http://[bad", "//example.org/x"]
)
def test_a_redirect_to_another_server_is_refused(server: Server, target: str) -> None:
    server.answer(RX1, Reply(302, headers={"Location": target}))
    with asking(server) as api, pytest.raises(InputError, match="redirects to another server; refused"):
        api.record("RX1")


def test_redirects_without_end_are_refused(server: Server) -> None:
    server.answer(RX1, Reply(302, headers={"Location": f"{server.base}/{RX1}"}))
    with asking(server) as api, pytest.raises(InputError, match="redirects more than 5 times; refused"):
        api.record("RX1")


def test_without_the_extra_one_line_says_how_to_get_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UsageError, match=r"needs the extra 'http': pip install 'interlock\[http\]'"), asking(server):
        pass


@pytest.mark.parametrize(
    "url",
    ["http://example.org/ORD", "ftp://example.org", "example.org", "https://", "https://example.org/?key=s3cret",
     "https://[bad", "https://example.org:99999", "http://127.0.0.1.example.org/"],
)  # fmt: skip
def test_an_address_that_is_not_safe_to_ask_is_refused_without_its_secrets(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, url)
    with pytest.raises(UsageError, match=f"{VARIABLE}: .*https://directory") as caught:
        base_url()
    assert "s3cret" not in str(caught.value)


def test_secrets_in_the_address_are_shown_to_nobody() -> None:
    with Clock().client("https://someone:s3cret@example.org/ORD/2-0-0") as client:
        assert client.shown("sync") == "https://example.org/ORD/2-0-0/sync"
