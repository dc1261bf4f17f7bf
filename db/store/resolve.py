"""What a record is, resolved from all that was said of it: a pure function, so that the order of imports never matters.

The newest vintage wins a single value; an unknown vintage is older than any. Names, links, facts and events add up,
each with the evidence of everyone who says it; sources that disagree are both kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from db.dates import latest
from db.model import Address, Value
from db.statements import Cite, DocumentSaid, End, FactSaid, Statement
from db.store.resolve_names import ResolvedName, resolve_names

Rank = tuple[str, bool, str, str]


@dataclass(frozen=True)
class Authority:
    """A source as resolving sees it: how new it is, and what its silence means."""

    id: int
    key: str
    published: str | None = None
    series: str | None = None
    full: bool = False
    complete: bool = False
    living: bool = False

    @cached_property
    def rank(self) -> Rank:
        """Order of authority: vintage, then complete files, then names, so that no tie depends on who came first."""
        return (latest(self.published) or "", self.complete, self.series or "", self.key)


@dataclass(frozen=True)
class Sourced:
    """One statement with the source that makes it; `repeated_by` is the newest that says the same without a change."""

    origin: Authority
    statement: Statement
    withdrawn: bool = False
    repeated_by: Authority | None = None
    voice: Authority = field(init=False, repr=False, compare=False)
    """The source that the statement weighs as."""
    cites: frozenset[Cite] = field(init=False, repr=False, compare=False)
    """The evidence for whatever in the statement names none of its own."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "voice", self.repeated_by or self.origin)
        object.__setattr__(self, "cites", frozenset(self.statement.cites) or frozenset((self._row,)))

    @property
    def _row(self) -> Cite:
        word = "row" if self.origin.series else "line"
        place = f"{word} {self.statement.line}" if self.statement.line is not None else None
        return Cite(self.origin.key, place)


@dataclass(slots=True)
class ResolvedFact:
    """A fact with everyone who states it; an empty `cites` means as the record or link it is on."""

    property: str
    value: Value
    unit: str | None
    as_of: str | None
    text: str | None
    cites: frozenset[Cite]


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


@dataclass(slots=True)
class ResolvedEvent:
    """An event with everyone who states it."""

    date: str | None
    kind: str
    text: str
    cites: frozenset[Cite]


@dataclass(slots=True)
class Resolved:
    """All that the register holds of one record. `gone_from` is the source whose silence dropped it."""

    kind: str
    described: bool
    scalars: Mapping[str, str | None]
    address: Address | None
    document: DocumentSaid | None
    gone_from: int | None
    names: tuple[ResolvedName, ...] = ()
    identifiers: Mapping[tuple[str, str], frozenset[Cite]] = field(default_factory=dict)
    facts: tuple[ResolvedFact, ...] = ()
    links: tuple[ResolvedLink, ...] = ()
    events: tuple[ResolvedEvent, ...] = ()
    cites: frozenset[Cite] = frozenset()


_NEWEST = ("type", "form", "legal_form", "legal_basis", "basis_status", "summary", "opened", "legal_start", "legal_end")


def resolve(spoken: Sequence[Sourced], newest: Mapping[str, Authority]) -> Resolved:
    """Resolve what was said of one record; `newest` is the latest full list of each series in the register."""
    heard = _heard(spoken)
    describing = [one for one in heard if not one.statement.partial]
    ranked = [one for one in describing if not one.statement.brief] or describing or heard
    scalars: dict[str, str | None] = {name: _first(ranked, name) for name in _NEWEST}
    speaker = next((one.statement for one in ranked if one.statement.status), None)
    scalars["status"] = speaker.status if speaker else None
    scalars["closed"] = speaker.closed if speaker else _first(ranked, "closed")
    return Resolved(
        kind=ranked[0].statement.kind,
        described=bool(describing),
        scalars=scalars,
        address=next((one.statement.address for one in ranked if one.statement.address), None),
        document=next((one.statement.document for one in ranked if one.statement.document), None),
        gone_from=_gone_from(spoken, newest),
        names=resolve_names([(one.voice.rank, one.cites, one.statement.names) for one in heard]),
        identifiers=_identifiers(heard),
        facts=_facts(_standing_facts(heard)),
        links=_links(heard),
        events=_events(heard),
        cites=frozenset().union(*(one.cites for one in describing or heard)),
    )


