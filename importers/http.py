"""Fetching a URL to a temporary file, for `import https://…`, through the optional extra `http`."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO
from urllib.parse import unquote, urlsplit, urlunsplit

from db.errors import InputError, UsageError

MAX_BYTES = 2 * 1024**3
"""The most that is fetched."""

OnFetch = Callable[[str, int, int, float], None]
"""Hears how far a fetch is: what is fetched, answers so far, how many there will be, seconds."""

TIMEOUT = 60.0
"""Seconds to connect, and to wait for the next bytes."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://|(file|data|javascript|ftp):", re.I)
_SECRET = re.compile(r"(?<=/keys/)[^/]+")
"""The API key that TRUD wants in its paths."""


def is_url(text: str) -> bool:
    """Whether a source argument is a URL of any kind rather than a path."""
    return _SCHEME.match(text) is not None


def redacted(url: str) -> str:
    """The URL without user, password, query or key in the path, as messages and the register may show it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, _SECRET.sub("…", parts.path), "", ""))


def check(url: str) -> None:
    """Raise `UsageError` for anything but http and https."""
    scheme = url.split(":", 1)[0].lower()
    if scheme not in ("http", "https"):
        raise UsageError(f"{redacted(url)}: {scheme}: is not fetched; give a path, or an http or https URL")


def file_name(url: str, disposition: str | None = None) -> str:
    """What to call the download: the name the server gives it, else the end of its path."""
    found = re.search(r'filename="?([^";]+)', disposition or "")
    name = found[1] if found else unquote(urlsplit(url).path)
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2].strip() or "download"


def fetch(url: str, into: BinaryIO) -> tuple[str, int]:
    """Write what the URL gives into a file; returns its name and size.

    Raises `UsageError` for other schemes or without the extra, `InputError` where it cannot be fetched.
    """
    check(url)
    try:
        httpx = import_module("httpx")  # an extra that need not be there, and 0.1 s
    except ImportError as error:
        raise UsageError(f"{redacted(url)}: fetching needs the extra 'http': pip install 'interlock[http]'") from error
    size = 0
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=TIMEOUT) as response:
            if response.status_code >= 400:
                raise InputError(f"{redacted(url)}: the server answered {response.status_code}; check the address")
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > MAX_BYTES:
                    raise InputError(f"{redacted(url)}: is larger than {MAX_BYTES // 1024**3} GB; refused")
                into.write(chunk)
            return file_name(str(response.url), response.headers.get("content-disposition")), size
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        said = f"could not be fetched ({type(error).__name__}); try again, or download it yourself"
        raise InputError(f"{redacted(url)}: {said}") from error
