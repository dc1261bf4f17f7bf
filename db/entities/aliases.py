"""Names that a source gives to one body and that are another's official name: no names, but questions for a person.

A list of all that a trust was ever called mixes in the names of bodies beside it, and with them what those are called
for short. Until a person says that the name is one of the body's, resolving leaves it out. Nobody is asked where the
other body passed on to this one, or is the whole of which it is a part: the name is the other's.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from db.entities.borrowed_names import Borrowed, BorrowedNames
from db.entities.candidates import Bodies
from db.entities.decide import has_name_alone
from db.entities.suggestions import HeldQuestion, Question, held_questions, keep_questions
from db.number_set import NumberSet
from db.parameters import chunks, marks
from db.search.text import spellings
from db.store.changelog import Changelog
from db.store.doubted_names import ALIASES, RULE, SETTLED
from db.store.identity import RecordIndex
from db.store.projection import Projection
from db.store.resolve_names import same_name
from db.store.resolver import Resolver

_Named = tuple[int, str, str, str | None]
"""Record, name, kind of the name and type of the record."""
_STATES = {RULE: "open", SETTLED: "rejected"}
"""How what no person has decided stands, by its rule."""
_FEW = 1_000
"""Names up to which each is looked up, whether or not others may have it."""
_OFFICIAL = "SELECT name, type FROM record WHERE kind = 'organisation' AND type IS NOT NULL AND NOT placeholder"
_OTHERS = (
    "SELECT n.name FROM name n JOIN record r ON r.id = n.record_id "
    f"WHERE r.kind = 'organisation' AND n.kind IN ({marks(ALIASES)})"
)
_SPELLINGS = 1 << 27
"""Numbers that spellings are told by where they may be a million."""


def _rule(one: Borrowed) -> str:
    return SETTLED if one.is_settled else RULE


def _question(one: Borrowed, key: str) -> Question:
    """Return what is asked of the record with the key, or what there is not to ask."""
    what = f"{key} is given the name “{one.name}”, which is"
    if one.is_settled:
        return Question(one.record, f"{what} that of a body it took over from or is a part of", one.packed)
    whose = "another's official one" if one.along is None else f"another's, as is “{one.along}”"
    return Question(one.record, f"{what} {whose}: is it one of its names?", one.packed)


def _doubted(candidates: str) -> str:
    """Return the name that is asked about."""
    return str(json.loads(candidates)[0]["as"])


class _Spelt:
    """Names by their spellings, a bit or so each: what is not among them is not, what is may still be another."""

    def __init__(self, names: Iterable[str]) -> None:
        self._held = NumberSet(hash(form) % _SPELLINGS for name in names for form in spellings(name))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(hash(form) % _SPELLINGS in self._held for form in spellings(name))


def ask_about_names(projection: Projection, touched: Collection[int]) -> set[int]:
    """Ask about names of another among those of the touched records; return the records that changed.

    The search index must be up to date.
    """
    if not touched:
        return set()
    doubting = _Doubting(projection.changelog, projection.records, NumberSet(touched))
    dirty = doubting.run()
    if dirty:
        Resolver(projection).resolve(sorted(dirty))
        projection.changelog.flush()
    return dirty


def with_aliases(changelog: Changelog) -> set[int]:
    """Return the records with a name that may turn out to be another's."""
    query = f"SELECT DISTINCT record_id FROM name WHERE kind IN ({marks(ALIASES)})"
    return {record for (record,) in changelog.connection.execute(query, ALIASES)}


@dataclass(slots=True)
class _Doubting:
    changelog: Changelog
    records: RecordIndex
    touched: AbstractSet[int]
    _bodies: Bodies = field(init=False)
    _borrowed: BorrowedNames = field(init=False)

    def __post_init__(self) -> None:
        self._bodies = Bodies(self.changelog.connection, ())
        self._borrowed = BorrowedNames(self.changelog.connection, self._bodies)

    def run(self) -> set[int]:
        """Bring the suggestions in line with the names; return the records whose names that changes."""
        self.changelog.flush()
        wanted = {one.place: one for one in self._found()}
        concerned: set[int] = set()
        held = {rule: held_questions(self.changelog, rule) for rule in _STATES}
        names = self._touched_names() if any(held.values()) else ()
        official = _Spelt(name for _, name, kind, type_ in names if kind == "official" and has_name_alone(type_))
        for rule, there in ((rule, there) for rule, all_of_it in held.items() for there in all_of_it):
            if there.record is not None and there.state == _STATES[rule] and self._is_concerned(there, official):
                concerned.add(there.row)
                for one in self._with_shorter(there.record, _doubted(there.candidates)):
                    wanted.setdefault(one.place, one)
        asked: list[tuple[str, Question]] = []
        withdrawn: list[HeldQuestion] = []
        for rule, state in _STATES.items():
            questions = [
                _question(one, self.records.key(one.record) or "") for one in wanted.values() if _rule(one) == rule
            ]
            kept = keep_questions(self.changelog, rule, questions, lambda there: there.row in concerned, state)
            asked, withdrawn = asked + [(rule, one) for one in kept[0]], withdrawn + kept[1]
        for gone in withdrawn:
            if gone.record is not None:
                self.records.doubted[gone.record].pop(same_name(_doubted(gone.candidates)), None)
        for rule, question in asked:
            self.records.doubted.setdefault(question.record, {})[same_name(_doubted(question.candidates))] = rule
        return {one.record for _, one in asked} | {one.record for one in withdrawn if one.record is not None}

    def _is_concerned(self, there: HeldQuestion, official: Container[str]) -> bool:
        """Whether the run touched one of those that a question is about, or gave a body the name officially."""
        others = json.loads(there.candidates)
        asked_of = {there.record, *(self.records.find(one["key"]) for one in others)}
        return not self.touched.isdisjoint(asked_of) or others[0]["as"] in official

    def _with_shorter(self, record: int, name: str) -> Iterator[Borrowed]:
        """Yield the name of a record where it is another's, with what that goes by beside it."""
        found = self._borrowed.borrowed(record, name)
        if found is not None:
            yield found
            yield from self._borrowed.beside(found)

    def _found(self) -> Iterator[Borrowed]:
        """Yield the doubtful names that the touched records have, or that are their official ones."""
        asked: set[frozenset[str]] = set()
        for record, name, kind, type_ in self._names():
            pairs: Iterable[tuple[int, str]] = ()
            if kind in ALIASES:
                pairs = [(record, name)]
            elif kind == "official" and has_name_alone(type_) and spellings(name) not in asked:
                asked.add(spellings(name))
                named = self._bodies.named(spellings(name))
                pairs = {
                    (one.record, one.name)
                    for one in named
                    if one.kind in ALIASES and not spellings(one.name).isdisjoint(spellings(name))
                }
            for pair in pairs:
                yield from self._with_shorter(*pair)

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
            yield from self._rows(
                "SELECT r.id, n.name, n.kind, r.type FROM name n JOIN record r ON r.id = n.record_id "
                f"WHERE n.record_id IN ({marks(chunk)}) AND r.kind = 'organisation' AND n.kind <> 'former'",
                *chunk,
            ).fetchall()

    def _rows(self, query: str, *values: object) -> sqlite3.Cursor:
        return self.changelog.connection.execute(query, values)
