"""Columns in braces as mappings write them: `{name}`, `{notes?}`, `{name|before:, |readable}`; `{{` is a brace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.documents.faults import hint, shown
from importers.table.cells import ITEM, same_column, tidy
from importers.table.language.filters import PLAIN, WITH_TEXT, Filter
from importers.table.language.values import MappedColumn, Slot, Template


@dataclass(slots=True)
class Slots:
    """Reads the slots of one table and remembers the columns that they name; ValueError says in words what is wrong."""

    aliases: Mapping[str, tuple[str, ...]]
    columns: list[MappedColumn] = field(default_factory=list)
    in_each: int = 0
    """How many `each` the text stands in: only there is `item` something."""

    def template(self, text: str, line: int) -> Template:
        """The template that a text is."""
        parts: list[str | Slot] = []
        plain, place = "", 0
        while place < len(text):
            mark = text[place]
            if mark in "{}" and text[place : place + 2] == mark * 2:
                plain += mark
                place += 2
            elif mark == "{":
                end = text.find("}", place)
                if end < 0:
                    raise ValueError("a brace is opened and not closed; '{{' stands for a brace itself")
                parts += [plain] if plain else []
                plain = ""
                parts.append(self.slot(text[place + 1 : end], line))
                place = end + 1
            elif mark == "}":
                raise ValueError("a brace is closed and not opened; '}}' stands for a brace itself")
            else:
                plain += mark
                place += 1
        return Template((*parts, plain) if plain or not parts else tuple(parts))

    def slot(self, text: str, line: int) -> Slot:
        """A slot as it stands between braces."""
        name, *changes = text.split("|")
        return Slot(self.column(name, line), tuple(_filter(change) for change in changes))

    def column(self, text: str, line: int) -> MappedColumn:
        """A column by its heading or short name."""
        name = tidy(text)
        optional = name.endswith("?") and name not in self.aliases
        name = name[:-1].rstrip() if optional else name
        if not name:
            raise ValueError("a column is wanted between the braces")
        plain = same_column(name)
        if plain == ITEM or plain.startswith(f"{ITEM}."):
            if not self.in_each:
                raise ValueError("'item' is what `each` is at, and there is no `each` around it")
            return MappedColumn((name,), True, line)
        # A heading may end in a question mark itself: where the file has it, it is meant.
        headings = (*self._headings(name), *self._headings(f"{name}?")) if optional else self._headings(name)
        column = MappedColumn(headings, optional, line)
        self.columns.append(column)
        return column

    def _headings(self, name: str) -> tuple[str, ...]:
        """The headings that a name stands for; a short name is meant only as it is written, capitals and all."""
        if name in self.aliases:
            return self.aliases[name]
        first, dot, rest = name.partition(".")
        if dot and first in self.aliases:
            return tuple(f"{heading}.{rest}" for heading in self.aliases[first])
        return (name,)


def _filter(text: str) -> Filter:
    name, colon, argument = text.partition(":")
    name = name.strip()
    if name in PLAIN:
        if colon:
            raise ValueError(f"filter '{name}' takes no text behind a colon")
        return PLAIN[name]
    if name in WITH_TEXT:
        if not argument:
            raise ValueError(f"filter '{name}' wants a text behind a colon, such as {name}:(")
        return WITH_TEXT[name](argument)
    raise ValueError(f"unknown filter {shown(name)}{hint(name, [*PLAIN, *WITH_TEXT])}")
