"""Turns a told record into one that several sources may speak of: its rows move to the tables that hold any record.

A record is told as long as one row of one source is all that was said of it. Before anything else is said of it, what
the row says becomes a statement like others, and the rows that were settled from it are written as settling would.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from db.packed_statements import pack
from db.packing import as_date, as_status
from db.statements import Cite, Statement
from db.store.changelog import GROUPED, Changelog
from db.store.identity import EvidenceIndex, RecordIndex, SourceIndex, VocabularyIndex
from db.store.owners import by_owner
from db.store.statement_rows import digest, encode
from db.store.unpacking import told_of
from db.told import as_statement


class Kept(NamedTuple):
    """A statement that was written down as such: of whom, by whose row, of which source, in which row of `said`."""

    record: int
    teller: int
    source: int
    row: int
    line: int
    digest: bytes


class Unfolding:
    """Unfolds records for one run."""

    def __init__(
        self,
        changelog: Changelog,
        records: RecordIndex,
        sources: SourceIndex,
        words: VocabularyIndex,
        evidence: EvidenceIndex,
    ) -> None:
        self._changelog = changelog
        self._connection = changelog.connection
        self._records = records
        self._sources = sources
        self._words = words
        self._evidence = evidence
        self._any: bool = self._connection.execute("SELECT EXISTS (SELECT 1 FROM told)").fetchone()[0] == 1

    def told_anew(self) -> None:
        """Note that there are told records now."""
        self._any = True

    def is_told(self, record: int) -> bool:
        """Whether one row of one source is all that was said of a record."""
        if not self._any:
            return False
        return self._connection.execute("SELECT 1 FROM told WHERE id = ?", (record,)).fetchone() is not None

    def unfold(self, record: int) -> list[Kept]:
        """Unfold a record, and those that own a link which it states; return what is said as statements now."""
        if not self.is_told(record):
            return []
        # What is told of others names records that may be new.
        self._changelog.flush_table("record")
        kept: list[Kept] = []
        waiting = [record]
        while waiting:
            one = waiting.pop()
            told = told_of(self._connection, one)
            if told is None:
                continue
            source = self._source_of(one)
            for part, about in by_owner(as_statement(told), self._words.link_types):
                owner = self._records.need(about)
                kept.append(self._keep(owner, one, source, part))
                if owner != one:
                    waiting.append(owner)
            kept += self._others_on(one)
            self._move(one)
        return kept

    def _source_of(self, record: int) -> int:
        query = "SELECT source_id FROM told WHERE id = ?"
        return int(self._connection.execute(query, (record,)).fetchone()[0])

    def _keep(self, record: int, teller: int, source: int, statement: Statement) -> Kept:
        body = encode(statement)
        mark = digest(body)
        row = self._changelog.say(record, source, statement, mark, pack(body))
        return Kept(record, teller, source, row, statement.line or 0, mark)

    def _others_on(self, record: int) -> list[Kept]:
        """Write down what told rows of others say of links that this record owns."""
        kept: list[Kept] = []
        links = self._owned_by_tellers(record)
        tellers = {teller for teller, *_ in links} | {far for _, _, _, far, *_, teller in links if teller}
        for teller in sorted(tellers - {record}):
            told = told_of(self._connection, teller)
            if told is None:
                continue
            for part, about in by_owner(as_statement(told), self._words.link_types):
                if self._records.need(about) == record:
                    kept.append(self._keep(record, teller, self._source_of(teller), part))
        return kept

    def _owned_by_tellers(self, record: int) -> list[tuple[Any, ...]]:
        """The told links that a record owns, each with the record whose row is its evidence, then as they are."""
        columns = ", ".join(f"l.{column}" for column in GROUPED["told_link"])
        return self._connection.execute(
            f"SELECT iif(l.teller = 2, l.target_id, l.source_id), {columns} FROM told_link l "
            "JOIN link_type y ON y.id = l.type_id WHERE y.owner = 'source' AND l.source_id = ?1 UNION ALL "
            f"SELECT l.source_id, {columns} FROM told_link l "
            "JOIN link_type y ON y.id = l.type_id WHERE y.owner = 'target' AND l.target_id = ?1 ORDER BY 2, 3",
            (record,),
        ).fetchall()

    def _move(self, record: int) -> None:
        """Move the rows of a record, its own links with them, and forget that it was told."""
        self._changelog.recite("record", record, sorted(self._row_of(record)))
        for table, columns in (("name", "name, kind, since, until, verbatim"), ("identifier", "scheme, value")):
            rows = self._connection.execute(f"SELECT {columns} FROM {table} WHERE record_id = ?", (record,))
            self._insert(table, ((record, *row) for row in rows.fetchall()))
        facts = self._connection.execute(
            "SELECT property, value, unit, as_of, text FROM fact WHERE record_id = ? ORDER BY id DESC", (record,)
        )
        self._insert("fact", ((record, None, *row) for row in facts.fetchall()))
        links = self._owned_by_tellers(record)
        for teller, near, _, far, kind, role, *days, status, _ in links:
            dates = map(as_date, days)
            row = self._changelog.insert("link", (near, far, kind, role, *dates, as_status(status)))
            if teller != record:
                self._changelog.cite("link", row, sorted(self._row_of(teller)))
        self._forget(record, links)

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        for row in rows:
            self._changelog.insert(table, row)

    def _row_of(self, record: int) -> frozenset[int]:
        """The evidence that the row of a record is, whether it is told still or was."""
        found = self._connection.execute("SELECT source_id, line FROM told WHERE id = ?", (record,)).fetchone()
        if found is None:
            return self._cited(record)
        return self._evidence.ids(frozenset((Cite(self._sources.voice(found[0]).key, f"row {found[1]}"),)))

    def _cited(self, record: int) -> frozenset[int]:
        self._changelog.flush()
        query = "SELECT evidence_id FROM cited WHERE subject = 1 AND subject_id = ?"
        return frozenset(one for (one,) in self._connection.execute(query, (record,)))

    def _forget(self, record: int, links: Iterable[tuple[Any, ...]]) -> None:
        for table in ("told_role", "told_fact"):
            self._changelog.group_before(table, record)
            self._connection.execute(f"DELETE FROM {table} WHERE record_id = ?", (record,))
        for _, near, place, *_ in links:
            self._changelog.group_before("told_link", near)
            self._connection.execute("DELETE FROM told_link WHERE source_id = ? AND place = ?", (near, place))
        self._changelog.delete("told", record)
