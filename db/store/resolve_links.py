"""The links of a record, resolved from all that was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.statements import Cite, End
from db.store.resolve_facts import ResolvedFact, resolve_facts
from db.store.sourced import Rank, Sourced


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
    ranked = sorted(sayings, key=lambda saying: (saying[0].voice.rank, -saying[1]), reverse=True)
    links = [one.statement.links[place] for one, place in ranked]
    top = links[0]
    cites: frozenset[Cite] = frozenset()
    # Of one source, the row of the record itself is evidence enough: the other end's row says no more.
    own = {one.origin.id for one, _ in ranked if not one.statement.partial}
    for (one, _), link in zip(ranked, links, strict=True):
        # Who tells of another end, or of none yet, is no evidence for the end that is shown.
        if link.end == top.end and not (one.statement.partial and one.origin.series and one.origin.id in own):
            cites |= frozenset(link.cites) or one.cites
    superseded = all(
        one.voice.series is not None and one.voice.rank < series_rank[one.voice.series] for one, _ in ranked
    )
    status = next((link.status for link in links if link.status), None)
    if superseded and top.end is None:
        status = "past"
    named = next((link.other for link in links if link.other.name), top.other)
    facts = resolve_facts(
        ((frozenset(link.cites) or one.cites), link.facts) for (one, _), link in zip(ranked, links, strict=True)
    )
    return ResolvedLink(
        top.type, named, top.outward, top.role, top.start, top.end,
        next((link.legal_start for link in links if link.legal_start), None),
        next((link.legal_end for link in links if link.legal_end), None),
        status, facts, cites,
    )  # fmt: skip
