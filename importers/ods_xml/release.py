"""The rows of a release: full file, then archive, stubs merged with their records and repeats settled by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from db.errors import InputError
from db.statements import RejectSaid, RowSaid
from importers.base import Input
from importers.ods_xml.head import Head
from importers.ods_xml.markup import elements, local
from importers.ods_xml.organisation import Organisation, RefusedError, organisation
from importers.ods_xml.repeats import repeated
from importers.ods_xml.saying import Speaker

Said = RowSaid | RejectSaid


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a release."""

    source: Input
    head: Head


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of all parts in order, read while they are asked for."""

    parts: tuple[Part, ...]
    speaker: Speaker

    def __iter__(self) -> Iterator[Said]:
        return _Reader(self.speaker).rows(self.parts)


@dataclass(frozen=True, slots=True)
class CountedRows(Rows):
    """Rows whose number the manifests tell, so that progress can be shown."""

    def __len__(self) -> int:
        return sum(part.head.manifest.count or 0 for part in self.parts if part.head.manifest)


@dataclass(slots=True)
class _Reader:
    """Reads once; of what it has read it keeps only codes and stubs."""

    speaker: Speaker
    line: int = 0
    described: dict[str, int] = field(default_factory=dict)
    stubs: dict[str, tuple[int, Organisation]] = field(default_factory=dict)
    """Stubs whose record has not come yet."""

    def rows(self, parts: Sequence[Part]) -> Iterator[Said]:
        for part in parts:
            yield from self._part(part)
        for line, stub in self.stubs.values():
            yield self._said(stub, line)

    def _part(self, part: Part) -> Iterator[Said]:
        twice = repeated(part.source)
        held: dict[str, list[tuple[int, Organisation]]] = {}
        earlier = frozenset(self.described) if self.described else frozenset()
        begin = self.line
        for element in elements(part.source):
            if local(element) != "Organisation":
                continue
            self.line += 1
            try:
                one = organisation(element)
            except RefusedError as error:
                yield RejectSaid(self.line, str(error), _shown(element))
                continue
            if one.code in twice:
                held.setdefault(one.code, []).append((self.line, one))
            else:
                yield from self._take(one, self.line, part, earlier)
        check_count(part, self.line - begin)
        for code, several in held.items():
            yield from self._settle(code, several, part, earlier)

    def _take(self, one: Organisation, line: int, part: Part, earlier: frozenset[str]) -> Iterator[Said]:
        """A record or a stub; a stub of what is described is no news."""
        if one.stub:
            if one.code in self.described:
                yield RowSaid(line, ())
            elif one.code in self.stubs:
                raise InputError(f"{part.source.label}: {one.code} is a stub twice and described nowhere")
            else:
                self.stubs[one.code] = line, one
            return
        before = self.described.get(one.code)
        if before is not None:
            if one.code not in earlier:
                raise InputError(f"{part.source.label}: {one.code} is described twice, as rows {before} and {line}")
            yield RejectSaid(line, f"{one.code} is described by row {before} of the full file, which counts", one.name)
            return
        if one.code in self.stubs:
            yield RowSaid(self.stubs.pop(one.code)[0], ())
        self.described[one.code] = line
        yield self._said(one, line)

    def _settle(
        self, code: str, several: list[tuple[int, Organisation]], part: Part, earlier: frozenset[str]
    ) -> Iterator[Said]:
        """One code more than once in a file: the record that starts later counts.

        Raises `InputError` where that does not decide.
        """
        full = sorted((one for one in several if not one[1].stub), key=lambda one: one[1].dates.start or "")
        stubs = [one for one in several if one[1].stub]
        if len(full) > 1 and code not in earlier and full[-1][1].dates.start == full[-2][1].dates.start:
            rows = " and ".join(str(line) for line, _ in full[-2:])
            raise InputError(f"{part.source.label}: {code} is described twice with one start, as rows {rows}")
        for line, one in full[-1:]:
            yield from self._take(one, line, part, earlier)
        for line, one in full[:-1]:
            yield RejectSaid(line, f"{code} is described by row {full[-1][0]} as well, which starts later", one.name)
        for line, one in stubs:
            yield from self._take(one, line, part, earlier)

    def _said(self, one: Organisation, line: int) -> Said:
        try:
            return RowSaid(line, (self.speaker.statement(one, line),))
        except RefusedError as error:
            return RejectSaid(line, str(error), one.name)


def check_count(part: Part, read: int) -> None:
    """Raise InputError where a file holds another number of records than its manifest counts."""
    count = part.head.manifest.count if part.head.manifest else None
    if count is not None and count != read:
        raise InputError(
            f"{part.source.label}: its manifest counts {count:,} organisations and it holds {read:,}; fetch it again"
        )


def _shown(element: object) -> str | None:
    """What a refused record is called, for the list of rejects."""
    name: str = element.findtext("{*}Name") or ""  # type: ignore[attr-defined]
    return name.strip()[:80] or None
