"""The importer of mapped tables, as `import` and `formats` know it."""

from __future__ import annotations

from functools import lru_cache

from db.statements import Reading
from importers import csv_rows
from importers.base import Guess, Input, ReadOptions, Sample
from importers.documents.json_tree import looks_like_json
from importers.table.delimited import DELIMITERS, grid_of, is_text
from importers.table.fits import fit_grid, fit_objects
from importers.table.json_rows import first_objects
from importers.table.language.mapping import TableMap
from importers.table.source import read
from importers.table.which_map import named, shipped
from importers.table.workbook import looks_like_workbook

_LOOKED_AT = 16_000
"""Characters of a table's start in which its headings are looked for."""


class TableImporter:
    """Meets `importers.base.Importer`; reads tables with headings by a mapping, shipped or of one's own."""

    name = "table"
    describes = "Tables with headings, read by a mapping: named with --map, or shipped and told by the headings"
    extensions = ("csv", "tsv", "xlsx", "json", "jsonl")

    def __init__(self, map_file: str | None = None) -> None:
        """With a `map_file`, all is read by that: looking for a mapping takes as long as reading a small table."""
        self._map_file = map_file

    def sniff(self, sample: Sample) -> Guess | None:
        """Sure where a shipped mapping finds all its columns; a workbook shows its headings only when it is read."""
        if looks_like_workbook(sample.head):
            return Guess(0.4, "it is a workbook; the headings of its sheets tell the mapping")
        best = _fitting(sample)
        return None if best is None else Guess(0.97, f"it has the columns of the mapping {best.id} ({best.title})")

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """What the table says. Raises `InputError` where no mapping fits it or the one named does not."""
        map_file = self._map_file or options.map_file
        return read(source, options, None if map_file is None else named(map_file))


@lru_cache(maxsize=4)
def _fitting(sample: Sample) -> TableMap | None:
    """The shipped mapping of which most columns are in the start of a file, all that it needs among them."""
    if not is_text(sample.head):
        return None
    if sample.text.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    counts = _in_objects(sample) if looks_like_json(sample.text) else _in_grid(sample)
    best = max(counts, key=lambda pair: pair[0], default=None)
    return best[1] if best else None


def _in_objects(sample: Sample) -> list[tuple[int, TableMap]]:
    """Mappings whose columns are all in the first objects of a list, with how many they are."""
    objects = first_objects(sample.text)
    if not objects.rows:
        return []
    fits = [(fit_objects(table, objects), mapping) for mapping in shipped() for table in mapping.tables]
    return [(fit.found, mapping) for fit, mapping in fits if fit.told]


def _in_grid(sample: Sample) -> list[tuple[int, TableMap]]:
    """Mappings whose columns are all in a heading at the start of a text."""
    text = sample.text[:_LOOKED_AT]
    counts: list[tuple[int, TableMap]] = []
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        grid = grid_of(csv_rows.lines_of(text), delimiter, sample.name)
        for mapping in shipped():
            if mapping.delimiter in (None, delimiter):
                fits = [fit_grid(table, grid) for table in mapping.tables if table.header != 0]
                counts += [(fit.found, mapping) for fit in fits if fit.told]
    return counts


importer = TableImporter()
"""What the entry point names."""
