"""The rows of a release by the batch, for the register to write as they come: what is new, what is as it was."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from db.number_set import NumberSet
from db.statements import Batch, Held, Prepared, RejectSaid
from importers.base import IrregularError
from importers.ods.statements import StatementMaker
from importers.ods_xml.parts import ReleasePart, check_count
from importers.ods_xml.processes import slices_read
from importers.ods_xml.repeats import Repeats, Verdict
from importers.ods_xml.slices import SliceRead, SliceReader


@dataclass(frozen=True, slots=True)
class ReleaseBatches:
    """Meets `db.statements.BatchedRows`."""

    parts: tuple[ReleasePart, ...]
    maker: StatementMaker
    processes: int

    def batches(self, held: Held) -> Iterator[Batch]:
        """Yield all rows of the release; raises IrregularError where it has to be parsed as a whole."""
        return _BatchReader(self.parts, held, SliceReader(self.maker, held)).batches(self.processes)


class _WaitingRow(NamedTuple):
    """A row that starts earlier than the one that the register holds: it counts unless that one comes as well."""

    name: str
    prepared: Prepared


@dataclass(slots=True)
class _BatchReader:
    """Reads once; of what it has read it keeps codes, lines and opening days, and the text of stubs."""

    parts: tuple[ReleasePart, ...]
    held: Held
    reader: SliceReader
    repeats: Repeats = field(default_factory=Repeats)
    names: dict[int, str | None] = field(default_factory=dict)
    """Names of records that do not count, by line."""
    stubs: dict[int, bytes] = field(default_factory=dict)
    """Texts of stubs by line."""
    refused: list[RejectSaid] = field(default_factory=list)
    met: array[int] = field(default_factory=lambda: array("L"))
    """The line at which each record was met as it is held, by its number; 0 where it was not."""
    other: NumberSet = field(default_factory=NumberSet)
    """The records of whose codes other rows came: where all differs that is all of them."""
    waiting: dict[str, _WaitingRow] = field(default_factory=dict)
    """By code; until the end of their file."""

    def batches(self, processes: int) -> Iterator[Batch]:
        """Yield all rows of the release."""
        self.met.frombytes(bytes(self.met.itemsize * (max(self.held.digests.values(), default=-1) + 1)))
        line = 1
        with closing(slices_read([part.source for part in self.parts], self.reader, processes)) as reads:
            for part in self.parts:
                begin = line
                self.repeats.begin(part.source.label, begin)
                for found in iter(reads.__next__, None):
                    yield self._batch(found)
                    line += found.read
                check_count(part, line - begin)
                self.repeats.end()
                yield Batch(0, [row.prepared for row in self.waiting.values()])
                self.waiting.clear()
        yield self._last()

    def _batch(self, found: SliceRead) -> Batch:
        """What a slice comes to beside all before it."""
        self.refused += (RejectSaid(*refused) for refused in found.refused)
        for line, code, raw in found.stubs:
            self.repeats.add_stub(code, line)
            self.stubs[line] = raw
        unchanged = [number for line, number in found.unchanged if self._stands(number, line)]
        opened = self._look_up([code for _, code, _, _, _ in found.rows]) if self.met else {}
        rows: dict[str, Prepared] = {}
        names: dict[str, str] = {}
        replaced: list[str] = []
        for line, code, start, name, prepared in found.rows:
            before = self.repeats.lines.get(code, line)
            verdict = self.repeats.add(code, line, start)
            if verdict is Verdict.WORSE:
                self.names[line] = name
                continue
            if verdict is Verdict.BETTER:
                waited = self.waiting.pop(code, None)
                self.names[before] = waited.name if waited else names.get(code) or self._held_name(code)
                if waited is None and code not in rows:
                    replaced.append(f"ods:{code}")
            if (start or "") < opened.get(code, ""):
                self.waiting[code] = _WaitingRow(name, prepared)
            else:
                names[code], rows[code] = name, prepared
        return Batch(found.read, list(rows.values()), (), unchanged, 0, replaced)

    def _stands(self, number: int, line: int) -> bool:
        """Whether a record that comes as it is held stands so: not where another row of its code counts."""
        if self.met[number]:
            # Twice the same is for the way that compares what is in the file with itself.
            raise IrregularError
        if number in self.other:
            key, held = self.held.earlier(number)
            code = key.partition(":")[2]
            before = self.repeats.lines[code]
            if self.repeats.add(code, line, held.opened) is Verdict.WORSE:
                self.names[line] = held.name
                return False
            self.names[before] = self.waiting.pop(code).name
        self.met[number] = line
        return True

    def _look_up(self, codes: Sequence[str]) -> dict[str, str]:
        """Note what is held of the codes of new rows; return the opening days of what has not come yet."""
        opened: dict[str, str] = {}
        by_key = {f"ods:{code}": code for code in codes}
        for key, named in self.held.named(by_key).items():
            if named.record is None:
                continue
            code = by_key[key]
            if not self.met[named.record]:
                self.other.add(named.record)
                opened[code] = named.opened or ""
            elif code not in self.repeats.lines:
                self.repeats.add(code, self.met[named.record], named.opened)
        return opened

    def _held_name(self, code: str) -> str | None:
        key = f"ods:{code}"
        named = self.held.named([key]).get(key)
        return named and named.name

    def _last(self) -> Batch:
        """What only the end of all files tells: which stubs nothing describes, and which of several records counts."""
        met = set()
        if self.met:
            named = self.held.named(f"ods:{code}" for code in self.repeats.stub_codes())
            known = ((key, one.record) for key, one in named.items())
            met = {key.partition(":")[2] for key, record in known if record is not None and self.met[record]}
        rejects = self.refused
        rejects += (RejectSaid(line, self.repeats.reason(line), self.names.get(line)) for line in self.repeats.losers)
        left = self.repeats.stubs(met)
        rows = [self.reader.row(self.stubs[line], line) for line in left]
        return Batch(0, rows, sorted(rejects, key=lambda one: one.line or 0), (), len(self.stubs) - len(left))
