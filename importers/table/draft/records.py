"""The records of one table of a draft: what a row is about, in the words of a mapping, with comments on guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db import identifiers, keys
from importers.records.words import FileWords
from importers.table.draft.bodies import DraftBody, bodies_of, determines, parents_of
from importers.table.draft.column_kinds import recognised
from importers.table.draft.columns import DraftColumn, says
from importers.table.draft.headings import words
from importers.table.draft.lines import as_item, comment, quoted
from importers.table.draft.tables import TableInFile
from importers.table.draft.ties import MOST_STATES, joined, link, link_type, participant, ties

_OWN = {"organisation": "org", "site": "site", "arrangement": "arr"}
_FACTS = {"telephone": "telephone", "fax": "fax", "email": "email", "website": "website"}


@dataclass(slots=True)
class TableDraft:
    """The mapping of one table."""

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
        found = [one.pattern for one in self.columns if one.pattern and one.pattern != "mixed"]
        return [one for one in found if one != "YYYY-MM-DD"]

    def head(self) -> list[str]:
        """What stands before the records."""
        if self.table.headerless:
            names = ", ".join(quoted(one.heading) for one in self.columns)
            return [
                "header: none",
                "# unsure: the file has no headings; these are names for its columns in their order",
                f"columns: [{names}]",
            ]
        aliases = {one.slot: one.heading for one in self.columns if one.needs_alias}
        path = [f"rows: {quoted(self.table.path)}"] if self.table.path else []
        if not aliases:
            return path
        return [*path, "columns:", *(f"  {name}: {quoted(heading)}" for name, heading in aliases.items())]

    def lines(self) -> list[str]:
        """The records of the mapping, with comments."""
        if not self.bodies:
            return self._nameless()
        main = self.bodies[0]
        records = [self._main(main)]
        records += [self._other(body) for body in self.bodies[1:]]
        records += [record for column in self.columns if (record := self._person(column, main))]
        lines = ["records:"]
        for record in records:
            lines += as_item(record, "  ")
        return [*self._unused(), *lines]

    def _nameless(self) -> list[str]:
        """A record of whatever column tells rows apart, where nothing looks like a name or a code."""
        filled = [one for one in self.columns if one.filled and one.kind not in ("date", "number")] or self.columns
        best = max(filled, key=lambda one: len(set(one.filled)))
        self.used[best.place] = None
        name = f"{{{best.slot}}}"
        return [
            "# unsure: no column looks like the name or code of a body; this takes the one that differs most",
            *self._unused(),
            "records:",
            "  - kind: organisation",
            f"    key: {quoted('org:' + name[:-1] + '|slug}')}",
            f"    name: {quoted(name)}",
        ]

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
            wrong = not self._is_sound(scheme, column)
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
            ways.append(f"{_scheme(column)}:{self.slot(column, *(('slug',) if _is_odd(column) else ()))}")
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

    def _described(self, body: DraftBody) -> list[str]:
        """Kind, key, names, type and codes of a body."""
        lines = [f"# unsure: {one}" for one in body.unsure]
        lines += [f"kind: {body.kind}", *self.keyed(body)]
        name = self.name_of(body)
        listed = self._first("other_names") if body.main and self.table.objects else None
        if name is None and listed is not None and listed.heading in self.table.lists:
            lines.append(
                f"name: {quoted('{' + listed.slot + '.1}')}  # unsure: whether the first name is the official one"
            )
        if name is not None:
            lines.append(f"name: {quoted(name)}")
            if body.name is not None and body.name.capitals:
                lines.append(f"verbatim: {quoted(self.slot(body.name))}")
        if len(body.types) > 1 and body.name is not None:
            lines.append("type:")
            lines += [
                f"  - {{of: {type_}, when: {{{quoted(body.name.slot)}: {{ends: {said}}}}}}}"
                for type_, said in body.types
            ]
        elif body.main and self.typed is not None:
            column, kind = self.typed
            given = sorted({text for text in column.filled if text in FileWords().known(f"{kind}_types")})
            pairs = ", ".join(f"{quoted(one)}: {one}" for one in given)
            lines.append(f"type: {{of: {quoted(self.slot(column))}, words: {{{pairs}}}, others: null}}")
        elif body.type is not None:
            lines.append(f"type: {body.type}")
        codes = [(scheme, column) for scheme, column in body.codes.items() if self._is_sound(scheme, column)]
        if codes:
            lines.append("identifiers:")
        for scheme, column in codes:
            value = self.slot(column)
            lines.append(f"  - {{scheme: {_scheme(column) if scheme == 'code' else scheme}, value: {quoted(value)}}}")
        return lines

    def _is_sound(self, scheme: str, column: DraftColumn) -> bool:
        return scheme == "code" or column.share(lambda text: identifiers.is_one(scheme, text)) == 1

    def _main(self, main: DraftBody) -> list[str]:
        """The record that each row is about."""
        lines = [*self._described(main), *self._details(main)]
        parts: dict[str, list[str]] = {"names": self._names(), "facts": self._facts()}
        participants, links = ties(self, main)
        parts |= {"participants": participants, "links": links}
        for name, items in parts.items():
            if items:
                lines += [f"{name}:", *(f"  {item}" for item in items)]
        return lines

    def _details(self, main: DraftBody) -> list[str]:
        """Status, dates and address."""
        lines: list[str] = []
        status = self._first("status")
        if status is not None:
            lines += self._status(status)
        dates = [one for one in self.columns if one.kind == "date"]
        taken = joined(self)
        for name in ("opened", "closed"):
            column = next((one for one in dates if says(one, words()["columns"][name]) and one not in taken), None)
            if column is not None and column.place not in self.used:
                lines.append(f"{name}: {quoted(self.slot(column))}")
        address = self._address()
        if address:
            lines += ["address:", *(f"  {line}" for line in address)]
        return lines

    def _status(self, column: DraftColumn) -> list[str]:
        known = {text: state for state, texts in words()["statuses"].items() for text in texts}
        states = sorted({text.casefold() for text in column.filled})[:MOST_STATES]
        told = {state: state if state in FileWords().known("statuses") else known.get(state) for state in states}
        if not any(told.values()):
            return []
        pairs = ", ".join(f"{quoted(state)}: {word or 'null'}" for state, word in told.items())
        unsure = "  # unsure: what `null` stands behind" if None in told.values() else ""
        return [f"status: {{of: {quoted(self.slot(column))}, words: {{{pairs}}}, others: null}}{unsure}"]

    def _address(self) -> list[str]:
        lines = [one for one in self.columns if one.kind == "address"]
        found = []
        if lines:
            found.append("lines: [" + ", ".join(quoted(self.slot(one, *_readable(one))) for one in lines) + "]")
        for name in ("town", "county", "postcode", "country"):
            column = self._first(name)
            if column is not None and column.place not in self.used:
                found.append(f"{name}: {quoted(self.slot(column, *(_readable(column) if name != 'postcode' else ())))}")
        return found

    def _names(self) -> list[str]:
        found = []
        for column in self.columns:
            if column.kind in ("short", "former", "spelling"):
                kind = {"spelling": "as-written"}.get(column.kind, column.kind)
                kind = "welsh" if "cy" in column.heading_words else kind
                found.append(f"- {{name: {quoted(self.slot(column))}, kind: {kind}}}")
            elif column.kind == "other_names":
                each = self._each(column)
                found.append(f'- {{each: {each}, name: "{{item}}", kind: as-written}}')
        return found

    def _each(self, column: DraftColumn) -> str:
        """What `each` goes through: a list of JSON, or the parts of a text."""
        slot = self.slot(column)
        if self.table.objects or not column.split:
            return quoted(slot[1:-1])
        mark = column.split or ";"
        keep = ', keep: ", "' if mark == "," else ""
        return f"{{of: {quoted(slot)}, split: {quoted(mark)}{keep}}}"

    def _facts(self) -> list[str]:
        found = []
        for column in self.columns:
            if column.kind in _FACTS and column.place not in self.used:
                found.append(f"- {{property: {_FACTS[column.kind]}, text: {quoted(self.slot(column))}}}")
            elif column.kind == "person":
                heading = quoted(column.slot + "|person")
                found.append(
                    f"- {{property: lead-as-written, text: {quoted(self.slot(column))}, unless: {{{heading}: true}}}}"
                )
        return found

    def _other(self, body: DraftBody) -> list[str]:
        """A record of a further body of the row."""
        main = self.bodies[0]
        lines = [*self._described(body)]
        links = [
            line for parent in parents_of(body, self.bodies) if parent is not main for line in link(self, body, parent)
        ]
        if body.kind == "arrangement" and main.kind in ("organisation", "arrangement"):
            lines += ["participants:", *(f"  {line}" for line in participant(self, main))]
            links = [line for line in links if "participates-in" not in line]
        elif main.kind != "arrangement" and not links and not determines(main.lead, body.lead, 0.9):
            type_, _ = link_type(main, body)
            if type_ not in ("succeeds", "succeeded-by"):
                comment = "  # unsure: whether the two of one row have to do with each other"
                links = [line.split("  # ")[0] + comment for line in link(self, body, main)]
        if links:
            lines += ["links:", *(f"  {line}" for line in links)]
        return lines

    def _person(self, column: DraftColumn, main: DraftBody) -> list[str] | None:
        """Who leads, where a column names people."""
        if column.kind != "person" or main.kind == "site":
            return None
        slot = column.slot
        role = next(
            (one for one in ("chair", "chief-executive", "director") if says(column, [one.replace("-", " ")])), "lead"
        )
        named = self.name_of(main)
        name = f", name: {quoted(named)}" if named else ""
        (key,) = self.keyed(main, "in")
        return [
            "# a cell that names plainly one person; any other stays the text above",
            "kind: person",
            f"when: {{{quoted(slot + '|person')}: true}}",
            f"key: {quoted('person:{' + slot + '|person|person-slug}')}",
            f"name: {quoted('{' + slot + '|person}')}",
            "posts:",
            f"  - {{{key}{name}, kind: {main.kind}, role: {role}}}  # unsure: the role",
        ]

    def _first(self, kind: str) -> DraftColumn | None:
        return next((one for one in self.columns if one.kind == kind), None)

    def _unused(self) -> Iterator[str]:
        """A comment for each column that is left over, with an example of what it holds."""
        left = [one for one in self.columns if one.place not in self.used and one.filled]
        if left:
            yield "# not used:"
        for column in left:
            yield f"#   {comment(column.heading)}: {comment(column.filled[0])[:60]}"


def _readable(column: DraftColumn) -> tuple[str, ...]:
    return ("readable",) if column.capitals else ()


def _is_odd(column: DraftColumn) -> bool:
    """Whether codes hold what a key must not."""
    return any(" " in text or text.startswith(":") for text in column.filled)


def _scheme(column: DraftColumn) -> str:
    """A scheme for codes of a register that is not known, made of their heading."""
    made = keys.slug(" ".join(word for word in column.heading_words if word not in ("the", "of")))[:31].strip("-")
    made = re.sub(r"^[^a-z]+", "", made)
    return made if made and made not in keys.OWN_SCHEMES and made not in ("file", "ods", "gss", "key") else "list-code"
