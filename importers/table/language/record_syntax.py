"""The records of a mapping made ready for use: every key, word, column and filter is checked before a row is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from db import keys
from importers.documents.faults import FaultError, check_keys, fault, faults_at, join, shown
from importers.documents.nodes import MappingNode, Node, Pair, ScalarNode, SequenceNode
from importers.documents.shapes import Field, Shape, Want
from importers.records.checked import Checker, field_of, one_of
from importers.records.record_format import RECORD
from importers.records.words import FileWords, types_of
from importers.table.language import date_patterns
from importers.table.language.condition_syntax import AskedColumns, compile_conditions, texts_of
from importers.table.language.map_format import CHOICE, CONTROLS, EACH
from importers.table.language.mapping import Block, Each
from importers.table.language.slots import Slots
from importers.table.language.values import Template, Value, ValueChoice


@dataclass(slots=True)
class RecordCompiler:
    """Reads what a table of a mapping says of its records. Raises `FaultError` with the line and the key."""

    words: FileWords
    slots: Slots
    dates: tuple[str, ...] = ()
    indexed: AskedColumns = field(default_factory=AskedColumns)
    """What conditions ask of other rows."""

    def record(self, node: Node, path: str) -> Block:
        """A record of the mapping."""
        if not isinstance(node, MappingNode):
            raise fault(node, path, "a record is wanted here, with keys such as kind, key and name")
        kind = node.scalar("kind")
        if kind is None:
            raise FaultError(node.line, join(path, "kind"), "is missing: what kind of record is it?")
        if not self.words.has("kinds", kind.text):
            raise fault(kind, join(path, "kind"), self.words.unknown("kinds", kind.text))
        block = self.block(node, RECORD, path, kind.text)
        if not {"key", "name", "title"} & block.values.keys():
            raise FaultError(node.line, path, "has neither a key nor a name, so that nothing tells which record it is")
        return block

    def block(self, node: Node, shape: Shape, path: str, kind: str) -> Block:
        """A mapping of the shape, or a bare text that stands for one."""
        block = Block(shape, path, node.line)
        if isinstance(node, ScalarNode) and shape.short:
            found = shape.field(shape.short)
            if found is not None:
                block.values[found.name] = self._value(node, found, path, kind)
            return block
        if not isinstance(node, MappingNode):
            raise fault(node, path, "a mapping is wanted here, with keys such as " + _some(shape))
        each = node.entries.get("each")
        made = self._each(each.value, join(path, "each")) if each else None
        self.slots.in_each += made is not None
        conditions = compile_conditions(node, path, self.slots, self.indexed)
        for name, entry in node.entries.items():
            if name not in CONTROLS:
                self._entry(block, name, entry.line, entry.value, kind)
        self.slots.in_each -= made is not None
        self._check(block, kind)
        return Block(
            shape, path, node.line, block.values, block.lists, block.blocks, block.fixed, conditions, made
        )  # fmt: skip

    def _entry(self, block: Block, name: str, line: int, node: Node, kind: str) -> None:
        """Put what stands behind one key into the block."""
        found = field_of(block.shape, name, line, block.path, kind, CONTROLS)
        path = join(block.path, name)
        if isinstance(node, ScalarNode) and node.is_null:
            return
        if found.want is Want.SHAPE and found.shape is not None:
            nodes = node.items if isinstance(node, SequenceNode) else [node]
            shape = found.shape
            places = [f"{path}[{place}]" if found.many else path for place in range(len(nodes))]
            block.blocks[name] = tuple(self.block(one, shape, at, kind) for one, at in zip(nodes, places, strict=True))
        elif found.many:
            nodes = node.items if isinstance(node, SequenceNode) else [node]
            block.lists[name] = tuple(self._value(one, found, path, kind) for one in nodes)
        elif found.want in (Want.FLAG, Want.SHARE) or (block.shape is RECORD and name == "kind"):
            # The records format checks these itself; a mapping only hands them on.
            block.fixed[name] = self._fixed(node, block.shape, name, path, kind)
        else:
            block.values[name] = self._value(node, found, path, kind)

    def _fixed(self, node: Node, shape: Shape, name: str, path: str, kind: str) -> ScalarNode:
        if not isinstance(node, ScalarNode):
            raise fault(node, path, "a plain value is wanted here")
        found = shape.field(name)
        if found is not None:
            one = Shape(shape.name, (Field(name, found.doc, found.want, found.words),))
            Checker(self.words).check(MappingNode(node.line, {name: _entry(node)}), one, path.rpartition(".")[0], kind)
        return node

    def _value(self, node: Node, found: Field, path: str, kind: str) -> Value:
        """A text, a mapping that chooses, or a list of either."""
        nodes = node.items if isinstance(node, SequenceNode) else [node]
        if not nodes:
            raise fault(node, path, "is an empty list")
        return Value(path, tuple(self._choice(one, found, path, kind) for one in nodes))

    def _choice(self, node: Node, found: Field, path: str, kind: str) -> ValueChoice:
        if isinstance(node, ScalarNode):
            check = self._checker(found, kind, self.dates)
            return ValueChoice(self._template(node, path, check), check=check)
        if not isinstance(node, MappingNode):
            raise fault(node, path, "a text is wanted here, or a mapping with 'of'")
        check_keys(node, CHOICE, path)
        of = node.entries.get("of")
        if of is None or not isinstance(of.value, ScalarNode):
            raise FaultError(node.line, join(path, "of"), "is missing: the text, with columns in braces")
        dates = node.entries.get("dates")
        patterns = self.patterns(dates.value, join(path, "dates")) if dates else self.dates
        check = self._checker(found, kind, patterns)
        words = node.entries.get("words")
        others = node.entries.get("others")
        return ValueChoice(
            self._template(of.value, join(path, "of"), None if words else check),
            compile_conditions(node, path, self.slots, self.indexed),
            self._words(words.value, join(path, "words"), check) if words else None,
            self._target(others.value, join(path, "others"), check) if others else None,
            others is not None,
            check,
        )

    def _template(self, node: ScalarNode, path: str, check: Callable[[str], str] | None) -> Template:
        with faults_at(node, path):
            template = self.slots.template(node.text, node.line)
            if check is not None and template.constant:
                check(template.constant)
        return template

    def _words(self, node: Node, path: str, check: Callable[[str], str] | None) -> dict[str, str | None]:
        """What texts stand for; `null` is for texts that tell nothing."""
        if not isinstance(node, MappingNode):
            raise fault(node, path, "a mapping is wanted here, such as {current: open, closed: closed}")
        return {
            " ".join(name.split()).casefold(): self._target(entry.value, join(path, shown(name)[1:-1]), check)
            for name, entry in node.entries.items()
        }

    def _target(self, node: Node, path: str, check: Callable[[str], str] | None) -> str | None:
        if not isinstance(node, ScalarNode):
            raise fault(node, path, "a text is wanted here")
        if node.is_null:
            return None
        with faults_at(node, path):
            return check(node.text) if check else node.text

    def _checker(self, found: Field, kind: str, dates: tuple[str, ...]) -> Callable[[str], str] | None:
        """What a value of a key has to stand, beyond being a text."""
        if found.want is Want.DATE:
            return date_patterns.reader(dates)
        if found.want is Want.KEY:
            return keys.parse
        if found.one_of:
            return partial(one_of, found)
        if found.want is not Want.WORD:
            return None
        vocabulary = types_of(kind) if found.words == "types" else found.words

        def known(text: str) -> str:
            if not self.words.has(vocabulary, text):
                raise ValueError(self.words.unknown(vocabulary, text))
            return text

        return known

    def patterns(self, node: Node, path: str) -> tuple[str, ...]:
        """Patterns of dates."""
        found: list[str] = []
        for one in node.items if isinstance(node, SequenceNode) else [node]:
            if not isinstance(one, ScalarNode):
                raise fault(one, path, "a pattern such as DD/MM/YYYY is wanted here")
            with faults_at(one, path):
                date_patterns.compiled(one.text)
            found.append(one.text)
        return tuple(found)

    def _each(self, node: Node, path: str) -> Each:
        """`each: names`, or `each: {of: "{codes}", split: ";"}`, or `each: {of: "{leads}", people: true}`."""
        try:
            if isinstance(node, ScalarNode):
                return Each(self.slots.column(node.text, node.line))
            if not isinstance(node, MappingNode):
                raise fault(node, path, "a column is wanted here, or a mapping with 'of' and 'split'")
            check_keys(node, EACH, path)
            of, split = node.scalar("of"), node.entries.get("split")
            marks = texts_of(split.value, join(path, "split")) if split else ()
            people = node.scalar("people") is not None
            if of is None or not all(marks) or bool(marks) == people:
                message = "wants 'of', a text with columns in braces, and 'split', a mark, or 'people: true'"
                raise FaultError(node.line, path, message)
            keep = node.entries.get("keep")
            kept = texts_of(keep.value, join(path, "keep")) if keep else ()
            template = self.slots.template(of.text, of.line)
            return Each(self.slots.columns[-1], template, marks, kept, people)
        except (ValueError, IndexError) as error:
            raise fault(node, path, str(error) if isinstance(error, ValueError) else "names no column") from error

    def _check(self, block: Block, kind: str) -> None:
        """What the whole of a block must have: what its shape requires, two ends that its link may join."""
        for one in block.shape.fields:
            if one.required and one.name not in block.values:
                raise FaultError(block.line, block.path, f"'{one.name}' is missing")
        if block.shape.name == "link":
            if ("to" in block.values) == ("from" in block.values):
                raise FaultError(block.line, block.path, "wants either 'to' or 'from', the key at the other end")
            for choice in block.values["type"].choices:
                name = choice.template.constant
                if name is None:
                    raise FaultError(
                        block.line, join(block.path, "type"), "must be one word: it decides who may be tied"
                    )
                link_type = self.words.link_types[name]
                allowed = link_type.source_kinds if "to" in block.values else link_type.target_kinds
                if kind not in allowed:
                    verb = "start at" if "to" in block.values else "lead to"
                    only = " or ".join(allowed)
                    message = f"'{name}' cannot {verb} a record of kind {kind}, only {only}"
                    raise FaultError(block.line, join(block.path, "type"), message)


def _entry(node: ScalarNode) -> Pair:
    return Pair(node.line, node)


def _some(shape: Shape) -> str:
    return ", ".join(one.name for one in shape.fields[:3])
