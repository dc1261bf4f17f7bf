"""One table of a mapping read and checked: its headings, short names and refusals, and the records a row becomes."""

from __future__ import annotations

import re

from importers.documents.faults import FaultError, check_keys, fault, hint, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode
from importers.records.checked import Checked
from importers.records.header import listed
from importers.table.cells import tidy
from importers.table.language.condition_syntax import compile_conditions
from importers.table.language.map_format import CONTROLS, REFUSAL
from importers.table.language.mapping import MappedTable, Refusal, TableMap
from importers.table.language.record_syntax import RecordCompiler
from importers.table.language.slots import Slots
from importers.table.language.values import MappedColumn

ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}\Z")
"""What a mapping, and each of its tables, may be called."""


def read_table(checked: Checked, bare: TableMap, path: str) -> MappedTable:
    """The table that a part of a mapping describes; `bare` is the mapping without its tables."""
    name = checked.text("name")
    if name is not None and not ID.match(name):
        raise checked.fault("name", f"{shown(name)} may hold small letters, digits, '.', '_' and '-' only")
    header = _header(checked)
    headings, aliases = _columns(checked, header)
    compiler = RecordCompiler(bare.words, Slots(aliases), bare.dates)
    node = checked.raw.get("records")
    if node is None:
        raise FaultError(checked.line, f"{path}.records" if path else "records", "is missing: what does a row become?")
    refusals = _refusals(checked, compiler)
    fill_down = _fill_down(checked, compiler.slots)
    looks = _looks(checked, compiler.slots)
    nodes = listed(node, "records")
    if not nodes:
        raise fault(node, "records", "is empty: what does a row become?")
    start = f"{path}.records" if path else "records"
    records = tuple(compiler.record(one, f"{start}[{place}]") for place, one in enumerate(nodes))
    table = MappedTable(
        name, checked.text("sheet"), header, headings, checked.text("rows"), tuple(compiler.slots.columns),
        refusals, records, fill_down, tuple(compiler.indexed.columns), checked.flags.get("hidden", False),
        tuple(compiler.indexed.shares.values()),
        one_of(checked, "same_name", ("one", "several")) == "one", _bare(checked), looks,
    )  # fmt: skip
    if header != 0 and not table.required:
        raise fault(node, start, "names no column, so that nothing tells one row from another")
    return table


def _header(checked: Checked) -> int | None:
    text = checked.text("header")
    if text is None or text == "none":
        return None if text is None else 0
    if not text.isdecimal() or not 0 < len(text) < 7 or int(text) == 0:
        raise checked.fault("header", f"{shown(text)} is neither the number of a line, counted from 1, nor `none`")
    return int(text)


def _columns(checked: Checked, header: int | None) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Names of the columns of a table without headings; short names for the headings of any other."""
    node = checked.raw.get("columns")
    if header == 0:
        if not isinstance(node, SequenceNode) or not node.items:
            raise checked.fault("header", "is none, so `columns` has to list the names of all columns in order")
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


def _bare(checked: Checked) -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """The columns of a file without headings: each a heading, or a mapping from one to what its texts look like."""
    node = checked.raw.get("without_headings")
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


def _looks(checked: Checked, slots: Slots) -> tuple[tuple[MappedColumn, re.Pattern[str]], ...]:
    """What the texts of some columns look like, by heading or short name."""
    node = checked.raw.get("looks")
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


def _refusals(checked: Checked, compiler: RecordCompiler) -> tuple[Refusal, ...]:
    node = checked.raw.get("refuse")
    if node is None:
        return ()
    found: list[Refusal] = []
    for place, one in enumerate(listed(node, "refuse")):
        path = f"refuse[{place}]"
        if not isinstance(one, MappingNode):
            raise fault(one, path, "a mapping with `when` or `unless` and a `reason` is wanted here")
        check_keys(one, REFUSAL, path)
        reason = one.scalar("reason")
        conditions = compile_conditions(one, path, compiler.slots, compiler.indexed)
        if reason is None or not (conditions.when or conditions.unless):
            raise FaultError(one.line, path, f"wants `reason` and one of {' and '.join(CONTROLS[1:])}")
        found.append(Refusal(conditions, reason.text))
    return tuple(found)


def _fill_down(checked: Checked, slots: Slots) -> tuple[str, ...]:
    """Columns whose empty cells mean what is above them, by their headings."""
    found: list[str] = []
    for name in checked.lists.get("fill_down", ()):
        try:
            found += slots.column(name, checked.lines["fill_down"]).paths
        except ValueError as error:
            raise checked.fault("fill_down", str(error)) from error
    return tuple(found)


def _text(node: Node, path: str) -> str:
    if not isinstance(node, ScalarNode) or not node.text.strip():
        raise fault(node, path, "a heading is wanted here")
    return node.text


def one_of(checked: Checked, name: str, known: tuple[str, ...]) -> str | None:
    """The text of a key, which has to be one of those known."""
    text = checked.text(name)
    if text is not None and text.lower() not in known:
        raise checked.fault(name, f"{shown(text)} is not known{hint(text, known)}")
    return text.lower() if text else None
