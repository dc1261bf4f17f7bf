"""A whole file made into a `Reading`: one row for each record, or a reject that says where and why.

What keeps the file from being read at all (its syntax, its header, an unknown list) raises `InputError`; a wrong record
is refused alone, and whether that refuses the rest is for the run to decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from db.errors import InputError
from db.keys import KINDS
from db.statements import Reading, RejectSaid, RowSaid
from importers.documents.faults import FaultError, SyntaxFaultError, fault, hint, shown
from importers.documents.json_tree import looks_like_json, parse_json, parse_lines
from importers.documents.nodes import MappingNode, Node
from importers.documents.text import decode
from importers.documents.yaml_tree import parse_yaml
from importers.records.entries import EntryReader, RecordEntry
from importers.records.header import Header, listed, read_header
from importers.records.names import key_of
from importers.records.record_format import FORMAT, SECTIONS

_LINE_ENDINGS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that is wrong before its details are looked at."""

    line: int
    wrong: FaultError


class RecordRows:
    """The rows of one file, made while they are asked for; can be gone through again."""

    def __init__(self, entries: list[RecordEntry | RefusedEntry], reader: EntryReader) -> None:
        self._entries = entries
        self._reader = reader

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        for entry in self._entries:
            yield self._row(entry)

    def _row(self, entry: RecordEntry | RefusedEntry) -> RowSaid | RejectSaid:
        try:
            if isinstance(entry, RefusedEntry):
                raise entry.wrong
            return RowSaid(entry.node.line, (self._reader.statement(entry),))
        except FaultError as wrong:
            return RejectSaid(wrong.line, wrong.reason, wrong.value)


def read_records(
    data: bytes, *, name: str, label: str, path: str | None = None, published: str | None = None
) -> Reading:
    """Return what a file of the records format says. Raises `InputError` where it is not readable as one.

    `name` is the file's own name (its ending and, without an `id`, its identity), `label` what messages call it.
    """
    try:
        header, nodes = _open(decode(data), name, published)
    except SyntaxFaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong.message}.") from wrong
    except FaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong.reason}") from wrong
    entries = _entries(nodes)
    kinds = {entry.key: entry.kind for entry in entries if isinstance(entry, RecordEntry)}
    return Reading(
        source=replace(header.source, path=path, digest=hashlib.sha256(data).hexdigest()),
        rows=RecordRows(entries, EntryReader(header.words, header.cites, kinds)),
        cited=header.cited,
        terms=header.terms,
        link_types=header.link_types,
    )


def _open(text: str, name: str, published: str | None) -> tuple[Header, list[tuple[Node, str] | RefusedEntry]]:
    """The header of a text, and its records with their kinds."""
    lower = name.lower()
    if lower.endswith(_LINE_ENDINGS) or (looks_like_json(text) and _is_lines(text)):
        return _open_lines(text, name, published)
    root = _parse(text, lower)
    return read_header(root, name, published), _sections(root)


def _parse(text: str, name: str) -> Node:
    """The tree of a text; YAML may start with a brace too, so a text that fails as JSON is tried as that."""
    if name.endswith(".json"):
        return parse_json(text)
    if looks_like_json(text):
        with suppress(SyntaxFaultError):
            return parse_json(text)
    return parse_yaml(text)


def _is_lines(text: str) -> bool:
    """Whether a text is JSONL: its first line is a whole JSON object and more lines follow."""
    first, _, rest = text.lstrip().partition("\n")
    if not rest.strip() or not first.rstrip().endswith("}"):
        return False
    try:
        parse_json(first)
    except SyntaxFaultError:
        return False
    return True


def _open_lines(text: str, name: str, published: str | None) -> tuple[Header, list[tuple[Node, str] | RefusedEntry]]:
    lines = list(parse_lines(text))
    if not lines:
        raise SyntaxFaultError(1, "is empty")
    first = lines[0].node
    if isinstance(first, SyntaxFaultError):
        raise first
    if isinstance(first, MappingNode) and "format" in first.entries:
        header, records = read_header(first, name, published), lines[1:]
        nodes = _sections(first)
    elif isinstance(first, MappingNode) and "kind" in first.entries:
        header, records = read_header(_default_header(), name, published), lines
        nodes = []
    else:
        raise SyntaxFaultError(1, f"is no records file: the first line has neither `format` ({FORMAT}) nor `kind`")
    for one in records:
        if isinstance(one.node, SyntaxFaultError):
            nodes.append(RefusedEntry(one.line, FaultError(one.line, "", one.node.message)))
        else:
            nodes.append(_with_kind(one.node))
    return header, nodes


def _default_header() -> Node:
    return parse_json(f'{{"format": "{FORMAT}"}}')


def _with_kind(node: Node) -> tuple[Node, str] | RefusedEntry:
    """A record of a JSONL file with the kind it gives."""
    said = node.scalar("kind") if isinstance(node, MappingNode) else None
    if said is None:
        return RefusedEntry(node.line, FaultError(node.line, "kind", f"is missing; it may be {', '.join(KINDS)}"))
    if said.text not in KINDS:
        message = f"unknown kind of record {shown(said.text)}{hint(said.text, KINDS)}"
        return RefusedEntry(node.line, FaultError(said.line, "kind", message, said.text))
    return node, said.text


def _sections(root: Node) -> list[tuple[Node, str] | RefusedEntry]:
    """The records of a file's lists, with the kind of each list."""
    found: list[tuple[Node, str] | RefusedEntry] = []
    if isinstance(root, MappingNode):
        for section, kind in SECTIONS.items():
            entry = root.entries.get(section)
            if entry is not None:
                found += [(node, kind) for node in listed(entry.value, section)]
    return found


def _entries(nodes: list[tuple[Node, str] | RefusedEntry]) -> list[RecordEntry | RefusedEntry]:
    """Give every record its key, and refuse the second of two that share one."""
    entries: list[RecordEntry | RefusedEntry] = []
    lines: dict[str, int] = {}
    for one in nodes:
        if isinstance(one, RefusedEntry):
            entries.append(one)
            continue
        node, kind = one
        try:
            if not isinstance(node, MappingNode):
                raise fault(node, "", "a record is wanted here: a mapping with a key or a name")
            key = key_of(node, kind)
            if key in lines:
                message = f"{key} is already on line {lines[key]}; give each record its own"
                raise FaultError(node.line, "key", message, key)
            lines[key] = node.line
            entries.append(RecordEntry(node, kind, key))
        except FaultError as wrong:
            entries.append(RefusedEntry(node.line, wrong))
    return entries
