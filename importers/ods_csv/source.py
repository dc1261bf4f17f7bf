"""Reading any of the ODS lists: recognise it, date it, and make each of its rows a statement or a reject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from db.dates import earliest, latest
from db.errors import InputError
from db.statements import Reading, RejectSaid, RowSaid, SourceSaid
from importers.base import Input, ReadOptions
from importers.csv_rows import CsvRow, CsvTable
from importers.detect import describe
from importers.lines import TextLines
from importers.ods.codes import codes, publisher
from importers.ods_csv import memberships
from importers.ods_csv.cells import data_rows
from importers.ods_csv.lists import UNKNOWN, lists
from importers.ods_csv.memberships import MemberReader
from importers.ods_csv.organisations import OrganisationReader, named_areas, past_events
from importers.ods_csv.recognise import (
    CHANGE_FILE_ROWS,
    EGPAM,
    PEOPLE,
    WIDTHS,
    Recognised,
    is_change_file,
    question,
    recognise,
)
from importers.vintage import in_words, vintage

LOOKED_AT = 3_000
"""Rows from which the list is recognised."""

LEAST = 0.2
"""The share of rows that must fit even where the user names the format."""


@dataclass(frozen=True, slots=True)
class ListRows:
    """The rows of a list, made while they are asked for; as often as they are asked for."""

    table: CsvTable
    reader: Callable[[], Callable[[CsvRow], RowSaid | RejectSaid]]

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        read = self.reader()
        return (read(row) for row in self.table)


def read(source: Input, options: ReadOptions) -> Reading:
    """Read an input that is one of the lists; raises `InputError` where it is none, or where that is not told."""
    table = CsvTable(source.limits.rows(source.label, data_rows(TextLines(source))))
    found = recognise(list(islice(table.sound, LOOKED_AT)), len(table) < CHANGE_FILE_ROWS, source.name)
    if found is None or found.share < LEAST:
        raise InputError(f"{source.label}: {_refusal(source)}")
    asked = question(found, source.name)
    if asked is not None and (found.ods_list == PEOPLE or not options.named):
        raise InputError(f"{source.label}: {asked}")
    known = lists()
    members = known.memberships.get(found.ods_list)
    day = vintage(source, options, memberships.past_events(table.sound) if members else past_events(table.sound))
    if members:
        reader: Callable[[], Callable[[CsvRow], RowSaid | RejectSaid]] = lambda: MemberReader(members, day.last).row  # noqa: E731
    else:
        ods_list = known.organisations.get("epraccur" if found.ods_list == EGPAM else found.ods_list, UNKNOWN)
        width = _width(table.sound)
        areas = named_areas(table.sound) if found.ods_list == "eccg" else {}
        reader = lambda: OrganisationReader(ods_list, width, day.last, day.day, areas).row  # noqa: E731
    return Reading(_source(source, found, day.day), ListRows(table, reader), remarks=day.remarks)


def _width(cells: Iterable[list[str]]) -> int:
    """Columns that most rows have, of those that lists have."""
    counts = Counter(map(len, cells))
    return max(WIDTHS, key=lambda width: counts[width])


def _source(source: Input, found: Recognised, published: str | None) -> SourceSaid:
    """A list as a source; one of no known name follows no other, and nothing is gone because it lacks it."""
    known = lists()
    digest = source.digest()
    name, change = found.ods_list, found.ods_list == EGPAM or is_change_file(source.name)
    parted = {EGPAM: known.egpam_title} | {one.name: one.title for one in known.memberships.values()}
    title = parted.get(name) or known.organisations.get(name, UNKNOWN).title
    title = f"{title[0].upper()}{title[1:]}"
    key = f"file:ods-{name}"
    if name == UNKNOWN.name:
        key = f"file:ods-{name}-{digest[:12]}"
    else:
        title = f"{title} ({name})"
    if change and name != EGPAM:
        key, title = f"{key}-changes", f"{title}, changes"
    series = known.egpam_series if name == EGPAM else f"ods-{name}"
    return SourceSaid(
        key=key + (f"-{published}" if published else ""),
        title=f"{title}, {in_words(published)}" if published else title,
        format="epcmem" if name in known.memberships else EGPAM if name == EGPAM else "ods-csv",
        publisher=publisher(earliest(published), latest(published)),
        published=published,
        licence=codes().licence,
        series=None if name == UNKNOWN.name else series,
        full=not change and name != UNKNOWN.name,
        path=source.path,
        digest=digest,
    )


def _refusal(source: Input) -> str:
    seen = describe(source.sample())
    wanted = "a code, a name and dates such as 20130401 in the 22 to 27 columns of such lists"
    return f"is {seen}, not an ODS list, which has {wanted}; interlock formats lists the others for --as"
