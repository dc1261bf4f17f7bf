"""The rows of a release one by one, however it is written: small ones, fragments, and what no slice can be cut of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from db.statements import RejectSaid, RowSaid
from importers.ods.organisation import Organisation, RefusedError
from importers.ods.statements import StatementMaker
from importers.ods_xml.markup import BARE, elements
from importers.ods_xml.parts import ReleasePart, check_count
from importers.ods_xml.record import called, organisation
from importers.ods_xml.repeats import Repeats


@dataclass(frozen=True, slots=True)
class ReleaseRows:
    """The rows of all parts in order, read while they are asked for, after a look at what comes more than once."""

    parts: tuple[ReleasePart, ...]
    maker: StatementMaker

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        repeats = self._repeats()
        stubs = repeats.stubs(frozenset())
        for line, said, row in self._read():
            if said is None:
                yield row
            elif line in repeats.losers:
                yield RejectSaid(line, repeats.reason(line), said.name)
            else:
                yield RowSaid(line, ()) if said.stub and line not in stubs else row

    def _repeats(self) -> Repeats:
        """What a first pass over all parts tells of codes that come more than once."""
        repeats = Repeats()
        for line, said, _ in self._read(repeats):
            if said is not None and said.stub:
                repeats.add_stub(said.code, line)
            elif said is not None:
                repeats.add(said.code, line, said.dates.start)
        return repeats

    def _read(self, repeats: Repeats | None = None) -> Iterator[tuple[int, Organisation | None, RowSaid | RejectSaid]]:
        """Yield each record with its line and its row, or why it cannot be taken; the files are told to `repeats`."""
        line = 0
        for part in self.parts:
            begin = line
            if repeats is not None:
                repeats.begin(part.source.label, begin + 1)
            for element in elements(part.source):
                if BARE[element.tag] != "Organisation":
                    continue
                line += 1
                try:
                    said = organisation(element)
                    yield line, said, RowSaid(line, self.maker.statements(said, line))
                except RefusedError as error:
                    yield line, None, RejectSaid(line, str(error), called(element))
            check_count(part, line - begin)
            if repeats is not None:
                repeats.end()


@dataclass(frozen=True, slots=True)
class CountedReleaseRows(ReleaseRows):
    """Rows whose number the manifests tell, so that progress can be shown."""

    def __len__(self) -> int:
        return sum(part.head.manifest.count or 0 for part in self.parts if part.head.manifest)
