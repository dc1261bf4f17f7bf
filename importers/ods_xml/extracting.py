"""What a slice of a release comes to: its records told and packed, known ones by their mark, odd ones as they are.

One process does this while others do the same with other slices, so all that goes in and out is plain.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, NamedTuple

from db.packing import UnpackableError, day, pack
from db.told import Known
from importers.base import IrregularError
from importers.ods_xml.cutting import parsed, records
from importers.ods_xml.expressions import OtherwiseError
from importers.ods_xml.organisation import Organisation, RefusedError, organisation
from importers.ods_xml.quick import Quick
from importers.ods_xml.saying import Speaker


class Extracted(NamedTuple):
    """What one slice came to; `lines` are places in the file, counted from 1."""

    records: int
    told: list[tuple[Any, ...]]
    """Packed records, and for each the day on which it opened, 0 where unknown, in `starts`."""
    starts: list[int]
    same: list[int]
    """Numbers of records that are as they were; their lines are in `same_lines`."""
    same_lines: list[int]
    rows: list[tuple[int, str, int, bool, bytes]]
    """Line, code, opening day, whether a stub, and text of records that are for the parser."""
    refused: list[tuple[int, str, str]]
    """Line, reason and name of records that cannot be taken."""


def digest(record: bytes) -> int:
    """Return the mark of a record's text, white space around it aside: a number that SQLite can hold."""
    return int.from_bytes(blake2b(record.strip(), digest_size=8).digest(), "big", signed=True)


class Extractor:
    """Extracts the records of a release, slice by slice."""

    def __init__(self, speaker: Speaker, known: Known) -> None:
        self._speaker = speaker
        self._known = known
        self._quick = Quick(speaker, known)
        self._again = bool(known.digests)

    def extract(self, piece: bytes, first: int) -> Extracted:
        """Extract the records of a slice whose first is at line `first`. Raises IrregularError."""
        found = Extracted(0, [], [], [], [], [], [])
        marks = self._known.digests
        line = first - 1
        for raw in records(piece):
            line += 1
            mark = digest(raw)
            record = marks.get(mark)
            if record is not None:
                found.same.append(record)
                found.same_lines.append(line)
                continue
            try:
                self._quickly(raw, line, mark, found)
            except OtherwiseError:
                self._parsed(raw, line, mark, found)
            except UnicodeDecodeError as error:
                raise IrregularError from error
        return found._replace(records=line - first + 1)

    def _quickly(self, raw: bytes, line: int, mark: int, found: Extracted) -> None:
        """Add what a record comes to; raises OtherwiseError where it is for the parser."""
        if not raw.isascii():
            raw.decode()
        cut = self._quick.cut(raw)
        stub = cut.form.stub
        if self._is_apart(cut.key, stub):
            found.rows.append((line, cut.key.partition(":")[2], cut.start, stub, raw))
        else:
            found.told.append(self._quick.packed(cut, line, mark))
            found.starts.append(cut.start)

    def _parsed(self, raw: bytes, line: int, mark: int, found: Extracted) -> None:
        try:
            said = read(raw)
        except RefusedError as error:
            found.refused.append((line, str(error), _shown(raw)))
            return
        start = opened(said.dates.start)
        if self._is_apart(f"ods:{said.code}", said.stub):
            found.rows.append((line, said.code, start, said.stub, raw))
            return
        try:
            found.told.append(pack(self._speaker.told(said, line), mark, self._known))
        except RefusedError as error:
            found.refused.append((line, str(error), said.name))
        except UnpackableError:
            found.rows.append((line, said.code, start, False, raw))
        else:
            found.starts.append(start)

    def _is_apart(self, key: str, stub: bool) -> bool:
        """Whether a record is taken one by one."""
        return stub or self._again or key in self._known.keys


def read(raw: bytes) -> Organisation:
    """Read a record given without its closing tag; raises IrregularError and RefusedError."""
    return organisation(parsed(raw))


def opened(date: str | None) -> int:
    """Return the day on which a record opened, 0 where unknown."""
    try:
        return day(date) if date else 0
    except UnpackableError:
        return 0


def _shown(raw: bytes) -> str:
    name = parsed(raw).findtext("{*}Name") or ""
    return str(name).strip()[:80]
