"""What filters ask for, as words of the index that nobody can type: kind, type, status, roles."""

from __future__ import annotations

from binascii import crc32
from functools import lru_cache

from db.search.layout import MARK

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_OPENNESS = ("open", "closed")
"""Statuses that a record's rank tells already."""


def of_kind(kind: str) -> str:
    """Return the word for a kind of record; none for organisations, which most are."""
    return "" if kind == "organisation" else f"{MARK}k{kind[:1]}"


@lru_cache(maxsize=2000)
def of_type(name: str) -> str:
    """Return the word for a type: five digits instead of its long name."""
    number = crc32(name.encode("utf-8", "replace"))
    digits = ""
    for _ in range(5):
        number, digit = divmod(number, 36)
        digits += _DIGITS[digit]
    return f"{MARK}t{digits}"


def of_role(name: str) -> str:
    """Return the word for a role: its name in an arrangement, the number of its code in the ODS."""
    letters = _letters(name)
    return f"{MARK}r{letters[2:] if letters[:2] == 'ro' and letters[2:].isdigit() else letters}"


def of_status(name: str | None) -> str:
    """Return the word for a status; none for open and closed."""
    return "" if name is None or name in _OPENNESS else f"{MARK}s{_letters(name)}"


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


@lru_cache(maxsize=20_000)
def facets(kind: str, kind_type: str | None, status: str | None, roles: tuple[str, ...]) -> str:
    """Return all that filters may ask for of a record, one space apart."""
    found = [of_kind(kind), of_type(kind_type) if kind_type else "", of_status(status), *map(of_role, roles)]
    return " ".join(dict.fromkeys(filter(None, found)))
