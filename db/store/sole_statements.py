"""Records of which one row of one source says all there is: no statement is written down until something else is said.

The rows of such a record are what that row says, so that its statement can be made of them. It is written down before
anything else is said of the record; no row of the record changes by that, but what it rests on becomes a citation.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from db.locators import number_in
from db.number_set import NumberSet
from db.parameters import chunks, id_list
from db.statements import End, FactSaid, LinkSaid, NameSaid, Statement, far_kind
from db.store.changelog import Changelog
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.link_owners import by_owner
from db.store.prepare import links_of, sole_statement
from db.store.statement_rows import digest, encode


class WrittenDown(NamedTuple):
    """A statement that was written down: of whom, by whose row, of which source, in which row of `_statement`."""

    record: int
    speaker: int
    source: int
    row: int
    line: int
    digest: int


class SoleMark(NamedTuple):
    """The row that says all of a record: its source and line, its evidence, and the digest of its text."""

    source: int
    line: int
    evidence: int
    digest: int


class _SaidBy(NamedTuple):
    """What a sole row says of a record: of which, whose row, of which source."""

    record: int
    speaker: int
    source: int
    statement: Statement


class _Sole(NamedTuple):
    source: int
    statement: Statement


SOLE_LINE = number_in("e.locator")
"""The number of a sole row in its file, in SQL, by its evidence `e`."""
_RECORDS = f"""
SELECT r.id, e.source_id, {SOLE_LINE}, r.key, r.kind, r.type, r.status, r.opened, r.closed, r.legal_opened,
       r.legal_closed, r.address, r.town, r.county, r.postcode, r.country
  FROM json_each(?) j CROSS JOIN _sole m ON m.id = j.value JOIN record r ON r.id = m.id
  JOIN evidence e ON e.id = m.evidence_id
"""
_NAMES = """
SELECT n.record_id, n.name, n.verbatim FROM json_each(?) j CROSS JOIN name n ON n.record_id = j.value ORDER BY n.id
"""
_FACTS = """
SELECT f.record_id, f.property, f.value, f.unit, f.as_of, f.text
  FROM json_each(?) j CROSS JOIN fact f ON f.record_id = j.value ORDER BY f.id
"""
_LINK = "y.name, o.key, l.role, l.since, l.until, l.legal_since, l.legal_until, l.status"
_OWN_LINKS = f"""
SELECT j.value, l.id, 1, {_LINK}
  FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value JOIN link_type y ON y.id = l.type_id
  JOIN record o ON o.id = l.target_id
 WHERE y.owner = 'source' AND NOT EXISTS (SELECT 1 FROM _citation c WHERE c.subject = 'link' AND c.subject_id = l.id)
UNION ALL
SELECT j.value, l.id, 0, {_LINK}
  FROM json_each(?1) j CROSS JOIN link_type y ON y.owner = 'target'
  CROSS JOIN link l ON l.target_id = j.value AND l.type_id = y.id JOIN record o ON o.id = l.source_id
 WHERE NOT EXISTS (SELECT 1 FROM _citation c WHERE c.subject = 'link' AND c.subject_id = l.id)
 ORDER BY 2
"""
"""Links that records own and state themselves."""
_CITING = f"""
SELECT j.value, l.id, l.source_id = j.value, {_LINK}
  FROM json_each(?1) j CROSS JOIN _sole p ON p.id = j.value
  CROSS JOIN _citation c ON c.evidence_id = p.evidence_id AND c.subject = 'link'
  JOIN link l ON l.id = c.subject_id AND j.value IN (l.source_id, l.target_id) JOIN link_type y ON y.id = l.type_id
  JOIN record o ON o.id = iif(l.source_id = j.value, l.target_id, l.source_id)
 WHERE EXISTS (SELECT 1 FROM _sole m WHERE m.id = o.id)
 ORDER BY 2
"""
"""Links that other records own, all by their sole rows, and that the rows of these records state."""
_STATED_TWICE = f"""
SELECT j.value, l.id, l.source_id = j.value, {_LINK}
  FROM json_each(?1) j CROSS JOIN link_type y ON y.owner = '{{owner}}' AND y.id IN ({{types}})
  CROSS JOIN link l ON l.{{far}} = j.value AND l.type_id = y.id
  JOIN _stated_twice t ON t.id = l.id JOIN record o ON o.id = l.{{near}}
 ORDER BY 2
"""
_SPEAKERS = """
SELECT m.id FROM json_each(?1) j
  CROSS JOIN link l ON {near} = j.value JOIN link_type y ON y.id = l.type_id AND y.owner = '{owner}'
  JOIN _sole m ON m.id = {far}
 WHERE m.id <> j.value AND (
   EXISTS (SELECT 1 FROM _stated_twice t WHERE t.id = l.id)
   OR EXISTS (SELECT 1 FROM _citation c
               WHERE c.subject = 'link' AND c.subject_id = l.id AND c.evidence_id = m.evidence_id)
 )
