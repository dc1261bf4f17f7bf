"""What a mapping of a document may hold, as data: its keys, what each has to be, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from db.keys import KINDS


class Want(Enum):
    """What a key's value has to be."""

    TEXT = "text"
    DATE = "date"
    KEY = "key"
    FLAG = "flag"
    SHARE = "share"
    VALUE = "value"
    WORD = "word"
    SHAPE = "shape"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Field:
    """One key: what it holds, what it means, and on which kinds of record it may stand."""

    name: str
    doc: str
    want: Want = Want.TEXT
    words: str = ""
    """The vocabulary of a WORD; `types` stands for that of the record's kind. What `one_of` are called in messages."""
    shape: Shape | None = None
    many: bool = False
    """A list; a single value may stand for a list of one."""
    required: bool = False
    kinds: tuple[str, ...] = KINDS
    one_of: tuple[str, ...] = ()
    """All that a text may be; empty where it may be anything."""
    meant_by: tuple[str, ...] = ()
    """Other words that people write for it, each of which is answered with this one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A mapping: its keys, and which of them a bare text stands for."""

    name: str
    fields: tuple[Field, ...]
    short: str | None = None
    _named: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", {one.name: one for one in self.fields})

    def field(self, name: str) -> Field | None:
        """The key of that name."""
        return self._named.get(name)
