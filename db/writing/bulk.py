"""Takes what a register tells by the batch: new records go straight to their rows, links when all records are known."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from math import inf
from typing import Any

from db.garbage_collection import without_collecting
from db.inserting import Inserting
from db.packing import RECORD, Packed, PackedTold, verbatim_text
from db.search.told import type_labels
from db.search.write import Filling
from db.statements import End, RejectSaid, RowSaid, Statement
from db.told import Known, Named, ToldRows
from db.writing.books import RecordBook, WordBook
from db.writing.earlier import Earlier
from db.writing.ledger import GROUPED, Ledger
from db.writing.spooling import Spool
from db.writing.toldlinks import ToldLinks
from db.writing.toldwords import ToldWords

_RECORD = ("id", "key", *RECORD)
"""Columns of a told record; that it is no placeholder goes without saying."""
_KEY, _ROLES, _FACTS, _LINKS, _CROSSING = map(PackedTold._fields.index, ("key", "roles", "facts", "links", "crossing"))
_NAMED_AT_ONCE = 400
_AGAIN = 4
"""Lots of links that are tried again with each batch."""


class Bulk:
    """Takes the batches of one source."""

    def __init__(
        self, ledger: Ledger, records: RecordBook, words: WordBook, source: int, filling: Filling | None
    ) -> None:
        self._ledger = ledger
        self._connection = ledger.connection
        self._records = records
        self._source = source
        self._words = words
        self.filling = filling
        """The search index in the making, from the first new record on."""
        self._told_words = ToldWords(ledger)
        self._insert = {
            "record": Inserting(self._connection, f"record ({', '.join(_RECORD)})", len(_RECORD)),
            "told": Inserting(self._connection, "told (id, source_id, line, digest, verbatim)", 5),
            "told_role": Inserting(self._connection, "told_role", len(GROUPED["told_role"])),
            "told_role without legal dates": Inserting(
                self._connection, f"told_role ({', '.join(GROUPED['told_role'][:-2])})", len(GROUPED["told_role"]) - 2
            ),
            "told_fact": Inserting(self._connection, "told_fact", len(GROUPED["told_fact"])),
        }
        self._ids: dict[str, int] = {}
        self._earlier = Earlier(self._connection, ())
        self._first_new: float = inf
        self._replaced: dict[str, int] = {}
        """The numbers of records that another row of their code describes better, by key."""
        self.rows = 0
        self.merged = 0
        self.same = 0
        self.links = 0
        self.partials: list[tuple[End, Statement]] = []
        """What told rows say of records that are not told: to be taken one by one."""

    @property
    def added(self) -> int:
        """How many records were told anew."""
        return len(self._ids)

    def unmet(self) -> list[int]:
        """Return the records that were told before and are not now."""
        return self._earlier.unmet()

    def is_met(self, record: int) -> bool:
        """Whether the row of a told record was met: as it is held, or as one that was told just now."""
        return record >= self._first_new or self._earlier.is_met(record)

    def take(self, told: ToldRows, chain: Iterable[int], on_row: Callable[[int], None] | None) -> list[Any]:
        """Take all batches; return the rows that are left. `chain` are the sources whose told rows these repeat."""
        with without_collecting():
            self._earlier = Earlier(self._connection, chain)
            return self._take(told, self._known(told.scheme), on_row)

    def _take(self, told: ToldRows, known: Known, on_row: Callable[[int], None] | None) -> list[Any]:
        left: Iterable[RowSaid | RejectSaid] = ()
        self._ledger.flush()
        with tempfile.TemporaryFile() as file:
            spool = Spool(file)
            links = ToldLinks(self._connection, self._records, self._words, self._ids)
            for batch in told.batches(known, self._named):
                for key in batch.forgotten:
                    self._forget(key)
                self._earlier.meet(batch.same)
                if batch.told:
                    self._write(batch.told, spool, links)
                self.rows += batch.rows
                self.merged += batch.merged
                if batch.whole:
                    spool.release()
                self._write_links(
                    self._standing(list(chain.from_iterable(spool.take() for _ in range(_AGAIN)))), spool, links
                )
                if batch.left:
                    left = list(batch.left)
                if on_row:
                    on_row(self.rows)
            self.same = self._earlier.number_met()
            self._ledger.flush()
            self.links += links.write(map(self._standing, spool.rest()))
            self.partials = list(links.partials())
        return list(left)

    def _known(self, scheme: str) -> Known:
        begin, end = f"{scheme}:", f"{scheme};"
        keys: Iterator[tuple[str]] = iter(())
        if not self._earlier.marks:
            keys = self._connection.execute(
                "SELECT key FROM record WHERE key > ? AND key < ? UNION "
                "SELECT ? || value FROM identifier_row WHERE scheme = ?",
                (begin, end, begin, scheme),
            )
        opens = {status: self._words.is_open(status, None) for status in ("open", "closed", "planned")}
        labels = type_labels(self._connection)
        return Known(opens, frozenset(key for (key,) in keys), labels, self._earlier.marks)

    def _named(self, keys: Iterable[str]) -> dict[str, Named]:
        listed = list(keys)
        found: dict[str, Named] = {}
        for start in range(0, len(listed), _NAMED_AT_ONCE):
            some = listed[start : start + _NAMED_AT_ONCE]
            rows = self._connection.execute(
                "SELECT r.key, r.name, t.verbatim, r.opened, t.digest FROM record r JOIN told t ON t.id = r.id "
                f"WHERE r.key IN ({','.join('?' * len(some))})",
                some,
            )
            for key, name, verbatim, opened, mark in rows:
                found[key] = Named(verbatim_text(name, verbatim) or name, opened, mark)
        return found

    def _write(self, told: Sequence[Packed], spool: Spool, ties: ToldLinks) -> None:
        """Write records with their roles and facts, and their links or else put these aside."""
        first = self._ledger.reserve(len(told))
        self._first_new = min(self._first_new, first)
        if self.filling is None:
            self.filling = Filling(self._connection)
        records: list[Any] = []
        rows: list[Any] = []
        found_by: list[tuple[Any, ...]] = []
        ids = [self._replaced.get(packed[_KEY], record) for record, packed in enumerate(told, first)]
        for record, (line, mark, key, columns, verbatim, _, _, _, _, words) in zip(ids, told, strict=True):
            self._ids[key] = record
            records += (record, key)
            records += columns
            rows += (record, self._source, line, mark, verbatim)
            if words is None:
                self.filling.put_off.add(record)
            else:
                found_by.append((words[0], record, *words[1:]))
        self._insert["record"](records)
        self._insert["told"](rows)
        self.filling.add(found_by)
        self._write_parts(ids, told)
        self._write_links(
            [(record, packed[0], packed[_LINKS], packed[_CROSSING]) for record, packed in zip(ids, told, strict=True)],
            spool,
            ties,
        )

    def _write_parts(self, ids: list[int], told: Sequence[Packed]) -> None:
        roles: list[Any] = []
        short: list[Any] = []
        facts: list[Any] = []
        numbers, properties = self._told_words.roles, self._told_words.properties
        for record, packed in zip(ids, told, strict=True):
            for place, (name, primary, active, since, until, legal, legal_until) in enumerate(packed[_ROLES]):
                # sqlite3 takes a third of a microsecond for a None.
                if legal is None is legal_until:
                    short += (record, place, numbers[name], primary, active, since, until)
                else:
                    roles += (record, place, numbers[name], primary, active, since, until, legal, legal_until)
            for place, (name, value, text) in enumerate(packed[_FACTS]):
                facts += (record, place, properties[name], value, text)
        self._ledger.flush_table("told_word")
        self._insert["told_role"](roles)
        self._insert["told_role without legal dates"](short)
        self._insert["told_fact"](facts)

    def _write_links(self, stated: Iterable[tuple[Any, ...]], spool: Spool, ties: ToldLinks) -> None:
        """Write links of records whose targets are all told by now, and put others aside."""
        number, aside = ties.at_once(stated)
        self.links += number
        spool.put(aside)

    def _forget(self, key: str) -> None:
        """Take back what was told of a record in this run, or let what was told before be told anew."""
        record = self._ids.pop(key, None)
        if record is None:
            row = self._connection.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()
            self._earlier.forget(row[0])
            return
        if self.filling is not None:
            self.filling.put_off.add(record)
        self._replaced[key] = record
        counted = self._connection.execute("DELETE FROM told_link WHERE source_id = ?", (record,)).rowcount
        self.links -= counted
        for table, column in (("told_role", "record_id"), ("told_fact", "record_id"), ("told", "id"), ("record", "id")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (record,))

    def _standing(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Return what was put aside without what came of records that others replaced."""
        if not self._replaced:
            return rows
        listed = ",".join(map(str, self._replaced.values()))
        lines = dict(self._connection.execute(f"SELECT id, line FROM told WHERE id IN ({listed})"))
        return [row for row in rows if lines.get(row[0], row[1]) == row[1]]
