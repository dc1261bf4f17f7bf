"""Keys of records: `scheme:value`, one for each record and stable for good."""

from __future__ import annotations

import re
import unicodedata

_KEY = re.compile(r"([a-zA-Z][a-zA-Z0-9-]{0,30}):([^\s:][^\s]{0,199})\Z")
_UPPER = {"ods", "gss"}
"""Schemes whose codes are written in capitals."""

OWN_SCHEMES = frozenset({"arr", "doc", "org", "person", "site"})
"""Schemes of keys that the register gives itself: no code that anyone else knows a record by."""


def split(key: str) -> tuple[str, str] | None:
    """Return scheme and value of a key as the register writes it, or None where `key` has not the form of one."""
    found = _KEY.match(key)
    if not found:
        return None
    scheme = found.group(1).lower()
    value = found.group(2)
    return scheme, value.upper() if scheme in _UPPER else value


def parse(key: str) -> str:
    """Return `key` as the register writes it; raises ValueError in words that can be shown to a person."""
    parts = split(key)
    if parts is None:
        raise ValueError(f"'{key[:60]}' is not a key: write scheme:value, such as ods:RLQ or arr:foundation-group")
    return ":".join(parts)


def slug(text: str) -> str:
    """Return the part of a key that a name makes: ASCII, lower case, words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", plain)).strip("-")[:120].strip("-")
