"""What a record is, resolved from all that was said of it: a pure function, so that the order of imports never matters.

The newest vintage wins a single value; an unknown vintage is older than any. Names, links, facts and events add up,
each with the evidence of everyone who says it; sources that disagree are both kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from db.model import Address
from db.statements import Cite, DocumentSaid
from db.store.resolve_facts import ResolvedFact, resolve_facts, standing_facts
from db.store.resolve_links import ResolvedLink, resolve_links
from db.store.resolve_names import ResolvedName, resolve_names
from db.store.sourced import Authority, Sourced


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
        facts=resolve_facts(standing_facts(heard)),
        links=resolve_links(heard),
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


def _events(heard: Sequence[Sourced]) -> tuple[ResolvedEvent, ...]:
    found: dict[tuple[str | None, str, str], frozenset[Cite]] = {}
    for one in heard:
        for event in one.statement.events:
            key = (event.date, event.kind, event.text)
            found[key] = found.get(key, frozenset()) | (frozenset(event.cites) or one.cites)
    return tuple(ResolvedEvent(*key, cites) for key, cites in found.items())