"""
"""Records whose sole rows state links that one of these records owns."""
_SPEAKING = """
SELECT j.value FROM json_each(?1) j CROSS JOIN _sole p ON p.id = j.value
  CROSS JOIN _citation c ON c.evidence_id = p.evidence_id AND c.subject = 'link'
"""
"""Those of some records whose sole rows state links that others own."""
_SHARING = """
SELECT j.value FROM json_each(?1) j CROSS JOIN link_type y ON y.id IN ({types})
  CROSS JOIN link l ON l.{end} = j.value AND l.type_id = y.id JOIN _stated_twice t ON t.id = l.id
"""
"""Those of some records of which the rows of both ends state a link."""


class SoleStatements:
    """Makes statements of the rows of records, and writes them down for one run."""

    def __init__(self, changelog: Changelog, records: RecordIndex, words: VocabularyIndex) -> None:
        self._changelog = changelog
        self.connection = changelog.connection
        self._records = records
        self._words = words
        self._any: bool = self.connection.execute("SELECT EXISTS (SELECT 1 FROM _sole)").fetchone()[0] == 1
        self._twice: str | None = None
        self._others = NumberSet()
        """Records known not to be such, for as long as none are added."""

    def added(self) -> None:
        """Note that there are such records now."""
        self._any = True
        self._twice = None
        self._others.clear()

    def let_go(self) -> None:
        """Let go of who is known not to be such, which the database tells as well."""
        self._others.clear()

    def among(self, records: Collection[int]) -> list[int]:
        """Return those of some records that one row says all of."""
        if not self._any or all(record in self._others for record in records):
            return []
        query = "SELECT m.id FROM json_each(?) j CROSS JOIN _sole m ON m.id = j.value"
        found = [one for (one,) in self.connection.execute(query, (id_list(records),))]
        self._others.update(set(records).difference(found))
        return found

    def marks(self, records: Collection[int]) -> dict[int, SoleMark]:
        """Return which row says all of a record, for those of some records of which one does."""
        if not self._any:
            return {}
        query = (
            f"SELECT m.id, e.source_id, {SOLE_LINE}, m.evidence_id, m.digest "
            "FROM json_each(?) j CROSS JOIN _sole m ON m.id = j.value JOIN evidence e ON e.id = m.evidence_id"
        )
        return {row: SoleMark(*mark) for row, *mark in self.connection.execute(query, (id_list(records),))}

    def speaking_of_others(self, records: Collection[int]) -> set[int]:
        """Return those of some records that say something of links of others, or state the same as others."""
        queries = [_SPEAKING]
        types = self._types_stated_twice()
        if types:
            queries += [_SHARING.format(end=end, types=types) for end in ("source_id", "target_id")]
        listed = (id_list(records),)
        return {record for query in queries for (record,) in self.connection.execute(query, listed)}

    def note(self, record: int, mark: int) -> None:
        """Note that the row of a record has another text by now, which says the same."""
        self._changelog.update("_sole", record, digest=mark)

    def forget(self, marks: Mapping[int, SoleMark]) -> None:
        """Note that more rows than one tell of records from now on; links that they share are for `forget_shared`."""
        self._changelog.delete_all("_sole", [(record, one.evidence, one.digest) for record, one in marks.items()])
        for record, one in marks.items():
            self._changelog.recite_from("record", record, (), (one.evidence,))
        self._others.update(marks)

    def write_down(self, records: Collection[int]) -> list[WrittenDown]:
        """Write down what the sole rows of records say, where they have any, and what those say of others in turn.

        A record that owns a link which such a row states is then spoken of by several rows as well.
        """
        written: list[WrittenDown] = []
        waiting = self.among(records)
        if waiting:
            # Links may lead to records that are new, and evidence may be.
            self._changelog.flush()
        while waiting:
            owners: dict[int, None] = {}
            for chunk in chunks(waiting):
                for statement in self._write_down(self.among(chunk)):
                    written.append(statement)
                    if statement.record != statement.speaker:
                        owners[statement.record] = None
            waiting = self.among(owners)
        return written

    def _write_down(self, records: Sequence[int]) -> Iterator[WrittenDown]:
        for one in self.told(records):
            yield self._keep(*one)
        self.forget_shared(records)
        self.forget(self.marks(records))
        self._others.update(records)

    def told(self, records: Sequence[int]) -> Iterator[_SaidBy]:
        """Yield what the sole rows of some records say of these and of others, and what those of others say of them."""
        speaking = sole_statements(self.connection, records, self._types_stated_twice())
        for record, sole in speaking.items():
            for part, about in by_owner(sole.statement, self._words.link_types):
                owner = record if about.key == sole.statement.key else self._records.need(about)
                yield _SaidBy(owner, record, sole.source, part)
        yield from self._others_on(records)

    def _others_on(self, records: Sequence[int]) -> Iterator[_SaidBy]:
        """Yield what the sole rows of others say of links that these records own."""
        owners = {key: record for record, key in self._keys(records)}
        for chunk in chunks(self._speakers(records)):
            for speaker, sole in sole_statements(self.connection, chunk, self._types_stated_twice()).items():
                for part, about in by_owner(sole.statement, self._words.link_types):
                    if about.key in owners:
                        yield _SaidBy(owners[about.key], speaker, sole.source, part)

    def _keys(self, records: Sequence[int]) -> list[tuple[int, str]]:
        query = "SELECT r.id, r.key FROM json_each(?) j CROSS JOIN record r ON r.id = j.value"
        return self.connection.execute(query, (id_list(records),)).fetchall()

    def _speakers(self, records: Sequence[int]) -> list[int]:
        """Return the other records whose sole rows state links that these records own."""
        found: set[int] = set()
        for owner, near, far in (
            ("source", "l.source_id", "l.target_id"),
            ("target", "l.target_id", "l.source_id"),
        ):
            query = _SPEAKERS.format(owner=owner, near=near, far=far)
            found.update(one for (one,) in self.connection.execute(query, (id_list(records),)))
        return sorted(found.difference(records))

    def _keep(self, record: int, speaker: int, source: int, statement: Statement) -> WrittenDown:
        body = encode(statement)
        mark = digest(body)
        row = self._changelog.insert_statement(record, source, statement, mark, body)
        return WrittenDown(record, speaker, source, row, statement.line or 0, mark)

    def forget_shared(self, records: Collection[int]) -> None:
        """Note that what their rows say of links of each other is written down, for the links that these own."""
        types = self._types_stated_twice()
        for owner, near in (("source", "source_id"), ("target", "target_id")) if types else ():
            links = self.connection.execute(
                f"SELECT t.id FROM json_each(?1) j CROSS JOIN link_type y ON y.owner = '{owner}' AND y.id IN ({types}) "
                f"CROSS JOIN link l ON l.{near} = j.value AND l.type_id = y.id JOIN _stated_twice t ON t.id = l.id",
                (id_list(records),),
            )
            self._changelog.delete_all("_stated_twice", links.fetchall())

    def _types_stated_twice(self) -> str:
        """The types of links that both ends state, so that no other links of a hub are read."""
        if self._twice is None:
            query = "SELECT DISTINCT l.type_id FROM _stated_twice t JOIN link l ON l.id = t.id"
            self._twice = ",".join(str(one) for (one,) in self.connection.execute(query))
        return self._twice


def sole_statements(connection: sqlite3.Connection, records: Sequence[int], twice: str) -> dict[int, _Sole]:
    """Return the statements that the rows of records are, with their sources, where one row says all of a record.

    `twice` lists the numbers of the link types that both ends may state. Links are those that the record owns, and
    those owned by others of which one row says all.
    """
    listed = (id_list(records),)
    names = dict[int, list[NameSaid]]()
    for record, name, verbatim in connection.execute(_NAMES, listed):
        names.setdefault(record, []).append(NameSaid(name, verbatim=verbatim))
    facts = dict[int, list[FactSaid]]()
    for record, *fact in connection.execute(_FACTS, listed):
        facts.setdefault(record, []).append(FactSaid(*fact))
    links = dict[int, dict[int, LinkSaid]]()
    for query in _link_queries(twice):
        for record, row, outward, type_name, key, *rest in connection.execute(query, listed):
            link = LinkSaid(type_name, End(key, None, far_kind(type_name)), bool(outward), *rest)
            links.setdefault(record, {})[row] = link
    return {
        record: _Sole(
            source,
            sole_statement(columns, names[record], facts.get(record, ()), links.get(record, {}).values()),
        )
        for record, source, *columns in connection.execute(_RECORDS, listed).fetchall()
    }


def _link_queries(twice: str) -> Iterator[str]:
    yield _OWN_LINKS
    yield _CITING
    if twice:
        yield _STATED_TWICE.format(owner="source", far="target_id", near="source_id", types=twice)
        yield _STATED_TWICE.format(owner="target", far="source_id", near="target_id", types=twice)


def said_of_another(
    connection: sqlite3.Connection, record: int, line: int, owner: str, far: Sequence[tuple[Any, ...]]
) -> tuple[End, Statement]:
    """Return what the row of a record says of another that owns some links, and whom it says it of."""
    key, name, kind = connection.execute("SELECT key, name, kind FROM record WHERE id = ?", (record,)).fetchone()
    about = End(owner, None, far_kind(far[0][0]))
    turned = tuple(
        LinkSaid(
            one.type, End(key, name, kind), not one.outward, one.role, one.start, one.end, one.legal_start,
            one.legal_end, one.status,
        )
        for one in links_of(far)
    )  # fmt: skip
    return about, Statement(owner, about.kind, line=line, partial=True, links=turned)
