"""YAML read into a tree from its parser's events alone.

Nothing is constructed, so tags, timestamps and disguised truth values have no effect, and repeated keys, deep nesting
and alias bombs are refused before they cost anything.
"""

from __future__ import annotations

import re
from types import ModuleType

from importers.documents.builder import Builder
from importers.documents.faults import SyntaxFaultError, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def parse_yaml(text: str) -> Node:
    """Return the tree of a YAML text that holds one document; raises `SyntaxFaultError` with the line."""
    import yaml  # 20 ms, wanted by imports only

    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise SyntaxFaultError(line, f"holds the control character U+{ord(found.group()):04X}; write it as an escape")
    builder = Builder()
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            _take(builder, event, yaml)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = error.problem or error.context or "cannot be read"
        raise SyntaxFaultError(mark.line + 1 if mark else 1, f"is not YAML here: {said}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise SyntaxFaultError(1, f"is not YAML: {' '.join(str(error).split())[:120]}") from error
    if builder.root is None:
        raise SyntaxFaultError(1, "is empty")
    return builder.root


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
