"""What an input holds in whatever form a mapping asks for, and the tables of a mapping laid over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from db.errors import InputError
from db.statements import Account
from importers.base import Input
from importers.documents.faults import shown
from importers.documents.json_tree import looks_like_json
from importers.table.cells import TableRow, same_column
from importers.table.delimited import DELIMITERS, grid_of, is_text, text_of
from importers.table.fits import Fit, fit_grid, fit_objects
from importers.table.grids import Grid, Objects, RawRow
from importers.table.json_rows import objects_of
from importers.table.language.mapping import TableMap
from importers.table.workbook import grids_of, looks_like_workbook
from importers.text import Decoded

Laid = tuple[Fit, Grid | Objects]
"""A table of a mapping laid over one of the file."""

_START = 4096
_RUNS = 6
"""Runs of lines that a message names."""


class Contents:
    """The contents of an input in whatever form a mapping asks for, each made once."""

    def __init__(self, source: Input) -> None:
        self.source = source
        with source.open() as stream:
            self.head = stream.read(_START)
        self._sheets: list[Grid] | None = None
        self._texts: dict[str | None, Decoded] = {}
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
        return self._texts[encoding].text

    def remarks(self, encoding: str | None) -> list[str]:
        """What is odd about the bytes of its text."""
        odd = self._texts[encoding].odd_lines if encoding in self._texts else ()
        if not odd:
            return []
        return [f"is UTF-8, but for {lines_in_words(odd)} in Windows-1252; each line was read as what it is"]

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
        elif looks_like_json(self.text(None)):
            try:
                self.objects(None, frozenset())
            except InputError as error:
                if "the mapping has to name" not in str(error):
                    raise
        else:
            self.grid(None, ",")


def lines_in_words(numbers: Sequence[int], what: str = "line") -> str:
    """Numbers of lines as messages name them: `lines 3, 7 to 9`, the first few of many."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:_RUNS]]
    left = sum(last - first + 1 for first, last in runs[_RUNS:])
    more = f" and {left:,} more" if left else ""
    return f"{what}{'s' * (len(numbers) > 1)} {', '.join(parts)}{more}"


def laid_over(contents: Contents, mapping: TableMap, hidden: bool = False) -> list[Laid]:
    """Every table of the mapping laid over what the file holds; over each sheet the table that fits it best.

    Hidden sheets are looked at where `hidden`, or where the mapping says so or names the sheet.
    """
    if contents.is_workbook:
        return _over_sheets(contents.sheets(), mapping, contents.source.label, hidden)
    text = contents.text(mapping.encoding)
    if not text.strip():
        raise InputError(f"{contents.source.label}: is empty, there is nothing to import")
    if looks_like_json(text):
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


def hiding(contents: Contents, laid: Sequence[Laid], hidden: bool, account: Account) -> list[str]:
    """What to say of hidden sheets and rows of a workbook, counted in the account."""
    if not contents.is_workbook:
        return []
    said: list[str] = []
    counts: Counter[str] = Counter()
    looked_at = {grid.sheet for _, grid in laid if isinstance(grid, Grid)}
    for sheet in contents.sheets():
        if sheet.hidden and sheet.rows and sheet.sheet not in looked_at:
            counts["left_out"] += len(sheet.rows)
            rows = "1 row" if len(sheet.rows) == 1 else f"{len(sheet.rows):,} rows"
            said.append(f"sheet {shown(sheet.sheet or '')} is hidden and was left out, with {rows}; --hidden takes it")
    for fit, grid in laid:
        if isinstance(grid, Grid):
            said += _hidden_rows(grid.rows[fit.first :], grid.sheet or "", hidden or fit.table.hidden, counts)
    account.hidden = {name: count for name, count in counts.items() if count}
    return said


def _hidden_rows(rows: Sequence[RawRow], sheet: str, hidden: bool, counts: Counter[str]) -> list[str]:
    """What to say of the hidden rows of a sheet, which are counted."""
    said: list[str] = []
    by_hand = [row.line for row in rows if row.hidden]
    filtered = sum(row.filtered for row in rows)
    counts["taken" if hidden else "left_out"] += len(by_hand)
    counts["filtered"] += filtered
    if by_hand and not hidden:
        named = lines_in_words(by_hand, "row")
        verb = "was" if len(by_hand) == 1 else "were"
        said.append(f"sheet {shown(sheet)}: {named} hidden by hand {verb} left out; --hidden takes what is hidden")
    if filtered:
        said.append(f"sheet {shown(sheet)}: {filtered:,} of {len(rows):,} rows are hidden by a filter; they were taken")
    return said


def fill_down(rows: list[TableRow], columns: Sequence[str]) -> None:
    """Give empty cells of some columns what stands above them, as merged cells mean it."""
    above: dict[str, str] = {}
    names = [same_column(column) for column in columns]
    for place, row in enumerate(rows if names else ()):
        filled = {name: above[name] for name in names if name in above and not row.values.get(name)}
        above |= {name: text for name in names if isinstance(text := row.values.get(name), str) and text.strip()}
        if filled:
            rows[place] = replace(row, values={**row.values, **filled})
