"""A file made into a `Reading`: one row for each record, or a reject that says where and why.

What keeps the file from being read at all (its syntax, its header, an unknown list) raises `InputError`; a wrong record
is refused alone, and whether that refuses the rest is for the run to decide. A file is gone through first for what it
says of itself and for the keys of its records, then for its rows, so that one record of it is held at a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from db.errors import InputError
from db.files.text_numbers import TextNumbers
from db.statements import Reading, RejectSaid, RowSaid
from importers.base import Input
from importers.documents.builder import check_count
from importers.documents.faults import FaultError, SyntaxFaultError, fault
from importers.documents.nodes import MappingNode, Node
from importers.records.entries import EntryReader, RecordEntry
from importers.records.names import key_of
from importers.records.record_format import SECTIONS
from importers.records.records_file import FoundEntry, RecordsFile, RefusedEntry
from importers.status import open_until
from importers.vintage import last_day

_KINDS = tuple(SECTIONS.values())


@dataclass(slots=True)
class RecordKeys:
    """The keys of a file's records with their kinds; of two records that share one, the first has it."""

    people: bool = False
    """Whether any of them is a person's."""
    _entries: TextNumbers = field(default_factory=TextNumbers)
    """The place of a record among the entries and its kind, in one number."""
    _lines: array[int] = field(default_factory=lambda: array("L"))
    """Of each entry."""

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def last_line(self) -> int:
        """The line of the entry that was noted last."""
        return self._lines[-1]

    def add(self, found: FoundEntry) -> None:
        """Note the next entry of the file."""
        number = len(self._lines)
        self._lines.append(found.line if isinstance(found, RefusedEntry) else found[0].line)
        if not isinstance(found, RefusedEntry):
            self.people = self.people or found[1] == "person"
            with suppress(FaultError):
                self._entries.setdefault(_key_of(*found), number * len(_KINDS) + _KINDS.index(found[1]))

    def get(self, key: str) -> str | None:
        """The kind of the record that has a key, None where none has."""
        held = self._entries.get(key)
        return None if held is None else _KINDS[held % len(_KINDS)]

    def entry(self, number: int, found: FoundEntry) -> RecordEntry:
        """Return an entry with its key; raises `FaultError` where it has none or where that is an earlier one's."""
        if isinstance(found, RefusedEntry):
            raise found.wrong
        node, kind = found
        key = _key_of(node, kind)
        held = self._entries.get(key)
        first = number if held is None else held // len(_KINDS)
        if first != number:
            message = f"{key} is already on line {self._lines[first]}; give each record its own"
            raise FaultError(node.line, "key", message, key)
        return RecordEntry(_mapping(node), kind, key)


class RecordRows:
    """The rows of one file, made while they are asked for; can be gone through again."""

    def __init__(self, file: RecordsFile, keys: RecordKeys, label: str) -> None:
        self._file = file
        self._keys = keys
        self._label = label
        self._reader = EntryReader(file.header.words, file.header.cites, keys)
        self._last_day = last_day(file.header.source.published)

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        with _in_words(self._label):
            for number, found in enumerate(self._file):
                yield self._row(number, found)

    def _row(self, number: int, found: FoundEntry) -> RowSaid | RejectSaid:
        try:
            entry = self._keys.entry(number, found)
            return RowSaid(entry.node.line, (open_until(self._reader.statement(entry), self._last_day),))
        except FaultError as wrong:
            return RejectSaid(wrong.line, str(wrong), wrong.value)


def read_records(source: Input, published: str | None = None) -> Reading:
    """Return what a file of the records format says. Raises `InputError` where it is not readable as one.

    `published` overrides its vintage.
    """
    with _in_words(source.label):
        file = RecordsFile(source, published)
        keys = RecordKeys()
        for found in file:
            keys.add(found)
            check_count(len(keys), keys.last_line, source.limits)
    header = file.header
    return Reading(
        source=replace(header.source, path=source.path, digest=source.digest()),
        rows=RecordRows(file, keys, source.label),
        cited=header.cited,
        terms=header.terms,
        link_types=header.link_types,
        people=keys.people,
    )


@contextmanager
def _in_words(label: str) -> Iterator[None]:
    """Say of a file that cannot be read where it is wrong."""
    try:
        yield
    except SyntaxFaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong.message}.") from wrong
    except FaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong}") from wrong


def _key_of(node: Node, kind: str) -> str:
    return key_of(_mapping(node), kind)


def _mapping(node: Node) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise fault(node, "", "a record is wanted here: a mapping with a key or a name")
    return node
