"""The tables of a mapping laid over what a file holds, and how well each fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from db.errors import InputError
from db.locators import locator
from importers.documents.faults import shown
from importers.documents.json_tree import looks_like_json
from importers.table.cells import CellError, CellValue, TableRow, has_column, numbered, same_column
from importers.table.contents import Contents
from importers.table.delimited import DELIMITERS
from importers.table.grids import Grid, HeadingRow, Objects
from importers.table.language.mapping import MappedTable, TableMap
from importers.table.language.values import MappedColumn

LOOKED_AT = 50
"""Rows by which a table without headings is told."""

ALIKE = 0.8
"""The share of these that must look like the table's."""

MAX_SHAPED = 100
"""Characters of a text that are held against the shape of its column."""


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


Laid = tuple[Fit, Grid | Objects]
"""A table of a mapping laid over one of the file."""


def lacking(table: MappedTable, known: frozenset[str]) -> tuple[MappedColumn, ...]:
    """The columns that a table must have and a heading lacks."""
    return tuple(column for column in table.required if not has_column(known, column.paths))


def fit_grid(table: MappedTable, grid: Grid) -> Fit:
    """Lay a table over a grid: its heading is on the line given, or the one that has most of its columns."""
    if table.header == 0:
        return Fit(table, (), table.headings)
    best = Fit(table, table.required, ())
    for place, heading in _headings(table, grid):
        missing = lacking(table, heading.known)
        if len(missing) < len(best.missing) or not best.headings:
            best = Fit(table, missing, heading.cells, place + 1)
        if not missing:
            break
    if best.missing:
        return _bare_fit(table, grid) or best
    return replace(best, unlike=_is_unlike(table, rows_of(grid, best, frozenset(), None))) if table.looks else best


def _headings(table: MappedTable, grid: Grid) -> Iterator[tuple[int, HeadingRow]]:
    """Yield the rows that may be the heading, with their places."""
    if table.header is None:
        yield from enumerate(grid.rows.headings)
    else:
        yield from ((place, HeadingRow.of(row)) for place, row in enumerate(grid.rows) if row.line == table.header)


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
    for raw in grid.rows.since(fit.first):
        if raw.hidden and not hidden:
            continue
        stands = f"{where}, row {raw.line}" if where else None
        if raw.row is not None:
            stands = locator(None, raw.line, raw.row)
        values: Mapping[str, CellValue] = dict(zip(names, raw.cells, strict=False))
        yield TableRow(raw.line, values, blanks, raw.problem or _misfit(raw.cells, len(names)), stands)


def _misfit(cells: list[str], width: int) -> str | None:
    """Why a row does not fit its heading; empty cells beyond it do no harm."""
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return f"has {len(cells)} columns where the heading has {width}"
    if any("\x00" in cell for cell in cells):
        return "holds a NUL byte"
    return None


def laid_over(contents: Contents, mapping: TableMap, hidden: bool = False) -> list[Laid]:
    """Every table of the mapping laid over what the file holds; over each sheet the table that fits it best.

    Hidden sheets are looked at where `hidden`, or where the mapping says so or names the sheet.
    """
    if contents.is_workbook:
        return _over_sheets(contents.sheets(), mapping, contents.source.label, hidden)
    text = contents.start(mapping.encoding)
    if not text:
        raise InputError(f"{contents.source.label}: is empty, there is nothing to import")
    if looks_like_json(text):
        fits = [
            (fit_objects(table, objects), objects)
            for table in mapping.tables
            for objects in [contents.objects(table.rows, mapping.blanks)]
        ]
        return [_best(fits)]
    delimiters = (mapping.delimiter,) if mapping.delimiter else DELIMITERS
    grids = [contents.grid(mapping.encoding, mark) for mark in delimiters if mark in text or mapping.delimiter]
    grids = grids or [contents.grid(mapping.encoding, ",")]
    return [_best([(fit_grid(table, grid), grid) for table in mapping.tables for grid in grids])]


def _best(fits: Sequence[Laid]) -> Laid:
    return min(fits, key=lambda pair: (not pair[0].told, bool(pair[0].missing), -pair[0].found, len(pair[0].missing)))


def _over_sheets(sheets: Sequence[Grid], mapping: TableMap, label: str, hidden: bool) -> list[Laid]:
    laid: list[Laid] = []
    visible = [sheet for sheet in sheets if not sheet.hidden]
    for sheet in sheets:
        fits = [
            (fit_grid(table, sheet), sheet)
            for table in mapping.tables
            if (table.sheet is None and (hidden or table.hidden or not sheet.hidden))
            or (table.sheet is not None and table.sheet.casefold() == (sheet.sheet or "").casefold())
        ]
        if fits and sheet.rows:
            laid.append(_best(fits))
    if not laid:
        names = ", ".join(shown(sheet.sheet or "") for sheet in sheets[:12])
        if not any(sheet.rows for sheet in visible) and any(sheet.rows for sheet in sheets):
            raise InputError(f"{label}: has rows in hidden sheets only; take them with --hidden")
        wanted = ", ".join(shown(table.sheet) for table in mapping.tables if table.sheet)
        if wanted:
            raise InputError(f"{label}: has no sheet {wanted} with rows in it, only {names}")
        raise InputError(f"{label}: has no rows in any of its sheets, there is nothing to import")
    return laid
