"""Who is known by a name alone, and which bodies have a name: what the register holds that a decision needs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from db.crosswalk import bodies
from db.entities.decide import Body, ComparedBodies, Sought, related, telling_words
from db.parameters import chunks, marks
from db.search.expressions import name_match
from db.search.layout import RECORD_MASK
from db.search.text import forms as spelt
from db.search.text import spellings
from db.statements import Statement
from db.store.identity import RecordIndex
from db.store.matched_statements import SCHEME, declares
from db.store.sources import SourceIndex
from db.store.statement_rows import decode

_COMMON = 1_000
"""Records that share a word which tells none of them apart."""
_LISTED = 5_000
"""Records of one type that are compared one by one."""
_TOLD = "r.key, r.name, r.type, r.open, coalesce(r.opened, r.legal_opened), coalesce(r.closed, r.legal_closed)"
_BODIES = f"""
SELECT r.id, n.name, n.kind, {_TOLD}
  FROM name n JOIN record r ON r.id = n.record_id
 WHERE n.record_id IN ({{}}) AND r.kind = 'organisation' AND coalesce((
         SELECT max(e.basis <> 'inferred') FROM _citation c JOIN evidence e ON e.id = c.evidence_id
          WHERE c.subject = 'name' AND c.subject_id = n.id), 1)
"""
"""Names that some source states; those that are there because a name was matched lead to no further matches."""
_NAMED = """
SELECT id, key FROM record
 WHERE key >= 'org:' AND key < 'org;' AND kind = 'organisation'
   AND EXISTS (SELECT 1 FROM _statement WHERE record_id = record.id AND instr(body, '"by_name":true'))
 ORDER BY key
"""
"""Bodies whose key is a name and of which somebody says no more than that: most of a million may be described."""


@dataclass(slots=True)
class NamedBody:
    """A body that sources know by its name alone, and where what they say of it stands."""

    key: str
    holder: int
    """The record that has what is said: one of its own, or the one that is meant."""
    own: bool
    said: list[tuple[int, Statement, str | None]] = field(default_factory=list)
    """Rows of table said, with the vintage of each source."""
    dropped: list[tuple[int, Statement, str | None]] = field(default_factory=list)
    """The same for those that their sources have taken back, which stand where the name belongs all the same."""
    declared: bool = False
    """Whether somebody says that the record is meant."""
    described: bool = False
    """Whether a source describes it by more than its name, so that it is a record in its own right."""
    others: tuple[str, ...] = ()
    """Keys that mean the same, made of its other names, as a person says."""
    joining: list[int] = field(default_factory=list)
    """Rows of table said in which a person says so."""

    @property
    def asked(self) -> Sought:
        """What is asked of the register."""
        newest = sorted(self.said or self.dropped, key=lambda one: (one[2] or "", repr(one[1])), reverse=True)
        official = [name.name for _, one, _ in newest for name in one.names if name.kind == "official"]
        names = official or [name.name for _, one, _ in newest for name in one.names]
        type_ = next((one.type for _, one, _ in newest if one.type), None)
        return Sought(tuple(dict.fromkeys(names)), type_, newest[0][2] if newest else None)


def known_by_name(connection: sqlite3.Connection, records: RecordIndex, sources: SourceIndex) -> dict[str, NamedBody]:
    """Return every body that is known by its name alone."""
    found: dict[str, NamedBody] = {}
    for record, key in connection.execute(_NAMED):
        found[key] = NamedBody(key, record, True)
    for key in sorted(records.joined):
        holder = records.find(key)
        if holder is not None:
            found[key] = NamedBody(key, holder, False)
    holders: dict[int, list[NamedBody]] = {}
    for one in found.values():
        holders.setdefault(one.holder, []).append(one)
    alike: list[tuple[int, Statement]] = []
    for chunk in chunks(holders):
        for row, record, statement, published, withdrawn in _said(connection, sources, chunk):
            if statement.one_body and _are_names(statement):
                alike.append((row, statement))
                continue
            for one in holders[record]:
                _hear(one, row, statement, published, withdrawn)
    for row, statement in alike:
        _take_for_one(found, row, statement)
    return {key: one for key, one in found.items() if (one.said or one.dropped) and not one.described}


def _are_names(statement: Statement) -> bool:
    """Whether all that a statement speaks of goes by keys that are made of a name."""
    return statement.key.startswith(f"{SCHEME}:") and all(one.scheme == SCHEME for one in statement.identifiers)


def _take_for_one(found: dict[str, NamedBody], row: int, statement: Statement) -> None:
    """Let names that are one body's, as a person says, be looked for together, unless one of them is described."""
    names = [statement.key, *(f"{SCHEME}:{one.value}" for one in statement.identifiers)]
    those = list({id(one): one for name in names for one in found.values() if name in (one.key, *one.others)}.values())
    if any(one.described for one in those):
        for one in those:
            one.described, one.declared = one.described or one.own, one.declared or not one.own
        return
    first, *rest = those
    first.joining.append(row)
    for one in rest:
        first.said += one.said
        first.dropped += one.dropped
        first.joining += one.joining
        first.others += (one.key, *one.others)
        first.declared |= one.declared
        del found[one.key]


