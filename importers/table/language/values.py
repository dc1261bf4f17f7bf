"""Values of a mapping: texts with columns in braces, words translated, the first of several that says something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from importers.documents.faults import shown
from importers.table.cells import CellError, TableRow
from importers.table.language.conditions import RowConditions
from importers.table.language.filters import Filter


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column as a mapping names it, with where it does; `optional` ones (`{notes?}`) a file may lack."""

    paths: tuple[str, ...]
    """Its heading; several where editions of a file call it differently."""
    optional: bool
    line: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A column in braces with what is done to its text."""

    column: MappedColumn
    filters: tuple[Filter, ...] = ()

    def text(self, row: TableRow) -> str | None:
        """The text for a row, None where the column or a filter gives nothing."""
        text = next((found for path in self.column.paths if (found := row.text(path))), None)
        for change in self.filters:
            if text is None:
                return None
            text = change(text)
        return text or None


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots; it says nothing where one of them does."""

    parts: tuple[str | Slot, ...]

    @property
    def constant(self) -> str | None:
        """The text where there are no slots."""
        return None if any(isinstance(part, Slot) for part in self.parts) else "".join(map(str, self.parts))

    @property
    def columns(self) -> tuple[MappedColumn, ...]:
        """The columns of its slots."""
        return tuple(part.column for part in self.parts if isinstance(part, Slot))

    def text(self, row: TableRow) -> str | None:
        """The text for a row."""
        texts: list[str] = []
        for part in self.parts:
            text = part.text(row) if isinstance(part, Slot) else part
            if text is None:
                return None
            texts.append(text)
        return "".join(texts) or None


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """One way to come by a value: a template, what its text stands for, and when this way is open at all."""

    template: Template
    conditions: RowConditions = field(default_factory=RowConditions)
    words: Mapping[str, str | None] | None = None
    """What texts, in lower case, stand for; a text that is not among them refuses the row, unless there is `others`."""
    others: str | None = None
    has_others: bool = False
    check: Callable[[str], str] | None = None
    """Brings the text into the form that the register wants, such as a date; raises ValueError in words."""

    def text(self, row: TableRow) -> str | None:
        """The value for a row; raises `CellError` where the cell holds what cannot be one."""
        if not self.conditions.hold(row):
            return None
        text = self.template.text(row)
        if text is not None and self.words is not None:
            text = self._translated(text)
        if text is None or self.check is None:
            return text
        try:
            return self.check(text)
        except ValueError as error:
            raise CellError(str(error), text) from error

    def _translated(self, text: str) -> str | None:
        known = self.words or {}
        if text.casefold() in known:
            return known[text.casefold()]
        if self.has_others:
            return self.others
        few = f" ({', '.join(list(known)[:12])})" if known else ""
        raise CellError(f"{shown(text)} is not among the words that the mapping knows{few}", text)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind a key of a mapping: choices, of which the first that says something counts."""

    path: str
    choices: tuple[ValueChoice, ...]

    def text(self, row: TableRow) -> str | None:
        """The value for a row, None where no choice says anything. Raises `CellError` that names the key."""
        for choice in self.choices:
            try:
                text = choice.text(row)
            except CellError as error:
                raise CellError(f"{self.path}: {error}", error.value) from error
            if text is not None:
                return text
        return None
