"""Putting a file's trees together with limits that keep a hostile file from costing much.

A stack instead of recursion, so that depth is refused in words and never overflows. Records can be given away one by
one as parts, so that of a large file no more than one of them is held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from importers.documents.faults import OverLimitError, SyntaxFaultError, shown
from importers.documents.nodes import MappingNode, Node, Pair, ScalarNode, SequenceNode, Style
from importers.limits import COPIED_VALUES, RECORD_SIZE, RECORD_VALUES, RECORDS, USUAL, Limits

MAX_DEPTH = 40
"""How deep lists and mappings may nest; the format itself needs ten."""

Place = tuple[str | None, ...]
"""The way from the root of a file to a value: the key under which it stands in each mapping, None for in a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """A tree that is given away by itself; the root comes last, at no place, with what was not given away."""

    place: Place
    node: Node


IsPart = Callable[[Place, Node], bool]
"""Whether what stands at a place is a part; asked near the root only."""
PART_DEPTH = 2
"""Steps from the root within which parts stand, unless a reader knows better."""

GIVEN = ScalarNode(0, "", Style.PLAIN)
"""What a mapping holds in place of a part."""


@dataclass(slots=True)
class _OpenNode:
    """A list or mapping that is still being filled; how many values and characters were held when it was begun."""

    node: SequenceNode | MappingNode
    anchor: str | None
    values: int
    size: int
    key: ScalarNode | None = None


@dataclass(slots=True)
class Builder:
    """Takes texts, beginnings and ends in the order they stand in the file and gives back the tree."""

    is_part: IsPart | None = None
    limits: Limits = USUAL
    depth: int = PART_DEPTH
    parts: list[Part] = field(default_factory=list)
    """Those that are finished and were not fetched yet."""
    root: Node | None = None
    _open: list[_OpenNode] = field(default_factory=list)
    _anchors: dict[str, tuple[Node, int, int]] = field(default_factory=dict)
    _values: int = 0
    """Values that are held, those of parts that were given away aside."""
    _size: int = 0
    """Characters of the same."""
    _copied: int = 0
    _anchored: int = 0
    """Values and characters that anchors hold."""
    _most_values: int = field(init=False)
    _most_size: int = field(init=False)

    def __post_init__(self) -> None:
        self._most_values, self._most_size = self.limits.of(RECORD_VALUES), self.limits.of(RECORD_SIZE)

    def scalar(self, node: ScalarNode, anchor: str | None = None) -> None:
        """Take a text."""
        size = len(node.text)
        self._count(1, size, node.line)
        if anchor:
            self._keep(anchor, node, 1, size)
        self._place(node, 1, size)

    def pair(self, line: int, key: str, value: ScalarNode) -> None:
        """Take a key and a text on one line, as `scalar` would one after the other."""
        top = self._open[-1].node
        if len(self._open) <= self.depth or not key or not isinstance(top, MappingNode) or key in top.entries:
            self.scalar(ScalarNode(line, key, Style.QUOTED))
            self.scalar(value)
            return
        self._count(2, len(key) + len(value.text), line)
        top.entries[key] = Pair(line, value)

    def begin(self, node: SequenceNode | MappingNode, anchor: str | None = None) -> None:
        """Open a list or mapping."""
        if len(self._open) >= MAX_DEPTH:
            raise SyntaxFaultError(node.line, f"lists and mappings nest more than {MAX_DEPTH} deep")
        top = self._open[-1] if self._open else None
        if top and isinstance(top.node, MappingNode) and top.key is None:
            raise SyntaxFaultError(node.line, "a key must be a text, not a list or mapping")
        if anchor:
            self._anchors.pop(anchor, None)
        self._open.append(_OpenNode(node, anchor, self._values, self._size))
        self._count(1, 1, node.line)

    def end(self) -> None:
        """Close the innermost list or mapping."""
        done = self._open.pop()
        values, size = self._values - done.values, self._size - done.size
        if done.anchor:
            self._keep(done.anchor, done.node, values, size)
        self._place(done.node, values, size)

    def alias(self, anchor: str, line: int) -> None:
        """Take what an anchor before it stands for; its size counts again."""
        if anchor not in self._anchors:
            raise SyntaxFaultError(line, f"alias {shown('*' + anchor)} stands for nothing before it")
        node, values, size = self._anchors[anchor]
        self._copied += values
        most = self.limits.of(COPIED_VALUES)
        if self._copied > most:
            raise OverLimitError(line, f"holds more than {most:,} values by its aliases, {self.limits.advice}")
        self._count(values, size, line)
        self._place(node, values, size)

    def _keep(self, anchor: str, node: Node, values: int, size: int) -> None:
        """Hold what an anchor names, which stays when its record is given away."""
        self._anchored += values + size
        if self._anchored > self._most_size:
            raise OverLimitError(node.line, f"holds too much under its anchors, {self.limits.advice}")
        self._anchors[anchor] = (node, values, size)

    def _count(self, values: int, size: int, line: int) -> None:
        self._values += values
        self._size += size
        if self._values > self._most_values:
            most = f"{self._most_values:,}"
            raise OverLimitError(line, f"holds more than {most} values in one record, {self.limits.advice}")
        if self._size > self._most_size:
            raise OverLimitError(line, too_long(self.limits))

    def _place(self, node: Node, values: int, size: int) -> None:
        """Put a finished node where it belongs; what it comes to is held no more where it is a part."""
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if isinstance(top.node, MappingNode) and top.key is None:
            top.key = self._key(top.node, node)
            return
        given = self.is_part is not None and len(self._open) <= self.depth and self._give(node, values, size)
        if isinstance(top.node, SequenceNode):
            if not given:
                top.node.items.append(node)
        elif top.key is not None:
            top.node.entries[top.key.text] = Pair(top.key.line, GIVEN if given else node)
            top.key = None

    def _give(self, node: Node, values: int, size: int) -> bool:
        """Give a finished node away where it is a part."""
        place = tuple(one.key.text if one.key else None for one in self._open)
        if self.is_part is None or not self.is_part(place, node):
            return False
        self.parts.append(Part(place, node))
        self._values -= values
        self._size -= size
        return True

    @staticmethod
    def _key(mapping: MappingNode, node: Node) -> ScalarNode:
        if not isinstance(node, ScalarNode):
            raise SyntaxFaultError(node.line, "a key must be a text, not a list or mapping")
        if not node.text:
            raise SyntaxFaultError(node.line, "a key is empty")
        before = mapping.entries.get(node.text)
        if before is not None:
            raise SyntaxFaultError(node.line, f"key {shown(node.text)} is already on line {before.line}")
        return node


def check_count(records: int, line: int, limits: Limits) -> None:
    """Raise `OverLimitError` where a file holds more records than are taken."""
    if records > limits.of(RECORDS):
        raise OverLimitError(line, f"holds more than {limits.of(RECORDS):,} records, {limits.advice}")


def too_long(limits: Limits) -> str:
    """What to say of a record that is longer than one may be."""
    return f"holds a record of more than {limits.of(RECORD_SIZE) >> 20} MB, {limits.advice}"
