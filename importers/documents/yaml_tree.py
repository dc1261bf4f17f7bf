"""YAML read into trees from its parser's events alone.

Nothing is constructed, so tags, timestamps and disguised truth values have no effect, and repeated keys, deep nesting
and alias bombs are refused before they cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import ModuleType

from importers.documents.builder import Builder, IsPart, Part, too_long
from importers.documents.faults import OverLimitError, SyntaxFaultError, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style
from importers.limits import RECORD_SIZE, USUAL, Limits

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def yaml_parts(pieces: Iterable[str], is_part: IsPart | None = None, limits: Limits = USUAL) -> Iterator[Part]:
    """Yield the parts of a YAML text that comes in pieces and holds one document, its root last.

    Raises `SyntaxFaultError` with the line.
    """
    import yaml  # 20 ms, wanted by imports only

    builder = Builder(is_part, limits)
    stream = _YamlStream(pieces, limits)
    try:
        for event in yaml.parse(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            _take(builder, event, yaml)
            stream.given = 0
            while builder.parts:
                yield builder.parts.pop()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = error.problem or error.context or "cannot be read"
        raise SyntaxFaultError(mark.line + 1 if mark else 1, f"is not YAML here: {said}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise SyntaxFaultError(1, f"is not YAML: {' '.join(str(error).split())[:120]}") from error
    if builder.root is None:
        raise SyntaxFaultError(1, "is empty")
    yield Part((), builder.root)


def parse_yaml(text: str) -> Node:
    """Return the tree of a YAML text that holds one document; raises `SyntaxFaultError` with the line."""
    *_, root = yaml_parts((text,))
    return root.node


class _YamlStream:
    """The text as the parser asks for it, checked for what YAML may not hold."""

    def __init__(self, pieces: Iterable[str], limits: Limits) -> None:
        self._pieces = iter(pieces)
        self._limits = limits
        self._line = 1
        self.given = 0
        """Characters since something came of them."""

    def read(self, _: int = -1, /) -> str:
        """The next piece, empty at the end."""
        if self.given > self._limits.of(RECORD_SIZE):
            raise OverLimitError(self._line, too_long(self._limits))
        piece = next(filter(None, self._pieces), "")
        found = _CONTROL.search(piece)
        if found:
            line = self._line + piece.count("\n", 0, found.start())
            message = f"holds the control character U+{ord(found.group()):04X}; write it as an escape"
            raise SyntaxFaultError(line, message)
        self._line += piece.count("\n")
        self.given += len(piece)
        return piece


def _take(builder: Builder, event: object, yaml: ModuleType) -> None:
    """Hand one event of the YAML parser to the builder."""
    mark = getattr(event, "start_mark", None)
    line = mark.line + 1 if mark else 1
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise SyntaxFaultError(line, f"tag {shown(str(tag))} is not allowed: values are texts, lists and mappings")
    if isinstance(event, yaml.ScalarEvent):
        style = Style.PLAIN if event.style in (None, "") else Style.QUOTED
        builder.scalar(ScalarNode(line, event.value, style), event.anchor)
    elif isinstance(event, yaml.SequenceStartEvent):
        builder.begin(SequenceNode(line, []), event.anchor)
    elif isinstance(event, yaml.MappingStartEvent):
        builder.begin(MappingNode(line, {}), event.anchor)
    elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
        builder.end()
    elif isinstance(event, yaml.AliasEvent):
        builder.alias(event.anchor, line)
    elif isinstance(event, yaml.DocumentStartEvent) and builder.root is not None:
        raise SyntaxFaultError(line, "holds a second YAML document; a file is one")
