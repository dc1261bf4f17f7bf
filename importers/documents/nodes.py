"""What a file holds before anything is made of it: texts, lists and mappings, each knowing its line.

Texts are kept as written, so that a code such as `5E1`, `010` or `no` never turns into a number or a truth value: only
whoever wants a number asks for one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import Enum

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z", re.ASCII)
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?\Z", re.ASCII)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_LONGEST_NUMBER = 400
LARGEST_WHOLE = 2**63 - 1
"""The largest whole number that the register can hold."""


class Style(Enum):
    """How a text was written: in quotes, without, or as a JSON number (where `1e3` is a number)."""

    QUOTED = "quoted"
    PLAIN = "plain"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text with its line; `style` decides whether it may be read as nothing, a number or a truth value."""

    line: int
    text: str
    style: Style

    @property
    def is_null(self) -> bool:
        """Whether nothing was written: `null`, `~` or no text at all, without quotes."""
        return self.style is Style.PLAIN and self.text in _NULLS

    @property
    def truth(self) -> bool | None:
        """True or false where just that was written; `yes` and `on` are words."""
        return _TRUTHS.get(self.text) if self.style is Style.PLAIN else None

    @property
    def number(self) -> int | float | None:
        """The number, where one was written without quotes: digits, with a fraction or not."""
        if self.style is Style.QUOTED or len(self.text) > _LONGEST_NUMBER:
            return None
        if _WHOLE.match(self.text):
            return int(self.text)
        if self.style is Style.NUMBER or _FRACTION.match(self.text):
            found = float(self.text)
            return found if math.isfinite(found) else None
        return None


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list with the line it starts on."""

    line: int
    items: list[Node]


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with their lines and values, and the line of the first."""

    line: int
    entries: dict[str, Pair]

    def scalar(self, name: str) -> ScalarNode | None:
        """The text under `name`, None where there is none or it is no text."""
        entry = self.entries.get(name)
        found = entry.value if entry else None
        return found if isinstance(found, ScalarNode) and not found.is_null else None


@dataclass(frozen=True, slots=True)
class Pair:
    """The value of one key, and the line the key stands on."""

    line: int
    value: Node


Node = ScalarNode | SequenceNode | MappingNode


def excerpt(node: Node, length: int = 80) -> str:
    """The start of what a node holds, for a message."""
    if isinstance(node, ScalarNode):
        return node.text[:length]
    if isinstance(node, SequenceNode):
        return f"a list of {len(node.items)}"
    return ("{" + ", ".join(list(node.entries)[:8]) + "}")[:length]
