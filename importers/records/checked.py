"""A mapping of a file checked against its shape: every key known, every value of the kind that is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field

from db import dates, keys
from db.keys import KINDS
from db.model import Value
from importers.documents.faults import FaultError, fault, hint, join, shown, unknown_key
from importers.documents.nodes import LARGEST_WHOLE, MappingNode, Node, ScalarNode, SequenceNode, Style
from importers.documents.shapes import Field, Shape, Want
from importers.records.words import FileWords, types_of

_CALLED = {
    Want.FLAG: "true or false", Want.SHARE: "a number", Want.VALUE: "a number or a text", Want.SHAPE: "a mapping",
    Want.DATE: "a date", Want.KEY: "a key", Want.WORD: "a word",
}  # fmt: skip

_FOR_A_NAME = "; `interlock find` tells the key of a name"


@dataclass(slots=True)
class Checked:
    """A mapping whose values are as its shape wants them; keys that hold nothing are not in it."""

    line: int
    path: str
    lines: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    shapes: dict[str, list[Checked]] = field(default_factory=dict)
    raw: dict[str, Node] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """The text, date, key or word under `name`."""
        return self.texts.get(name)

    def many(self, name: str) -> list[Checked]:
        """The mappings under `name`."""
        return self.shapes.get(name, [])

    def fault(self, name: str, message: str) -> FaultError:
        """Something wrong with the value of one of the keys."""
        path = join(self.path, name) if name else self.path
        return FaultError(self.lines.get(name, self.line), path, message, self.texts.get(name))


def field_of(shape: Shape, name: str, line: int, path: str, kind: str | None, also: tuple[str, ...] = ()) -> Field:
    """The field that a key stands for in a record of some kind; raises `FaultError` where it stands for none there.

    `also` are keys that may stand there beside those of the shape.
    """
    found = shape.field(name)
    if found is None:
        here = [one for one in shape.fields if kind is None or kind in one.kinds]
        plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
        meant = next((one.name for one in here if plain in one.meant_by), None)
        raise unknown_key(name, line, path, [*(one.name for one in here), *also], meant)
    if kind is not None and kind not in found.kinds:
        only = " and ".join(found.kinds)
        raise FaultError(line, join(path, name), f"only for records of kind {only}, and this is of kind {kind}")
    return found


def one_of(found: Field, text: str) -> str:
    """Return a text that is one of those which a field may hold. Raises ValueError."""
    if text not in found.one_of:
        raise ValueError(f"unknown {found.words} {shown(text)}{hint(text, found.one_of)}")
    return text


class Checker:
    """Checks mappings of one file, with the words that the file may use."""

    def __init__(self, words: FileWords) -> None:
        self._words = words

    def check(self, node: Node, shape: Shape, path: str = "", kind: str | None = None) -> Checked:
        """Return what a mapping holds; `kind` is that of the record it describes. Raises `FaultError`."""
        if not isinstance(node, MappingNode):
            if isinstance(node, ScalarNode) and shape.short and not node.is_null:
                return self._short(node, shape, path, kind)
            raise fault(node, path, f"a mapping is wanted here, with keys such as {_some(shape)}")
        checked = Checked(node.line, path)
        for name, entry in node.entries.items():
            found = field_of(shape, name, entry.line, path, kind)
            checked.lines[name] = entry.line
            self._field(checked, found, entry.value, kind)
        for one in shape.fields:
            if one.required and one.name not in checked.texts:
                raise FaultError(node.line, path, f"'{one.name}' is missing")
        return checked

    def _short(self, node: ScalarNode, shape: Shape, path: str, kind: str | None) -> Checked:
        """A bare text in place of a mapping."""
        checked = Checked(node.line, path)
        found = shape.field(shape.short or "")
        if found is not None:
            self._field(checked, found, node, kind, bare=True)
        if shape.short not in checked.texts and shape.short in {one.name for one in shape.fields if one.required}:
            raise fault(node, path, "is empty")
        return checked

    def detail(self, checked: Checked, name: str, found: Field, kind: str) -> str:
        """Return the text under one key as another field wants it: as what a detail may be. Raises `FaultError`.

        Sources may differ on what kind of record it is, so that its type may be a word for any kind.
        """
        text = checked.texts[name]
        if found.words == "types":
            kind = next((one for one in KINDS if self._words.has(types_of(one), text)), kind)
        node = ScalarNode(checked.lines[name], text, Style.QUOTED)
        return self._text(found, node, join(checked.path, name), kind) or ""

    def _field(self, checked: Checked, found: Field, node: Node, kind: str | None, bare: bool = False) -> None:
        """Put one key's value into `checked`."""
        path = checked.path if bare else join(checked.path, found.name)
        if found.want is Want.RAW:
            checked.raw[found.name] = node
        elif isinstance(node, ScalarNode) and node.is_null:
            return
        elif found.want is Want.SHAPE and found.shape is not None:
            items = _items(node, path, found.many)
            checked.shapes[found.name] = [self.check(item, found.shape, place, kind) for item, place in items]
        elif found.many:
            lines = [self._text(found, item, place, kind) for item, place in _items(node, path, True)]
            checked.lists[found.name] = [line for line in lines if line is not None]
        elif not isinstance(node, ScalarNode):
            raise fault(node, path, _wanted(found, node))
        else:
            self._scalar(checked, found, node, path, kind)

    def _scalar(self, checked: Checked, found: Field, node: ScalarNode, path: str, kind: str | None) -> None:
        if found.want is Want.FLAG:
            checked.flags[found.name] = _flag(node, path)
        elif found.want is Want.SHARE:
            checked.numbers[found.name] = _share(node, path)
        elif found.want is Want.VALUE and node.text.strip():
            checked.values[found.name] = _value(node, path)
        elif found.want is not Want.VALUE:
            text = self._text(found, node, path, kind)
            if text is not None:
                checked.texts[found.name] = text

    def _text(self, found: Field, node: Node, path: str, kind: str | None) -> str | None:
        """A text, date, key or word; None where it is blank."""
        if not isinstance(node, ScalarNode):
            raise fault(node, path, _wanted(found, node))
        text = node.text
        if not text.strip():
            return None
        if found.want is Want.TEXT and not found.one_of:
            return text
        if found.want is Want.WORD:
            vocabulary = types_of(kind or "") if found.words == "types" else found.words
            if not self._words.has(vocabulary, text):
                raise fault(node, path, self._words.unknown(vocabulary, text))
            return text
        try:
            if found.one_of:
                return one_of(found, text)
            return keys.parse(text) if found.want is Want.KEY else dates.parse(text)
        except ValueError as error:
            is_name = found.want is Want.KEY and " " in text.strip()
            raise fault(node, path, f"{error}{_FOR_A_NAME if is_name else ''}") from error


