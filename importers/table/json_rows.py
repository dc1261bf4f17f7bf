"""JSON and JSONL files as rows that name their values themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice, takewhile

from db.errors import InputError
from importers.base import Input
from importers.documents.faults import SyntaxFaultError, hint, shown
from importers.documents.json_tree import parse_json, parse_lines
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode
from importers.table.cells import CellValue, TableRow, numbered
from importers.table.grids import Objects
from importers.text import decode

MAX_BYTES = 64 * 1024 * 1024

_NEXT = re.compile(r"[\s,]*\{")
"""What stands before the next object of a list."""


def objects_of(source: Input, path: str | None, blanks: frozenset[str]) -> Objects:
    """The rows of a JSON file, or of the list at `path` in it; raises `InputError` where there are none."""
    text = decode(source.read_bytes(MAX_BYTES))
    try:
        if source.name.lower().endswith((".jsonl", ".ndjson")):
            return _lines(text, blanks)
        root = parse_json(text)
    except SyntaxFaultError as wrong:
        if _is_lines(text):
            return _lines(text, blanks)
        raise InputError(f"{source.label}:{wrong.line}: {wrong.message}") from wrong
    return Objects([_row(node, node.line, blanks) for node in _list(root, path, source.label).items])


def first_objects(text: str, most: int = 50) -> Objects:
    """The first rows of a text that may be cut anywhere: a list of objects, or one on each line; none of any other."""
    bare = text.lstrip("\ufeff \t\r\n")
    nodes = _listed(bare) if bare.startswith("[") else (one.node for one in parse_lines((bare,)))
    sound = takewhile(lambda node: isinstance(node, MappingNode), islice(nodes, most))
    return Objects([_row(node, node.line, frozenset()) for node in sound if isinstance(node, MappingNode)])


def _listed(text: str) -> Iterator[Node]:
    """The objects of a list, up to where it ends or is cut."""
    decoder, place = json.JSONDecoder(), 1
    try:
        while found := _NEXT.match(text, place):
            start, place = found.end() - 1, decoder.raw_decode(text, found.end() - 1)[1]
            yield parse_json(text[start:place])
    except (ValueError, RecursionError, SyntaxFaultError):
        return


def _is_lines(text: str) -> bool:
    first = text.lstrip().partition("\n")[0]
    try:
        return isinstance(parse_json(first), MappingNode)
    except SyntaxFaultError:
        return False


def _lines(text: str, blanks: frozenset[str]) -> Objects:
    rows: list[TableRow] = []
    for one in parse_lines((text,)):
        if isinstance(one.node, SyntaxFaultError):
            rows.append(TableRow(one.line, {}, problem=one.node.message))
        else:
            rows.append(_row(one.node, one.line, blanks))
    return Objects(rows)


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


def _row(node: Node, line: int, blanks: frozenset[str]) -> TableRow:
    if not isinstance(node, MappingNode):
        return TableRow(line, {"value": _plain(node)}, blanks, "is not an object with names and values")
    values = _plain(node)
    problem = "holds a NUL byte" if _has_nul(values) else None
    return TableRow(line, values if isinstance(values, dict) else {}, blanks, problem)


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
