"""Rows made into statements: a mapping filled with a row is an entry of the records format, and is read as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from db import keys
from db.errors import InputError
from db.locators import locator
from db.statements import NameSaid, RejectSaid, RowSaid, Statement
from importers.documents.faults import FaultError
from importers.documents.nodes import MappingNode, Node, Pair, ScalarNode, SequenceNode, Style
from importers.documents.shapes import Want
from importers.records.entries import EntryReader, RecordEntry
from importers.records.names import key_of
from importers.records.record_format import RECORD
from importers.records.words import FileWords
from importers.table.account import Tally
from importers.table.cells import CellError, TableRow
from importers.table.language.leads import people_in
from importers.table.language.mapping import Block, Each, MappedTable

MAX_ITEMS = 10_000
"""How many records and parts of records one row may make."""

_KEPT = 100
"""Texts that `keep` may name."""

_SAYS_NOTHING = frozenset(("key", "kind", "name_kind", "verbatim", "evidence"))
"""Keys by which a record is named and which say nothing of it."""

_ONE_OF = {"fact": ("value", "text"), "link": ("to", "from")}
"""Shapes of which one of several keys has to be there."""


@dataclass(slots=True)
class TableStatements:
    """Makes what the rows of one table say."""

    table: MappedTable
    source: str
    """Key of the file itself, which evidence means when it names no source."""
    words: FileWords
    tally: Tally = field(default_factory=Tally)
    _made: int = 0

    def row(self, row: TableRow) -> RowSaid | RejectSaid:
        """What a row says, or why it is refused."""
        if row.problem is not None:
            return RejectSaid(row.line, row.problem, row.shown)
        try:
            for refusal in self.table.refusals:
                if refusal.conditions.hold(row):
                    return RejectSaid(row.line, refusal.reason, row.shown)
            statements = self._statements(row)
        except (CellError, FaultError) as error:
            return RejectSaid(row.line, str(error), error.value or row.shown)
        if not statements:
            return RejectSaid(row.line, f"says nothing that the mapping takes{self._lacking(row)}", row.shown)
        return RowSaid(row.line, statements)

    def _lacking(self, row: TableRow) -> str:
        """Which of the columns that a row must have something in are empty."""
        empty = [
            column.paths[0] for column in dict.fromkeys(self.table.required) if not any(map(row.has, column.paths))
        ]
        return f" ({', '.join(dict.fromkeys(empty))} empty)" if empty else ""

    def _statements(self, row: TableRow) -> tuple[Statement, ...]:
        self._made = 0
        entries: list[RecordEntry] = []
        for block in self.table.records:
            for node in self._nodes(block, row):
                kind = node.entries["kind"].value
                if isinstance(kind, ScalarNode) and not node.entries.keys() <= _SAYS_NOTHING:
                    entries.append(RecordEntry(node, kind.text, _key(node, kind.text, block.path)))
        kinds = {entry.key: entry.kind for entry in entries}
        reader = EntryReader(self.words, None, kinds)
        said = tuple(_said(reader, entry, row) for entry in entries)
        return (*said, *_named_only(said))

    def _nodes(self, block: Block, row: TableRow) -> Iterator[MappingNode]:
        """A block filled with a row, as often as `each` has items; parts that lack what they must have are left out."""
        for one in _each(block.each, row):
            self._made += 1
            if self._made > MAX_ITEMS:
                raise CellError(f"makes more than {MAX_ITEMS:,} records, names and links")
            if block.conditions.hold(one):
                self.tally.held[block.path] += 1
                node = self._filled(block, one)
                if node is not None:
                    self.tally.made[block.path] += 1
                    yield node

    def _filled(self, block: Block, row: TableRow) -> MappingNode | None:
        entries: dict[str, Node] = dict(block.fixed)
        for name, value in block.values.items():
            text = value.text(row)
            if text is not None:
                entries[name] = ScalarNode(row.line, text, _style(block, name))
        for one in block.shape.fields:
            if one.required and one.name not in entries:
                return None
        wanted = _ONE_OF.get(block.shape.name)
        if wanted and not any(name in entries for name in wanted):
            return None
        if block.shape is RECORD and not ({"key", "name", "title"} & entries.keys()):
            return None
        if block.shape is RECORD and "key" in block.values and "key" not in entries:
            return None
        self._parts(block, row, entries)
        _tidy(block, entries, self.source, self._place(row))
        _without_repeats(block, entries)
        return MappingNode(row.line, {name: Pair(row.line, node) for name, node in entries.items()})

    def _parts(self, block: Block, row: TableRow, entries: dict[str, Node]) -> None:
        """Fill the lists and the blocks in a block."""
        for name, values in block.lists.items():
            texts = [text for value in values if (text := value.text(row)) is not None]
            if texts:
                entries[name] = SequenceNode(row.line, [ScalarNode(row.line, text, Style.QUOTED) for text in texts])
        for name, blocks in block.blocks.items():
            nodes: list[Node] = [node for one in blocks for node in self._nodes(one, row)]
            if nodes:
                single = block.shape.field(name)
                entries[name] = SequenceNode(row.line, nodes) if single is None or single.many else nodes[0]
        if block.shape is RECORD and row.where is not None and "evidence" not in entries:
            rests_on = {"source": self.source, "locator": row.where}
            entries["evidence"] = SequenceNode(row.line, [_mapping(row.line, rests_on)])

    def _place(self, row: TableRow) -> str:
        return row.where or locator(None, row.line)


def _each(each: Each | None, row: TableRow) -> Iterator[TableRow]:
    if each is None:
        yield row
    elif each.people and each.template is not None:
        for person in people_in(each.template.text(row) or ""):
            followed = "yes" if person.is_followed else None
            yield row.at({"name": person.name, "post": person.post, "followed": followed})
    elif each.template is not None:
        for part in parts_of(each.template.text(row) or "", each.split, each.keep):
            yield row.at(part)
    else:
        for path in each.column.paths:
            for item in row.items(path):
                yield row.at(item)


def parts_of(text: str, marks: Sequence[str], keep: Sequence[str] = ()) -> list[str]:
    """The parts of a text between marks; a mark within one of the texts to `keep` parts nothing."""
    held = {chr(0xE000 + number): one for number, one in enumerate(keep[:_KEPT])}
    for mark, one in held.items():
        text = text.replace(mark, " ").replace(one, mark)
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    parts = text.split(marks[0])
    for mark, one in held.items():
        parts = [part.replace(mark, one) for part in parts]
    return [part.strip() for part in parts if part.strip()]


def _style(block: Block, name: str) -> Style:
    """Values of facts may be numbers; anything else is a text, whatever it looks like."""
    found = block.shape.field(name)
    return Style.PLAIN if found is not None and found.want is Want.VALUE else Style.QUOTED


def _tidy(block: Block, entries: dict[str, Node], source: str, where: str) -> None:
    """Leave out a spelling that is no different, and let evidence without a source mean the file."""
    verbatim, name = entries.get("verbatim"), entries.get("name")
    if isinstance(verbatim, ScalarNode) and isinstance(name, ScalarNode) and verbatim.text == name.text:
        del entries["verbatim"]
    if name is None:
        entries.pop("verbatim", None)
        entries.pop("name_kind", None)
    if block.shape.name == "evidence" and "source" not in entries:
        entries["source"] = ScalarNode(block.line, source, Style.QUOTED)
        entries.setdefault("locator", ScalarNode(block.line, where, Style.QUOTED))


def _without_repeats(block: Block, entries: dict[str, Node]) -> None:
    """Leave out further names that are the record's name again, as lists of all names have it."""
    name, names = entries.get("name"), entries.get("names")
    if block.shape is RECORD and isinstance(name, ScalarNode) and isinstance(names, SequenceNode):
        others = [one for one in names.items if not (isinstance(one, MappingNode) and _text(one, "name") == name.text)]
        if others:
            entries["names"] = SequenceNode(names.line, others)
        else:
            del entries["names"]


