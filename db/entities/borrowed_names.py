"""Which names of a body are another's: its official name, or what it is called for short beside that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import NamedTuple

from db.entities.candidates import Bodies
from db.entities.decide import has_name_alone
from db.search.text import initials, plain, spellings
from db.statements import Statement
from db.store.doubted_names import ALIASES, DOUBTFUL, RULE
from db.store.matched_statements import SCHEME
from db.store.resolve_names import same_name
from db.store.statement_rows import decode

MOST = 20
"""Bodies that a question names, of those that have a name officially."""
_KIN = """
SELECT 1 FROM link JOIN link_type t ON t.id = type_id
 WHERE (t.name = 'succeeded-by' AND source_id = ?2 AND target_id = ?1)
    OR (t.name = 'sub-division-of' AND source_id = ?1 AND target_id = ?2)
"""
"""Whether a record took over from another, or is a part of it."""
_ACCEPTED = f"SELECT record_id, candidates FROM suggestion WHERE rule = '{RULE}' AND state = 'accepted'"

_Other = tuple[str, str, int]
"""Key, name and record of a body that has a name officially."""


class _Said(NamedTuple):
    """What a source says of a record, whose key is given."""

    key: str
    statement: Statement

    def kinds(self, name: str) -> set[str]:
        """Return what kinds of names it says that a name is; one by which it calls the record counts as official."""
        named = same_name(name)
        return {
            "official" if place == 0 and not self.statement.partial else one.kind
            for place, one in enumerate(self.statement.names)
            if same_name(one.name) == named
            # The name by which alone somebody is known is the reason that the record is meant, and no news of it.
            and not (one.kind == "official" and self.statement.by_name and self.statement.key != self.key)
        }


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A name of a record that is the official one of others, or is left out along with one."""

    record: int
    name: str
    others: tuple[_Other, ...]
    is_settled: bool
    """Whether it is known whose it is: the record took over from one of the others, or is a part of it."""
    along: str | None = None
    """The official name of the others, beside which the record is given this one."""

    @property
    def packed(self) -> str:
        """The others as candidates of a suggestion."""
        named = [{"key": key, "name": name, "score": 100.0, "as": self.name} for key, name, _ in self.others]
        return json.dumps(named)

    @property
    def place(self) -> tuple[int, str]:
        """What there is one of: the name of the record, however it is spelt."""
        return self.record, same_name(self.name)


@dataclass(slots=True)
class BorrowedNames:
    """Tells by the register which names are another's; read once in a run, from an index that is up to date."""

    connection: sqlite3.Connection
    bodies: Bodies
    _official_by: dict[frozenset[str], list[_Other]] = field(default_factory=dict)
    """The bodies that have a name alone and officially, by its spellings."""
    _accepted: set[tuple[int, str]] = field(init=False)
    """What a person has said to be a name of a record."""

    def __post_init__(self) -> None:
        rows = self.connection.execute(_ACCEPTED)
        self._accepted = {(record, same_name(json.loads(packed)[0]["as"])) for record, packed in rows}

    def borrowed(self, record: int, name: str) -> Borrowed | None:
        """Return the name of a record as another's, None where it is not."""
        said = list(self._said(record))
        return self._official(record, name, said) or self._shorter(record, name, said)

    def beside(self, main: Borrowed) -> Iterator[Borrowed]:
        """Yield the shorter names that the record is given beside the official name of another."""
        if main.along is None:
            said = list(self._said(main.record))
            giving = [one for one in said if any(same_name(name.name) == main.place[1] for name in one.statement.names)]
            for name in {name.name for one in giving for name in one.statement.names if name.kind in DOUBTFUL}:
                found = None if self._official(main.record, name, said) else self._shorter(main.record, name, said)
                if found is not None:
                    yield found

    def _said(self, record: int) -> Iterator[_Said]:
        query = (
            "SELECT record.key, body, line FROM _statement JOIN record ON record.id = record_id "
            "WHERE record_id = ? AND withdrawn IS NULL"
        )
        for key, body, line in self.connection.execute(query, (record,)):
            yield _Said(key, decode(body, line))

    def _official(self, record: int, name: str, said: Iterable[_Said]) -> Borrowed | None:
        """Return a name that others have officially, unless a source gives it as more than one of several names."""
        others = tuple(one for one in self._official_ones(name) if one[2] != record)[:MOST]
        if not others or (record, same_name(name)) in self._accepted:
            return None
        kinds = {kind for one in said for kind in one.kinds(name)}
        if not kinds or not kinds <= set(ALIASES):
            return None
        settled = any(self.connection.execute(_KIN, (record, other)).fetchone() for _, _, other in others)
        return Borrowed(record, name, others, settled)

    def _shorter(self, record: int, name: str, said: Sequence[_Said]) -> Borrowed | None:
        """Return a name that each source gives beside the official one of another, which goes by it."""
        own = {one.name for spoken in said for one in spoken.statement.names if one.kind in ("official", "former")}
        mains: list[Borrowed] = []
        for one in said:
            kinds = one.kinds(name)
            if not kinds:
                continue
            beside = (other.name for other in one.statement.names if other.kind in ALIASES)
            found = [main for other in beside if (main := self._official(record, other, said)) is not None]
            going = [main for main in found if self._goes_by(main, name, own)]
            if not going or not kinds <= set(DOUBTFUL):
                return None
            mains += going
        main = min(mains, key=lambda one: one.packed, default=None)
        return None if main is None else replace(main, name=name, along=main.name)

    def _goes_by(self, main: Borrowed, name: str, own: Iterable[str]) -> bool:
        """Whether others have a name too, or it is short for their official one and for none of the record's own."""
        if _is_short_for(name, main.name) and not any(_is_short_for(name, one) for one in own):
            return True
        others = ",".join(str(other) for _, _, other in main.others)
        names = self.connection.execute(f"SELECT name FROM name WHERE record_id IN ({others})")
        return any(not spellings(name).isdisjoint(spellings(one)) for (one,) in names)

    def _official_ones(self, name: str) -> list[_Other]:
        """Return the bodies that have a name alone and officially, in order, a few more than a question names."""
        forms = spellings(name)
        known = self._official_by.get(forms)
        if known is None:
            found = {
                (one.key, one.shown, one.record)
                for one in self.bodies.named(forms)
                if one.kind == "official"
                # Who is known by a name alone has no name that another may not have.
                and not one.key.startswith(f"{SCHEME}:")
                and has_name_alone(one.type)
                and not spellings(one.name).isdisjoint(forms)
            }
            known = nsmallest(MOST + 1, found)
            if known:
                self._official_by[forms] = known
        return known


def _is_short_for(name: str, whole: str) -> bool:
    """Whether a name is the beginning of a longer one, or its initials."""
    short, words = plain(name), plain(whole).removeprefix("the ")
    return words.startswith(f"{short} ") or short in initials(words) | initials(f"the {words}")
