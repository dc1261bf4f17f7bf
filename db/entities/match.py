"""Names without codes: matched, at the end of each run, to the record that they mean in the register as it then is.

Each decision depends on what all sources say and not on when they said it: a body that comes later is found then, and
one that turns out to be one of two with the name has its record of its own again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable

from db.entities.candidates import Bodies, NamedBody, by_record, crosswalked, known_by_name, said_rows
from db.entities.decide import RULE, Decision, LikelyBody, decide, related, telling_words, with_like
from db.entities.merge import Merger
from db.entities.suggestions import HeldQuestion, Question, add_suggestions, held_questions, keep_questions
from db.search.text import spellings
from db.store.matched_statements import Meant
from db.store.projection import Projection

Called = tuple[str | None, str]
"""The type of a body and a name of it."""

_FEW = 400
"""Records touched by a run up to which it is looked which names it may concern."""
_MANY = 2_000
"""Names without codes beyond which only those that a run spoke of are compared with all that are like them."""


def match_names(
    projection: Projection, touched: Collection[int], anew: bool = False, gone: Iterable[Called] = ()
) -> set[int]:
    """Join, part and suggest as the names in the register want it, whose search index must be up to date.

    Where much of the register is `anew`, every name is looked up; `gone` are names that touched records have no more.
    Returns the records that changed.
    """
    matching = _Matching(projection, touched, anew, tuple(gone))
    if touched or anew or projection.declared:
        matching.run()
        # Who is meant by a name may claim what another has: that is for a person to say.
        projection.conflicts += ((record, key) for record, _, key in projection.declared)
        projection.declared.clear()
        add_suggestions(projection.changelog, projection.records, (), projection.conflicts)
    return matching.changed


class _Matching:
    def __init__(self, projection: Projection, touched: Collection[int], anew: bool, gone: tuple[Called, ...]) -> None:
        self.projection = projection
        self.changelog, self.records, self.sources = projection.changelog, projection.records, projection.sources
        self.touched, self.anew, self.gone = touched, anew, gone
        self.changed: set[int] = set()
        self._moved: dict[int, None] = {}
        """Records that are to be resolved when all names are where they belong: one may be named by thousands."""

    def run(self) -> None:
        """Decide for every name, then bring the register and the suggestions in line."""
        connection = self.changelog.connection
        known = known_by_name(connection, self.records, self.sources)
        self._take_declared(known)
        held = {_subject(there): there for there in held_questions(self.changelog, RULE)}
        bodies = Bodies(connection, by_record(known), self.records)
        decisions: dict[str, Decision] = {}
        concerned = self._concerned(known, held)
        for key, one in known.items():
            if one.declared or key not in concerned:
                continue
            rejected = _offered(held[key]) if key in held and held[key].state == "rejected" else frozenset()
            asked = one.asked
            decision = decide(asked, bodies.named(asked.forms), rejected)
            if not one.said:
                # Nobody has to say who is meant by a name that is used no more.
                decision = Decision(decision.record)
            elif decision.record is None and self._is_compared(known, key):
                decision = with_like(asked, decision, bodies.like(asked), rejected)
            decisions[key] = decision
        joiner = Merger(self.projection)
        for key, decision in decisions.items():
            self._move(joiner, known[key], decision.record)
        self.changed |= joiner.resolve_moved(self._moved)
        self._ask(decisions, known)

    def _take_declared(self, known: dict[str, NamedBody]) -> None:
        """Join what somebody says is one, where the record is known by nothing but its name; else ask a person."""
        joiner = Merger(self.projection)
        declared = dict.fromkeys(self.projection.declared)
        self.projection.declared.clear()
        for record, holder, key in declared:
            one, meant = known.get(key), self.records.key(record)
            if meant is None or one is None or not one.own or one.holder != holder:
                self.projection.conflicts.append((record, key))
                continue
            self.changed |= joiner.join(key, holder, Meant(meant, inferred=False), record)
            one.own, one.declared, one.holder = False, True, record

    def _move(self, joiner: Merger, one: NamedBody, target: int | None) -> None:
        """Let what is said stand where it belongs."""
        if not one.own and one.holder == target:
            return
        if not one.own:
            self.changed |= joiner.part(one.key, one.holder, said_rows(one), one.others)
            own = self.records.find(one.key)
            if own is None:
                return
            one.own, one.holder = True, own
        meant = None if target is None else self.records.key(target)
        if target is not None and meant is not None:
            if one.holder in self._moved:
                self.changed |= joiner.resolve_moved(self._moved)
                self._moved.clear()
            self._moved.update(dict.fromkeys(joiner.move(one.key, one.holder, Meant(meant, inferred=True), target)))
            self.changed.add(one.holder)
            one.own, one.holder = False, target

    def _ask(self, decisions: dict[str, Decision], known: dict[str, NamedBody]) -> None:
        """Have a suggestion for each name that waits for a person, and for no other."""

        def is_answered(there: HeldQuestion) -> bool:
            key = _subject(there)
            return key not in known or not known[key].own or (key in decisions and self._is_compared(known, key))

        questions = (
            Question(
                known[key].holder,
                f"{key} has a name and no code: is it one of these?",
                _packed(decision.candidates),
                round(decision.candidates[0].score / 100, 3),
            )
            for key, decision in decisions.items()
            if decision.candidates
        )
        keep_questions(self.changelog, RULE, questions, is_answered)

    def _is_compared(self, known: dict[str, NamedBody], key: str) -> bool:
        return len(known) <= _MANY or known[key].holder in self.touched

    def _concerned(self, known: dict[str, NamedBody], held: dict[str, HeldQuestion]) -> Collection[str]:
        """The names that may mean another record since the run: after a small one those that have to do with it."""
        if self.anew or len(self.touched) > _FEW:
            return known.keys()
        rows = (*self.gone, *names_called(self.changelog.connection, self.touched))
        words = frozenset(word for _, name in rows for form in spellings(name) for word in form.split())
        types = frozenset(type_ for type_, _ in rows if type_ is not None)

        def concerns(key: str, one: NamedBody) -> bool:
            asked = one.asked
            return (
                one.holder in self.touched
                or (key in held and any(self.records.find(other) in self.touched for other in _offered(held[key])))
                or (asked.type is not None and not types.isdisjoint(related(asked.type)))
                or any(self.records.find(body) in self.touched for body in crosswalked(asked.forms))
                or any(not words.isdisjoint(telling_words(name)) for name in asked.names)
            )

        return {key for key, one in known.items() if concerns(key, one)}


def names_called(connection: sqlite3.Connection, records: Collection[int]) -> list[Called]:
    """Return the names of a few bodies; none where they are so many that every name is looked up anyway."""
    if len(records) > _FEW:
        return []
    listed = ",".join(map(str, records))
    return connection.execute(
        "SELECT r.type, n.name FROM name n JOIN record r ON r.id = n.record_id "
        f"WHERE n.record_id IN ({listed}) AND r.kind = 'organisation'"
    ).fetchall()


def _subject(there: HeldQuestion) -> str:
    """Return the key of the name that a question is about."""
    return there.what.partition(" ")[0]


def _offered(there: HeldQuestion) -> frozenset[str]:
    """Return the keys that a question offers."""
    return frozenset(one["key"] for one in json.loads(there.candidates))


def _packed(candidates: tuple[LikelyBody, ...]) -> str:
    return json.dumps([{"key": one.key, "name": one.name, "score": one.score} for one in candidates])
