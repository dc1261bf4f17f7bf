"""What a slice of a release comes to: its records told and packed, known ones by their mark, odd ones as they are.

One process does this while others do the same with other slices, so all that goes in and out is plain.
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from db.statements import Held, RowSaid
from importers.ods_xml.cutting import parsed, records
from importers.ods_xml.organisation import Organisation, RefusedError, organisation
from importers.ods_xml.saying import Speaker


class Extracted(NamedTuple):
    """What one slice came to; `lines` are places in the file, counted from 1."""

    records: int
    rows: list[tuple[int, str, int, str, tuple[Any, ...]]]
    """Line, code, opening day (0 where unknown), name and the prepared row of records."""
    same: list[int]
    """Numbers of records that are as they were; their lines are in `same_lines`."""
    same_lines: list[int]
    stubs: list[tuple[int, str, int, bytes]]
    """Line, code, opening day and text of stubs."""
    refused: list[tuple[int, str, str]]
    """Line, reason and name of records that cannot be taken."""


def digest(record: bytes) -> int:
    """Return the mark of a record's text, white space around it aside: a number that SQLite can hold."""
    return int.from_bytes(blake2b(record.strip(), digest_size=8).digest(), "big", signed=True)


class Extractor:
    """Extracts the records of a release, slice by slice."""

    def __init__(self, speaker: Speaker, held: Held) -> None:
        self._speaker = speaker
        self._held = held

    def extract(self, piece: bytes, first: int) -> Extracted:
        """Extract the records of a slice whose first is at line `first`. Raises IrregularError."""
        found = Extracted(0, [], [], [], [], [])
        marks = self._held.digests
        line = first - 1
        for raw in records(piece):
            line += 1
            mark = digest(raw)
            record = marks.get(mark)
            if record is not None:
                found.same.append(record)
                found.same_lines.append(line)
            else:
                self._parsed(raw, line, mark, found)
        return found._replace(records=line - first + 1)

    def _parsed(self, raw: bytes, line: int, mark: int, found: Extracted) -> None:
        try:
            said = read(raw)
        except RefusedError as error:
            found.refused.append((line, str(error), _shown(raw)))
            return
        start = opened(said.dates.start)
        if said.stub:
            found.stubs.append((line, said.code, start, raw))
            return
        try:
            row = RowSaid(line, (self._speaker.statement(said, line),), mark)
        except RefusedError as error:
            found.refused.append((line, str(error), said.name))
        else:
            found.rows.append((line, said.code, start, said.name, self._held.prepare(row)))


def read(raw: bytes) -> Organisation:
    """Read a record given without its closing tag; raises IrregularError and RefusedError."""
    return organisation(parsed(raw))


def opened(text: str | None) -> int:
    """Return the day on which a record opened, 0 where unknown or no whole date."""
    if text is None or len(text) != 10 or text[0] == "X" or text[:4] == "0000":
        return 0
    return date.fromisoformat(text).toordinal()


def _shown(raw: bytes) -> str:
    name = parsed(raw).findtext("{*}Name") or ""
    return str(name).strip()[:80]
