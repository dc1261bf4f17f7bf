"""What an input holds, in whatever form a mapping asks for."""

from __future__ import annotations

import codecs

from db.errors import InputError
from importers.base import Input
from importers.documents.json_tree import looks_like_json
from importers.lines import TextLines
from importers.table.cells import lines_in_words
from importers.table.delimited import grid_of, is_text
from importers.table.grids import Grid, Objects
from importers.table.json_rows import PlainRows
from importers.table.workbook import grids_of, looks_like_workbook
from importers.text import decode, peek

_START = 4096
_LOOKED_AT = 100_000
"""Bytes of a text by which it is told what it is."""


MOST_AT_ONCE = 64 * 1024 * 1024
"""Bytes of JSON of which a mapping can be drafted."""


class Contents:
    """The contents of an input in whatever form a mapping asks for, each made once."""

    def __init__(self, source: Input) -> None:
        self.source = source
        with source.open() as stream:
            self.head = stream.read(_START)
        self._sheets: list[Grid] | None = None
        self._lines: dict[str | None, TextLines] = {}
        self._grids: dict[tuple[str | None, str], Grid] = {}
        self._objects: dict[str | None, PlainRows | InputError] = {}
        """By the path to them; what keeps them from being read is found out once as well."""

    @property
    def is_workbook(self) -> bool:
        """Whether it is an XLSX workbook."""
        return looks_like_workbook(self.head)

    def sheets(self) -> list[Grid]:
        """The sheets of a workbook."""
        if self._sheets is None:
            self._sheets = grids_of(self.source)
        return self._sheets

    def lines(self, encoding: str | None) -> TextLines:
        """The lines of its text."""
        if encoding not in self._lines:
            if not is_text(self.head):
                raise InputError(f"{self.source.label}: is neither a workbook nor a table in plain text")
            self._lines[encoding] = TextLines(self.source, encoding)
        return self._lines[encoding]

    def start(self, encoding: str | None) -> str:
        """The start of its text, enough to tell what it is; empty where all of it is blank."""
        self.lines(encoding)
        with self.source.open() as stream:
            data = stream.read(_LOOKED_AT)
        if encoding is None:
            text = peek(data)
        else:
            text = codecs.getincrementaldecoder(encoding)("replace").decode(data)
        return text if text.strip() or self.source.size != len(data) else ""

    def text(self) -> str:
        """All of its text, where that is JSON."""
        return decode(self.source.read_bytes(MOST_AT_ONCE))

    def remarks(self, encoding: str | None) -> list[str]:
        """What is odd about the bytes of its text, when that has been read."""
        odd = self._lines[encoding].odd if encoding in self._lines else ()
        if not odd:
            return []
        return [f"is UTF-8, but for {lines_in_words(odd)} in Windows-1252; each line was read as what it is"]

    def grid(self, encoding: str | None, delimiter: str) -> Grid:
        """Its rows between delimiters."""
        key = (encoding, delimiter)
        if key not in self._grids:
            self._grids[key] = grid_of(self.lines(encoding), delimiter, self.source.label, self.source.limits)
        return self._grids[key]

    def objects(self, path: str | None, blanks: frozenset[str]) -> Objects:
        """Its rows of JSON."""
        found = self._objects.get(path)
        if found is None:
            try:
                found = PlainRows(self.source, path)
            except InputError as error:
                found = error
            self._objects[path] = found
        if isinstance(found, InputError):
            raise found
        return found.under(blanks)

    def check(self) -> None:
        """Raise the `InputError` that keeps it from being read at all, where there is one."""
        if self.is_workbook:
            self.sheets()
        elif looks_like_json(self.start(None)):
            try:
                self.objects(None, frozenset())
            except InputError as error:
                if "the mapping has to name" not in str(error):
                    raise
        else:
            self.grid(None, ",").rows.first(1)
