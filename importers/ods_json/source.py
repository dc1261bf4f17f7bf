"""From a file of JSON to its records and the day of which it tells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.errors import InputError
from db.statements import Reading, RejectSaid, RowSaid
from importers.base import Input, ReadOptions
from importers.documents.faults import SyntaxFaultError
from importers.documents.json_tree import parse_json, parse_lines
from importers.documents.nodes import Node
from importers.documents.text import MAX_BYTES, decode
from importers.ods.organisation import RefusedError
from importers.ods.statements import StatementMaker
from importers.ods_json.forms import FoundRecord, JsonForm, NoRecordsError, more_to_come, records
from importers.ods_json.rows import JsonRows, ReadRecord, described, read_one, reading, statement_maker
from importers.vintage import given, last_day, latest_past, named_day


@dataclass(frozen=True, slots=True)
class CountedJsonRows:
    """The rows of records that are read already, so that progress can be shown."""

    reads: tuple[ReadRecord, ...]
    maker: StatementMaker
    form: JsonForm

    def __len__(self) -> int:
        return len(self.reads)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        made = JsonRows(self.maker, self.form)
        return (made.row(one) for one in self.reads)


def read(source: Input, options: ReadOptions) -> Reading:
    """Read a file; raises `InputError` where it holds no records, or what a server says instead of them."""
    data = source.read_bytes(MAX_BYTES)
    found, remarks = _found(data, source)
    form = next((one.form for one in found if one.form is not None), None)
    if form is None:
        raise InputError(f"{source.label}: {_nothing(found)}")
    reads = tuple(read_one(row, one, form) for row, one in enumerate(found, 1))
    published = given(options) or _dated(source.name) or _latest(reads)
    named = {role: name for one in reads if one.item for role, name in one.item.names.items()}
    digest = hashlib.sha256(data).hexdigest()
    key = f"file:ods-json-{digest[:12]}-{published}" if published else f"file:ods-json-{digest[:12]}"
    said = described(key, form.title, published, form, "ods-json", source.path, digest)
    return reading(said, CountedJsonRows(reads, statement_maker(last_day(published), named), form), named, remarks)


def _found(data: bytes, source: Input) -> tuple[list[FoundRecord], tuple[str, ...]]:
    """The records of one JSON text, or of one in each line; what the user should know of the text."""
    try:
        text = decode(data)
        try:
            root = parse_json(text)
            return list(records(root)), _remarks(root)
        except SyntaxFaultError:
            if not _is_lines(text):
                raise
        return [found for line in parse_lines(text) for found in _of_line(line.node)], ()
    except SyntaxFaultError as wrong:
        raise InputError(f"{source.label}:{wrong.line}: {wrong.message}; fetch it again") from wrong
    except NoRecordsError as error:
        raise InputError(f"{source.label}: {error}") from error


def _remarks(root: Node) -> tuple[str, ...]:
    try:
        more = more_to_come(root)
    except RefusedError:
        return ()
    return (more,) if more else ()


def _is_lines(text: str) -> bool:
    """Whether the first line is a JSON text by itself and more come after it."""
    first, _, rest = text.strip().partition("\n")
    try:
        parse_json(first)
    except SyntaxFaultError:
        return False
    return bool(rest.strip())


def _of_line(node: Node | SyntaxFaultError) -> list[FoundRecord]:
    """The records of one line; a line that is no JSON is a record that cannot be taken."""
    if isinstance(node, SyntaxFaultError):
        return [FoundRecord(None, None, node.message)]
    try:
        return list(records(node))
    except NoRecordsError as error:
        return [FoundRecord(None, None, str(error))]


def _nothing(found: Sequence[FoundRecord]) -> str:
    if not found:
        return "holds no records, there is nothing to import"
    if found[0].is_link:
        return "lists changed records without what they are; interlock import ods-api --since DATE fetches them"
    more = f" ({len(found):,} like it)" if len(found) > 1 else ""
    return f"holds no record that can be taken: {found[0].reason}{more}"


def _dated(name: str) -> str | None:
    """The month or day in a file's name; a year alone may be part of a code."""
    told = named_day(name)
    return told if told and len(told) > 4 else None


def _latest(reads: Sequence[ReadRecord]) -> str | None:
    return latest_past(one.item.changed for one in reads if one.item and one.item.changed)
