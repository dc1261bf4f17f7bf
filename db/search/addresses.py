"""Addresses as search keeps them and asks for them: their words, a postcode always as its two halves."""

from __future__ import annotations

import re
from functools import lru_cache

from db.search.text import plain

_POSTCODE = re.compile(r"([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})")
_is_postcode = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}").fullmatch


def place_words(*parts: str | None) -> str:
    """Return the words of an address, a postcode always as its two halves."""
    return " ".join([words for part in parts if part and (words := _place_part(part))])


def address_words(town: str | None, county: str | None, postcode: str | None) -> str:
    """The same as `place_words`, quicker where many addresses are in one town."""
    area = _area_words(town, county)
    if not postcode:
        return area
    words = postcode.lower() if _is_postcode(postcode) else _place_part(postcode)
    return f"{area} {words}" if area and words else area or words


@lru_cache(maxsize=8_192)
def _area_words(town: str | None, county: str | None) -> str:
    return place_words(town, county)


@lru_cache(maxsize=8_192)
def _place_part(part: str) -> str:
    return _POSTCODE.sub(r"\1 \2", plain(part))
