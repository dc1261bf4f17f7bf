"""Tables as they stand in a file, before a mapping is laid over them, and how well each fits a mapping's table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from importers.table.cells import CellError, CellValue, TableRow, numbered, same_column
from importers.table.language.mapping import MappedTable
from importers.table.language.values import MappedColumn

HEADING_WITHIN = 30
"""Rows among which a heading is looked for; above it may stand titles and notes."""

MAX_COLUMNS = 2_000
LOOKED_AT = 50
"""Rows by which a table without headings is told."""

ALIKE = 0.8
"""The share of these that must look like the table's."""

MAX_SHAPED = 100
"""Characters of a text that are held against the shape of its column."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file; `problem` says why it cannot be a row."""

    line: int
    cells: list[str]
    problem: str | None = None
    hidden: bool = False
    """Whether somebody has hidden it by hand."""
    filtered: bool = False
    """Whether a filter hides it, which says nothing of what it is worth."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: a CSV file, or one sheet of a workbook. Blank rows are left out."""

    rows: list[RawRow]
    sheet: str | None = None
    hidden: bool = False
    """Whether the sheet is hidden."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objects:
    """Rows that name their values themselves: JSON and JSONL."""

    rows: list[TableRow]

    @property
    def keys(self) -> frozenset[str]:
        """Every key that a row has."""
        return frozenset(key for row in self.rows for key in row.values)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a file's table fits one of a mapping: with no `missing` columns it does, unless its texts are `unlike`."""

    table: MappedTable
    missing: tuple[MappedColumn, ...]
    headings: tuple[str, ...]
    """The columns that were found, as the file writes them."""
    first: int = 0
    """The place of the first row of data."""
    unlike: bool = False
    """Whether its texts do not look as those of the mapping's table do; a mapping that was named is taken for it."""

    @property
    def told(self) -> bool:
        """Whether the file is told to be the mapping's."""
        return not self.missing and not self.unlike

    @property
    def found(self) -> int:
        """How many of the columns that must be there are."""
        return len(self.table.required) - len(self.missing)


def lacking(table: MappedTable, known: frozenset[str]) -> tuple[MappedColumn, ...]:
    """The columns that a table must have and a heading lacks."""
    return tuple(column for column in table.required if not any(_has(path, known) for path in column.paths))


def _has(path: str, known: frozenset[str]) -> bool:
    whole = same_column(path)
    return whole in known or whole.partition(".")[0] in known


def fit_grid(table: MappedTable, grid: Grid) -> Fit:
    """Lay a table over a grid: its heading is on the line given, or the one that has most of its columns."""
    if table.header == 0:
        return Fit(table, (), table.headings)
    best = Fit(table, table.required, ())
    for place, row in enumerate(grid.rows[:HEADING_WITHIN] if table.header is None else grid.rows):
        if table.header is not None and row.line != table.header:
            continue
        known = frozenset(numbered(row.cells[:MAX_COLUMNS]))
        missing = lacking(table, known)
        if len(missing) < len(best.missing) or not best.headings:
            best = Fit(table, missing, tuple(row.cells[:MAX_COLUMNS]), place + 1)
        if not missing:
            break
    if best.missing:
        return _bare_fit(table, grid) or best
    return replace(best, unlike=_is_unlike(table, rows_of(grid, best, frozenset(), None))) if table.looks else best


def _bare_fit(table: MappedTable, grid: Grid) -> Fit | None:
    """Lay a table over a grid without headings, None where its rows do not look like the table's."""
    sound = (row.cells for row in grid.rows if row.problem is None and not any("\x00" in cell for cell in row.cells))
    looked_at = list(islice(sound, LOOKED_AT))
    alike = sum(_is_bare(table, cells) for cells in looked_at)
    if not table.bare or alike < max(1, ALIKE * len(looked_at)):
        return None
    headings = tuple(heading for heading, _ in table.bare)
    return Fit(table, lacking(table, frozenset(map(same_column, headings))), headings)


def _is_bare(table: MappedTable, cells: list[str]) -> bool:
    return len(cells) == len(table.bare) and all(
        shape is None or shape.fullmatch(cell.strip()[:MAX_SHAPED])
        for (_, shape), cell in zip(table.bare, cells, strict=True)
    )


def fit_objects(table: MappedTable, objects: Objects) -> Fit:
    """Lay a table over rows of JSON."""
    known = objects.keys
    missing = lacking(table, known)
    return Fit(table, missing, tuple(sorted(known)), unlike=not missing and _is_unlike(table, objects.rows))


def _is_unlike(table: MappedTable, rows: Iterable[TableRow]) -> bool:
    """Whether the texts of some column do not look as those of the table do."""
    looked_at = [row for row in islice(rows, LOOKED_AT) if row.problem is None] if table.looks else []
    for column, shape in table.looks:
        texts = [_text(row, column) for row in looked_at]
        alike = sum(text is not None and shape.fullmatch(text[:MAX_SHAPED]) is not None for text in texts)
        if alike < max(1, ALIKE * len(texts)):
            return True
    return False


def _text(row: TableRow, column: MappedColumn) -> str | None:
    try:
        return next((text for path in column.paths if (text := row.text(path))), None)
    except CellError:
        return None


def rows_of(
    grid: Grid, fit: Fit, blanks: frozenset[str], where: str | None, hidden: bool = False
) -> Iterator[TableRow]:
    """The rows below a heading, each value under its column; those hidden by hand only where `hidden`."""
    names = numbered(fit.headings)
    for raw in grid.rows[fit.first :]:
        if raw.hidden and not hidden:
            continue
        place = f"{where}, row {raw.line}" if where else None
        values: Mapping[str, CellValue] = dict(zip(names, raw.cells, strict=False))
        yield TableRow(raw.line, values, blanks, raw.problem or _misfit(raw.cells, len(names)), place)


def _misfit(cells: list[str], width: int) -> str | None:
    """Why a row does not fit its heading; empty cells beyond it do no harm."""
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return f"has {len(cells)} columns where the heading has {width}"
    if any("\x00" in cell for cell in cells):
        return "holds a NUL byte"
    return None