def _first(ranked: Sequence[Sourced], name: str) -> str | None:
    """The value of the newest source that gives one."""
    for one in ranked:
        value: str | None = getattr(one.statement, name)
        if value is not None:
            return value
    return None


def _heard(spoken: Sequence[Sourced]) -> list[Sourced]:
    """Leave out what was withdrawn, and what is older than a source that says all there is to say; newest first."""
    standing = [one for one in spoken if not one.withdrawn] or list(spoken)
    if len(standing) > 1:
        standing.sort(key=lambda one: one.statement.line or 0)
        standing.sort(key=lambda one: one.voice.rank, reverse=True)
    complete = [one.voice.rank for one in standing if one.voice.complete and not one.statement.partial]
    if complete:
        bar = max(complete)
        standing = [one for one in standing if one.voice.rank >= bar]
    return standing


def _gone_from(spoken: Sequence[Sourced], newest: Mapping[str, Authority]) -> int | None:
    """Return the list that dropped the record: every list that held it has a newer one that does not.

    A source that says all there is to say, as an export does, makes no list hold the record again.
    """
    if all(one.withdrawn for one in spoken):
        return max(spoken, key=lambda one: one.voice.rank).voice.id
    speakers = {one.voice.id for one in spoken}
    droppers: list[Authority] = []
    listed = False
    for one in spoken:
        if one.withdrawn or one.statement.partial or one.statement.brief or not one.voice.series:
            continue
        listed = True
        last = newest.get(one.voice.series)
        if last is None or last.rank <= one.voice.rank or last.id in speakers:
            return None
        droppers.append(last)
    return max(droppers, key=lambda voice: voice.rank).id if listed else None


def _identifiers(heard: Sequence[Sourced]) -> dict[tuple[str, str], frozenset[Cite]]:
    found: dict[tuple[str, str], frozenset[Cite]] = {}
    for one in heard:
        for said in one.statement.identifiers:
            cites = frozenset(said.cites) or one.cites
            found[said.scheme, said.value] = found.get((said.scheme, said.value), frozenset()) | cites
    return found


def _facts(said: Iterable[tuple[frozenset[Cite], Sequence[FactSaid]]]) -> tuple[ResolvedFact, ...]:
    found: dict[tuple[object, ...], ResolvedFact] = {}
    for cites, facts in said:
        for fact in facts:
            key = (fact.property, repr(fact.value), fact.unit, fact.as_of, fact.text)
            before = found[key].cites if key in found else frozenset()
            found[key] = ResolvedFact(
                fact.property, fact.value, fact.unit, fact.as_of, fact.text, before | (frozenset(fact.cites) or cites)
            )
    return tuple(found.values())


def _standing_facts(heard: Sequence[Sourced]) -> Iterator[tuple[frozenset[Cite], Sequence[FactSaid]]]:
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


def _events(heard: Sequence[Sourced]) -> tuple[ResolvedEvent, ...]:
    found: dict[tuple[str | None, str, str], frozenset[Cite]] = {}
    for one in heard:
        for event in one.statement.events:
            key = (event.date, event.kind, event.text)
            found[key] = found.get(key, frozenset()) | (frozenset(event.cites) or one.cites)
    return tuple(ResolvedEvent(*key, cites) for key, cites in found.items())


def _links(heard: Sequence[Sourced]) -> tuple[ResolvedLink, ...]:
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
    facts = _facts(
        ((frozenset(link.cites) or one.cites), link.facts) for (one, _), link in zip(ranked, links, strict=True)
    )
    return ResolvedLink(
        top.type, named, top.outward, top.role, top.start, top.end,
        next((link.legal_start for link in links if link.legal_start), None),
        next((link.legal_end for link in links if link.legal_end), None),
        status, facts, cites,
    )  # fmt: skip
