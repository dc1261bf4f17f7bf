"""Takes rows of a release by the batch: what is new goes straight to the tables, links when all records are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from math import inf
from typing import Any

from db.database.connection import CACHE, use_cache
from db.files.spool import Spool
from db.garbage_collection import without_collecting
from db.locators import locator
from db.parameters import chunks
from db.search.called import nicknames
from db.search.record_texts import types_known
from db.search.write import Filling
from db.statements import BatchedRows, End, Prepared, RejectSaid, Statement, far_kind
from db.store.changelog import Changelog
from db.store.deferred_indexes import DeferredIndexes
from db.store.earlier_releases import Earlier
from db.store.held_rows import HeldRows
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.joined_keys import joined_keys
from db.store.prepare import RECORD, PreparedRow
from db.store.remove_sole import remove_sole
from db.store.row_comparer import RowComparer, file_to_read
from db.store.sole_statements import SOLE_LINE, said_of_another
from db.store.sourced import Authority

_LINK = ("id", "source_id", "target_id", "type_id", "role", "since", "until", "legal_since", "legal_until", "status")
_NAME = ("id", "record_id", "name", "kind", "verbatim")
_FACT = ("id", "record_id", "property", "value", "unit", "as_of", "text")
_EVIDENCE = ("id", "source_id", "locator", "basis")
_NAME_OF = RECORD.index("name")
_LOT = 600
"""Rows that are put aside before they are taken, so that memory does not grow with the file."""
_HELD = 10
"""Lots of such rows that are held in memory: about as many as are taken together."""
_CACHE_BEFORE = 2_048
"""Kilobytes of the register that are in memory before the first batch."""
Lots = Iterator[Sequence[PreparedRow]]


class BatchIngest:
    """Takes the batches of one source."""

    def __init__(
        self,
        changelog: Changelog,
        records: RecordIndex,
        words: VocabularyIndex,
        source: Authority,
        filling: Filling | None,
    ) -> None:
        self._changelog = changelog
        self._connection = changelog.connection
        self._records = records
        self._source = source.id
        self._format = source.format
        self._words = words
        self.filling = filling
        """The search index in the making, from the first new record on."""
        self._ids: dict[str, int] = {}
        """Numbers of the records that were made, by key."""
        self._evidence: dict[int, int] = {}
        """The evidence that the row of a record is, where others may cite it."""
        self._earlier = Earlier(self._connection, ())
        self._indexes = DeferredIndexes(self._connection)
        self._first_new: float = inf
        self._given_up: dict[str, int] = {}
        """The numbers of records whose row gave way to another that is yet to come, by key."""
        self._replaced: set[int] = set()
        """Records of which a row that gave way may have put links aside."""
        self._joined = joined_keys(self._connection)
        self._aside: dict[str, int] = {}
        """By key, the line of the row that is yet to be taken one by one, 0 where that gave way to another."""
        self._left = Spool(held=_HELD)
        self._links = Spool()
        self._rejects: list[RejectSaid] = []
        self.read = self.merged = self.links = 0
        self.partial: list[tuple[End, Statement]] = []
        """What rows say of records of which others speak too: to be taken one by one."""

    @property
    def added(self) -> int:
        """How many records were made."""
        return len(self._ids)

    @property
    def unchanged(self) -> int:
        """How many records were met in an earlier release and say the same in this one."""
        return self._earlier.number_met()

    @property
    def indexed(self) -> int:
        """How many of the records there were when indexes were made of all of them at once."""
        return self._indexes.made_of

    def meet(self, record: int) -> None:
        """Note that what the row of a record says was met again, in another text."""
        self._earlier.meet((record,))

    def unmet(self) -> list[int]:
        """Return the records whose row was met in an earlier release and not in this one."""
        return self._earlier.unmet()

    def is_met(self, record: int) -> bool:
        """Whether the row of a record was met: as it is held, or as one that was taken just now."""
        return record >= self._first_new or self._earlier.is_met(record)

    def take(
        self, batched: BatchedRows, releases: Sequence[int], take_lot: Callable[[Lots], None],
        take_back: Callable[[str], bool], on_row: Callable[[int], None] | None, beside: Authority | None = None,
    ) -> Lots:  # fmt: skip
        """Take all batches; return the rows that are left. `releases` are the sources that this one repeats.

        Where a register holds earlier releases, rows that were put aside are given to `take_lot` while others are
        read; `take_back` takes one back by its key, and tells whether there was any. `beside` is the source where
        nothing was written before it, so that whoever reads rows may compare them with the register as it was.
        """
        self._changelog.flush()
        with without_collecting(), ExitStack() as opened:
            # What is in memory when readers are forked stays there for them, of use or not.
            use_cache(self._connection, _CACHE_BEFORE)
            self._earlier = Earlier(self._connection, releases)
            owners = {name: kind.owner for name, kind in self._words.link_types.items()}
            types = types_known(self._connection)
            again = bool(self._earlier.marks)
            path = file_to_read(self._connection) if again and beside else None
            comparer = RowComparer(path, self._changelog.run, beside, releases) if path and beside else None
            if comparer:
                opened.callback(comparer.close)
            held = HeldRows(
                self._words.opens, owners, types, frozenset(self._words.abolished),
                frozenset(nicknames(self._connection)), again,
                self._changelog, self._earlier.marks, comparer,
            )  # fmt: skip
            for batch in batched.batches(held):
                if not self.read:
                    use_cache(self._connection, CACHE)
                for key in batch.replaced:
                    self._give_up(key, take_back)
                self._earlier.meet(batch.unchanged)
                rows = list(map(PreparedRow._make, batch.rows))
                compared = [row for row in rows if row.compared is not None]
                if compared:
                    take_lot(iter((compared,)))
                self._take([row for row in rows if row.compared is None])
                self._rejects += batch.rejects
                self.read += batch.read
                self.merged += batch.merged
                if on_row:
                    on_row(self.read)
                if again and len(self._aside) >= _LOT:
                    take_lot(self._put_aside())
                    self._changelog.flush()
                    self._aside.clear()
            for key, record in self._given_up.items():
                # Others may link to it already; its row is taken one by one.
                self._records.make(End(key), record)
            self._write_waiting_links()
        return self._put_aside()

    def close(self) -> None:
        """Let go of what is kept on disk."""
        self._left.close()
        self._links.close()

    def rejects(self) -> list[RejectSaid]:
        """Return the rows that were refused."""
        return sorted(self._rejects, key=lambda one: one.line or 0)

    def _put_aside(self) -> Lots:
        """Yield the rows that were put aside and did not give way to others."""
        for lot in self._left.lots():
            rows = map(PreparedRow._make, lot)
            yield [row for row in rows if self._aside[row.key] == row.line]
        self._left.close()
        self._left = Spool(held=_HELD)

    def _take(self, rows: Sequence[PreparedRow]) -> None:
        """Write the rows of records that are new, and put others aside."""
        new: list[PreparedRow] = []
        aside: list[Prepared] = []
        known = self._known(row.key for row in rows if row.key not in self._given_up)
        for row in rows:
            if row.record is None or row.key in known or row.key in self._aside or row.leads_to(self._joined):
                self._aside[row.key] = row.line
                aside.append(tuple(row))
            else:
                new.append(row)
        self._left.put(aside)
        if new:
            self._write(new)

    def _known(self, keys: Iterable[str]) -> set[str]:
        """Return those of some keys that are a record's, or a code of one; a crosswalk may tell so."""
        found: set[str] = set()
        for some in chunks(keys):
            found.update(filter(self._records.is_elsewhere, some))
            schemes: dict[str, list[str]] = {}
            for scheme, _, value in (key.partition(":") for key in some):
                schemes.setdefault(scheme, []).append(value)
            for scheme, values in schemes.items():
                query = f"SELECT value FROM identifier WHERE scheme = ? AND value IN ({','.join('?' * len(values))})"
                found.update(f"{scheme}:{value}" for (value,) in self._connection.execute(query, (scheme, *values)))
        return found

    def _write(self, rows: Sequence[PreparedRow]) -> None:
        """Write records with all that is theirs, and their links or else put these aside."""
        if not self._earlier.marks:
            self._indexes.leave_out(self.added)
        ids = self._numbers(rows)
        if self.filling is None:
            self.filling = Filling(self._connection)
        insert, reserve = self._changelog.insert_reserved, self._changelog.reserve
        both = list(zip(ids, rows, strict=True))
        insert("record", [(record, *(row.record or ())) for record, row in both], ("id", *RECORD))
        first = reserve("name", len(rows))
        insert(
            "name",
            [
                (first + place, record, (row.record or ())[_NAME_OF], "official", row.verbatim)
                for place, (record, row) in enumerate(both)
            ],
            _NAME,
        )
        first = reserve("identifier", len(rows))
        insert(
            "identifier",
            [(first + place, record, *row.key.split(":", 1)) for place, (record, row) in enumerate(both)],
        )
        facts = [(record, *fact) for record, row in both for fact in row.facts]
        first = reserve("fact", len(facts))
        insert("fact", [(number, *fact) for number, fact in enumerate(facts, first)], _FACT)
        self._write_evidence(ids, rows)
        self._write_links([(record, row.line, row.own, row.far) for record, row in both])
        found_by = [(record, row.found_by) for record, row in both]
        self.filling.put_off.update(record for record, found in found_by if found is None)
        self.filling.add([(found[0], record, *found[1:]) for record, found in found_by if found is not None])

    def _numbers(self, rows: Sequence[PreparedRow]) -> list[int]:
        """Return the numbers of new records: those of rows that gave way stay."""
        again = [self._given_up.pop(row.key, 0) for row in rows]
        first = self._changelog.reserve("record", again.count(0))
        self._first_new = min(self._first_new, first)
        ids: list[int] = []
        for row, number in zip(rows, again, strict=True):
            if not number:
                number, first = first, first + 1
            ids.append(number)
            self._ids[row.key] = number
        return ids

    def _write_evidence(self, ids: Sequence[int], rows: Sequence[PreparedRow]) -> None:
        first = self._changelog.reserve("evidence", len(rows))
        source, form = self._source, self._format
        numbered = list(enumerate(zip(ids, rows, strict=True), first))
        rests = [(number, source, locator(form, row.line), "stated") for number, (_, row) in numbered]
        self._changelog.insert_reserved("evidence", rests, _EVIDENCE)
        self._changelog.insert_reserved("_sole", [(record, number, row.digest) for number, (record, row) in numbered])
        self._evidence.update({record: number for number, (record, row) in numbered if row.far})

    def _write_links(self, stated: Iterable[tuple[Any, ...]]) -> None:
        """Write the links that records own and whose far ends were made by now, and put others aside.

        What is stated is given by record, line, the links that it owns, and those that their far ends own. All that a
        record owns is written at once, or else nothing of it.
        """
        ids, types = self._ids, self._words.link_types
        links: list[tuple[Any, ...]] = []
        aside: list[tuple[Any, ...]] = []
        for one in stated:
            record, line, own, far = one
            done = len(links)
            try:
                for name, outward, key, *rest in own:
                    other = ids[key]
                    links.append((*((record, other) if outward else (other, record)), types[name].id, *rest))
            except KeyError:
                del links[done:]
                aside.append(one)
                continue
            if far:
                aside.append((record, line, (), far))
        self._insert_links(links)
        self._links.put(aside)

    def _insert_links(self, links: Sequence[tuple[Any, ...]]) -> int:
        """Write links; return the number of the first."""
        first = self._changelog.reserve("link", len(links))
        self._changelog.insert_reserved("link", [(number, *link) for number, link in enumerate(links, first)], _LINK)
        self.links += len(links)
        return first

    def _write_waiting_links(self) -> None:
        """Write the links that were put aside: those that records own, then those that their far ends own."""
        owned_by_others: list[tuple[int, int, tuple[tuple[Any, ...], ...]]] = []
        for lot in self._links.lots():
            links: list[tuple[Any, ...]] = []
            for record, line, own, far in self._standing(lot):
                for name, outward, key, *rest in own:
                    other = self._ids.get(key) or self._records.need(End(key, None, far_kind(name)))
                    links.append(
                        (*((record, other) if outward else (other, record)), self._words.link_type(name).id, *rest)
                    )
                if far:
                    owned_by_others.append((record, line, far))
            # A link before its ends would have SQLite look through other tables for each row that follows.
            self._records.flush()
            self._insert_links(links)
        self._changelog.flush()
        self._indexes.make(self.added)
        self._write_far_links(owned_by_others)

    def _write_far_links(self, stated: Iterable[tuple[int, int, tuple[tuple[Any, ...], ...]]]) -> None:
        """Write links that the row of their far end states: each once, with that row as its evidence where it is alone.

        Where their owner is spoken of by others, or states the link otherwise, the row says so as a statement.
        """
        links: list[tuple[Any, ...]] = []
        evidence: list[int] = []
        twice: list[tuple[int]] = []
        for record, line, far in stated:
            by_owner: dict[str, list[tuple[Any, ...]]] = {}
            for link in far:
                by_owner.setdefault(link[2], []).append(link)
            for owner, several in by_owner.items():
                found = self._match(record, self._ids.get(owner), several)
                if found is None:
                    self.partial.append(said_of_another(self._connection, record, line, owner, several))
                    continue
                for number, values in found:
                    if number is None:
                        links.append(values)
                        evidence.append(self._evidence[record])
                    else:
                        twice.append((number,))
        first = self._insert_links(links)
        self._changelog.insert_citations([("link", number, cited) for number, cited in enumerate(evidence, first)])
        self._changelog.insert_reserved("_stated_twice", twice)

    def _match(
        self, record: int, owner: int | None, far: Sequence[tuple[Any, ...]]
    ) -> list[tuple[int | None, tuple[Any, ...]]] | None:
        """Return the rows of links that their owner's row is silent on, and the numbers of those that it states alike.

        None where the owner was not made by this source, or states one of them otherwise.
        """
        if owner is None:
            return None
        found: list[tuple[int | None, tuple[Any, ...]]] = []
        for name, outward, _, role, since, *rest in far:
            ends = (record, owner) if outward else (owner, record)
            values = (*ends, self._words.link_type(name).id, role, since, *rest)
            held = self._connection.execute(
                "SELECT id, until, legal_since, legal_until, status FROM link WHERE source_id = ? AND type_id = ? "
                "AND target_id = ? AND role IS ? AND since IS ?",
                (ends[0], values[2], ends[1], role, since),
            ).fetchone()
            if held is not None and list(held[1:]) != rest:
                return None
            found.append((None if held is None else held[0], values))
        return found

    def _give_up(self, key: str, take_back: Callable[[str], bool]) -> None:
        """Let the row of a code give way to another: taken in this run, put aside, or met as it is held."""
        record = self._ids.pop(key, None)
        if record is not None:
            self._remove(record)
            self._given_up[key] = record
            self._replaced.add(record)
        elif key in self._aside:
            self._aside[key] = 0
        elif not take_back(key):
            row = self._connection.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()
            self._earlier.give_up(row[0])

    def _remove(self, record: int) -> None:
        """Remove what was written of a record in this run."""
        self._indexes.make(self.added)
        if self.filling is not None:
            self.filling.put_off.add(record)
        self.links -= remove_sole(self._connection, record)

    def _standing(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Return links that were put aside without those of rows that gave way to others."""
        if not self._replaced:
            return rows
        listed = ",".join(map(str, self._replaced))
        lines = dict(
            self._connection.execute(
                f"SELECT m.id, {SOLE_LINE} FROM _sole m JOIN evidence e ON e.id = evidence_id WHERE m.id IN ({listed})"
            )
        )
        return [row for row in rows if row[0] not in self._replaced or lines.get(row[0]) == row[1]]