def _text(node: MappingNode, name: str) -> str | None:
    found = node.scalar(name)
    return found.text if found else None


def _mapping(line: int, values: dict[str, str]) -> MappingNode:
    return MappingNode(line, {name: Pair(line, ScalarNode(line, text, Style.QUOTED)) for name, text in values.items()})


def _key(node: MappingNode, kind: str, path: str) -> str:
    try:
        return key_of(node, kind)
    except FaultError as error:
        raise CellError(f"{path}.{error}", error.value) from error


def _said(reader: EntryReader, entry: RecordEntry, row: TableRow) -> Statement:
    try:
        said = reader.statement(entry)
    except InputError as error:
        raise CellError(str(error), row.shown) from error
    by_name = any(_is_made_of(said.key, name.name) for name in said.names)
    return replace(said, by_name=True) if by_name else said


def _is_made_of(key: str, name: str | None) -> bool:
    """Whether the key of a body is its name and no code."""
    return name is not None and key == f"org:{keys.slug(name)}"


def _named_only(said: tuple[Statement, ...]) -> Iterator[Statement]:
    """What a row says of bodies that only links name, and by their names alone: what they are called."""
    told = {one.key for one in said}
    for one in said:
        for end in (link.other for link in one.links):
            if end.name and end.kind == "organisation" and end.key not in told and _is_made_of(end.key, end.name):
                told.add(end.key)
                names = (NameSaid(end.name, "as-written"),)
                yield Statement(
                    end.key, end.kind, line=one.line, partial=True, names=names, cites=one.cites, by_name=True
                )
