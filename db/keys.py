"""Keys of records: `scheme:value`, one for each record and stable for good.

A scheme is at most 31 ASCII letters, digits and hyphens, the first a letter; a value at most 200 letters without spaces
that do not begin with a colon.
"""

from __future__ import annotations

from unicodedata import normalize

from db import identifiers

KINDS = ("organisation", "arrangement", "person", "site", "document")
"""Kinds of record, in the order in which they are listed."""
OWN_SCHEMES = frozenset({"arr", "doc", "org", "person", "site"})
"""Schemes of keys that the register gives itself: no code that anyone else knows a record by."""
JOINED_BY_HAND = "file:merge-"
"""How the keys begin of sources that are what a person says who joins two records."""

CODE_ONLY = "placeholder = 1 AND name = substr(key, instr(key, ':') + 1)"
"""SQL: whether a record is a placeholder, so that nothing is known of it but the code by which others point at it."""


IS_CODE = "name IN (key, substr(key, instr(key, ':') + 1))"
"""SQL: the same as `is_code` tells of a name."""


def is_code(name: str, key: str) -> bool:
    """Tell whether what stands for a record's name is the code of its key, because nobody names it."""
    return name in (key, key.partition(":")[2])


def split(key: str) -> tuple[str, str] | None:
    """Return scheme and value of a key as the register writes it, or None where `key` has not the form of one.

    A value that cannot be an identifier of its scheme is left as it stands: registers of before may hold it.
    """
    scheme, _, value = key.partition(":")
    known = scheme.isascii() and scheme[:1].isalpha() and scheme.replace("-", "").isalnum() and len(scheme) <= 31
    if not known or value[:1] == ":" or len(value) > 200 or value.split() != [value]:
        return None
    scheme = scheme.lower()
    value = identifiers.written(scheme, value)
    return (scheme, value) if value and value[:1] != ":" else None


def parse(key: str) -> str:
    """Return `key` as the register writes it; raises ValueError in words that can be shown to a person.

    A value has to have the form that identifiers of its scheme have (`db.identifiers`).
    """
    parts = split(key)
    if parts is None:
        raise ValueError(f"'{key[:60]}' is not a key: write scheme:value, such as ods:RLQ or arr:foundation-group")
    scheme, value = parts
    return f"{scheme}:{identifiers.normalised(scheme, value)}"


def slug(text: str) -> str:
    """Return the part of a key that a name makes: ASCII, lower case, words joined by hyphens; may be empty."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "").replace("`", "")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())[:120].strip("-")
