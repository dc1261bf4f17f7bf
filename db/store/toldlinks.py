"""Links that told rows state, written once every record is known, each once however many of its ends state it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from db.inserting import Inserting
from db.packing import as_date, as_status
from db.statements import End, LinkSaid, Statement
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.toldwords import Numbers
from db.told import far_kind

BY_SOURCE, BY_BOTH, BY_TARGET = 0, 1, 2
"""Whose row states a link: that of its source, those of both ends, that of its target."""
_WIDTH = 11
"""Values of the row of a link."""
_SHORT = ("source_id", "place", "target_id", "type_id", "since", "until", "status")
"""What nearly all links have: sqlite3 takes a third of a microsecond for a None that is not left out."""
CROSSING = 4_096
"""Places from here on are of links that either end may state."""


class ToldLinks:
    """Writes the links of the records that a run has told; `ids` are their numbers by key."""

    def __init__(
        self, connection: sqlite3.Connection, records: RecordIndex, words: VocabularyIndex, ids: dict[str, int]
    ) -> None:
        self._connection = connection
        self._records = records
        self._words = words
        self._ids = ids
        self._insert_short = Inserting(
            connection, f"told_link ({', '.join(_SHORT)}, teller)", len(_SHORT), str(BY_SOURCE)
        )
        self._insert_own = Inserting(connection, "told_link", _WIDTH - 1, str(BY_SOURCE))
        self._insert = Inserting(connection, "told_link", _WIDTH)
        self._types = Numbers(lambda name: words.link_type(name).id)
        self._set_aside: dict[tuple[int, int], list[tuple[Any, ...]]] = {}

    def write(self, spooled: Iterable[list[tuple[Any, ...]]]) -> int:
        """Write links, given by record, line, what it owns and what either end may state; return how many there are."""
        total = 0
        crossing: list[tuple[Any, ...]] = []
        for batch in spooled:
            number, aside = self.at_once(batch)
            values: list[Any] = []
            for record, _, own, either in aside:
                values += chain.from_iterable(self._rows(record, own))
                crossing += [(record, *link) for link in either]
            self._insert_own(values)
            total += number + len(values) // (_WIDTH - 1)
        values = list(chain.from_iterable(self._crossing(crossing)))
        self._insert(values)
        return total + len(values) // _WIDTH

    def at_once(self, stated: Iterable[tuple[Any, ...]]) -> tuple[int, list[tuple[Any, ...]]]:
        """Write links whose targets are told already; return how many there are, and what is put aside for later.

        What is stated, and what is put aside of it, is given by record, line, what it owns and what either end may
        state. All that a record owns is written at once, or else nothing of it.
        """
        ids, types = self._ids, self._types
        short: list[Any] = []
        whole: list[Any] = []
        aside: list[tuple[Any, ...]] = []
        for one in stated:
            record, line, own, crossing = one
            done, done_whole = len(short), len(whole)
            try:
                for place, (name, target, role, since, until, legal, legal_until, status) in enumerate(own):
                    if role is None is legal is legal_until:
                        short += (record, place, ids[target], types[name], since, until, status)
                    else:
                        whole += (record, place, ids[target], types[name], role)
                        whole += (since, until, legal, legal_until, status)
            except KeyError:
                del short[done:], whole[done_whole:]
                aside.append(one)
                continue
            if crossing:
                aside.append((record, line, (), crossing))
        self._insert_short(short)
        self._insert_own(whole)
        return len(short) // len(_SHORT) + len(whole) // (_WIDTH - 1), aside

    def _rows(self, record: int, links: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The rows of a record's links where not all their targets are told, but for whose row states them."""
        for place, link in enumerate(links):
            name, key, *rest = link
            kind = self._words.link_type(name)
            told = self._ids.get(key)
            target = self._far(name, key) if told is None else told
            if kind.owner == "source" or told is not None or target == record:
                yield (record, place, target, kind.id, *rest)
            else:
                self._aside(record, target, (True, *link))

    def _far(self, name: str, key: str) -> int:
        """Return a record that is not told: known before, or known by this link alone."""
        return self._records.need(End(key, None, far_kind(name)))

    def _crossing(self, stated: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Make one row of what one end or both state; the row of the source counts before that of the target."""
        found: dict[tuple[Any, ...], tuple[tuple[Any, ...], int]] = {}
        for record, outward, name, key, *rest in sorted(stated, key=lambda one: not one[1]):
            told = self._ids.get(key)
            other = self._far(name, key) if told is None else told
            near, far = (record, other) if outward else (other, record)
            if not outward and told is None:
                self._aside(record, near, (outward, name, key, *rest))
                continue
            one = (near, far, self._words.link_type(name).id, *rest)
            sort = (near, far, one[2], one[3] or "", one[4])
            before, teller = found.get(sort, (one, BY_SOURCE if outward else BY_TARGET))
            if before is not one:
                if teller == BY_SOURCE and not outward:
                    teller = BY_BOTH
                filled = (old if old is not None else new for old, new in zip(before[6:], one[6:], strict=True))
                one = (*before[:6], *filled)
            found[sort] = one, teller
        places: dict[int, int] = {}
        for (near, far, *rest), teller in found.values():
            place = places.get(near, CROSSING)
            places[near] = place + 1
            yield (near, place, far, *rest, teller)

    def _aside(self, record: int, owner: int, link: tuple[Any, ...]) -> None:
        """Put a link aside for the statement that the row of `record` makes about its owner."""
        self._set_aside.setdefault((record, owner), []).append(link)

    def partials(self) -> Iterator[tuple[End, Statement]]:
        """Yield what told rows say of records that own a link and are not told, to be taken one by one."""
        self._records.flush()
        for (record, owner), links in self._set_aside.items():
            key, shown, kind, line = self._connection.execute(
                "SELECT r.key, r.name, r.kind, t.line FROM record r JOIN told t ON t.id = r.id WHERE r.id = ?",
                (record,),
            ).fetchone()
            (owner_key,) = self._connection.execute("SELECT key FROM record WHERE id = ?", (owner,)).fetchone()
            said = tuple(_turned(link, End(key, shown, kind)) for link in links)
            about = End(owner_key, None, far_kind(links[0][1]))
            yield about, Statement(owner_key, about.kind, line=line, partial=True, links=said)


def _turned(link: tuple[Any, ...], far: End) -> LinkSaid:
    outward, name, _, role, *days, status = link
    start, end, legal_start, legal_end = map(as_date, days)
    return LinkSaid(name, far, not outward, role, start, end, legal_start, legal_end, as_status(status))
