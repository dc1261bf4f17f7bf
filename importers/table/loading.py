"""A mapping file read and checked: what is wrong with it is told with its line, the key and the nearest right word."""

from __future__ import annotations

import re
from dataclasses import replace

from db import dates, keys
from db.errors import InputError
from importers.documents.faults import FaultError, SyntaxFaultError, fault, hint, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode
from importers.documents.text import decode
from importers.documents.yaml_tree import parse_yaml
from importers.records.checked import Checked, Checker
from importers.records.header import listed, read_source, read_vocabulary
from importers.records.words import FileWords
from importers.table.cells import tidy
from importers.table.language import date_patterns
from importers.table.language.condition_syntax import compile_conditions
from importers.table.language.map_format import CONTROLS, FORMAT, MAPPING, REFUSAL, TABLE
from importers.table.language.mapping import MappedTable, Refusal, TableMap
from importers.table.language.record_syntax import RecordCompiler
from importers.table.language.slots import Slots
from importers.table.language.values import MappedColumn

MAX_BYTES = 1024 * 1024
"""The largest mapping; those of a whole country take a few kilobytes."""

ENCODINGS = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp437", "cp850")
"""Encodings that a mapping may name: of texts only, and none that unpacks anything."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}\Z")


def load_map(data: bytes, label: str, name: str) -> TableMap:
    """The mapping in a file; `name` is the file's own. Raises `InputError` with file, line and key."""
    if len(data) > MAX_BYTES:
        raise InputError(f"{label}: is larger than {MAX_BYTES // 1024} KB, the most that a mapping may be")
    try:
        return _read(parse_yaml(decode(data)), label, name)
    except SyntaxFaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong.message}") from wrong
    except FaultError as wrong:
        raise InputError(f"{label}:{wrong.line}: {wrong.reason}") from wrong


def _read(root: Node, label: str, name: str) -> TableMap:
    if not isinstance(root, MappingNode):
        raise fault(root, "", f"a mapping is wanted at the top, that starts with `format: {FORMAT}`")
    said = root.scalar("format")
    if said is None or said.text != FORMAT:
        found = f"is {shown(said.text)}, not" if said else "is missing: it must be"
        raise FaultError(said.line if said else root.line, "format", f"{found} {FORMAT}")
    taken = Checker(FileWords()).take(root, MAPPING)
    terms, link_types = read_vocabulary(taken.raw.get("vocabulary"))
    identity = taken.text("id") or keys.slug(re.sub(r"\.ya?ml\Z", "", name, flags=re.I)) or "table"
    if not _ID.match(identity):
        raise taken.fault("id", f"{shown(identity)} may hold small letters, digits, '.', '_' and '-' only")
    published, by_heading = _published(taken.raw.get("published"))
    bare = TableMap(
        label,
        identity,
        taken.text("title") or identity,
        (),
        FileWords(terms, link_types),
        publisher=taken.text("publisher"),
        published=published,
        published_by=by_heading,
        licence=taken.text("licence"),
        url=taken.text("url"),
        series=taken.text("series"),
        full=taken.flags.get("full", False),
        dated_by=tuple(taken.lists.get("dated_by", ())),
        dates=_patterns(taken),
        blanks=frozenset(" ".join(text.split()).casefold() for text in taken.lists.get("blanks", ())),
        encoding=_one_of(taken, "encoding", ENCODINGS),
        delimiter=_delimiter(taken),
        cited=tuple(read_source(one) for one in taken.many("sources")),
        terms=terms,
        link_types=link_types,
    )
    if bare.full and not bare.series:
        raise taken.fault("full", "says that editions list all there are, and no `series` says of what")
    return replace(bare, tables=_tables(taken, root, bare))


def _patterns(taken: Checked) -> tuple[str, ...]:
    for pattern in taken.lists.get("dates", ()):
        try:
            date_patterns.compiled(pattern)
        except ValueError as error:
            raise taken.fault("dates", str(error)) from error
    return tuple(taken.lists.get("dates", ()))


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
    try:
        return dates.parse(node.text)
    except ValueError as error:
        raise fault(node, path, str(error)) from error


def _one_of(taken: Checked, name: str, known: tuple[str, ...]) -> str | None:
    text = taken.text(name)
    if text is not None and text.lower() not in known:
        raise taken.fault(name, f"{shown(text)} is not known{hint(text, known)}")
    return text.lower() if text else None


def _delimiter(taken: Checked) -> str | None:
    text = taken.text("delimiter")
    if text is None:
        return None
    mark = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}.get(text, text)
    if len(mark) != 1 or mark in '"\r\n':
        raise taken.fault("delimiter", f"{shown(text)} is not one mark, such as ',' or tab")
    return mark


def _tables(taken: Checked, root: MappingNode, bare: TableMap) -> tuple[MappedTable, ...]:
    """The tables of a mapping, or the one that its top describes."""
    nodes = taken.raw.get("tables")
    if nodes is None:
        return (_table(taken, bare, ""),)
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
        _table(Checker(bare.words).take(node, TABLE, f"tables[{place}]"), bare, f"tables[{place}]")
        for place, node in enumerate(found)
    )
    names = [table.name for table in tables]
    if len(tables) > 1 and (None in names or len(set(names)) < len(names)):
        raise fault(nodes, "tables", "each of several tables needs a name of its own")
    return tables


