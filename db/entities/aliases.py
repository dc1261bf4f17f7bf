"""Names that a source gives to one body and that are another's official name: no names, but questions for a person.

A list of all that a trust was ever called mixes in the names of bodies beside it. Until a person says that the name is
one of the body's, resolving leaves it out.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from heapq import nsmallest

from db.entities.candidates import Bodies
from db.entities.decide import has_name_alone, spellings
from db.entities.suggestions import HeldQuestion, Question, held_questions, keep_questions
from db.number_set import NumberSet
from db.store.changelog import Changelog
from db.store.current_rows import chunks
from db.store.doubted_names import ALIASES, RULE
from db.store.identity import RecordIndex
from db.store.meant import SCHEME
from db.store.projection import Projection
from db.store.resolve_names import same_name
from db.store.resolver import Resolver
from db.store.sources import SourceIndex
from db.store.statement_rows import decode

_Named = tuple[int, str, str, str | None]
"""Record, name, kind of the name and type of the record."""
MOST = 20
"""Bodies that a question names, of those that have a name officially."""
_FEW = 1_000
"""Names up to which each is looked up, whether or not others may have it."""
_OFFICIAL = "SELECT name, type FROM record WHERE kind = 'organisation' AND type IS NOT NULL AND NOT placeholder"
_OTHERS = (
    "SELECT n.name FROM name n JOIN record r ON r.id = n.record_id "
    f"WHERE r.kind = 'organisation' AND n.kind IN ({','.join('?' * len(ALIASES))})"
)
_SPELLINGS = 1 << 27
"""Numbers that spellings are told by where they may be a million."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A name of a record that is the official one of others, whose keys and names are given."""

    record: int
    name: str
    others: tuple[tuple[str, str], ...]

    def question(self, key: str) -> Question:
        """Return what is asked, of the record with the key."""
        what = f"{key} is given the name “{self.name}”, which is another's official one: is it one of its names?"
        others = [{"key": key, "name": name, "score": 100.0, "as": self.name} for key, name in self.others]
        return Question(self.record, what, json.dumps(others))


def _doubted(candidates: str) -> str:
    """Return the name that is asked about."""
    return str(json.loads(candidates)[0]["as"])


class _Spelt:
    """Names by their spellings, a bit or so each: what is not among them is not, what is may still be another."""

    def __init__(self, names: Iterable[str]) -> None:
        self._held = NumberSet(hash(form) % _SPELLINGS for name in names for form in spellings(name))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(hash(form) % _SPELLINGS in self._held for form in spellings(name))


def ask_about_names(
    changelog: Changelog, records: RecordIndex, sources: SourceIndex, projection: Projection, touched: Collection[int]
) -> set[int]:
    """Ask about names of another among those of the touched records; return the records that changed.

    The search index must be up to date.
    """
    if not touched:
        return set()
    doubting = _Doubting(changelog, records, NumberSet(touched))
    dirty = doubting.run()
    if dirty:
        Resolver(changelog, records, sources, projection, {}).resolve(sorted(dirty))
        changelog.flush()
    return dirty


def with_aliases(changelog: Changelog) -> set[int]:
    """Return the records with a name that may turn out to be another's."""
    marks = ",".join("?" * len(ALIASES))
    query = f"SELECT DISTINCT record_id FROM name WHERE kind IN ({marks})"
    return {record for (record,) in changelog.connection.execute(query, ALIASES)}


