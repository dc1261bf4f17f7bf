"""JSON and JSONL files as rows that name their values themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice, takewhile

from db.errors import InputError
from db.files.spool import KeptRows
from importers.base import Input
from importers.csv_rows import weight
from importers.documents.builder import Part, check_count
from importers.documents.faults import SyntaxFaultError, hint, shown
from importers.documents.json_tree import JsonLine, first_of_lines, json_parts, parse_json, parse_lines
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode
from importers.documents.text import decoded
from importers.lines import TextLines
from importers.table.cells import CellValue, TableRow, numbered
from importers.table.grids import Objects, TableRows

_LOOKED_AT = 50
"""Rows by which a text is told."""
_LINE_ENDINGS = (".jsonl", ".ndjson")

PlainRow = tuple[int, dict[str, CellValue], str | None]
"""The line of a row, its values by their names, and why it cannot be a row."""

_NEXT = re.compile(r"[\s,]*\{")
"""What stands before the next object of a list."""


class PlainRows:
    """The rows of a JSON file, or of the list at a path in it, kept on disk where they are many."""

    def __init__(self, source: Input, path: str | None) -> None:
        """Raises `InputError` where there are none."""
        self._kept = KeptRows(_plain_rows(source, path), weight=_weight)
        self.keys = frozenset(key for _, values, _ in self._kept for key in values)
        """Every key that a row has."""

    def under(self, blanks: frozenset[str]) -> Objects:
        """The rows, with the texts that mean nothing in them."""
        return Objects(
            TableRows(lambda: (TableRow(line, row, blanks, why) for line, row, why in self._kept)), self.keys
        )


def json_text(source: Input) -> Iterator[str]:
    """The text of a file, piece by piece; what is not UTF-8 is read line by line, as tables are."""
    try:
        for _ in decoded(source.chunks()):
            pass
    except SyntaxFaultError:
        return iter(TextLines(source))
    return decoded(source.chunks())


def _plain_rows(source: Input, path: str | None) -> Iterator[PlainRow]:
    limits = source.limits
    try:
        if source.name.lower().endswith(_LINE_ENDINGS) or isinstance(
            first_of_lines(json_text(source), limits), MappingNode
        ):
            rows = _of_lines(parse_lines(json_text(source), limits))
        else:
            wanted = (*(path.split(".") if path else ()), None)
            parts = json_parts(json_text(source), lambda place, _: place == wanted, limits, depth=len(wanted))
            rows = _of_parts(parts, path, source.label)
        for number, row in enumerate(rows, 1):
            check_count(number, row[0], limits)
            yield row
    except SyntaxFaultError as wrong:
        raise InputError(f"{source.label}:{wrong.line}: {wrong.message}") from wrong


def _of_parts(parts: Iterator[Part], path: str | None, label: str) -> Iterator[PlainRow]:
    for part in parts:
        if part.place:
            yield _row(part.node)
        else:
            yield from (_row(node) for node in _list(part.node, path, label).items)


def _of_lines(lines: Iterator[JsonLine]) -> Iterator[PlainRow]:
    for one in lines:
        yield (one.line, {}, one.node.message) if isinstance(one.node, SyntaxFaultError) else _row(one.node)


def _weight(row: PlainRow) -> float:
    return weight([value if isinstance(value, str) else repr(value) for value in row[1].values()])


def first_objects(text: str) -> Objects:
    """The first rows of a text that may be cut anywhere: a list of objects, or one on each line; none of any other."""
    bare = text.lstrip("\ufeff \t\r\n")
    nodes = _listed(bare) if bare.startswith("[") else (one.node for one in parse_lines((bare,)))
    sound = takewhile(lambda node: isinstance(node, MappingNode), islice(nodes, _LOOKED_AT))
    made = (_row(node) for node in sound if isinstance(node, MappingNode))
    rows = [TableRow(line, values, frozenset(), why) for line, values, why in made]
    return Objects(rows, frozenset(key for row in rows for key in row.values))


def _listed(text: str) -> Iterator[Node]:
    """The objects of a list, up to where it ends or is cut."""
    decoder, place = json.JSONDecoder(), 1
    try:
        while found := _NEXT.match(text, place):
            start, place = found.end() - 1, decoder.raw_decode(text, found.end() - 1)[1]
            yield parse_json(text[start:place])
    except (ValueError, RecursionError, SyntaxFaultError):
        return


def _list(root: Node, path: str | None, label: str) -> SequenceNode:
    """The list of rows: the whole, or what stands at a path."""
    node = root
    for step in path.split(".") if path else ():
        entry = node.entries.get(step) if isinstance(node, MappingNode) else None
        if entry is None:
            known = list(node.entries) if isinstance(node, MappingNode) else []
            raise InputError(
                f"{label}:{node.line}: has no {shown(step)}, which `rows: {path}` wants{hint(step, known)}"
            )
        node = entry.value
    if isinstance(node, SequenceNode):
        return node
    if path is None and isinstance(node, MappingNode):
        lists = [name for name, entry in node.entries.items() if isinstance(entry.value, SequenceNode)]
        named = f", such as `rows: {lists[0]}`" if lists else ""
        raise InputError(f"{label}:{node.line}: is one object; the mapping has to name the list of rows in it{named}")
    raise InputError(f"{label}:{node.line}: is no list of rows")


def _row(node: Node) -> PlainRow:
    if not isinstance(node, MappingNode):
        return node.line, {"value": _plain(node)}, "is not an object with names and values"
    values = _plain(node)
    problem = "holds a NUL byte" if _has_nul(values) else None
    return node.line, values if isinstance(values, dict) else {}, problem


def _plain(node: Node) -> CellValue:
    """A tree without its lines; keys as `same_column` writes them, numbers and truth values as text."""
    if isinstance(node, ScalarNode):
        return None if node.is_null else node.text
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    values = [_plain(entry.value) for entry in node.entries.values()]
    return dict(zip(numbered(node.entries), values, strict=True))


def _has_nul(values: CellValue) -> bool:
    if isinstance(values, str):
        return "\x00" in values
    if isinstance(values, dict):
        return any(_has_nul(value) for value in values.values())
    return isinstance(values, list) and any(_has_nul(value) for value in values)
