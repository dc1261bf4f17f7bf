"""A table read by a mapping: found among the sheets, its columns checked, every row of data a statement or a reject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from db.errors import InputError
from db.files.spool import KeptRows
from db.statements import Account, Reading, RejectSaid, RowSaid, SourceSaid
from importers.base import Input, ReadOptions
from importers.documents.faults import nearest, shown
from importers.limits import Limits
from importers.status import as_plans
from importers.table.account import Tally, doubled, hidden_remarks, idle, remarks, unused
from importers.table.cells import CellError, same_column
from importers.table.contents import Contents
from importers.table.fits import Fit, laid_over
from importers.table.grids import Grid
from importers.table.language import date_patterns
from importers.table.language.mapping import TableMap
from importers.table.namesakes import Namesakes, may_know_names_only
from importers.table.rows import FoundTable, found_table
from importers.table.statements import TableStatements
from importers.table.which_map import recognised
from importers.vintage import Vintage, given, in_words, named_day, vintage


@dataclass(frozen=True, slots=True)
class MappedRows:
    """What the rows say, made while they are asked for; as often as they are asked for."""

    found: tuple[FoundTable, ...]
    mapping: TableMap
    source: str
    label: str
    limits: Limits
    last_day: str
    """The last day of which the table can tell."""
    before: tuple[str, ...]
    """What there is to say of the input before any row is made."""
    remarks: list[str]
    account: Account

    def __len__(self) -> int:
        return sum(len(one.rows) for one in self.found)

    def __iter__(self) -> Iterator[RowSaid | RejectSaid]:
        """The rows; when all are given, `remarks` and `account` are complete."""
        namesakes = Namesakes()
        tallies = [Tally() for _ in self.found]
        made: list[Iterable[RowSaid | RejectSaid]] = [
            self._made(one, tally) for one, tally in zip(self.found, tallies, strict=True)
        ]
        kept: list[KeptRows[RowSaid | RejectSaid]] = []
        # Making a row takes several times as long as taking it back from where it was put aside.
        for place, one in enumerate(self.found):
            if may_know_names_only(one.table):
                made[place] = rows = KeptRows(namesakes.meeting(made[place], self.label, self.limits), plain=False)
                len(rows)
                kept.append(rows)
        namesakes.decide(chain.from_iterable(kept))
        for one, all_rows in zip(self.found, made, strict=True):
            for row in all_rows:
                yield row if isinstance(row, RejectSaid) or one.table.one_by_name else namesakes.told_apart(row)
        self._conclude(tallies, namesakes.remarks)

    def _made(self, found: FoundTable, tally: Tally) -> Iterator[RowSaid | RejectSaid]:
        maker = TableStatements(found.table, self.source, self.mapping.words, tally)
        return (as_plans(maker.row(row), self.last_day) for row in found.rows)

    def _conclude(self, tallies: list[Tally], namesakes: list[str]) -> None:
        self.account.idle[:] = [
            part
            for one, tally in zip(self.found, tallies, strict=True)
            for part in idle(one.table, tally, one.headings, one.rows)
        ]
        self.account.made.clear()
        for tally in tallies:
            for path, count in tally.made.items():
                self.account.made[path] = self.account.made.get(path, 0) + count
        self.remarks[:] = [*self.before, *namesakes, *remarks(self.account.unused, self.account.idle)]


def read(source: Input, options: ReadOptions, mapping: TableMap | None) -> Reading:
    """Read an input by a mapping, or by the shipped one that it fits. Raises `InputError` where none fits."""
    contents = Contents(source)
    if mapping is None:
        mapping, tables = recognised(contents, options.hidden)
    else:
        tables = laid_over(contents, mapping, options.hidden)
    missed = [fit for fit, _ in tables if fit.missing]
    if len(missed) == len(tables):
        raise InputError(_unfit(source, mapping, missed))
    laid = [(fit, rows) for fit, rows in tables if not fit.missing]
    found = tuple(found_table(fit, rows, mapping, options.hidden) for fit, rows in laid)
    # What is odd about the file is known when all of it has been read.
    source.limits.check_rows(source.label, sum(len(one.rows) for one in found))
    day = _vintage(source, options, mapping, found)
    said = _source(source, mapping, found, day.day)
    account = Account(mapping.id, _unused(found, mapping))
    # Only a table that others of its series follow weighs more or less by its day.
    before = [*(day.remarks if mapping.series else ()), *contents.remarks(mapping.encoding)]
    before += hidden_remarks(contents, laid, options.hidden, account)
    for one, (_, rows) in zip(found, laid, strict=True):
        where = f"sheet {shown(one.sheet)}: " if one.sheet is not None else ""
        before += [f"{where}{remark}" for remark in doubled(one.table, one.headings)]
        before += rows.remarks if isinstance(rows, Grid) else ()
    made = MappedRows(
        found, mapping, said.key, source.label, source.limits, day.last, tuple(before), list(before), account
    )
    people = any(block.fixed["kind"].text == "person" for one in found for block in one.table.records)
    return Reading(
        said, made, mapping.cited, mapping.terms, mapping.link_types, made.remarks, account, people=people
    )  # fmt: skip


def _unused(found: Sequence[FoundTable], mapping: TableMap) -> tuple[str, ...]:
    several = len({one.sheet for one in found}) > 1
    return tuple(
        f"{one.sheet}: {name}" if several else name
        for one in found
        for name in unused(one.table, one.headings, one.rows, mapping.dated_by)
    )


def _vintage(source: Input, options: ReadOptions, mapping: TableMap, found: Sequence[FoundTable]) -> Vintage:
    """The day of the source: given, else in a title, its name or the mapping, else of its latest past event."""
    if given(options) is None and (titled := _titled(found)) is not None:
        return Vintage(titled)
    told = vintage(source, options, ())
    if told.day is None and (published := mapping.published or _edition(mapping, found)) is not None:
        return Vintage(published)
    return told if told.day is not None else vintage(source, options, _events(mapping, found))


def _titled(found: Sequence[FoundTable]) -> str | None:
    """The date in the lines above the headings; a year alone may be that of anything."""
    days = (named_day(title) for one in found for title in one.titles)
    return next((day for day in days if day is not None and len(day) > len("2024")), None)


def _edition(mapping: TableMap, found: Sequence[FoundTable]) -> str | None:
    """The date of the edition that the headings tell."""
    known = {same_column(heading) for one in found for heading in one.headings}
    return next((day for heading, day in mapping.published_by if same_column(heading) in known), None)


def _events(mapping: TableMap, found: Sequence[FoundTable]) -> Iterator[str]:
    read_date = date_patterns.reader(mapping.dates)
    for one in found:
        for row in one.rows if mapping.dated_by else ():
            for column in mapping.dated_by:
                try:
                    text = row.text(column)
                    if text:
                        yield read_date(text)
                except (CellError, ValueError):
                    continue


def _source(source: Input, mapping: TableMap, found: Sequence[FoundTable], published: str | None) -> SourceSaid:
    names = [one.table.name for one in found]
    alone = names[0] if len(mapping.tables) > 1 and len(set(names)) == 1 else ""
    part = f"-{alone}" if alone else ""
    title = f"{mapping.title}: {alone.replace('-', ' ')}" if alone else mapping.title
    return SourceSaid(
        key=f"file:{mapping.id}{part}" + (f"-{published}" if published else ""),
        title=f"{title}, {in_words(published)}" if published and "X" not in published else title,
        format="table",
        publisher=mapping.publisher,
        published=published,
        url=mapping.url,
        licence=mapping.licence,
        series=f"{mapping.series}{part}" if mapping.series else None,
        full=mapping.full,
        path=source.path,
        digest=source.digest(),
    )


def _unfit(source: Input, mapping: TableMap, fits: Sequence[Fit]) -> str:
    """Which column the mapping wants and the file lacks, and the one that may be meant."""
    closest = max(fits, key=lambda fit: (fit.found, -len(fit.missing)))
    column = closest.missing[0]
    known = [" ".join(heading.split()) for heading in closest.headings if heading.strip()]
    near = nearest(column.paths[0], known)
    more = f"did you mean {shown(near)}?" if near else f"it has {', '.join(map(shown, known[:12])) or 'no headings'}"
    return f"{mapping.label}:{column.line}: column {shown(column.paths[0])} is not in {source.label}; {more}"
