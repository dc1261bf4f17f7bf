"""What was fetched from the API as a source: records as they stand on the day of fetching, read line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from db.dates import parse
from db.errors import InputError
from db.statements import Reading, RejectSaid, RowSaid
from importers.base import Input, ReadOptions
from importers.documents.faults import SyntaxFaultError
from importers.documents.json_tree import parse_json
from importers.documents.nodes import MappingNode
from importers.ods.organisation import RefusedError
from importers.ods.statements import StatementMaker
from importers.ods_api import fetched_text
from importers.ods_api.api import MOST_BYTES
from importers.ods_json.fields import text
from importers.ods_json.forms import ORD, FoundRecord, NoRecordsError, records
from importers.ods_json.rows import JsonRows, ReadRecord, described, read_one, reading, statement_maker
from importers.vintage import given, last_day

LONGEST_LINE = MOST_BYTES + 1024


@dataclass(frozen=True, slots=True)
class _Whole:
    """What a text says before its records are looked at: its heading and names, their number and their digest."""

    fetched: str
    names: dict[str, str]
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class FetchedRows:
    """The rows of a text, read while they are asked for."""

    source: Input
    maker: StatementMaker
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        made = JsonRows(self.maker, ORD)
        for row, line in enumerate(_lines(self.source)):
            if row and not _is_names(line):
                yield made.row(_read(row, line))


def read(source: Input, options: ReadOptions) -> Reading:
    """Read what was fetched; raises `InputError` where it is damaged or not whole.

    What is fetched again and says the same is the same source, of a later day.
    """
    whole = _scan(source)
    published = given(options) or whole.fetched
    title = f"ORD API, {source.label}" if source.label.startswith("ods:") else "ORD API, records that changed"
    key = f"file:ods-api-{whole.digest[:16]}"
    said = described(key, title, published, ORD, "ods-api", source.path, whole.digest)
    return reading(
        said, FetchedRows(source, statement_maker(last_day(published), whole.names), whole.count), whole.names
    )


def _scan(source: Input) -> _Whole:
    digest, count = hashlib.sha256(), 0
    heading = last = b""
    for number, line in enumerate(_lines(source)):
        if number == 0:
            heading = line
        elif not _is_names(line):
            digest.update(line)
            count += 1
        last = line
    if not _is_names(last):
        raise InputError(f"{source.label}: is not whole; fetch it again")
    held = _tree(last, source).entries["names"].value
    try:
        fetched = parse(text(_tree(heading, source), "fetched"))
        names = {name: text(held, name) for name in held.entries} if isinstance(held, MappingNode) else {}
    except (ValueError, RefusedError) as error:
        raise InputError(f"{source.label}: is damaged ({str(error)[:100]}); fetch it again") from error
    return _Whole(fetched, names, count, digest.hexdigest())


def _tree(line: bytes, source: Input) -> MappingNode:
    try:
        root = parse_json(line.decode("utf-8"))
    except (UnicodeDecodeError, SyntaxFaultError) as error:
        raise InputError(f"{source.label}: is damaged; fetch it again") from error
    if not isinstance(root, MappingNode):
        raise InputError(f"{source.label}: is damaged; fetch it again")
    return root


def _lines(source: Input) -> Iterator[bytes]:
    """The lines, each at most as long as an answer may be."""
    with source.open() as stream:
        while line := stream.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise InputError(f"{source.label}: holds a line of more than {LONGEST_LINE // 1024**2} MB; refused")
            yield line


def _is_names(line: bytes) -> bool:
    return line.startswith(fetched_text.NAMES.encode())


def _read(row: int, line: bytes) -> ReadRecord:
    try:
        root = parse_json(line.decode("utf-8"))
        if line.startswith(fetched_text.REFUSED.encode()):
            return ReadRecord(row, None, text(root, "refused", "reason"), text(root, "refused", "value"))
        found = next(iter(records(root)), FoundRecord(None, None, "holds no record"))
    except UnicodeDecodeError:
        found = FoundRecord(None, None, "is no UTF-8")
    except SyntaxFaultError as wrong:
        found = FoundRecord(None, None, wrong.message)
    except NoRecordsError as error:
        found = FoundRecord(None, None, str(error))
    return read_one(row, found, ORD)
