"""What an input holds in whatever form a mapping asks for, and the tables of a mapping laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.errors import InputError
from importers.base import Input
from importers.records.faults import shown
from importers.table.cells import Row, same_column
from importers.table.delimited import DELIMITERS, grid_of, is_text, text_of
from importers.table.grids import Fit, Grid, Objects, fit_grid, fit_objects
from importers.table.mapping import TableMap
from importers.table.trees import is_json, objects_of
from importers.table.workbook import grids_of, looks_like_workbook

Laid = tuple[Fit, Grid | Objects]
"""A table of a mapping laid over one of the file."""

_START = 4096


class Contents:
    """The contents of an input in whatever form a mapping asks for, each made once."""

    def __init__(self, source: Input) -> None:
        self.source = source
        with source.open() as stream:
            self.head = stream.read(_START)
        self._sheets: list[Grid] | None = None
        self._texts: dict[str | None, str] = {}
        self._grids: dict[tuple[str | None, str], Grid] = {}
        self._objects: dict[tuple[str | None, frozenset[str]], Objects] = {}

    @property
    def is_workbook(self) -> bool:
        """Whether it is an XLSX workbook."""
        return looks_like_workbook(self.head)

    def sheets(self) -> list[Grid]:
        """The sheets of a workbook."""
        if self._sheets is None:
            self._sheets = grids_of(self.source)
        return self._sheets

    def text(self, encoding: str | None) -> str:
        """Its text."""
        if encoding not in self._texts:
            if not is_text(self.head):
                raise InputError(f"{self.source.label}: is neither a workbook nor a table in plain text")
            self._texts[encoding] = text_of(self.source, encoding)
        return self._texts[encoding]

    def grid(self, encoding: str | None, delimiter: str) -> Grid:
        """Its rows between delimiters."""
        key = (encoding, delimiter)
        if key not in self._grids:
            self._grids[key] = grid_of(self.text(encoding), delimiter, self.source.label)
        return self._grids[key]

    def objects(self, path: str | None, blanks: frozenset[str]) -> Objects:
        """Its rows of JSON."""
        key = (path, blanks)
        if key not in self._objects:
            self._objects[key] = objects_of(self.source, path, blanks)
        return self._objects[key]

    def check(self) -> None:
        """Raise the `InputError` that keeps it from being read at all, where there is one."""
        if self.is_workbook:
            self.sheets()
        elif is_json(self.text(None)):
            try:
                self.objects(None, frozenset())
            except InputError as error:
                if "the mapping has to name" not in str(error):
                    raise
        else:
            self.grid(None, ",")


def laid_over(contents: Contents, mapping: TableMap) -> list[Laid]:
    """Every table of the mapping laid over what the file holds; over each sheet the table that fits it best."""
    if contents.is_workbook:
        return _over_sheets(contents.sheets(), mapping, contents.source.label)
    text = contents.text(mapping.encoding)
    if not text.strip():
        raise InputError(f"{contents.source.label}: is empty, there is nothing to import")
    if is_json(text):
        fits = [
            (fit_objects(table, objects), objects)
            for table in mapping.tables
            for objects in [contents.objects(table.rows, mapping.blanks)]
        ]
        return [_best(fits)]
    delimiters = (mapping.delimiter,) if mapping.delimiter else DELIMITERS
    grids = [
        contents.grid(mapping.encoding, mark) for mark in delimiters if mark in text[:100_000] or mapping.delimiter
    ]
    grids = grids or [contents.grid(mapping.encoding, ",")]
    return [_best([(fit_grid(table, grid), grid) for table in mapping.tables for grid in grids])]


def _best(fits: Sequence[Laid]) -> Laid:
    return min(fits, key=lambda pair: (bool(pair[0].missing), -pair[0].found, len(pair[0].missing)))


def _over_sheets(sheets: Sequence[Grid], mapping: TableMap, label: str) -> list[Laid]:
    laid: list[Laid] = []
    for sheet in sheets:
        fits = [
            (fit_grid(table, sheet), sheet)
            for table in mapping.tables
            if table.sheet is None or table.sheet.casefold() == (sheet.sheet or "").casefold()
        ]
        if fits and sheet.rows:
            laid.append(_best(fits))
    if not laid:
        names = ", ".join(shown(sheet.sheet or "") for sheet in sheets[:12])
        wanted = ", ".join(shown(table.sheet) for table in mapping.tables if table.sheet)
        if wanted:
            raise InputError(f"{label}: has no sheet {wanted} with rows in it, only {names}")
        raise InputError(f"{label}: has no rows in any of its sheets, there is nothing to import")
    return laid


def fill_down(rows: list[Row], columns: Sequence[str]) -> None:
    """Give empty cells of some columns what stands above them, as merged cells mean it."""
    above: dict[str, str] = {}
    names = [same_column(column) for column in columns]
    for place, row in enumerate(rows if names else ()):
        filled = {name: above[name] for name in names if name in above and not row.values.get(name)}
        above |= {name: text for name in names if isinstance(text := row.values.get(name), str) and text.strip()}
        if filled:
            rows[place] = replace(row, values={**row.values, **filled})
