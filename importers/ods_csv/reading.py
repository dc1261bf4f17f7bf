"""Reading any of the ODS lists: recognise it, date it, and make each of its rows a statement or a reject."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from db.dates import earliest, latest
from db.errors import InputError
from db.statements import Reading, RejectSaid, RowSaid, SourceSaid
from importers.base import Input, ReadOptions, Sample
from importers.ods_csv.dating import in_words, vintage
from importers.ods_csv.families import lists, publisher
from importers.ods_csv.memberships import DATE_COLUMNS as MEMBER_DATES
from importers.ods_csv.memberships import MemberReader
from importers.ods_csv.organisations import DATE_COLUMNS, Reader, named_areas
from importers.ods_csv.recognise import CHANGE_FILE_ROWS, WIDTHS, is_heading, recognise
from importers.ods_csv.table import Row, rows
from importers.seeming import describe
from importers.text import decode, peek

LOOKED_AT = 3_000
"""Rows from which the list is recognised."""

LEAST = 0.2
"""The share of rows that must fit even where the user names the format."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, made while they are asked for; as often as they are asked for."""

    table: list[Row]
    reader: Callable[[], Callable[[Row], RowSaid | RejectSaid]]

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        read = self.reader()
        return (read(row) for row in self.table)


def read(source: Input, options: ReadOptions) -> Reading:
    """Read an input that is one of the lists; raises `InputError` where it is none."""
    data = source.read_bytes()
    table = list(rows(decode(data)))
    if table and is_heading([cell.strip() for cell in table[0].cells]):
        del table[0]
    sound = [row.cells for row in islice(table, LOOKED_AT) if row.problem is None]
    found = recognise(sound, len(table) < CHANGE_FILE_ROWS)
    if found is None or found.share < LEAST:
        raise InputError(f"{source.label}: {_refusal(source, data)}")
    cells = [row.cells for row in table if row.problem is None]
    members = found.family == "epcmem"
    published = vintage(source, options, cells, MEMBER_DATES if members else DATE_COLUMNS)
    today = latest(published)
    if members:
        reader: Callable[[], Callable[[Row], RowSaid | RejectSaid]] = lambda: MemberReader(today).row  # noqa: E731
    else:
        family = lists().families["epraccur" if found.family == "egpam" else found.family]
        width = _width(cells)
        areas = named_areas(cells) if found.family == "eccg" else {}
        reader = lambda: Reader(family, width, today, areas).row  # noqa: E731
    return Reading(_source(source, data, found.family, published), Rows(table, reader))


def _width(cells: list[list[str]]) -> int:
    """Columns that most rows have, of those that lists have."""
    counts = [sum(len(row) == width for row in cells) for width in WIDTHS]
    return WIDTHS[counts.index(max(counts))]


def _source(source: Input, data: bytes, family: str, published: str | None) -> SourceSaid:
    known = lists()
    titles = {"epcmem": known.epcmem_title, "egpam": known.egpam_title}
    title = titles.get(family) or known.families[family].title
    title = f"{title[0].upper()}{title[1:]} ({family})"
    return SourceSaid(
        key=f"file:ods-{family}" + (f"-{published}" if published else ""),
        title=f"{title}, {in_words(published)}" if published else title,
        format={"epcmem": "epcmem", "egpam": "egpam"}.get(family, "ods-csv"),
        publisher=publisher(earliest(published), latest(published)),
        published=published,
        licence=known.licence,
        series=known.egpam_series if family == "egpam" else f"ods-{family}",
        full=family != "egpam",
        path=source.path,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _refusal(source: Input, data: bytes) -> str:
    seen = describe(Sample(source.name, data[:65536], peek(data[:65536]), len(data)))
    return f"is {seen}, not an ODS list, which has 27, 24 or 6 columns and no heading; see the other formats with --as"
