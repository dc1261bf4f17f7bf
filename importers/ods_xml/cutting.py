"""A file of the release cut at the ends of its records, so that processes can share it and none parses it whole.

What is around the records is parsed as a document of its own. Where a file is not written as releases are, it is left
to the parser that reads any XML.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from importers.base import Input, IrregularError
from importers.ods_xml.markup import LARGEST

END = b"</Organisation>"
_BEGIN = b"<Organisation "
_CHUNK = 2 * 1024 * 1024
_CONTROLS = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
_AT_HAND = 32 * 1024
_BOM = b"\xef\xbb\xbf"


def slices(source: Input) -> Iterator[bytes]:
    """Yield the records of a file in slices of whole ones; the last record of each lacks its closing tag's last part.

    Each slice is cut behind the last `</Organisation>` in it. Raises IrregularError, and InputError where the file
    cannot be read.
    """
    with source.open() as stream:
        head, rest = _until_records(stream)
        while True:
            cut = rest.rfind(END)
            if cut >= 0:
                yield rest[:cut]
                rest = rest[cut + len(END) :]
            elif len(rest) > LARGEST:
                raise IrregularError
            chunk = stream.read(_CHUNK)
            if not chunk:
                break
            rest += chunk
    _check_frame(head, rest)


def records(piece: bytes) -> list[bytes]:
    """Return the records of a slice, each without its closing tag; raises IrregularError where it is no XML."""
    # By parts that stay at hand while each control character is looked for.
    for begin in range(0, len(piece), _AT_HAND):
        if any(map(piece[begin : begin + _AT_HAND].__contains__, _CONTROLS)):
            raise IrregularError
    return piece.split(END)


def _until_records(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Read up to the first record; return what is before it and what was read from there on."""
    data = b""
    while (begin := data.find(_BEGIN)) < 0:
        chunk = stream.read(_CHUNK)
        if not chunk or len(data) > LARGEST:
            raise IrregularError
        data += chunk
    return data[:begin], data[begin:]


def _check_frame(head: bytes, tail: bytes) -> None:
    """What is left without the records must be a document: in UTF-8, with nothing but the records in their element."""
    frame = head.removeprefix(_BOM) + tail
    start = frame[:200].lower()
    if b"<!doctype" in frame.lower() or (b"encoding" in start and b"utf-8" not in start):
        raise IrregularError
    try:
        root = etree.fromstring(frame, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IrregularError from error
    holder = root if root.tag.endswith("Organisations") else root.find("{*}Organisations")
    if holder is None or len(holder):
        raise IrregularError


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def parsed(record: bytes) -> etree._Element:
    """Parse one record that is written otherwise than most, given without its closing tag. Raises IrregularError."""
    if b"<!" in record.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise IrregularError
    try:
        element = etree.fromstring(record + END, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IrregularError from error
    if element.tag != "Organisation":
        raise IrregularError
    return element