@dataclass(slots=True)
class _Doubting:
    changelog: Changelog
    records: RecordIndex
    touched: AbstractSet[int]
    _bodies: Bodies = field(init=False)
    _official_by: dict[frozenset[str], list[tuple[str, str, int]]] = field(default_factory=dict)
    """Key, name and record of the bodies that have a name alone and officially, by its spellings."""

    def __post_init__(self) -> None:
        self._bodies = Bodies(self.changelog.connection, ())

    def run(self) -> set[int]:
        """Bring the suggestions in line with the names; return the records whose names that changes."""
        self.changelog.flush()
        wanted = {(one.record, same_name(one.name)): one for one in self._found()}
        concerned: set[int] = set()
        held = held_questions(self.changelog, RULE)
        names = self._touched_names() if held else ()
        official = _Spelt(name for _, name, kind, type_ in names if kind == "official" and has_name_alone(type_))
        for there in held:
            if there.record is not None and there.state == "open" and self._is_concerned(there, official):
                concerned.add(there.row)
                name = _doubted(there.candidates)
                doubt = self._doubt(there.record, name)
                if doubt is not None:
                    wanted.setdefault((doubt.record, same_name(name)), doubt)
        questions = [one.question(self.records.key(one.record) or "") for one in wanted.values()]
        asked, withdrawn = keep_questions(self.changelog, RULE, questions, lambda there: there.row in concerned)
        for question in asked:
            self.records.doubted.setdefault(question.record, set()).add(same_name(_doubted(question.candidates)))
        for gone in withdrawn:
            if gone.record is not None:
                self.records.doubted[gone.record].discard(same_name(_doubted(gone.candidates)))
        return {one.record for one in asked} | {one.record for one in withdrawn if one.record is not None}

    def _is_concerned(self, there: HeldQuestion, official: Container[str]) -> bool:
        """Whether the run touched one of those that a question is about, or gave a body the name officially."""
        others = json.loads(there.candidates)
        asked_of = {there.record, *(self.records.find(one["key"]) for one in others)}
        return not self.touched.isdisjoint(asked_of) or others[0]["as"] in official

    def _found(self) -> Iterator[_Doubt]:
        """Yield the doubts about names that the touched records have or that are their official ones."""
        asked: set[frozenset[str]] = set()
        for record, name, kind, type_ in self._names():
            pairs: Iterable[tuple[int, str]] = ()
            if kind in ALIASES:
                pairs = [(record, name)]
            elif kind == "official" and has_name_alone(type_) and spellings(name) not in asked:
                asked.add(spellings(name))
                named = self._bodies.named(spellings(name))
                pairs = {(one.record, one.name) for one in named if one.kind in ALIASES and _same(one.name, name)}
            yield from filter(None, (self._doubt(*pair) for pair in pairs))

    def _names(self) -> Iterator[_Named]:
        """Yield the names of the touched bodies that may be another's, or that another may have by mistake."""
        official, others = None, None
        if len(self.touched) > _FEW:
            names = self._touched_names()
            counts = Counter(kind for _, _, kind, type_ in names if kind in ALIASES or has_name_alone(type_))
            if sum(counts[kind] for kind in ALIASES) > _FEW:
                official = _Spelt(name for name, type_ in self._rows(_OFFICIAL) if has_name_alone(type_))
            if counts["official"] > _FEW:
                others = _Spelt(name for (name,) in self._rows(_OTHERS, *ALIASES))
        for one in self._touched_names():
            among = official if one[2] in ALIASES else others
            if among is None or one[1] in among:
                yield one

    def _touched_names(self) -> Iterator[_Named]:
        """Yield the names of the touched bodies but for former ones."""
        for chunk in chunks(self.touched):
            marks = ",".join("?" * len(chunk))
            yield from self._rows(
                "SELECT r.id, n.name, n.kind, r.type FROM name n JOIN record r ON r.id = n.record_id "
                f"WHERE n.record_id IN ({marks}) AND r.kind = 'organisation' AND n.kind <> 'former'",
                *chunk,
            ).fetchall()

    def _rows(self, query: str, *values: object) -> sqlite3.Cursor:
        return self.changelog.connection.execute(query, values)

    def _doubt(self, record: int, name: str) -> _Doubt | None:
        others = tuple((key, shown) for key, shown, other in self._official_ones(name) if other != record)[:MOST]
        if not others or not self._only_given(record, name):
            return None
        return _Doubt(record, name, others)

    def _official_ones(self, name: str) -> list[tuple[str, str, int]]:
        """Return the bodies that have a name alone and officially, in order, a few more than a question names."""
        forms = spellings(name)
        known = self._official_by.get(forms)
        if known is None:
            found = {
                (one.key, one.shown, one.record)
                for one in self._bodies.named(forms)
                if one.kind == "official"
                # Who is known by a name alone has no name that another may not have.
                and not one.key.startswith(f"{SCHEME}:")
                and has_name_alone(one.type)
                and _same(one.name, name)
            }
            known = nsmallest(MOST + 1, found)
            if known:
                self._official_by[forms] = known
        return known

    def _only_given(self, record: int, name: str) -> bool:
        """Whether sources give the name of the record as one of several, and none as its official or former one."""
        query = (
            "SELECT record.key, body, line FROM _statement JOIN record ON record.id = record_id "
            "WHERE record_id = ? AND withdrawn IS NULL"
        )
        said = [(key, decode(body, line)) for key, body, line in self.changelog.connection.execute(query, (record,))]
        kinds = {
            one.kind
            for key, statement in said
            for one in statement.names
            if same_name(one.name) == same_name(name)
            # The name by which alone somebody is known is the reason that the record is meant, and no news of it.
            and not (one.kind == "official" and statement.by_name and statement.key != key)
        }
        return bool(kinds) and kinds <= set(ALIASES)


def _same(one: str, other: str) -> bool:
    return not set(spellings(one)).isdisjoint(spellings(other))
