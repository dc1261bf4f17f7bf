"""Codes that a file describes more than once, found by a scan of its bytes before it is parsed."""

from __future__ import annotations

import re

from importers.base import Input
from importers.ods_xml.markup import LARGEST

_RECORD = b"Organisation "
_CODE = re.compile(rb"""OrgId\b[^>]{0,200}?\bextension\s*=\s*["']([^"'>]{1,20})["']""")
_CHUNK = 4 * 1024 * 1024
_NEAR = 8 * 1024
"""How far into a record its code is looked for; real ones have it in the first kilobyte."""


def repeated(source: Input) -> frozenset[str]:
    """Codes that begin two records or more, so that these can be held back and compared.

    Looks at bytes only: one that it misses, in a file that is not written as releases are, is refused later by name.
    """
    seen: set[bytes] = set()
    twice: set[bytes] = set()
    with source.open() as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            data = rest + chunk
            rest = data[_scan(data, seen, twice) :]
            if len(rest) > LARGEST:
                break
        _scan(rest + _RECORD, seen, twice)
    return frozenset(code.decode("ascii", "replace") for code in twice)


def _scan(data: bytes, seen: set[bytes], twice: set[bytes]) -> int:
    """Note the code of every record that is whole; return where the last one begins."""
    place = data.find(_RECORD)
    while place >= 0:
        following = data.find(_RECORD, place + 1)
        if following < 0:
            break
        found = _CODE.search(data, place, min(following, place + _NEAR))
        if found:
            code = found[1]
            if code in seen:
                twice.add(code)
            seen.add(code)
        place = following
    return max(place, 0) if place >= 0 else max(len(data) - len(_RECORD), 0)
