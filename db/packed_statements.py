"""What each source last said of a record, as table `said` keeps it: JSON in a third of its size."""

from __future__ import annotations

import json
import zlib
from typing import Any

_COMMON = (
    b'"partial":true,"links":[{"type":"commissioned-by","other":{"key":"ods:"},"start":"","end":"20","status":"past"},'
    b'{"type":"operated-by","other":{"key":"ods:"},"start":"1"type":"in-geography-of","other":{"key":"ods:Q"},"start":"20",'
    b'"status":"current"}],"facts":[{"property":"uprn","value":"100},{"property":"telephone","text":"01,'
    b'{"property":"ods-role","value":"RO17","text":", primary, from 20{"key":"ods:","kind":"organisation",'
    b'"type":"gp-practice","status":"closed","opened":"20","closed":"20","legal_start":"20","address":{"lines":["","",'
    b'"The Surgery","High Street"],"town":"London","county":"","postcode":"","country":"England"},"names":[{"name":'
    b'"The Surgery NHS Trust","verbatim":"NHS FOUNDATION TRUST PHARMACY"}],"identifiers":[{"scheme":"ods","value":"'
)
"""What most statements share: packing one is packing how it differs. Every database depends on it as it is."""
_WINDOW = -13


def pack(body: str) -> bytes:
    """Return a body in a third of its size, as `said` keeps it."""
    packer = zlib.compressobj(6, zlib.DEFLATED, _WINDOW, 8, zlib.Z_DEFAULT_STRATEGY, _COMMON)
    return packer.compress(body.encode()) + packer.flush()


def unpacked(body: bytes) -> dict[str, Any]:
    """Return the fields of a packed statement by their names, those left out that have their default."""
    fields: dict[str, Any] = json.loads(zlib.decompressobj(_WINDOW, _COMMON).decompress(body))
    return fields
