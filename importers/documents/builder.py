"""Putting a file's tree together with limits that keep a hostile file from costing much.

A stack instead of recursion, so that depth is refused in words and never overflows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.documents.faults import SyntaxFaultError, shown
from importers.documents.nodes import MappingNode, Node, Pair, ScalarNode, SequenceNode

MAX_DEPTH = 40
"""How deep lists and mappings may nest; the format itself needs ten."""
MAX_NODES = 5_000_000
"""How many texts, lists and mappings a file may hold, aliases counted each time they are used."""


@dataclass(slots=True)
class _OpenNode:
    """A list or mapping that is still being filled."""

    node: SequenceNode | MappingNode
    anchor: str | None
    size: int = 1
    key: ScalarNode | None = None


@dataclass(slots=True)
class Builder:
    """Takes texts, beginnings and ends in the order they stand in the file and gives back the tree."""

    max_nodes: int = MAX_NODES
    root: Node | None = None
    _open: list[_OpenNode] = field(default_factory=list)
    _anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    _nodes: int = 0

    def scalar(self, node: ScalarNode, anchor: str | None = None) -> None:
        """Take a text."""
        self._count(1, node.line)
        if anchor:
            self._anchors[anchor] = (node, 1)
        self._place(node, 1)

    def begin(self, node: SequenceNode | MappingNode, anchor: str | None = None) -> None:
        """Open a list or mapping."""
        if len(self._open) >= MAX_DEPTH:
            raise SyntaxFaultError(node.line, f"lists and mappings nest more than {MAX_DEPTH} deep")
        top = self._open[-1] if self._open else None
        if top and isinstance(top.node, MappingNode) and top.key is None:
            raise SyntaxFaultError(node.line, "a key must be a text, not a list or mapping")
        self._count(1, node.line)
        if anchor:
            self._anchors.pop(anchor, None)
        self._open.append(_OpenNode(node, anchor))

    def end(self) -> None:
        """Close the innermost list or mapping."""
        done = self._open.pop()
        if done.anchor:
            self._anchors[done.anchor] = (done.node, done.size)
        self._place(done.node, done.size)

    def alias(self, anchor: str, line: int) -> None:
        """Take what an anchor before it stands for; its size counts again."""
        if anchor not in self._anchors:
            raise SyntaxFaultError(line, f"alias {shown('*' + anchor)} stands for nothing before it")
        node, size = self._anchors[anchor]
        self._count(size, line)
        self._place(node, size)

    def _count(self, size: int, line: int) -> None:
        self._nodes += size
        if self._nodes > self.max_nodes:
            raise SyntaxFaultError(line, f"holds more than {self.max_nodes:,} values; split it into several files")

    def _place(self, node: Node, size: int) -> None:
        """Put a finished node where it belongs."""
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        top.size += size
        if isinstance(top.node, SequenceNode):
            top.node.items.append(node)
        elif top.key is None:
            top.key = self._key(top.node, node)
        else:
            top.node.entries[top.key.text] = Pair(top.key.line, node)
            top.key = None

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
