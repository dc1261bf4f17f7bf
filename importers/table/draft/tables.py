"""The tables in a file, before any mapping: headings, rows, and what a mapping must say to find them again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from db import identifiers
from db.errors import InputError
from importers.base import Input
from importers.documents.builder import Place
from importers.documents.faults import SyntaxFaultError
from importers.documents.json_tree import json_parts, looks_like_json
from importers.documents.nodes import MappingNode, Node
from importers.table.cells import TableRow, numbered, same_column, tidy
from importers.table.contents import Contents
from importers.table.delimited import DELIMITERS
from importers.table.grids import HEADING_WITHIN, Grid, RawRow
from importers.table.json_rows import json_text

_KEY = re.compile(r'"([^"\\]{1,80})"\s*:')

MOST_ROWS = 20_000
"""Rows of a table that are looked at."""
_LOOKED_AT = 5
"""Items by which a list is told to be one of rows."""
_DEPTH = 4
"""Steps to a list of rows in JSON."""


@dataclass(slots=True)
class TableInFile:
    """A table of a file: cells of lists and mappings in JSON are left to `nested`."""

    headings: list[str]
    rows: list[list[str]]
    sheet: str | None = None
    path: str | None = None
    """The path to the list of rows in JSON."""
    delimiter: str | None = None
    """What stands between columns, where the file would not tell a mapping."""
    headerless: bool = False
    objects: bool = False
    """Whether rows are those of JSON, where lists are lists."""
    lists: list[str] = field(default_factory=list)
    """Columns that are lists of texts in JSON."""
    nested: dict[str, list[TableRow]] = field(default_factory=dict)
    """Lists of mappings in the rows of JSON, by their key, with all that stands in them."""


def tables_of(source: Input) -> list[TableInFile]:
    """Every table of a file; raises `InputError` where there is none."""
    contents = Contents(source)
    if contents.is_workbook:
        found = [_grid(sheet, sheet.sheet) for sheet in contents.sheets() if sheet.rows and not sheet.hidden]
    elif looks_like_json(contents.start(None)):
        found = [_objects(contents, path) for path in _paths(contents)]
    else:
        found = [_delimited(contents)]
    found = [one for one in found if one.headings and one.rows]
    if not found:
        raise InputError(f"{source.label}: holds no table with rows from which a mapping could be drafted")
    return found


def _delimited(contents: Contents) -> TableInFile:
    text = contents.start(None)
    if not text:
        raise InputError(f"{contents.source.label}: is empty, there is nothing to draft a mapping from")
    best, most = contents.grid(None, ","), (0, 0)
    chosen = ","
    for mark in DELIMITERS:
        if mark in text:
            grid = contents.grid(None, mark)
            widths = Counter(len(row.cells) for row in grid.rows.first(500) if row.problem is None)
            width, count = max(widths.items(), key=lambda one: (one[1] if one[0] > 1 else 0, one[0]), default=(0, 0))
            if width > 1 and (count, width) > most:
                best, most, chosen = grid, (count, width), mark
    table = _grid(best, None)
    table.delimiter = chosen if chosen == "¬" else None
    return table


def _grid(grid: Grid, sheet: str | None) -> TableInFile:
    rows = [row for row in grid.rows.first(MOST_ROWS) if row.problem is None]
    width = max((sum(bool(cell.strip()) for cell in row.cells) for row in rows[:200]), default=0)
    place = next((place for place, row in enumerate(rows[:HEADING_WITHIN]) if _is_heading(row, width)), None)
    if place is None:
        most = max((len(row.cells) for row in rows), default=0)
        names = [f"column {number}" for number in range(1, most + 1)]
        return TableInFile(names, [row.cells for row in rows], sheet, headerless=True)
    headings = [tidy(cell) for cell in rows[place].cells]
    named = [
        heading if heading.casefold() == name else name
        for heading, name in zip(headings, numbered(headings), strict=True)
    ]
    return TableInFile(named, [row.cells for row in rows[place + 1 :]], sheet)


def _is_heading(row: RawRow, width: int) -> bool:
    """Whether a row has texts for most columns, none twice over and none that is a value."""
    cells = [tidy(cell) for cell in row.cells if cell.strip()]
    if len(cells) < max(2, 0.6 * width) or len(set(cells)) < 0.7 * len(cells):
        return width == 1 and len(cells) == 1
    values = sum(_is_value(cell) for cell in cells)
    return values <= 0.2 * len(cells) and sum(len(cell) > 80 for cell in cells) <= 0.2 * len(cells)


def _is_value(cell: str) -> bool:
    if any(map(str.isdigit, cell)) and cell == cell.upper() and identifiers.is_one("ods", cell):
        return not cell.endswith(("CD", "CDH", "CDO", "NM", "NMW"))
    return identifiers.is_one("gss", cell) or cell.replace(".", "").replace("-", "").replace("/", "").isdigit()


def _paths(contents: Contents) -> list[str | None]:
    """Where lists of rows are in a JSON file: at its top, or the lists of mappings below it."""
    found: dict[Place, list[bool]] = {}
    try:
        for part in json_parts(json_text(contents.source), _is_listed, contents.source.limits, depth=_DEPTH + 1):
            if part.place:
                looked_at = found.setdefault(part.place[:-1], [])
                if len(looked_at) < _LOOKED_AT:
                    looked_at.append(isinstance(part.node, MappingNode))
            elif not isinstance(part.node, MappingNode):
                return [None]
    except SyntaxFaultError:
        return [None]
    return [".".join(filter(None, place)) for place, mappings in found.items() if any(mappings)]


def _is_listed(place: Place, _: Node) -> bool:
    """Whether something stands in a list that no other list holds."""
    return place[-1] is None and None not in place[:-1]


def _objects(contents: Contents, path: str | None) -> TableInFile:
    rows = list(islice(contents.objects(path, frozenset()).rows, MOST_ROWS))
    names: dict[str, None] = {}
    nested: dict[str, list[TableRow]] = {}
    lists: dict[str, None] = {}
    for row in rows:
        for name, value in row.values.items():
            if isinstance(value, list) and any(isinstance(one, dict) for one in value):
                nested.setdefault(name, []).extend(TableRow(row.line, one) for one in value if isinstance(one, dict))
            elif isinstance(value, list) and name in nested:
                continue
            elif isinstance(value, dict):
                names.update(dict.fromkeys(f"{name}.{inner}" for inner in value))
            else:
                names.setdefault(name)
                if isinstance(value, list):
                    lists[name] = None
    cells = [[_text(row, name) for name in names] for row in rows]
    spelt = {same_column(one): one for one in reversed(_KEY.findall(contents.text()))}
    headings = [_spelt(name, spelt) for name in names]
    listed = [_spelt(name, spelt) for name in lists]
    return TableInFile(headings, cells, path=path, objects=True, lists=listed, nested=nested)


def _spelt(name: str, spelt: dict[str, str]) -> str:
    """A key as the file writes it, capitals and all, for they part its words."""
    return spelt.get(name) or ".".join(spelt.get(step, step) for step in name.split("."))


def _text(row: TableRow, name: str) -> str:
    """The text of a value, the items of a list with semicolons between."""
    items = row.items(name)
    return ";".join(tidy(one) for one in items if isinstance(one, str))
