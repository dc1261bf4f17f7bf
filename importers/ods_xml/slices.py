"""A file of the release cut at the ends of its records, so that processes can share it and none parses it whole.

What is around the records is parsed as a document of its own. Where a file is not written as releases are, it is left
to `markup.elements`, which reads any XML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import BinaryIO, NamedTuple

from lxml import etree

from db.statements import Held, Prepared, RowSaid
from importers.base import Input, IrregularError
from importers.limits import RECORD_SIZE
from importers.ods.organisation import Organisation, RefusedError
from importers.ods.statements import StatementMaker
from importers.ods_xml.record import called, organisation

END = b"</Organisation>"
_BEGIN = b"<Organisation "
_CHUNK = 1024 * 1024
_PARSED_AT_ONCE = 25
"""Records that are parsed as one document: more do not stay at hand, and take a third longer each."""
_BOM = b"\xef\xbb\xbf"


NewRow = tuple[int, str, str | None, str, Prepared]
"""A record that is new or other than it was: its line in the release, counted from 1, its code, the day on which it
opened, its name as the file spells it, and what the register made of it. Plain, for marshal to take."""


class SliceRead(NamedTuple):
    """What a slice of a file comes to."""

    read: int
    rows: list[NewRow]
    unchanged: list[tuple[int, int]]
    """Lines and numbers of records that are as the register holds them."""
    stubs: list[tuple[int, str, bytes]]
    """Line, code and text of records that only name what another describes."""
    refused: list[tuple[int, str, str | None]]
    """Line, reason and name."""


def slices(source: Input) -> Iterator[bytes]:
    """Yield the records of a file in slices of whole ones, each cut before the last `</Organisation>` in it.

    Raises IrregularError, and InputError where the file cannot be read.
    """
    longest = source.limits.of(RECORD_SIZE)
    with source.open() as stream:
        head, rest = _until_records(stream, longest)
        while True:
            cut = rest.rfind(END)
            if cut >= 0:
                yield rest[:cut]
                rest = rest[cut + len(END) :]
            elif len(rest) > longest:
                raise IrregularError
            chunk = stream.read(_CHUNK)
            if not chunk:
                break
            rest += chunk
    _check_frame(head, rest)


def number_of_records(piece: bytes) -> int:
    """How many records a slice holds."""
    return piece.count(END) + 1


def digest(record: bytes, day: str = "") -> int:
    """Return the mark of a record's text, white space around it aside: a number that SQLite can hold.

    Where what the text says is so on a day, the mark is that of both.
    """
    mark = blake2b(record.strip(), digest_size=8, person=day.encode())
    return int.from_bytes(mark.digest(), "big", signed=True)


class SliceReader:
    """Reads the records of a release slice by slice, but for those that the register holds as they are."""

    def __init__(self, maker: StatementMaker, held: Held) -> None:
        self._maker = maker
        self._held = held

    def read(self, piece: bytes, first: int) -> SliceRead:
        """Read a slice whose first record is at line `first`. Raises IrregularError."""
        records = piece.split(END)
        found = SliceRead(len(records), [], [], [], [])
        known = self._held.digests
        other: list[tuple[int, int, bytes]] = []
        for line, raw in enumerate(records, first):
            mark = digest(raw)
            number = known.get(mark)
            if number is None:
                other.append((line, mark, raw))
            else:
                found.unchanged.append((line, number))
        elements = parsed([raw for _, _, raw in other])
        for (line, mark, raw), element in zip(other, elements, strict=True):
            self._record(element, line, mark, raw, found)
        compared = self._held.compare([prepared for *_, prepared in found.rows])
        return found._replace(rows=[(*row[:-1], one) for row, one in zip(found.rows, compared, strict=True)])

    def row(self, raw: bytes, line: int) -> Prepared:
        """Return what is written of one record that was read before, given without its closing tag."""
        (element,) = parsed([raw])
        said = organisation(element)
        of_the_day = self._mark_of_the_day(said, raw)
        mark = digest(raw) if of_the_day is None else of_the_day
        return self._held.prepare(RowSaid(line, self._maker.statements(said, line), mark))

    def _record(self, element: etree._Element, line: int, mark: int, raw: bytes, found: SliceRead) -> None:
        try:
            said = organisation(element)
            of_the_day = self._mark_of_the_day(said, raw)
            if of_the_day is not None and of_the_day in self._held.digests:
                found.unchanged.append((line, self._held.digests[of_the_day]))
                return
            row = RowSaid(line, self._maker.statements(said, line), mark if of_the_day is None else of_the_day)
        except RefusedError as error:
            found.refused.append((line, str(error), called(element)))
            return
        if said.stub:
            found.stubs.append((line, said.code, raw))
        else:
            prepared = self._held.prepare_to_compare(row)
            found.rows.append((line, said.code, said.dates.start, said.name, prepared))

    def _mark_of_the_day(self, said: Organisation, raw: bytes) -> int | None:
        """Return the mark of a record that a later release has to be read for again, though its text be the same."""
        return digest(raw, self._maker.today or "no day") if self._maker.is_of_the_day(said) else None


def parsed(records: Sequence[bytes]) -> Iterator[etree._Element]:
    """Yield the elements of records that are given without their closing tags. Raises IrregularError."""
    remaining = iter(records)
    while some := list(islice(remaining, _PARSED_AT_ONCE)):
        document = b"<Organisations>" + END.join(some) + END + b"</Organisations>"
        # In a comment or as mere text, the end of a record would be none.
        if b"<!" in document:
            raise IrregularError
        try:
            root = etree.fromstring(document, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise IrregularError from error
        if len(root) != len(some) or any(element.tag != "Organisation" for element in root):
            raise IrregularError
        yield from root


# Without the white space between its elements a document takes a sixth less.
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    remove_blank_text=True,
)  # fmt: skip


def _until_records(stream: BinaryIO, longest: int) -> tuple[bytes, bytes]:
    """Read up to the first record, or to the end; return what is before it and what was read from there on."""
    data = b""
    while (begin := data.find(_BEGIN)) < 0:
        chunk = stream.read(_CHUNK)
        if not chunk:
            return data, b""
        if len(data) > longest:
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
        root = etree.fromstring(frame, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IrregularError from error
    holder = root if root.tag.endswith("Organisations") else root.find("{*}Organisations")
    if holder is None or len(holder):
        raise IrregularError
