"""JSON and JSONL read into trees with lines: Python's own reader forgets them and lets keys repeat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.documents.builder import Builder
from importers.documents.faults import SyntaxFaultError, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<mark>[\[\]{},:])
      | (?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")
      | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9A-Za-z.+-]))
      | (?P<word>(?:true|false|null)\b)""",
    re.VERBOSE | re.ASCII,
)
_BLANK = "\ufeff \t\r\n"
_SURROGATE = re.compile("[\ud800-\udfff]")
_VALUE, _FIRST, _ITEM, _KEY, _COLON, _AFTER, _DONE = range(7)
_WANTED = {
    _VALUE: "a value",
    _FIRST: "a value or a closing bracket",
    _ITEM: "a key in quotes or a closing brace",
    _KEY: "a key in quotes",
    _COLON: "a colon",
    _AFTER: "a comma or a closing bracket",
    _DONE: "nothing more",
}


@dataclass(frozen=True, slots=True)
class JsonLine:
    """One line of a JSONL file: its tree, or what is wrong with it."""

    line: int
    node: Node | SyntaxFaultError


class _TokenReader:
    """Where in the text one is, and what may come next."""

    def __init__(self, first_line: int) -> None:
        self.builder = Builder()
        self.line = first_line
        self.expects = _VALUE
        self.closers: list[str] = []

    def wrong(self, found: str) -> SyntaxFaultError:
        return SyntaxFaultError(self.line, f"is not JSON here: wanted {_WANTED[self.expects]}, found {found}")

    def take(self, kind: str, token: str) -> None:
        if kind == "mark":
            self._mark(token)
        elif self.expects in (_KEY, _ITEM) and kind == "text":
            self.builder.scalar(ScalarNode(self.line, self._unquote(token), Style.QUOTED))
            self.expects = _COLON
        elif self.expects in (_VALUE, _FIRST):
            self.builder.scalar(self._scalar(kind, token))
            self._placed()
        else:
            raise self.wrong(shown(token))

    def _scalar(self, kind: str, token: str) -> ScalarNode:
        if kind == "text":
            return ScalarNode(self.line, self._unquote(token), Style.QUOTED)
        return ScalarNode(self.line, token, Style.NUMBER if kind == "number" else Style.PLAIN)

    def _unquote(self, token: str) -> str:
        try:
            text: str = json.loads(token) if "\\" in token else token[1:-1]
        except ValueError as error:
            message = f"is not JSON here: {shown(token)} has an escape that JSON does not know"
            raise SyntaxFaultError(self.line, message) from error
        if _SURROGATE.search(text):
            raise SyntaxFaultError(self.line, "a text holds half a character (a lone surrogate)")
        return text

    def _placed(self) -> None:
        self.expects = _AFTER if self.closers else _DONE

    def _mark(self, mark: str) -> None:
        if mark in "[{" and self.expects in (_VALUE, _FIRST):
            self.builder.begin(SequenceNode(self.line, []) if mark == "[" else MappingNode(self.line, {}))
            self.closers.append("]" if mark == "[" else "}")
            self.expects = _FIRST if mark == "[" else _ITEM
        elif mark in "]}" and self.closers and mark == self.closers[-1] and self._may_close():
            self.closers.pop()
            self.builder.end()
            self._placed()
        elif mark == "," and self.expects == _AFTER:
            self.expects = _VALUE if self.closers[-1] == "]" else _KEY
        elif mark == ":" and self.expects == _COLON:
            self.expects = _VALUE
        else:
            raise self.wrong(f"'{mark}'")

    def _may_close(self) -> bool:
        return self.expects in (_AFTER, _FIRST, _ITEM)


def parse_json(text: str, first_line: int = 1) -> Node:
    """Return the tree of one JSON text; raises `SyntaxFaultError` with the line."""
    reader = _TokenReader(first_line)
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise reader.wrong(repr(text[place : place + 10]))
        kind, token = str(found.lastgroup), found.group()
        if kind == "space":
            reader.line += token.count("\n")
        else:
            reader.take(kind, token)
        place = found.end()
    if reader.builder.root is None or reader.closers:
        raise reader.wrong("the end of it")
    return reader.builder.root


def looks_like_json(text: str) -> bool:
    """Whether a text starts as JSON or JSONL does; YAML may start with a brace too, and is tried as JSON first."""
    return text.lstrip(_BLANK).startswith(("{", "["))


def parse_lines(text: str) -> Iterator[JsonLine]:
    """Return the trees of a JSONL file, one for each line that is not blank."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield JsonLine(number, parse_json(line, number))
        except SyntaxFaultError as fault:
            yield JsonLine(number, fault)
