"""What a table seems to hold, and how a mapping names its columns and the keys of its bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from db import identifiers, keys
from importers.records.words import FileWords
from importers.table.draft.bodies import DraftBody, bodies_of
from importers.table.draft.column_kinds import recognised
from importers.table.draft.columns import DraftColumn
from importers.table.draft.lines import quoted
from importers.table.draft.tables import TableInFile

_OWN = {"organisation": "org", "site": "site", "arrangement": "arr"}


@dataclass(slots=True)
class TableDraft:
    """A table whose mapping is drafted: its columns, the bodies its rows speak of, and what is used of it so far."""

    table: TableInFile
    columns: list[DraftColumn] = field(init=False)
    bodies: list[DraftBody] = field(init=False)
    typed: tuple[DraftColumn, str] | None = None
    used: dict[int, None] = field(default_factory=dict)
    """Places of columns that the mapping names."""

    def __post_init__(self) -> None:
        self.columns = recognised(self.table.headings, self.table.rows, self.table.lists)
        self.bodies = bodies_of(self.columns)
        self.typed = self._typed()
        if self.bodies and self.typed is not None:
            self.bodies[0].kind, self.bodies[0].type = self.typed[1], None
            self.bodies[0].unsure.clear()
        elif self.bodies and self.table.nested and self.bodies[0].type is None:
            self.bodies[0].kind = "arrangement"

    def _typed(self) -> tuple[DraftColumn, str] | None:
        """The column that has types in the words of the vocabulary, and the kind of record whose they are."""
        for column in self.columns:
            if column.kind in ("type", "text") and "type" in column.heading_words:
                for kind in _OWN:
                    if column.share(FileWords().known(f"{kind}_types").__contains__) >= 0.8:
                        return column, kind
        return None

    @property
    def patterns(self) -> list[str]:
        """How its dates are written."""
        return [pattern for one in self.columns for pattern in one.patterns if pattern != "YYYY-MM-DD"]

    def slot(self, column: DraftColumn, *filters: str) -> str:
        """A column in braces, which is used by that."""
        self.used[column.place] = None
        optional = "?" if self.table.objects and not all(column.values) else ""
        return "{" + "|".join([column.slot + optional, *filters]) + "}"

    def key(self, body: DraftBody) -> list[str]:
        """The ways to come by the key of a body, best first."""
        ways: list[str] = []
        for scheme in ("ods", "gss"):
            column = body.codes.get(scheme)
            if column is None:
                continue
            wrong = not self.is_sound(scheme, column)
            gaps = len([text for text in column.values if text]) < len(column.values)
            if scheme == "ods" and wrong and body.name is not None:
                cut = ("before:(",) if any("(" in text for text in column.filled) else ()
                ways.append(f"ods:{self.slot(column, *cut, 'code')}")
            else:
                ways.append(f"{scheme}:{self.slot(column)}")
            if not wrong and not gaps:
                return ways
        if not ways and "code" in body.codes:
            column = body.codes["code"]
            ways.append(f"{scheme_of(column)}:{self.slot(column, *(('slug',) if _is_odd(column) else ()))}")
            if all(column.values):
                return ways
        if body.name is not None:
            readable = ("readable",) if body.name.capitals else ()
            ways.append(f"{_OWN[body.kind]}:{self.slot(body.name, *readable, 'slug')}")
        return ways

    def keyed(self, body: DraftBody, name: str = "key") -> list[str]:
        """The line of a key, with a comment where it is made of a name."""
        ways = self.key(body)
        value = quoted(ways[0]) if len(ways) == 1 else "[" + ", ".join(map(quoted, ways)) + "]"
        alone = len(ways) == 1 and "|slug}" in ways[0] and name == "key"
        return [
            f"{name}: {value}" + ("  # made of the name: see `Names without codes` in docs/mapping.md" if alone else "")
        ]

    def name_of(self, body: DraftBody) -> str | None:
        """The name of a body as links give it."""
        if body.name is None:
            return None
        return self.slot(body.name, *(("readable",) if body.name.capitals else ()))

    def is_sound(self, scheme: str, column: DraftColumn) -> bool:
        """Whether every value of a column can be a code of the scheme."""
        return scheme == "code" or column.share(lambda text: identifiers.is_one(scheme, text)) == 1

    def each(self, column: DraftColumn) -> str:
        """What `each` goes through: a list of JSON, or the parts of a text."""
        slot = self.slot(column)
        if self.table.objects or not column.split:
            return quoted(slot[1:-1])
        mark = column.split or ";"
        keep = ', keep: ", "' if mark == "," else ""
        return f"{{of: {quoted(slot)}, split: {quoted(mark)}{keep}}}"

    def first(self, kind: str) -> DraftColumn | None:
        """The first column of a kind."""
        return next((one for one in self.columns if one.kind == kind), None)


def _is_odd(column: DraftColumn) -> bool:
    """Whether codes hold what a key must not."""
    return any(" " in text or text.startswith(":") for text in column.filled)


def scheme_of(column: DraftColumn) -> str:
    """A scheme for codes of a register that is not known, made of their heading."""
    made = keys.slug(" ".join(word for word in column.heading_words if word not in ("the", "of")))[:31].strip("-")
    made = re.sub(r"^[^a-z]+", "", made)
    return made if made and made not in keys.OWN_SCHEMES and made not in ("file", "ods", "gss", "key") else "list-code"
