"""The rows of data of a table: each value under its column, filled down, and knowing what other rows hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from importers.table.cells import TableRow, same_column
from importers.table.fits import Fit, rows_of
from importers.table.grids import Grid, Objects, TableRows
from importers.table.language.conditions import index
from importers.table.language.mapping import MappedTable, TableMap


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of the mapping with its rows."""

    table: MappedTable
    rows: TableRows
    headings: tuple[str, ...] = ()
    sheet: str | None = None
    titles: tuple[str, ...] = ()
    """What stands in the lines above the headings."""


def found_table(fit: Fit, rows: Grid | Objects, mapping: TableMap, hidden: bool) -> FoundTable:
    """The rows of data of a table, which know what other rows hold where a condition asks for that."""
    if isinstance(rows, Objects):
        plain = TableRows(lambda: iter(rows.rows))
    else:
        where = f"sheet {rows.sheet}" if rows.sheet is not None else None
        plain = TableRows(
            lambda: _filled_down(
                rows_of(rows, fit, mapping.blanks, where, hidden or fit.table.hidden), fit.table.fill_down
            )
        )
    made = plain
    indexes = index(plain, fit.table.indexed, fit.table.shares)
    if indexes:
        made = TableRows(lambda: (row.among(indexes, number) for number, row in enumerate(plain)))
    if not isinstance(rows, Grid):
        return FoundTable(fit.table, made, fit.headings)
    above = rows.rows.first(max(fit.first - 1, 0)) if fit.table.header != 0 else ()
    titles = tuple(cell for row in above for cell in row.cells if cell.strip())
    return FoundTable(fit.table, made, fit.headings, rows.sheet, titles)


def _filled_down(rows: Iterator[TableRow], columns: Sequence[str]) -> Iterator[TableRow]:
    """Give empty cells of some columns what stands above them, as merged cells mean it."""
    names = [same_column(column) for column in columns]
    if not names:
        yield from rows
    above: dict[str, str] = {}
    for row in rows:
        filled = {name: above[name] for name in names if name in above and not row.values.get(name)}
        above |= {name: text for name in names if isinstance(text := row.values.get(name), str) and text.strip()}
        yield replace(row, values={**row.values, **filled}) if filled else row
