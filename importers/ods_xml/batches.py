"""The release by the batch: what processes extracted, with the rules for codes that come more than once.

The full file outweighs the archive, a record its stub, and of two records of one code in one file that which starts
later; two that start alike are refused. The same rules as those of `release`, which takes one record after another.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from db.errors import InputError
from db.statements import Batch, Held, Prepared, RejectSaid, RowSaid
from importers.ods_xml.extracting import Extracted, opened, read
from importers.ods_xml.organisation import RefusedError
from importers.ods_xml.parallel import extracted
from importers.ods_xml.release import Part, check_count
from importers.ods_xml.saying import Speaker


@dataclass(frozen=True, slots=True)
class Batches:
    """Meets `db.statements.BatchedRows`."""

    parts: tuple[Part, ...]
    speaker: Speaker
    processes: int
    scheme: str = "ods"

    def batches(self, held: Held) -> Iterator[Batch]:
        """Yield all rows of the release; raises IrregularError where it has to be parsed as a whole."""
        yield from _Reader(self.parts, self.speaker, self.processes, held).batches()


_Row = tuple[int, int, str, Prepared | None, int]
"""Line, opening day, name, what was prepared, and part; nothing prepared where the row is as it was held."""


@dataclass(slots=True)
class _Reader:
    parts: Sequence[Part]
    speaker: Speaker
    processes: int
    held: Held
    described: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    stubs: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)
    waiting: dict[str, tuple[int, int, str, Prepared]] = field(default_factory=dict)
    """Rows of a later release: one as it was held may outweigh them."""
    met: array[int] = field(default_factory=lambda: array("L"))
    begins: list[int] = field(default_factory=list)

    def batches(self) -> Iterator[Batch]:
        digests = self.held.digests
        self.met.frombytes(bytes(self.met.itemsize * (max(digests.values(), default=-1) + 1)))
        line = 1
        parts = iter(self.parts)
        self.begins.append(line)
        for found in extracted([part.source for part in self.parts], self.speaker, self.held, self.processes):
            if found is not None:
                yield self._batch(found)
                line += found.records
                continue
            check_count(next(parts), line - self.begins[-1])
            if len(self.begins) < len(self.parts):
                self.begins.append(line)
        yield self._last()

    def _batch(self, found: Extracted) -> Batch:
        rejects = [RejectSaid(line, reason, name or None) for line, reason, name in found.refused]
        for record, line in zip(found.same, found.same_lines, strict=True):
            self.met[record] = line
        for line, code, start, raw in found.stubs:
            if code in self.stubs:
                label = self.parts[len(self.begins) - 1].source.label
                raise InputError(f"{label}: {code} is a stub twice and described nowhere")
            self.stubs[code] = line, start, raw
        rows: dict[str, Prepared] = {}
        replaced: list[str] = []
        for line, code, start, name, prepared in found.rows:
            before = self.described.get(code)
            if before is not None:
                loser = self._loser(code, before, (line, start, name))
                rejects.append(loser)
                if loser.line == line:
                    continue
                if code not in rows and not self.held.digests:
                    replaced.append(f"ods:{code}")
            self.described[code] = line, start, name
            if self.held.digests:
                self.waiting[code] = line, start, name, prepared
            else:
                rows[code] = prepared
        return Batch(found.records, list(rows.values()), rejects, found.same, 0, replaced)

    def _loser(self, code: str, before: tuple[int, int, str], now: tuple[int, int, str]) -> RejectSaid:
        """Decide between two rows of one code, the earlier one first, and refuse one."""
        first, last = sorted((before, now))
        begin = max(one for one in self.begins if one <= last[0])
        if first[0] < begin:
            return RejectSaid(last[0], f"{code} is described by row {first[0]} of the full file, which counts", last[2])
        if first[1] == last[1]:
            label = self.parts[self.begins.index(begin)].source.label
            raise InputError(f"{label}: {code} is described twice with one start, as rows {first[0]} and {last[0]}")
        loser, winner = (first, last) if first[1] < last[1] else (last, first)
        return RejectSaid(loser[0], f"{code} is described by row {winner[0]} as well, which starts later", loser[2])

    def _last(self) -> Batch:
        rejects: list[RejectSaid] = []
        replaced: list[str] = []
        rows = dict(self.waiting)
        for code, (line, start, name) in self._as_before(list(self.waiting)).items():
            loser = self._loser(code, (line, start, name), self.waiting[code][:3])
            rejects.append(loser)
            if loser.line == line:
                replaced.append(f"ods:{code}")
            else:
                del rows[code]
        known = {code for code in self.stubs if code in self.described}
        known |= self._as_before([code for code in self.stubs if code not in known]).keys()
        found = [prepared for *_, prepared in sorted(rows.values(), key=lambda row: row[0])]
        for code, (line, _, raw) in self.stubs.items():
            if code not in known:
                said = read(raw)
                try:
                    found.append(self.held.prepare(RowSaid(line, (self.speaker.statement(said, line),))))
                except RefusedError as error:
                    rejects.append(RejectSaid(line, str(error), said.name))
        return Batch(0, found, rejects, (), len(known), replaced)

    def _as_before(self, codes: Sequence[str]) -> dict[str, tuple[int, int, str]]:
        """The rows of those of some codes that were met as they were held."""
        found: dict[str, tuple[int, int, str]] = {}
        for key, named in self.held.named(f"ods:{code}" for code in codes).items():
            record = self.held.digests.get(named.digest)
            line = self.met[record] if record is not None else 0
            if line:
                found[key.partition(":")[2]] = line, opened(named.opened), named.name
        return found
