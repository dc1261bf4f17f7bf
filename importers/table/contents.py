"""What an input holds, in whatever form a mapping asks for."""

from __future__ import annotations

from db.errors import InputError
from importers.base import Input
from importers.documents.json_tree import looks_like_json
from importers.table.cells import lines_in_words
from importers.table.delimited import grid_of, is_text, text_of
from importers.table.grids import Grid, Objects
from importers.table.json_rows import objects_of
from importers.table.workbook import grids_of, looks_like_workbook
from importers.text import Decoded

_START = 4096


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