def _said(
    connection: sqlite3.Connection, sources: SourceIndex, records: Sequence[int]
) -> Iterator[tuple[int, int, Statement, str | None, bool]]:
    query = "SELECT id, record_id, source_id, line, body, withdrawn FROM _statement WHERE record_id IN"
    for row, record, source, line, body, withdrawn in connection.execute(
        f"{query} ({marks(records)}) ORDER BY id", records
    ):
        yield row, record, decode(body, line), sources.voice(source).published, withdrawn is not None


def _hear(known: NamedBody, row: int, statement: Statement, published: str | None, withdrawn: bool) -> None:
    if statement.by_name and not declares(statement, statement.key):
        if statement.key == known.key:
            (known.dropped if withdrawn else known.said).append((row, statement, published))
    elif withdrawn:
        return
    elif known.own:
        known.described = True
    elif not statement.by_name and declares(statement, known.key):
        known.declared = True


class Bodies:
    """The bodies of the register by their names, as the search index finds them; read from an index that is up to date.

    Records in `left_out` are no answer: they are themselves known by a name alone. With `records`, the names of
    crosswalks count as well.
    """

    def __init__(
        self, connection: sqlite3.Connection, left_out: Collection[int], records: RecordIndex | None = None
    ) -> None:
        self._connection = connection
        self._records = records
        self._left_out = left_out
        self._typed: dict[frozenset[str], ComparedBodies | None] = {}

    def named(self, forms: Iterable[str]) -> list[Body]:
        """Return the names of all bodies that have a name in one of these spellings, or in a crosswalk."""
        wanted = frozenset(forms)
        found = self._of(self._matching(name_match(sorted(wanted)))) if wanted else []
        having = {body.record for body in found if not wanted.isdisjoint(spelt(body.name))}
        return [*(body for body in found if body.record in having), *self._by_crosswalk(wanted)]

    def _by_crosswalk(self, wanted: frozenset[str]) -> list[Body]:
        """Bodies that lists mean by a name, as a crosswalk tells; it is theirs as an official one is."""
        found: list[Body] = []
        if self._records is None:
            return found
        for key, name in sorted(crosswalked(wanted).items()):
            record = self._records.find(key)
            if record is not None and record not in self._left_out:
                row = self._connection.execute(f"SELECT {_TOLD} FROM record r WHERE r.id = ?", (record,)).fetchone()
                found.append(_body(record, name, "official", *row))
        return found

    def like(self, asked: Sought) -> list[Body]:
        """Return the bodies worth comparing with a name: of its type those like it, else those with a word of it."""
        if asked.type is not None:
            types = related(asked.type)
            if types not in self._typed:
                self._typed[types] = self._of_types(types)
            listed = self._typed[types]
            if listed is not None:
                return listed.near(asked.names)
        words = {word for name in asked.names for word in telling_words(name)}
        rows = self._connection.execute(
            "SELECT word FROM json_each(?) JOIN _search_word ON word = value WHERE uses <= ?", (_json(words), _COMMON)
        )
        telling = sorted(word for (word,) in rows)
        match = " OR ".join(f'{{own}} : "{word}"' for word in telling)
        return self._of(self._matching(match)) if telling else []

    def _of_types(self, types: frozenset[str]) -> ComparedBodies | None:
        """All bodies of some types; None where they are too many to compare."""
        rows = self._connection.execute(
            "SELECT id FROM record WHERE kind = 'organisation' AND type IN (SELECT value FROM json_each(?)) LIMIT ?",
            (_json(types), _LISTED + 1),
        ).fetchall()
        return None if len(rows) > _LISTED else ComparedBodies.of(self._of([row for (row,) in rows]))

    def _matching(self, expression: str) -> list[int]:
        query = "SELECT rowid & ? FROM _search WHERE _search MATCH ?"
        return [record for (record,) in self._connection.execute(query, (RECORD_MASK, expression))]

    def _of(self, records: Iterable[int]) -> list[Body]:
        wanted = ",".join(str(record) for record in records if record not in self._left_out)
        return [_body(*row) for row in self._connection.execute(_BODIES.format(wanted))]


def _body(
    record: int, name: str, kind: str, key: str, shown: str, type_: str | None, is_open: int | None, opened: str | None,
    closed: str | None,
) -> Body:  # fmt: skip
    return Body(record, key, shown, name, kind, type_, None if is_open is None else bool(is_open), opened, closed)


def crosswalked(forms: Iterable[str]) -> dict[str, str]:
    """Return the keys of bodies that lists mean by a name in one of some spellings, each with the name."""
    return {key: name for form in forms for key, name in _called().get(form, ())}


@cache
def _called() -> Mapping[str, Collection[tuple[str, str]]]:
    """Keys of bodies with the names by which lists mean them, by the spellings of these."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for body in bodies():
        for name in body.names:
            for form in spellings(name):
                found.setdefault(form, {})[body.key, name] = None
    return found


def _json(texts: Collection[str]) -> str:
    return json.dumps(sorted(texts))


def said_rows(known: NamedBody) -> list[int]:
    """Return the rows of table said that speak of a body by its name."""
    return [*(row for row, *_ in (*known.said, *known.dropped)), *known.joining]


def by_record(known: Mapping[str, NamedBody]) -> set[int]:
    """Return the records that bodies known by name alone have of their own."""
    return {one.holder for one in known.values() if one.own}