def _table(taken: Checked, bare: TableMap, path: str) -> MappedTable:
    name = taken.text("name")
    if name is not None and not _ID.match(name):
        raise taken.fault("name", f"{shown(name)} may hold small letters, digits, '.', '_' and '-' only")
    header = _header(taken)
    headings, aliases = _columns(taken, header)
    compiler = RecordCompiler(bare.words, Slots(aliases), bare.dates)
    node = taken.raw.get("records")
    if node is None:
        raise FaultError(taken.line, f"{path}.records" if path else "records", "is missing: what does a row become?")
    refusals = _refusals(taken, compiler)
    fill_down = _fill_down(taken, compiler.slots)
    looks = _looks(taken, compiler.slots)
    nodes = listed(node, "records")
    if not nodes:
        raise fault(node, "records", "is empty: what does a row become?")
    start = f"{path}.records" if path else "records"
    records = tuple(compiler.record(one, f"{start}[{place}]") for place, one in enumerate(nodes))
    table = MappedTable(
        name, taken.text("sheet"), header, headings, taken.text("rows"), tuple(compiler.slots.columns),
        refusals, records, fill_down, tuple(compiler.indexed.columns), taken.flags.get("hidden", False),
        tuple(compiler.indexed.shares.values()),
        _one_of(taken, "same_name", ("one", "several")) == "one", _bare(taken), looks,
    )  # fmt: skip
    if header != 0 and not table.required:
        raise fault(node, start, "names no column, so that nothing tells one row from another")
    return table


def _header(taken: Checked) -> int | None:
    text = taken.text("header")
    if text is None or text == "none":
        return None if text is None else 0
    if not text.isdecimal() or not 0 < len(text) < 7 or int(text) == 0:
        raise taken.fault("header", f"{shown(text)} is neither the number of a line, counted from 1, nor `none`")
    return int(text)


def _columns(taken: Checked, header: int | None) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Names of the columns of a table without headings; short names for the headings of any other."""
    node = taken.raw.get("columns")
    if header == 0:
        if not isinstance(node, SequenceNode) or not node.items:
            raise taken.fault("header", "is none, so `columns` has to list the names of all columns in order")
        return tuple(_text(item, "columns") for item in node.items), {}
    if node is None:
        return (), {}
    if not isinstance(node, MappingNode):
        raise fault(node, "columns", "a mapping is wanted here, from short names to headings")
    aliases: dict[str, tuple[str, ...]] = {}
    for name, entry in node.entries.items():
        items = entry.value.items if isinstance(entry.value, SequenceNode) else [entry.value]
        aliases[tidy(name)] = tuple(_text(item, f"columns.{name}") for item in items)
        if not aliases[tidy(name)]:
            raise fault(entry.value, f"columns.{name}", "is an empty list")
    return (), aliases


def _bare(taken: Checked) -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """The columns of a file without headings: each a heading, or a mapping from one to what its texts look like."""
    node = taken.raw.get("without_headings")
    if node is None:
        return ()
    found: list[tuple[str, re.Pattern[str] | None]] = []
    for place, one in enumerate(listed(node, "without_headings")):
        path = f"without_headings[{place}]"
        if not isinstance(one, MappingNode):
            found.append((_text(one, path), None))
            continue
        if len(one.entries) != 1:
            raise fault(one, path, "a heading is wanted here, or one heading with what its texts look like")
        ((heading, entry),) = one.entries.items()
        found.append((heading, _shape(entry.value, f"{path}.{shown(heading)[1:-1]}")))
    if not any(shape for _, shape in found):
        raise fault(node, "without_headings", "says of no column what its texts look like, so nothing tells the table")
    return tuple(found)


def _looks(taken: Checked, slots: Slots) -> tuple[tuple[MappedColumn, re.Pattern[str]], ...]:
    """What the texts of some columns look like, by heading or short name."""
    node = taken.raw.get("looks")
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        raise fault(node, "looks", "a mapping is wanted here, from columns to what their texts look like")
    found: list[tuple[MappedColumn, re.Pattern[str]]] = []
    for name, entry in node.entries.items():
        try:
            column = slots.column(name, entry.line)
        except ValueError as error:
            raise FaultError(entry.line, f"looks.{shown(name)[1:-1]}", str(error), name) from error
        found.append((column, _shape(entry.value, f"looks.{shown(name)[1:-1]}")))
    return tuple(found)


def _shape(node: Node, path: str) -> re.Pattern[str]:
    try:
        return re.compile(_text(node, path))
    except re.error as error:
        raise fault(node, path, f"is no regular expression ({error})") from error


def _refusals(taken: Checked, compiler: RecordCompiler) -> tuple[Refusal, ...]:
    node = taken.raw.get("refuse")
    if node is None:
        return ()
    found: list[Refusal] = []
    for place, one in enumerate(listed(node, "refuse")):
        path = f"refuse[{place}]"
        if not isinstance(one, MappingNode):
            raise fault(one, path, "a mapping with `when` or `unless` and a `reason` is wanted here")
        for name, entry in one.entries.items():
            if name not in REFUSAL:
                raise FaultError(entry.line, f"{path}.{shown(name)[1:-1]}", f"unknown key{hint(name, REFUSAL)}", name)
        reason = one.scalar("reason")
        conditions = compile_conditions(one, path, compiler.slots, compiler.indexed)
        if reason is None or not (conditions.when or conditions.unless):
            raise FaultError(one.line, path, f"wants `reason` and one of {' and '.join(CONTROLS[1:])}")
        found.append(Refusal(conditions, reason.text))
    return tuple(found)


def _fill_down(taken: Checked, slots: Slots) -> tuple[str, ...]:
    """Columns whose empty cells mean what is above them, by their headings."""
    found: list[str] = []
    for name in taken.lists.get("fill_down", ()):
        try:
            found += slots.column(name, taken.lines["fill_down"]).paths
        except ValueError as error:
            raise taken.fault("fill_down", str(error)) from error
    return tuple(found)


def _text(node: Node, path: str) -> str:
    if not isinstance(node, ScalarNode) or not node.text.strip():
        raise fault(node, path, "a heading is wanted here")
    return node.text
