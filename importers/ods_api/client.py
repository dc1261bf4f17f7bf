"""Asking a server politely: under five requests a second, again after a pause where it stumbles, never for ever."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urljoin, urlsplit

from db.errors import InputError, UsageError
from importers.http import redacted
from importers.ods_api.addresses import is_loopback

INTERVAL = 0.25
"""Seconds from one request to the next; ODS asks for fewer than five a second."""
TRIES = 5
PAUSE = 1.0
"""Seconds before the second try; twice as long before each further one."""
LONGEST_PAUSE = 300.0
"""The longest that a server may make us wait; beyond that the person is told."""
TIMEOUT = 30.0
"""Seconds to connect, and to wait for the next bytes."""
DEADLINE = 180.0
"""Seconds that one answer may take in all, so that a server that drips bytes ends too."""
MOST_HOPS = 5

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

T = TypeVar("T")


class BrokenAnswerError(Exception):
    """An answer that is not what was asked for, though it may be the next time; the text continues "the answer …"."""


class TooLargeError(InputError):
    """An answer larger than any real one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Client:
    """Asks below one address and nowhere else; a context. `sleep` and the clocks are there to be replaced in tests."""

    base: str
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    timeout: float = TIMEOUT
    _http: Any = None
    _httpx: Any = None
    _last: float = field(default=float("-inf"))

    def __enter__(self) -> Self:
        try:
            self._httpx = import_module("httpx")  # an extra that need not be there, and 0.1 s
        except ImportError as error:
            need = "asking it needs the extra 'http': pip install 'interlock[http]'"
            raise UsageError(f"{redacted(self.base)}: {need}") from error
        headers = {"User-Agent": f"interlock/{_version()} (python-httpx)", "Accept": "application/json"}
        # No proxy stands between this machine and itself. Where nothing is encrypted no certificates need loading.
        self._http = self._httpx.Client(
            headers=headers,
            timeout=self.timeout,
            trust_env=not is_loopback(self.base),
            verify=self.base.startswith("https:"),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def shown(self, path: str) -> str:
        """The address of a path as messages may show it."""
        return redacted(f"{self.base}/{path}")

    def ask(
        self, path: str, judge: Callable[[Answer], T], params: Mapping[str, str], limit: int, tries: int = TRIES
    ) -> T:
        """What `judge` makes of the answer; it raises `BrokenAnswerError` for one that is to be asked for again.

        Raises `InputError` where no try brings an answer, where it is too large, or leads to another server.
        """
        reason = ""
        for number in range(1, tries + 1):
            self._keep_distance()
            asked: float | None = None
            try:
                answer = self._once(f"{self.base}/{path}", path, params, limit)
                if answer.status not in _PASSING:
                    return judge(answer)
                reason = f"the server answers {answer.status}"
                asked = self._asked_to_wait(answer.headers, path, reason)
            except BrokenAnswerError as error:
                reason = f"the answer {error}"
            except self._httpx.TimeoutException:
                reason = f"no answer within {self.timeout:g} seconds"
            except (self._httpx.HTTPError, self._httpx.InvalidURL, self._httpx.StreamError) as error:
                reason = f"the connection failed ({type(error).__name__})"
            if number < tries:
                self.sleep(max(asked or 0.0, PAUSE * 2 ** (number - 1)))
        times = f", {tries} times over" if tries > 1 else ""
        raise InputError(f"{self.shown(path)}: {reason}{times}; try again later")

    def _keep_distance(self) -> None:
        ahead = self._last + INTERVAL - self.clock()
        if ahead > 0:
            self.sleep(ahead)
        self._last = self.clock()

    def _once(self, url: str, path: str, params: Mapping[str, str], limit: int) -> Answer:
        """One answer, redirects on the same server followed."""
        query: Mapping[str, str] | None = params or None
        for _ in range(MOST_HOPS):
            with self._http.stream("GET", url, params=query) as response:
                target = response.headers.get("location")
                if response.status_code not in _REDIRECTS or not target:
                    body = self._body(response, path, limit)
                    return Answer(response.status_code, response.headers, body)
            url, query = self._followed(url, target, path), None
            self._keep_distance()
        raise InputError(f"{self.shown(path)}: redirects more than {MOST_HOPS} times; refused")

    def _body(self, response: Any, path: str, limit: int) -> bytes:  # noqa: ANN401  httpx may not be there
        parts: list[bytes] = []
        size, begun = 0, self.clock()
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > limit:
                raise TooLargeError(f"{self.shown(path)}: answers with more than {limit // 1024**2} MB; refused")
            if self.clock() - begun > DEADLINE:
                raise BrokenAnswerError(f"took more than {DEADLINE:g} seconds")
            parts.append(chunk)
        return b"".join(parts)

    def _followed(self, url: str, target: str, path: str) -> str:
        """Where a redirect leads; raises `InputError` where that is another server or is not encrypted any more."""
        try:
            goal = urljoin(url, target)
            same = _server(goal) == _server(url)
        except ValueError:
            same = False
        if not same:
            raise InputError(f"{self.shown(path)}: redirects to another server; refused, check the address")
        return goal

    def _asked_to_wait(self, headers: Mapping[str, str], path: str, reason: str) -> float | None:
        """The seconds that the server asks for; raises `InputError` where that is longer than anyone waits."""
        written = headers.get("retry-after", "").strip()
        if written.isascii() and written.isdigit() and len(written) < 9:
            seconds = float(written)
        else:
            try:
                when = parsedate_to_datetime(written)
                seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - self.now().timestamp()
            except (TypeError, ValueError):
                return None
        if seconds > LONGEST_PAUSE:
            minutes = f"{seconds / 60:,.0f} minutes"
            raise InputError(f"{self.shown(path)}: {reason} and asks to wait {minutes}; try again then")
        return max(seconds, 0.0)


def _server(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or usual


def _version() -> str:
    try:
        return version("interlock")
    except PackageNotFoundError:
        return "0"
