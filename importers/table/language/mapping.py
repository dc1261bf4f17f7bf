"""A mapping ready for use: its tables, their records, and every column that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from db.statements import LinkTypeSaid, SourceSaid, TermSaid
from importers.documents.nodes import ScalarNode
from importers.documents.shapes import Shape
from importers.records.words import FileWords
from importers.table.language.conditions import RowConditions, Share
from importers.table.language.values import MappedColumn, Template, Value


@dataclass(frozen=True, slots=True)
class Each:
    """What a block is made for each of: the items of a list, or the parts of a text."""

    column: MappedColumn
    template: Template | None = None
    split: tuple[str, ...] = ()
    """Marks between the parts."""
    keep: tuple[str, ...] = ()
    """Texts in which a mark parts nothing."""
    people: bool = False
    """Whether the parts are the people whom the text names, in place of marks."""


@dataclass(frozen=True, slots=True)
class Block:
    """A record, or one of the names, links, facts… in it: values by key, further blocks, and when it is made."""

    shape: Shape
    path: str
    line: int
    values: dict[str, Value] = field(default_factory=dict)
    lists: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    blocks: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    fixed: dict[str, ScalarNode] = field(default_factory=dict)
    """What stands in the mapping as it is: the kind of a record, numbers, true and false."""
    conditions: RowConditions = field(default_factory=RowConditions)
    each: Each | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Rows that the mapping does not take, and why."""

    conditions: RowConditions
    reason: str


@dataclass(frozen=True, slots=True)
class MappedTable:
    """One table of a mapping."""

    name: str | None
    sheet: str | None
    header: int | None
    """The line of the headings, 0 where there are none, None where they are to be found."""
    headings: tuple[str, ...]
    """The columns of a table without headings."""
    rows: str | None
    columns: tuple[MappedColumn, ...]
    """Every column that the table's records and conditions name."""
    refusals: tuple[Refusal, ...]
    records: tuple[Block, ...]
    fill_down: tuple[str, ...]
    """Columns whose empty cells mean what the cell above says."""
    indexed: tuple[str, ...]
    """Columns in which conditions look for a text of another row."""
    hidden: bool = False
    """Whether hidden sheets, and rows hidden by hand, are taken."""
    shares: tuple[Share, ...] = ()
    one_by_name: bool = False
    """Whether rows of one name are one body, whatever else they say of it."""
    bare: tuple[tuple[str, re.Pattern[str] | None], ...] = ()
    """All columns as a file without headings has them, and what the texts of some look like."""
    looks: tuple[tuple[MappedColumn, re.Pattern[str]], ...] = ()
    """What the texts of some columns look like, where headings alone do not tell the table."""

    @property
    def required(self) -> tuple[MappedColumn, ...]:
        """The columns that a file must have."""
        return tuple(column for column in self.columns if not column.optional)


@dataclass(frozen=True, slots=True)
class TableMap:
    """A mapping file."""

    label: str
    """What messages call it."""
    id: str
    title: str
    tables: tuple[MappedTable, ...]
    words: FileWords
    publisher: str | None = None
    published: str | None = None
    licence: str | None = None
    url: str | None = None
    series: str | None = None
    full: bool = False
    published_by: tuple[tuple[str, str], ...] = ()
    """Headings that tell of which edition a file is, each with the date of that."""
    dated_by: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    blanks: frozenset[str] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None
    cited: tuple[SourceSaid, ...] = ()
    terms: tuple[TermSaid, ...] = ()
    link_types: tuple[LinkTypeSaid, ...] = ()
