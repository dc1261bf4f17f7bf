"""From a file of JSON to its records and the day of which it tells.

A file is read once. Its records are put aside as they come, because only its end tells where in it they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from db.errors import InputError
from db.files.spool import Spool
from db.statements import Reading, RejectSaid, RowSaid
from importers.base import Input, ReadOptions
from importers.documents.builder import Part, check_count
from importers.documents.faults import OverLimitError, SyntaxFaultError
from importers.documents.json_tree import JsonLine, first_of_lines, json_parts, parse_lines
from importers.documents.nodes import Node
from importers.documents.text import decoded
from importers.limits import Limits
from importers.ods.organisation import RefusedError
from importers.ods.statements import StatementMaker
from importers.ods_json.forms import (
    ORD,
    FoundRecord,
    JsonForm,
    NoRecordsError,
    found_at,
    is_record,
    listed_in,
    more_to_come,
    place_of_records,
    records,
)
from importers.ods_json.rows import JsonRows, ReadRecord, described, read_one, reading, statement_maker
from importers.vintage import given, last_day, latest_past, named_day

_LOT = 500
"""Records that are put aside at once."""


@dataclass(slots=True)
class FoundRecords:
    """The records that stand in one place of a file, put aside, and what there is to know of all of them."""

    count: int = 0
    form: JsonForm | None = None
    """That of the first that has one, which the others must have as well."""
    changed: str | None = None
    """The latest day on which one of them changed."""
    names: dict[str, str] = field(default_factory=dict)
    """What they call their roles."""
    first: FoundRecord | None = None
    _lot: list[ReadRecord] = field(default_factory=list)
    _aside: Spool = field(default_factory=lambda: Spool(plain=False))

    def add(self, found: FoundRecord) -> None:
        """Read a record and put it aside."""
        self.count += 1
        if self.first is None:
            self.first = FoundRecord(None, None, found.reason, is_link=found.is_link)
        self.form = self.form or found.form
        # As long as none has a form, it does not matter which one they should have.
        read = read_one(self.count, found, self.form or ORD)
        if read.item is not None:
            self.names.update(read.item.names)
            if read.item.changed is not None and read.item.changed != self.changed:
                self.changed = latest_past(day for day in (self.changed, read.item.changed) if day)
        self._lot.append(read)
        if len(self._lot) >= _LOT:
            self._aside.put(self._lot)
            self._lot.clear()

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[ReadRecord]:
        for lot in self._aside.lots():
            yield from lot
        yield from self._lot


@dataclass(frozen=True, slots=True)
class CountedJsonRows:
    """The rows of records that are read already, so that progress can be shown."""

    reads: FoundRecords
    maker: StatementMaker
    form: JsonForm

    def __len__(self) -> int:
        return len(self.reads)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        made = JsonRows(self.maker, self.form)
        return (made.row(one) for one in self.reads)


def read(source: Input, options: ReadOptions) -> Reading:
    """Read a file; raises `InputError` where it holds no records, or what a server says instead of them."""
    found, remarks = _found(source)
    if found.form is None:
        raise InputError(f"{source.label}: {_nothing(found)}")
    published = given(options) or _dated(source.name) or found.changed
    digest = source.digest()
    key = f"file:ods-json-{digest[:12]}-{published}" if published else f"file:ods-json-{digest[:12]}"
    said = described(key, found.form.title, published, found.form, "ods-json", source.path, digest)
    rows = CountedJsonRows(found, statement_maker(last_day(published), found.names), found.form)
    return reading(said, rows, found.names, remarks)


def _found(source: Input) -> tuple[FoundRecords, tuple[str, ...]]:
    """The records of one JSON text, or of one in each line; what the user should know of the text."""
    limits = source.limits
    try:
        if first_of_lines(decoded(source.chunks()), limits) is not None:
            return _of_lines(parse_lines(decoded(source.chunks()), limits), limits), ()
        return _of_parts(json_parts(decoded(source.chunks()), is_record, limits), limits)
    except OverLimitError as over:
        raise InputError(f"{source.label}:{over.line}: {over.message}") from over
    except SyntaxFaultError as wrong:
        raise InputError(f"{source.label}:{wrong.line}: {wrong.message}; fetch it again") from wrong
    except NoRecordsError as error:
        raise InputError(f"{source.label}: {error}") from error


def _of_parts(parts: Iterator[Part], limits: Limits) -> tuple[FoundRecords, tuple[str, ...]]:
    """The records of one text, of those that stand in the place where such a text has them."""
    found: dict[str | None, FoundRecords] = {}
    for part in parts:
        if part.place:
            where = listed_in(part)
            there = found.setdefault(where, FoundRecords())
            there.add(found_at(where, part.node, part.place[0]))
            check_count(len(there), part.node.line, limits)
            continue
        chosen = found.get(place_of_records(part.node)) or FoundRecords()
        for one in records(part.node):
            chosen.add(one)
        return chosen, _remarks(part.node, len(chosen))
    raise AssertionError("the root is the last of all parts")


def _remarks(root: Node, held: int) -> tuple[str, ...]:
    try:
        more = more_to_come(root, held)
    except RefusedError:
        return ()
    return (more,) if more else ()


def _of_lines(lines: Iterator[JsonLine], limits: Limits) -> FoundRecords:
    found = FoundRecords()
    for line in lines:
        for one in _of_line(line.node):
            found.add(one)
        check_count(len(found), line.line, limits)
    return found


def _of_line(node: Node | SyntaxFaultError) -> list[FoundRecord]:
    """The records of one line; a line that is no JSON is a record that cannot be taken."""
    if isinstance(node, SyntaxFaultError):
        return [FoundRecord(None, None, node.message)]
    try:
        return list(records(node))
    except NoRecordsError as error:
        return [FoundRecord(None, None, str(error))]


def _nothing(found: FoundRecords) -> str:
    if found.first is None:
        return "holds no records, there is nothing to import"
    if found.first.is_link:
        return "lists changed records without what they are; interlock import ods-api --since DATE fetches them"
    more = f" ({len(found):,} like it)" if len(found) > 1 else ""
    return f"holds no record that can be taken: {found.first.reason}{more}"


def _dated(name: str) -> str | None:
    """The month or day in a file's name; a year alone may be part of a code."""
    told = named_day(name)
    return told if told and len(told) > 4 else None
