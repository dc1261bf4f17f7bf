"""A table read by a mapping: found among the sheets, its columns checked, every row of data a statement or a reject."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.errors import InputError
from db.statements import Reading, RejectSaid, RowSaid, SourceSaid
from importers.base import MAX_WHOLE_BYTES, Input, ReadOptions
from importers.ods_csv.dating import Vintage, in_words, vintage
from importers.plans import as_plans
from importers.records.faults import nearest, shown
from importers.table import dating
from importers.table.cells import CellError, Row
from importers.table.contents import Contents, Laid, fill_down, laid_over
from importers.table.grids import Fit, Grid, Objects, rows_of
from importers.table.indexing import index
from importers.table.making import Maker
from importers.table.mapping import Table, TableMap
from importers.table.maps import shipped, titles

MOST_LACKING = 3
"""A table that has more columns of a mapping than it lacks, and more than this, is nearly one of its tables."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table of the mapping with its rows."""

    table: Table
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows say, made while they are asked for; as often as they are asked for."""

    found: tuple[Found, ...]
    mapping: TableMap
    source: str
    last_day: str
    """The last day of which the table can tell."""

    def __len__(self) -> int:
        return sum(len(one.rows) for one in self.found)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        for one in self.found:
            maker = Maker(one.table, self.source, self.mapping.words, self.mapping.series is not None)
            yield from (as_plans(maker.row(row), self.last_day) for row in one.rows)


def read(source: Input, options: ReadOptions, mapping: TableMap | None) -> Reading:
    """Read an input by a mapping, or by the shipped one that it fits. Raises `InputError` where none fits."""
    if mapping is None:
        mapping, tables = _recognised(source)
    else:
        tables = laid_over(Contents(source), mapping)
    missed = [fit for fit, _ in tables if fit.missing]
    if len(missed) == len(tables):
        raise InputError(_unfit(source, mapping, missed))
    found = tuple(_found(fit, rows, mapping) for fit, rows in tables if not fit.missing)
    day = _vintage(source, options, mapping, found)
    said = _source(source, mapping, found, day.day)
    rows = Rows(found, mapping, said.key, day.last)
    # Only a table that others of its series follow weighs more or less by its day.
    remarks = day.remarks if mapping.series else ()
    return Reading(said, rows, mapping.cited, mapping.terms, mapping.link_types, remarks)


def _recognised(source: Input) -> tuple[TableMap, list[Laid]]:
    """The shipped mapping that has most columns in common with the file, of those whose columns are all there."""
    fitting: list[tuple[int, TableMap, list[Laid]]] = []
    nearly: list[tuple[Fit, TableMap]] = []
    contents = Contents(source)
    for mapping in shipped():
        try:
            tables = laid_over(contents, mapping)
        except InputError:
            continue
        whole = [fit for fit, _ in tables if not fit.missing]
        if whole:
            fitting.append((max(fit.found for fit in whole), mapping, tables))
        elif tables:
            nearly.append((max((fit for fit, _ in tables), key=lambda fit: fit.found), mapping))
    if not fitting:
        contents.check()
        near, almost = max(nearly, key=lambda pair: pair[0].found, default=(None, None))
        if near is not None and almost is not None and near.found > max(MOST_LACKING, len(near.missing)):
            lacks = shown(near.missing[0].paths[0])
            raise InputError(
                f"{source.label}: is nearly a table of the mapping {almost.id}, but has no column {lacks}; rename the "
                "one that is meant, or write a mapping and name it with --map, as docs/mapping.md tells"
            )
        raise InputError(
            f"{source.label}: has the columns of no mapping that is known here ({titles(shipped())}); "
            "write one and name it with --map, as docs/mapping.md tells"
        )
    best = max(found for found, _, _ in fitting)
    first, *others = [(mapping, tables) for found, mapping, tables in fitting if found == best]
    if others:
        names = titles([first[0], *(mapping for mapping, _ in others)])
        raise InputError(f"{source.label}: fits the mappings {names} equally well; choose with --map {first[0].id}")
    return first


def _found(fit: Fit, rows: Grid | Objects, mapping: TableMap) -> Found:
    """The rows of data of a table, which know what other rows hold where a condition asks for that."""
    if isinstance(rows, Objects):
        made = rows.rows
    else:
        where = f"sheet {rows.sheet}" if rows.sheet is not None else None
        made = list(rows_of(rows, fit, mapping.blanks, where))
        fill_down(made, fit.table.fill_down)
    indexes = index(made, fit.table.indexed)
    if indexes:
        made = [row.among(indexes, number) for number, row in enumerate(made)]
    return Found(fit.table, made)


def _unfit(source: Input, mapping: TableMap, fits: Sequence[Fit]) -> str:
    """Which column the mapping wants and the file lacks, and the one that may be meant."""
    closest = max(fits, key=lambda fit: (fit.found, -len(fit.missing)))
    column = closest.missing[0]
    near = nearest(column.paths[0], [" ".join(heading.split()) for heading in closest.headings if heading.strip()])
    known = [" ".join(heading.split()) for heading in closest.headings if heading.strip()]
    more = f"did you mean {shown(near)}?" if near else f"it has {', '.join(map(shown, known[:12])) or 'no headings'}"
    return f"{mapping.label}:{column.line}: column {shown(column.paths[0])} is not in {source.label}; {more}"


def _vintage(source: Input, options: ReadOptions, mapping: TableMap, found: Sequence[Found]) -> Vintage:
    """The day of the source: given, else in the file's name, else the mapping's, else of its latest past event."""
    told = vintage(source, options, ())
    if told.day is None and mapping.published is not None:
        return Vintage(mapping.published)
    return told if told.day is not None else vintage(source, options, _events(mapping, found))


def _events(mapping: TableMap, found: Sequence[Found]) -> Iterator[str]:
    read_date = dating.reader(mapping.dates)
    for one in found:
        for row in one.rows if mapping.dated_by else ():
            for column in mapping.dated_by:
                try:
                    text = row.text(column)
                    if text:
                        yield read_date(text)
                except (CellError, ValueError):
                    continue


def _source(source: Input, mapping: TableMap, found: Sequence[Found], published: str | None) -> SourceSaid:
    names = [one.table.name for one in found]
    part = f"-{names[0]}" if len(mapping.tables) > 1 and len(set(names)) == 1 else ""
    return SourceSaid(
        key=f"file:{mapping.id}{part}" + (f"-{published}" if published else ""),
        title=f"{mapping.title}, {in_words(published)}" if published and "X" not in published else mapping.title,
        format="table",
        publisher=mapping.publisher,
        published=published,
        url=mapping.url,
        licence=mapping.licence,
        series=f"{mapping.series}{part}" if mapping.series else None,
        full=mapping.full,
        path=source.path,
        digest=hashlib.sha256(source.read_bytes(MAX_WHOLE_BYTES)).hexdigest(),
    )
