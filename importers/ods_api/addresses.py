"""Which source arguments mean the API, and where it is: light, because every import looks here."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from db.errors import UsageError
from db.identifiers import is_as_written, written
from importers.http import redacted

SOURCE = "ods-api"
"""The source that stands for all that changed since a day."""

VARIABLE = "INTERLOCK_ODS_URL"
DEFAULT = "https://directory.spineservices.nhs.uk/ORD/2-0-0"
"""Where NHS England has the ORD API; no key is needed."""

_KEY = re.compile(r"ods:(.*)", re.I | re.S)
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")


def is_asked(source: str) -> bool:
    """Whether a source argument means the API: a key of ODS, or the API by name."""
    return source == SOURCE or _KEY.fullmatch(source) is not None


def code_of(source: str) -> str:
    """The code in a key such as `ods:RLQ`; raises `UsageError` where it is none."""
    found = _KEY.fullmatch(source)
    code = written("ods", found[1]) if found else ""
    if not is_code(code):
        raise UsageError(f"{source[:40]!r} names no ODS code; write one such as ods:RLQ")
    return code


def is_code(text: str) -> bool:
    """Whether a text has the form of an ODS code."""
    return is_as_written("ods", text)


def base_url() -> str:
    """Where the API is, without a slash at the end; raises `UsageError` for an address that is not asked.

    Plain http is for this machine alone, so that nobody on the way can answer in the place of the register.
    """
    given = os.environ.get(VARIABLE, "").strip() or DEFAULT
    try:
        parts = urlsplit(given)
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(given))
        usable = safe and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        raise UsageError(f"{VARIABLE}: is no address; give one such as {DEFAULT}") from None
    if not usable or parts.query or parts.fragment:
        wanted = f"give an https address without a query, such as {DEFAULT} (http for this machine only)"
        raise UsageError(f"{VARIABLE}: {redacted(given)[:80]!r} is not asked; {wanted}")
    return given.rstrip("/").removesuffix("/organisations")


def is_loopback(url: str) -> bool:
    """Whether an address is one of this machine."""
    return _LOOPBACK.fullmatch(urlsplit(url).hostname or "") is not None
