"""A file as its writer laid it out: what stands around the records, and the records one by one with their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from db.keys import KINDS
from importers.base import Input
from importers.documents.builder import Place
from importers.documents.faults import FaultError, SyntaxFaultError, hint, shown
from importers.documents.json_tree import first_of_lines, json_parts, looks_like_json, parse_json, parse_lines
from importers.documents.nodes import MappingNode, Node
from importers.documents.text import decoded
from importers.documents.yaml_tree import yaml_parts
from importers.records.header import Header, listed, read_header
from importers.records.record_format import FORMAT, SECTIONS

_LINE_ENDINGS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that is wrong before its details are looked at."""

    line: int
    wrong: FaultError


FoundEntry = tuple[Node, str] | RefusedEntry
"""A record as it stands in the file, with its kind."""


def is_record(place: Place, node: Node) -> bool:
    """Whether what stands at a place of a file is one of its records."""
    return len(place) == 2 and place[0] in SECTIONS and place[1] is None


class RecordsFile:
    """The records of a file in its order, as often as they are asked for; gone through once, it knows its `header`."""

    def __init__(self, source: Input, published: str | None = None) -> None:
        """`published` overrides its vintage. Raises `SyntaxFaultError` as going through it does, which raises
        `FaultError` as well.
        """
        self._source = source
        self._published = published
        self.header = self._read_header(parse_json(f'{{"format": "{FORMAT}"}}'))
        """What it says of itself."""
        self._in_lines = self._is_in_lines()
        self._parts = json_parts if self._is_json() else yaml_parts

    def __iter__(self) -> Iterator[FoundEntry]:
        return self._of_lines() if self._in_lines else self._of_parts()

    def _text(self) -> Iterator[str]:
        return decoded(self._source.chunks())

    def _is_in_lines(self) -> bool:
        """Whether it is JSONL: by its name, or since its first line is a whole JSON object and more lines follow."""
        if self._source.name.lower().endswith(_LINE_ENDINGS):
            return True
        return isinstance(first_of_lines(self._text(), self._source.limits), MappingNode)

    def _is_json(self) -> bool:
        """Whether it is JSON; YAML may start with a brace too, so a text that fails as JSON is tried as that."""
        if self._in_lines or self._source.name.lower().endswith(".json"):
            return True
        start = next((piece for piece in self._text() if piece.strip()), "")
        if looks_like_json(start):
            with suppress(SyntaxFaultError):
                return all(True for _ in json_parts(self._text(), is_record, self._source.limits))
        return False

    def _read_header(self, root: Node) -> Header:
        return read_header(root, self._source.name, self._published)

    def _of_parts(self) -> Iterator[FoundEntry]:
        for part in self._parts(self._text(), is_record, self._source.limits):
            if part.place:
                yield part.node, SECTIONS[part.place[0] or ""]
            else:
                self.header = self._read_header(part.node)
                yield from _left(part.node)

    def _of_lines(self) -> Iterator[FoundEntry]:
        lines = parse_lines(self._text(), self._source.limits)
        first = next(lines, None)
        if first is None:
            raise SyntaxFaultError(1, "is empty")
        if isinstance(first.node, SyntaxFaultError):
            raise first.node
        if isinstance(first.node, MappingNode) and "format" in first.node.entries:
            self.header = self._read_header(first.node)
            yield from _left(first.node)
        elif isinstance(first.node, MappingNode) and "kind" in first.node.entries:
            yield _with_kind(first.node)
        else:
            raise SyntaxFaultError(1, f"is no records file: the first line has neither `format` ({FORMAT}) nor `kind`")
        for one in lines:
            if isinstance(one.node, SyntaxFaultError):
                yield RefusedEntry(one.line, FaultError(one.line, "", one.node.message))
            else:
                yield _with_kind(one.node)


def _with_kind(node: Node) -> FoundEntry:
    """A record of a JSONL file with the kind it gives."""
    said = node.scalar("kind") if isinstance(node, MappingNode) else None
    if said is None:
        return RefusedEntry(node.line, FaultError(node.line, "kind", f"is missing; it may be {', '.join(KINDS)}"))
    if said.text not in KINDS:
        message = f"unknown kind of record {shown(said.text)}{hint(said.text, KINDS)}"
        return RefusedEntry(node.line, FaultError(said.line, "kind", message, said.text))
    return node, said.text


def _left(root: Node) -> Iterator[FoundEntry]:
    """The records that were not given away before what stands around them was read."""
    entries = root.entries if isinstance(root, MappingNode) else {}
    for section, kind in SECTIONS.items():
        entry = entries.get(section)
        if entry is not None:
            yield from ((node, kind) for node in listed(entry.value, section))
