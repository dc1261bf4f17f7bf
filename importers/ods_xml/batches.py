"""The release by the batch: what processes extracted, with the rules for codes that come more than once.

The full file outweighs the archive, a record its stub, and of two records of one code in one file that which starts
later; two that start alike are refused. The same rules as those of `release`, which takes one record after another.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from db.errors import InputError
from db.packing import RECORD, Packed, PackedTold, verbatim_text
from db.statements import RejectSaid, RowSaid
from db.told import Known, Names, ToldBatch
from importers.base import IrregularError
from importers.ods_xml.extracting import Extracted, opened, read
from importers.ods_xml.organisation import RefusedError
from importers.ods_xml.parallel import extracted
from importers.ods_xml.release import Part, check_count
from importers.ods_xml.saying import Speaker


@dataclass(frozen=True, slots=True)
class Batches:
    """Meets `db.told.ToldRows`."""

    parts: tuple[Part, ...]
    speaker: Speaker
    processes: int
    scheme: str = "ods"

    def batches(self, known: Known, names: Names) -> Iterator[ToldBatch]:
        """Yield all rows of the release; raises IrregularError where it has to be parsed as a whole."""
        with tempfile.TemporaryFile() as spool:
            yield from _Reader(self.parts, self.speaker, self.processes, known, names, spool).batches()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A row that was put aside: what decides between it and others of its code, and where its text is."""

    line: int
    start: int
    part: int
    place: int = 0
    size: int = 0
    """Nothing where the row is as it was."""


