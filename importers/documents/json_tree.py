"""JSON and JSONL read into trees with lines: Python's own reader forgets them and lets keys repeat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from importers.documents.builder import PART_DEPTH, Builder, IsPart, Part, too_long
from importers.documents.faults import OverLimitError, SyntaxFaultError, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style
from importers.limits import RECORD_SIZE, USUAL, Limits

_TEXT = r'"[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+"'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?(?![0-9A-Za-z.+-])"
_WORD = r"(?:true|false|null)\b"
_TOKEN = re.compile(
    rf"(?P<space>[ \t\r\n]+)|(?P<mark>[\[\]{{}},:])|(?P<text>{_TEXT})|(?P<number>{_NUMBER})|(?P<word>{_WORD})", re.ASCII
)
_PAIR = re.compile(
    rf"[ \t\r\n]*+({_TEXT})[ \t]*+:[ \t]*+(?:([\[{{])|(?:({_TEXT})|({_NUMBER})|({_WORD}))(?:(,)|(?=[ \t\r\n]*+\}})))",
    re.ASCII,
)
"""A key with its text, of which most of a file is made, up to what comes behind them; or with what opens its value."""
_OPEN_TEXT = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+\\?\Z', re.ASCII)
_LONGEST_TOKEN = 10_000
"""Characters within which a number or a word ends."""
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

    def __init__(self, builder: Builder, first_line: int) -> None:
        self.builder = builder
        self.line = first_line
        self.expects = _VALUE
        self.closers: list[str] = []

    def wrong(self, found: str) -> SyntaxFaultError:
        return SyntaxFaultError(self.line, f"is not JSON here: wanted {_WANTED[self.expects]}, found {found}")

    def read(self, text: str, place: int, last: bool) -> int:
        """Take the tokens of a text from a place on, and return the place behind them.

        Stops where a part is finished, and unless the text is the last at a token that may go on behind it.
        """
        parts = self.builder.parts
        while not parts:
            if self.expects in (_KEY, _ITEM) and (pair := _PAIR.match(text, place)):
                self.line += text.count("\n", place, pair.start(1))
                self._pair(*pair.groups())
                place = pair.end()
                continue
            found = _TOKEN.match(text, place)
            if found is None:
                if place < len(text) and (last or not _may_go_on(text, place)):
                    raise self.wrong(repr(text[place : place + 10]))
                break
            if found.end() == len(text) and not last:
                break
            self._take(str(found.lastgroup), found.group())
            place = found.end()
        return place

    def _pair(
        self, key: str, opens: str | None, quoted: str | None, number: str | None, word: str | None, comma: str | None
    ) -> None:
        """Take a key, and its value or the beginning of it."""
        if opens is None:
            self.builder.pair(self.line, self._unquote(key), self._value(quoted, number, word))
            self.expects = _KEY if comma else _AFTER
        else:
            self.builder.scalar(ScalarNode(self.line, self._unquote(key), Style.QUOTED))
            self.expects = _VALUE
            self._mark(opens)

    def _value(self, quoted: str | None, number: str | None, word: str | None) -> ScalarNode:
        if quoted is not None:
            return ScalarNode(self.line, self._unquote(quoted), Style.QUOTED)
        if number is not None:
            return ScalarNode(self.line, number, Style.NUMBER)
        return ScalarNode(self.line, word or "", Style.PLAIN)

    def _take(self, kind: str, token: str) -> None:
        if kind == "space":
            self.line += token.count("\n")
        elif kind == "mark":
            self._mark(token)
        elif self.expects in (_KEY, _ITEM) and kind == "text":
            self.builder.scalar(ScalarNode(self.line, self._unquote(token), Style.QUOTED))
            self.expects = _COLON
        elif self.expects in (_VALUE, _FIRST):
            quoted, number = (token if kind == one else None for one in ("text", "number"))
            self.builder.scalar(self._value(quoted, number, token))
            self._placed()
        else:
            raise self.wrong(shown(token))

    def _unquote(self, token: str) -> str:
        if "\\" not in token:
            return token[1:-1]
        try:
            text: str = json.loads(token)
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


def json_parts(
    pieces: Iterable[str],
    is_part: IsPart | None = None,
    limits: Limits = USUAL,
    first_line: int = 1,
    depth: int = PART_DEPTH,
) -> Iterator[Part]:
    """Yield the parts of a JSON text that comes in pieces, its root last; raises `SyntaxFaultError` with the line."""
    reader = _TokenReader(Builder(is_part, limits, depth), first_line)
    parts = reader.builder.parts
    coming = filter(None, pieces)
    text, place, ahead = "", 0, next(coming, "")
    while True:
        if len(text) - place > limits.of(RECORD_SIZE):
            raise OverLimitError(reader.line, too_long(limits))
        text, place, ahead = text[place:] + ahead, 0, next(coming, "")
        while True:
            place = reader.read(text, place, not ahead)
            if not parts:
                break
            yield parts.pop()
        if not ahead:
            break
    if reader.builder.root is None or reader.closers:
        raise reader.wrong("the end of it")
    yield Part((), reader.builder.root)


def _may_go_on(text: str, place: int) -> bool:
    """Whether what is no token at the end of a text may become one with what follows."""
    return len(text) - place < _LONGEST_TOKEN or _OPEN_TEXT.match(text, place) is not None


def parse_json(text: str) -> Node:
    """Return the tree of one JSON text; raises `SyntaxFaultError` with the line."""
    *_, root = json_parts((text,))
    return root.node


def looks_like_json(text: str) -> bool:
    """Whether a text starts as JSON or JSONL does; YAML may start with a brace too, and is tried as JSON first."""
    return text.lstrip(_BLANK).startswith(("{", "["))


def first_of_lines(pieces: Iterable[str], limits: Limits = USUAL) -> Node | None:
    """Return the tree of the first line of a text that comes in pieces where that is a JSON text and more lines follow.

    None else: then it is no JSONL.
    """
    text = ""
    for piece in pieces:
        first, ended, rest = (text + piece).lstrip().partition("\n")
        if ended and rest.strip():
            break
        if len(first) > limits.of(RECORD_SIZE):
            return None
        text = first + ended
    else:
        return None
    try:
        return parse_json(first)
    except SyntaxFaultError:
        return None


def parse_lines(pieces: Iterable[str], limits: Limits = USUAL) -> Iterator[JsonLine]:
    """Yield the trees of a JSONL text that comes in pieces, one for each line that is not blank.

    Raises `SyntaxFaultError` for a line that is too long.
    """
    for number, line in enumerate(_lines(pieces, limits), start=1):
        if not line.strip():
            continue
        try:
            *_, root = json_parts((line,), None, limits, number)
            yield JsonLine(number, root.node)
        except SyntaxFaultError as fault:
            yield JsonLine(number, fault)


def _lines(pieces: Iterable[str], limits: Limits) -> Iterator[str]:
    """Yield the lines of a text that comes in pieces."""
    number, rest = 1, ""
    for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        yield from lines
        number += len(lines)
        if len(rest) > limits.of(RECORD_SIZE):
            raise OverLimitError(number, too_long(limits))
    yield rest
