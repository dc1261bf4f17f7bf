"""Damage to valid files, the same each time for the same number."""

from __future__ import annotations

import os
from random import Random

from tests.depth import cases

_WORDS = (
    b"<", b">", b"&", b"&amp;", b"&#0;", b"&#x110000;", b"&lol;", b"<!--", b"]]>", b"<![CDATA[", b"<?x ?>", b"\x00",
    b"\xff\xfe", b"<Organisation>", b"</Organisation>", b"</Organisations>", b'refOnly="true"', b'orgRecordClass="R"',
    b'extension=""', b"<Status/>", b'value="Pending"', b'value="2020-02-30"', b'value="XXXX-02-30"', b"RO", b"RE99",
    b'xmlns:x="y"', b"<!DOCTYPE a>", b"<!ENTITY a 'b'>", b"\xf0\x9f\x98\x80", b"\xe2\x80\xae", b"<Name></Name>",
    b'id=""', b"<Date></Date>", b"A", b"0", b" ", b"\n",
)  # fmt: skip


def numbers(usual: int) -> range:
    """The numbers of what is damaged: as many as MUTATIONS says, else as `make test` or `make test-deep` looks at."""
    return range(int(os.environ.get("MUTATIONS", cases(usual))))


def mutated(data: bytes, number: int) -> bytes:
    """The data with a few things cut, doubled, swapped, put in or changed."""
    rng = Random(number)
    out = bytearray(data)
    if rng.random() < 0.05:
        del out[rng.randrange(len(out)) :]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        place = rng.randrange(len(out) + 1)
        length = rng.choice((1, 1, 2, 5, 20, 200))
        match rng.randrange(5):
            case 0:
                del out[place : place + length]
            case 1:
                out[place:place] = out[place : place + length]
            case 2:
                out[place:place] = rng.choice(_WORDS)
            case 3:
                out[place : place + 1] = bytes([rng.randrange(256)])
            case _:
                out[place : place + length] = rng.choice(_WORDS)
        out = out or bytearray(b"<")
    return bytes(out)