@dataclass(slots=True)
class _Reader:
    """Reads once; of what it has read it keeps the codes, and on disk the text of what is taken one by one."""

    parts: Sequence[Part]
    speaker: Speaker
    processes: int
    known: Known
    names: Names
    spool: IO[bytes]
    described: dict[str, int] = field(default_factory=dict)
    """By key of what was told, its opening day and its line, as `_parts` finds them in one number."""
    rows: dict[str, list[_Kept]] = field(default_factory=dict)
    stubs: dict[str, _Kept] = field(default_factory=dict)
    refused: list[RejectSaid] = field(default_factory=list)
    met: array[int] = field(default_factory=lambda: array("L"))
    """The line of the row of each record that is told already, by its number; 0 where it was not met as it is held."""
    begins: list[int] = field(default_factory=list)
    """The first line of each part."""

    def batches(self) -> Iterator[ToldBatch]:
        self.met.frombytes(bytes(self.met.itemsize * (max(self.known.digests.values(), default=-1) + 1)))
        line = 1
        parts = iter(self.parts)
        self.begins.append(line)
        for found in extracted([part.source for part in self.parts], self.speaker, self.known, self.processes):
            if found is not None:
                yield self._batch(found)
                line += found.records
                continue
            check_count(next(parts), line - self.begins[-1])
            if len(self.begins) < len(self.parts):
                self.begins.append(line)
                yield ToldBatch(0, whole=True)
        merged = self._merge_stubs()
        left, forgotten = self._left()
        yield ToldBatch(0, merged=merged, forgotten=forgotten, left=map(self._said, left))

    def _batch(self, found: Extracted) -> ToldBatch:
        for line, reason, name in found.refused:
            self.refused.append(RejectSaid(line, reason, name or None))
        for record, line in zip(found.same, found.same_lines, strict=True):
            self.met[record] = line
        for line, code, start, stub, raw in found.rows:
            self._keep(line, code, start, stub, raw)
        told: dict[str, Packed] = {}
        forgotten: list[str] = []
        described, rows = self.described, self.rows
        for packed, start in zip(found.told, found.starts, strict=True):
            key = packed[2]
            before = described.get(key)
            if before is not None:
                if not self._is_better(packed, start, _parts(before), told.get(key)):
                    continue
                if key not in told:
                    forgotten.append(key)
            elif rows and key.partition(":")[2] in rows:
                raise IrregularError
            described[key] = (start + _EARLIEST) << _LINE_BITS | packed[0]
            told[key] = packed
        return ToldBatch(found.records, list(told.values()), found.same, 0, forgotten)

    def _is_better(self, packed: Packed, start: int, before: tuple[int, int], earlier: Packed | None) -> bool:
        """Decide between a record and the one of the same code that was told before; whoever loses is refused."""
        line, key = packed[0], packed[2]
        code = key.partition(":")[2]
        first, first_start = before
        if first < self.begins[-1]:
            self.refused.append(RejectSaid(line, _of_full(code, first), _spelt(packed)))
            return False
        if start == first_start:
            raise self._twice(code, len(self.begins) - 1, first, line)
        if start < first_start:
            self.refused.append(RejectSaid(line, _by_later(code, first), _spelt(packed)))
            return False
        name = _spelt(earlier) if earlier else self._held_name(key)
        self.refused.append(RejectSaid(first, _by_later(code, line), name))
        return True

    def _twice(self, code: str, part: int, *lines: int) -> InputError:
        first, second = sorted(lines)
        label = self.parts[part].source.label
        return InputError(f"{label}: {code} is described twice with one start, as rows {first} and {second}")

    def _keep(self, line: int, code: str, start: int, stub: bool, raw: bytes) -> None:
        kept = _Kept(line, start, len(self.begins) - 1, self.spool.seek(0, os.SEEK_END), self.spool.write(raw))
        if stub:
            if code in self.stubs:
                raise InputError(f"{self.parts[kept.part].source.label}: {code} is a stub twice and described nowhere")
            self.stubs[code] = kept
            return
        if f"ods:{code}" in self.described:
            raise IrregularError
        self.rows.setdefault(code, []).append(kept)

    def _as_before(self, codes: Iterable[str]) -> dict[str, _Kept]:
        """The rows of those of some codes that were met as they were held."""
        if not self.known.digests:
            return {}
        found: dict[str, _Kept] = {}
        for key, named in self.names(f"ods:{code}" for code in codes).items():
            record = self.known.digests.get(named.digest)
            line = self.met[record] if record is not None else 0
            if line:
                found[key.partition(":")[2]] = _Kept(line, opened(named.opened), bisect_right(self.begins, line) - 1)
        return found

    def _merge_stubs(self) -> int:
        """Drop the stubs of what is described, and count them."""
        known = {code for code in self.stubs if f"ods:{code}" in self.described or code in self.rows}
        known.update(self._as_before(code for code in self.stubs if code not in known))
        for code in known:
            del self.stubs[code]
        return len(known)

    def _left(self) -> tuple[list[tuple[int, _Kept | RejectSaid]], list[str]]:
        """What is taken one by one, in the order of the files, and keys of rows as before that others replace."""
        left: list[tuple[int, _Kept | RejectSaid]] = [(one.line or 0, one) for one in self.refused]
        left += [(one.line, one) for one in self.stubs.values()]
        forgotten: list[str] = []
        earlier = self._as_before(self.rows)
        for code, several in self.rows.items():
            before = earlier.get(code)
            best, others = self._best(code, [*several, before] if before else several)
            if best is not before:
                left.append((best.line, best))
                forgotten += [f"ods:{code}"] if before else []
            for one in others:
                reason = _of_full(code, best.line) if one.part > best.part else _by_later(code, best.line)
                left.append((one.line, RejectSaid(one.line, reason, self._name(code, one))))
        return sorted(left, key=lambda entry: entry[0]), forgotten

    def _best(self, code: str, several: list[_Kept]) -> tuple[_Kept, list[_Kept]]:
        """Choose between the rows of one code."""
        ranked = sorted(several, key=lambda one: (one.part, -one.start))
        best, *others = ranked
        if others and (others[0].part, others[0].start) == (best.part, best.start):
            raise self._twice(code, best.part, best.line, others[0].line)
        return best, others

    def _name(self, code: str, kept: _Kept) -> str | None:
        if kept.size:
            return read(self._text(kept)).name
        return self._held_name(f"ods:{code}")

    def _held_name(self, key: str) -> str | None:
        named = self.names([key]).get(key)
        return named and named.name

    def _text(self, kept: _Kept) -> bytes:
        self.spool.seek(kept.place)
        return self.spool.read(kept.size)

    def _said(self, entry: tuple[int, _Kept | RejectSaid]) -> RowSaid | RejectSaid:
        line, kept = entry
        if isinstance(kept, RejectSaid):
            return kept
        said = read(self._text(kept))
        try:
            return RowSaid(line, (self.speaker.statement(said, line),))
        except RefusedError as error:
            return RejectSaid(line, str(error), said.name)


_LINE_BITS = 32
_EARLIEST = 1 << 20
"""Days before 1970 that no opening lies before."""


def _parts(place: int) -> tuple[int, int]:
    """The line and the opening day that one number stands for."""
    return place & ((1 << _LINE_BITS) - 1), (place >> _LINE_BITS) - _EARLIEST


def _spelt(packed: Packed) -> str:
    """The name of a packed record as its source spells it."""
    told = PackedTold._make(packed)
    name = str(told.record[RECORD.index("name")])
    return verbatim_text(name, told.verbatim) or name


def _of_full(code: str, line: int) -> str:
    return f"{code} is described by row {line} of the full file, which counts"


def _by_later(code: str, line: int) -> str:
    return f"{code} is described by row {line} as well, which starts later"
