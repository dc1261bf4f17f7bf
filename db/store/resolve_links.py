"""The links of a record, resolved from all that was said of it: one for each tie and period that sources tell of.

A tie that one source tells with its dates and another without them is one. So is one whose dates two sources tell
otherwise, where their periods overlap. Periods one after the other, or two that one source tells apart, are two.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.dates import earliest, latest
from db.statements import LINK_DETAILS, Cite, End, LinkSaid
from db.store.resolve_facts import ResolvedFact, resolve_facts
from db.store.resolve_values import ResolvedValue, Saying, details_of_link, resolve_values
from db.store.sourced import Authority, LastWords, Sourced, came_true


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
    gone_from: str | None
    """Key of the list whose silence ended it: the first of its series to tell of the record without it."""
    facts: tuple[ResolvedFact, ...]
    cites: frozenset[Cite]
    values: tuple[ResolvedValue, ...] = ()


class _Telling(NamedTuple):
    """One telling of a link by a statement, and its place among all that the statement tells."""

    one: Sourced
    place: int

    @property
    def link(self) -> LinkSaid:
        return self.one.statement.links[self.place]


def resolve_links(heard: Sequence[Sourced], acts: Collection[str] = ()) -> tuple[ResolvedLink, ...]:
    """Add up the links; one that a later list of its series no longer states is past, its end unknown.

    `acts` are the types of links that tell of something done on a day, and of no state that lasts.
    """
    releases: dict[str, list[Authority]] = {}
    for one in heard:
        if one.voice.series:
            releases.setdefault(one.voice.series, []).append(one.voice)
    ties: dict[tuple[object, ...], list[_Telling]] = {}
    for one in heard:
        for place, link in enumerate(one.statement.links):
            key = (link.type, link.other.key, link.outward, link.role or "")
            ties.setdefault(key, []).append(_Telling(one, place))
    return tuple(
        _link(tellings, releases) for key, told in ties.items() for tellings in _periods(told, lasts=key[0] not in acts)
    )


def _periods(told: Sequence[_Telling], *, lasts: bool) -> list[list[_Telling]]:
    """Part the tellings of a tie by the periods that they mean: those of one start, and what others say without it.

    A source that tells two starts, or one and none, means two things. Two sources whose periods overlap mean one, whose
    dates they tell otherwise. Without a start, the period is meant that covers the day of the source, the latest of
    several; in which no day counts where the tie does not last.
    """
    if len(told) == 1:
        return [[*told]]
    by_start: dict[str, list[_Telling]] = {}
    for one in told:
        by_start.setdefault(one.link.start or "", []).append(one)
    if len(by_start) == 1:
        return list(by_start.values())
    for coarse in sorted((start for start in by_start if 0 < len(start) < 10), key=len, reverse=True):
        finer = [start for start in by_start if start != coarse and start.startswith(coarse)]
        if len(finer) == 1 and not _share_source(by_start[coarse], by_start[finer[0]]):
            by_start[finer[0]] += by_start.pop(coarse)
    if lasts:
        _join_overlapping(by_start)
    undated = by_start.pop("", [])
    dated = {start: list(sayings) for start, sayings in sorted(by_start.items(), reverse=True)}
    alone: list[_Telling] = []
    for one in undated:
        meant = (
            start
            for start, sayings in dated.items()
            if not _share_source([one], sayings) and (not lasts or _covers(start, sayings, one.one.voice.published))
        )
        by_start.get(next(meant, ""), alone).append(one)
    return [*by_start.values(), alone] if alone else list(by_start.values())


def _join_overlapping(by_start: dict[str, list[_Telling]]) -> None:
    """Let the newest telling of a period stand for those of other sources that overlap with it.

    Of several that one source tells, the latest is meant.
    """
    starts = sorted(
        filter(None, by_start), key=lambda start: (_newest(by_start[start]).one.voice.rank, start), reverse=True
    )
    for place, newest in enumerate(starts):
        for older in starts[place + 1 :]:
            new, old = by_start.get(newest, []), by_start.get(older, [])
            if new and old and not _share_source(new, old) and _overlap(_newest(new), _newest(old)):
                by_start[newest] = [*new, *by_start.pop(older)]


def _newest(told: Sequence[_Telling]) -> _Telling:
    return max(told, key=lambda one: (one.one.voice.rank, not one.one.statement.partial, -one.place))


def _overlap(one: _Telling, other: _Telling) -> bool:
    """Tell whether two periods surely have more than a day in common."""
    return _begun(one) < _lasted(other) and _begun(other) < _lasted(one)


def _begun(telling: _Telling) -> str:
    """Return the day by which a period had surely begun."""
    return latest(telling.link.start) or "~"


def _lasted(telling: _Telling) -> str:
    """Return the day to which a period surely lasted: to its end, or, open, to the day of its source."""
    if telling.link.end is not None:
        return earliest(telling.link.end) or ""
    return latest(telling.one.voice.published) or "~"


def _share_source(some: Sequence[_Telling], others: Sequence[_Telling]) -> bool:
    return not {one.one.origin.id for one in some}.isdisjoint(one.one.origin.id for one in others)


def _covers(start: str, sayings: Sequence[_Telling], day: str | None) -> bool:
    """Tell whether a source of some day, which may be partial or unknown, may speak of a period."""
    ends = [latest(one.link.end) for one in sayings]
    last = None if None in ends else max(filter(None, ends))
    return not ((latest(day) or "~") < (earliest(start) or "") or (earliest(day) or "") > (last or "~"))


def _told_once(telling: _Telling, releases: Mapping[str, Sequence[Authority]]) -> ResolvedLink:
    """Resolve a link that is told once, as most are: what `_told_often` makes of it, in a fifth of the time."""
    one, link = telling.one, telling.link
    dropper = _dropper((telling,), releases) if link.end is None else None
    cites = frozenset(link.cites) or one.cites
    return ResolvedLink(
        link.type, link.other, link.outward, link.role, link.start, link.end, link.legal_start, link.legal_end,
        "past" if dropper else link.status, dropper.key if dropper and link.status != "past" else None,
        resolve_facts(((cites, link.facts),)) if link.facts else (), cites,
    )  # fmt: skip


def _link(tellings: Sequence[_Telling], releases: Mapping[str, Sequence[Authority]]) -> ResolvedLink:
    first = tellings[0]
    plain = len(tellings) == 1 and not (first.link.values or first.link.unlisted_by)
    return _told_once(first, releases) if plain else _told_often(tellings, releases)


def _told_often(tellings: Sequence[_Telling], releases: Mapping[str, Sequence[Authority]]) -> ResolvedLink:
    ranked = sorted(
        tellings,
        key=lambda telling: (telling.one.voice.rank, not telling.one.statement.partial, -telling.place),
        reverse=True,
    )
    links = [telling.link for telling in ranked]
    said = _sayings(ranked)
    last = LastWords(one.by for one in said)
    cites = frozenset[Cite]().union(*(one.cites for one in said if one.by in last))
    deciding = {name: next((one for one in said if name in one.values), None) for name in LINK_DETAILS}
    # Who tells no dates at all contradicts none; of starts that may be that of the newest, the finest tells most.
    dated = [one for one in said if "start" in one.values or "end" in one.values] or said
    newest = next((one.values["start"] for one in dated if "start" in one.values), "")
    same = (one for one in dated if one.values.get("start", "").startswith(newest))
    deciding["start"] = max(same, key=lambda one: len(one.values.get("start", "")))
    deciding["end"] = dated[0]
    told = {name: one.values.get(name) if one else None for name, one in deciding.items()}
    status, start = deciding["status"], deciding["start"]
    if status and start and came_true(told["status"], status.by.voice, told["start"], start.by.voice):
        told["status"], deciding["status"] = None, None
    gone_from = None
    if told["end"] is None and told["status"] != "past":
        dropper = _dropper(ranked, releases)
        gone_from = dropper.key if dropper else links[0].unlisted_by
    if gone_from:
        told["status"], deciding["status"] = "past", None
    facts = resolve_facts(
        ((frozenset(link.cites) or one.cites), link.facts) for (one, _), link in zip(ranked, links, strict=True)
    )
    top = links[0]
    values = resolve_values(said, deciding, cites) if len(said) > 1 or top.values else ()
    named = next((link.other for link in links if link.other.name), top.other)
    return ResolvedLink(
        top.type, named, top.outward, top.role, told["start"], told["end"], told["legal_start"], told["legal_end"],
        told["status"], gone_from, facts, cites, values,
    )  # fmt: skip


def _sayings(ranked: Sequence[_Telling]) -> list[Saying]:
    """Who states the link, with what they say of it.

    Of one list, the row of the record itself is evidence enough: the other end's row says no more.
    """
    said = [(telling.one, telling.link, details_of_link(telling.link)) for telling in ranked]
    own = [(one.origin.id, told) for one, _, told in said if not one.statement.partial]
    return [
        Saying(one, told, frozenset(link.cites) or one.cites, None, link.values)
        for one, link, told in said
        if not (one.statement.partial and one.origin.series and (one.origin.id, told) in own)
    ]


def _dropper(told: Sequence[_Telling], releases: Mapping[str, Sequence[Authority]]) -> Authority | None:
    """Return the list that ended a link by its silence: one of its series had it, and nobody has told of it since."""
    last = max((telling.one.voice for telling in told), key=lambda voice: voice.rank)
    later = (
        one
        for series in {telling.one.voice.series for telling in told}
        for one in releases.get(series or "", ())
        if one.rank > last.rank and (series == last.series or one.rank[0] > last.rank[0])
    )
    return min(later, key=lambda one: one.rank, default=None)
