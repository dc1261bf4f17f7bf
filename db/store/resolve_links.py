"""The links of a record, resolved from all that was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.statements import Cite, End
from db.store.resolve_facts import ResolvedFact, resolve_facts
from db.store.resolve_values import DETAILS_OF_LINK, ResolvedValue, Saying, details_of_link, resolve_values
from db.store.sourced import LastWords, Rank, Sourced


@dataclass(slots=True)
class ResolvedLink:
    """A link of the record with everyone who states it."""

    type: str
    other: End
    outward: bool
    role: str | None
    start: str | None
    end: str | None
    legal_start: str | None
    legal_end: str | None
    status: str | None
    facts: tuple[ResolvedFact, ...]
    cites: frozenset[Cite]
    values: tuple[ResolvedValue, ...] = ()


def resolve_links(heard: Sequence[Sourced]) -> tuple[ResolvedLink, ...]:
    """Add up the links; one that the newest of its series no longer states is past, its end unknown."""
    series_rank: dict[str, Rank] = {}
    for one in heard:
        if one.voice.series:
            series_rank[one.voice.series] = max(one.voice.rank, series_rank.get(one.voice.series, one.voice.rank))
    sayings: dict[tuple[object, ...], list[tuple[Sourced, int]]] = {}
    for one in heard:
        for place, link in enumerate(one.statement.links):
            key = (link.type, link.other.key, link.outward, link.role or "", link.start or "")
            sayings.setdefault(key, []).append((one, place))
    return tuple(_link(sayings[key], series_rank) for key in sayings)


def _link(sayings: Sequence[tuple[Sourced, int]], series_rank: Mapping[str, Rank]) -> ResolvedLink:
    ranked = sorted(
        sayings, key=lambda saying: (saying[0].voice.rank, not saying[0].statement.partial, -saying[1]), reverse=True
    )
    links = [one.statement.links[place] for one, place in ranked]
    top = links[0]
    said = _sayings(ranked)
    last = LastWords(one.by for one in said)
    cites = frozenset[Cite]().union(*(one.cites for one in said if one.by in last))
    deciding = {name: next((one for one in said if name in one.values), None) for name in DETAILS_OF_LINK}
    deciding["end"] = said[0]
    told = {name: one.values.get(name) if one else None for name, one in deciding.items()}
    superseded = all(
        one.voice.series is not None and one.voice.rank < series_rank[one.voice.series] for one, _ in ranked
    )
    if superseded and top.end is None:
        told["status"], deciding["status"] = "past", None
    named = next((link.other for link in links if link.other.name), top.other)
    facts = resolve_facts(
        ((frozenset(link.cites) or one.cites), link.facts) for (one, _), link in zip(ranked, links, strict=True)
    )
    return ResolvedLink(
        top.type, named, top.outward, top.role, top.start, told["end"], told["legal_start"], told["legal_end"],
        told["status"], facts, cites, resolve_values(said, deciding, cites) if len(said) > 1 else (),
    )  # fmt: skip


def _sayings(ranked: Sequence[tuple[Sourced, int]]) -> list[Saying]:
    """Who states the link, with what they say of it.

    Of one list, the row of the record itself is evidence enough: the other end's row says no more.
    """
    said = [(one, link, details_of_link(link)) for one, place in ranked for link in [one.statement.links[place]]]
    own = [(one.origin.id, told) for one, _, told in said if not one.statement.partial]
    return [
        Saying(one, told, frozenset(link.cites) or one.cites)
        for one, link, told in said
        if not (one.statement.partial and one.origin.series and (one.origin.id, told) in own)
    ]
