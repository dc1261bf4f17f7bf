"""Facts of a record or a link, added up from all that was said, each with the evidence of everyone who states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.model import Value
from db.statements import Cite, FactSaid
from db.store.sourced import Rank, Sourced


@dataclass(slots=True)
class ResolvedFact:
    """A fact with everyone who states it; an empty `cites` means as the record or link it is on."""

    property: str
    value: Value
    unit: str | None
    as_of: str | None
    text: str | None
    cites: frozenset[Cite]


def resolve_facts(said: Iterable[tuple[frozenset[Cite], Sequence[FactSaid]]]) -> tuple[ResolvedFact, ...]:
    """Add up facts, given with the evidence of those that name none of their own."""
    found: dict[tuple[object, ...], ResolvedFact] = {}
    for cites, facts in said:
        for fact in facts:
            key = (fact.property, repr(fact.value), fact.unit, fact.as_of, fact.text)
            before = found[key].cites if key in found else frozenset()
            found[key] = ResolvedFact(
                fact.property, fact.value, fact.unit, fact.as_of, fact.text, before | (frozenset(fact.cites) or cites)
            )
    return tuple(found.values())


def standing_facts(heard: Sequence[Sourced]) -> Iterator[tuple[frozenset[Cite], Sequence[FactSaid]]]:
    """Leave out undated facts of lists that a newer one of their series has replaced: it says how things are now."""
    newest: dict[str, Rank] = {}
    for one in heard:
        if one.voice.series and not one.statement.partial:
            newest[one.voice.series] = max(one.voice.rank, newest.get(one.voice.series, one.voice.rank))
    for one in heard:
        facts: Sequence[FactSaid] = one.statement.facts
        if facts and one.voice.series and one.voice.rank < newest.get(one.voice.series, one.voice.rank):
            facts = [fact for fact in facts if fact.as_of]
        yield one.cites, facts
