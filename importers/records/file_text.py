"""A file of the records format as text: header, sources, words and records in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.keys import KINDS
from db.statements import LinkTypeSaid, SourceSaid, Statement, TermSaid
from importers.documents.yaml_text import Plain, lines
from importers.records.entry_writer import EntryWriter, Plainly
from importers.records.record_format import FORMAT, SECTIONS


@dataclass(frozen=True, slots=True)
class FileText:
    """Everything a file says, to be written."""

    source: SourceSaid
    statements: Iterable[Statement]
    """Gone through again for each section, so that none but the one that is written need be in memory."""
    link_types: Mapping[str, LinkTypeSaid]
    """Every link type in use, the built-in ones too."""
    cited: Sequence[SourceSaid] = ()
    terms: Sequence[TermSaid] = ()
    own_link_types: Sequence[LinkTypeSaid] = ()
    """Those that the file itself has to define."""
    cites: str | None = None
    """The source that evidence means when it names none."""
    comment: str | None = None

    def lines(self) -> Iterator[str]:
        """The lines of the file, without their endings."""
        if self.comment:
            yield f"# {self.comment}"
        yield from lines(self._header())
        if self.cited:
            yield from ("", "sources:")
            yield from lines([_source(one) for one in self.cited], 2)
        vocabulary = self._vocabulary()
        if vocabulary:
            yield from ("", "vocabulary:")
            yield from lines(vocabulary, 2)
        writer = EntryWriter(self.link_types, {one.key for one in self.statements}, self.cites)
        for section, kind in SECTIONS.items():
            before: tuple[str, ...] = ("", f"{section}:")
            for statement in self.statements:
                if statement.kind == kind:
                    yield from before
                    yield from lines([writer.entry(statement)], 2)
                    before = ("",)

    def _header(self) -> Plainly:
        source = self.source
        header: Plainly = {
            "format": FORMAT,
            "id": source.key.removeprefix("file:"),
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published,
            "url": source.url,
            "licence": source.licence,
            "complete": source.complete or None,
            "cites": self.cites,
        }
        return {name: value for name, value in header.items() if value is not None}

    def _vocabulary(self) -> Plainly:
        words: dict[str, list[Plain]] = {}
        for term in self.terms:
            words.setdefault(term.vocabulary, []).append(
                {"name": term.name, "label": term.label, "definition": term.definition, "source": term.source}
            )
        if self.own_link_types:
            words["link_types"] = [_link_type(one) for one in self.own_link_types]
        return dict(words)


def _source(source: SourceSaid) -> Plain:
    found = {
        "key": source.key,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "licence": source.licence,
        "release_of": source.series if source.living else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _link_type(kind: LinkTypeSaid) -> Plain:
    found: Plainly = {
        "name": kind.name,
        "forward": kind.forward,
        "reverse": kind.reverse,
        "category": kind.category,
        "definition": kind.definition,
        "source": kind.source,
        "owner": kind.owner,
    }
    for name, kinds in (("source_kinds", kind.source_kinds), ("target_kinds", kind.target_kinds)):
        if kinds != KINDS:
            found[name] = list(kinds)
    return found