def _items(node: Node, path: str, many: bool) -> list[tuple[Node, str]]:
    """The items of a list with their paths; anything else is the only one."""
    if many and isinstance(node, SequenceNode):
        return [(item, f"{path}[{place}]") for place, item in enumerate(node.items)]
    return [(node, path)]


def _wanted(found: Field, node: Node) -> str:
    held = "list" if isinstance(node, SequenceNode) else "mapping"
    return f"{_CALLED.get(found.want, 'a text')} is wanted here, not a {held}"


def _some(shape: Shape) -> str:
    wanted = [one.name for one in shape.fields if one.required] or [one.name for one in shape.fields[:3]]
    return ", ".join(wanted)


def _flag(node: ScalarNode, path: str) -> bool:
    if node.truth is None:
        raise fault(node, path, f"{shown(node.text)} is neither true nor false")
    return node.truth


def _share(node: ScalarNode, path: str) -> float:
    number = node.number
    if number is None or not 0 <= number <= 1:
        raise fault(node, path, f"{shown(node.text)} is not a number from 0 to 1")
    return float(number)


def _value(node: ScalarNode, path: str) -> Value:
    """A number where one was written without quotes, else the text."""
    number = node.number
    if number is None:
        return node.text
    if isinstance(number, int) and abs(number) > LARGEST_WHOLE:
        raise fault(node, path, "the number is too large; write it in quotes, as a text")
    return number
