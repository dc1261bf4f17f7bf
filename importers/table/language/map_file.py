"""A mapping file read and checked: what is wrong with it is told with its line, the key and the nearest right word."""

from __future__ import annotations

import re
from dataclasses import replace

from db import dates, keys
from db.errors import InputError
from importers.documents.faults import FaultError, SyntaxFaultError, fault, faults_at, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode
from importers.documents.text import decode
from importers.documents.yaml_tree import parse_yaml
from importers.records.checked import Checked, Checker
from importers.records.header import listed, read_source, read_vocabulary
from importers.records.words import FileWords
from importers.table.language import date_patterns
from importers.table.language.map_format import FORMAT, MAPPING, TABLE
from importers.table.language.mapping import MappedTable, TableMap
from importers.table.language.table_syntax import ID, one_of, read_table

MAX_BYTES = 1024 * 1024
"""The largest mapping; those of a whole country take a few kilobytes."""

ENCODINGS = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp437", "cp850")
"""Encodings that a mapping may name: of texts only, and none that unpacks anything."""


def load_map(data: bytes, label: str, name: str) -> TableMap:
    """The mapping in a file; `name` is the file's own. Raises `InputError` with file, line and key."""
    if len(data) > MAX_BYTES:
        raise InputError(f"{label}: is larger than {MAX_BYTES // 1024} KB, the most that a mapping may be")
    try:
        return _read(parse_yaml(decode(data)), label, name)
    except SyntaxFaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong.message}") from wrong
    except FaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong}") from wrong


def _read(root: Node, label: str, name: str) -> TableMap:
    if not isinstance(root, MappingNode):
        raise fault(root, "", f"a mapping is wanted at the top, that starts with `format: {FORMAT}`")
    said = root.scalar("format")
    if said is None or said.text != FORMAT:
        found = f"is {shown(said.text)}, not" if said else "is missing: it must be"
        raise FaultError(said.line if said else root.line, "format", f"{found} {FORMAT}")
    checked = Checker(FileWords()).check(root, MAPPING)
    terms, link_types = read_vocabulary(checked.raw.get("vocabulary"))
    identity = checked.text("id") or keys.slug(re.sub(r"\.ya?ml\Z", "", name, flags=re.I)) or "table"
    if not ID.match(identity):
        raise checked.fault("id", f"{shown(identity)} may hold small letters, digits, '.', '_' and '-' only")
    published, by_heading = _published(checked.raw.get("published"))
    bare = TableMap(
        label,
        identity,
        checked.text("title") or identity,
        (),
        FileWords(terms, link_types),
        publisher=checked.text("publisher"),
        published=published,
        published_by=by_heading,
        licence=checked.text("licence"),
        url=checked.text("url"),
        series=checked.text("series"),
        full=checked.flags.get("full", False),
        dated_by=tuple(checked.lists.get("dated_by", ())),
        dates=_patterns(checked),
        blanks=frozenset(" ".join(text.split()).casefold() for text in checked.lists.get("blanks", ())),
        encoding=one_of(checked, "encoding", ENCODINGS),
        delimiter=_delimiter(checked),
        cited=tuple(read_source(one) for one in checked.many("sources")),
        terms=terms,
        link_types=link_types,
    )
    if bare.full and not bare.series:
        raise checked.fault("full", "says that editions list all there are, and no `series` says of what")
    return replace(bare, tables=_tables(checked, root, bare))


def _patterns(checked: Checked) -> tuple[str, ...]:
    for pattern in checked.lists.get("dates", ()):
        try:
            date_patterns.compiled(pattern)
        except ValueError as error:
            raise checked.fault("dates", str(error)) from error
    return tuple(checked.lists.get("dates", ()))


def _published(node: Node | None) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """The date of every file, or the headings that tell the date of some."""
    if node is None or (isinstance(node, ScalarNode) and node.is_null):
        return None, ()
    if isinstance(node, MappingNode):
        return None, tuple((name, _date(one.value, f"published.{name}")) for name, one in node.entries.items())
    return _date(node, "published"), ()


def _date(node: Node, path: str) -> str:
    if not isinstance(node, ScalarNode):
        raise fault(node, path, "a date is wanted here")
    with faults_at(node, path):
        return dates.parse(node.text)


def _delimiter(checked: Checked) -> str | None:
    text = checked.text("delimiter")
    if text is None:
        return None
    mark = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}.get(text, text)
    if len(mark) != 1 or mark in '"\r\n':
        raise checked.fault("delimiter", f"{shown(text)} is not one mark, such as ',' or tab")
    return mark


def _tables(checked: Checked, root: MappingNode, bare: TableMap) -> tuple[MappedTable, ...]:
    """The tables of a mapping, or the one that its top describes."""
    nodes = checked.raw.get("tables")
    if nodes is None:
        return (read_table(checked, bare, ""),)
    for name in (
        "sheet", "header", "rows", "columns", "without_headings", "looks", "hidden", "same_name", "fill_down", "refuse",
        "records",
    ):  # fmt: skip
        if name in root.entries:
            raise FaultError(root.entries[name].line, name, "belongs into one of the `tables`, as there are some")
    found = listed(nodes, "tables")
    if not found:
        raise fault(nodes, "tables", "is empty: a table with its records is wanted")
    tables = tuple(
        read_table(Checker(bare.words).check(node, TABLE, f"tables[{place}]"), bare, f"tables[{place}]")
        for place, node in enumerate(found)
    )
    names = [table.name for table in tables]
    if len(tables) > 1 and (None in names or len(set(names)) < len(names)):
        raise fault(nodes, "tables", "each of several tables needs a name of its own")
    return tables
