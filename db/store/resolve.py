"""What a record is, resolved from all that was said of it: a pure function, so that the order of imports never matters.

The newest vintage wins a single value; an unknown vintage is older than any. Names, links, facts and events add up,
each with the evidence of everyone who says it; sources that disagree are both kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from db.model import Address
from db.statements import Cite, DocumentSaid
from db.store.resolve_facts import ResolvedFact, resolve_facts, standing_facts
from db.store.resolve_links import ResolvedLink, resolve_links
from db.store.resolve_names import Naming, ResolvedName, resolve_names
from db.store.resolve_values import PARTS, SCALARS, ResolvedValue, record_values, tells_all
from db.store.sourced import Authority, LastWords, Sourced, came_true


@dataclass(slots=True)
class ResolvedEvent:
    """An event with everyone who states it."""

    date: str | None
    kind: str
    text: str
    cites: frozenset[Cite]


@dataclass(slots=True)
class Resolved:
    """All that the register holds of one record. `gone_from` is the key of the source whose silence dropped it."""

    kind: str
    described: bool
    scalars: Mapping[str, str | None]
    address: Address | None
    document: DocumentSaid | None
    gone_from: str | None
    names: tuple[ResolvedName, ...] = ()
    identifiers: Mapping[tuple[str, str], frozenset[Cite]] = field(default_factory=dict)
    one_body: frozenset[tuple[str, str]] = frozenset()
    """The codes among them whose records are this one, as a person says."""
    facts: tuple[ResolvedFact, ...] = ()
    links: tuple[ResolvedLink, ...] = ()
    events: tuple[ResolvedEvent, ...] = ()
    values: tuple[ResolvedValue, ...] = ()
    cites: frozenset[Cite] = frozenset()


def resolve(spoken: Sequence[Sourced], newest: Mapping[str, Authority], acts: Collection[str] = ()) -> Resolved:
    """Resolve what was said of one record; `newest` is the latest full list of each series in the register.

    `acts` are the types of links that tell of something done on a day, and of no state that lasts.
    """
    heard = standing_words(spoken)
    telling = _not_told_anew(heard)
    describing = [one for one in telling if not one.statement.partial]
    ranked = [one for one in describing if not one.statement.brief] or describing or telling
    deciding = _deciding(ranked)
    deciding |= {name: deciding[name] or _first(telling, name) for name in _IN_PASSING}
    if end := _newer_end(deciding["status"], telling):
        deciding["status"] = deciding["closed"] = end
    speaking = describing or telling
    last = LastWords(speaking)
    own = frozenset[Cite]().union(*(one.cites for one in speaking if one in last))
    placed = deciding["address"]
    resolved = Resolved(
        kind=ranked[0].statement.kind,
        described=bool(describing),
        scalars={name: getattr(one.statement, name) if one else None for name in _SCALARS for one in [deciding[name]]},
        address=placed.statement.address if placed else None,
        document=next((one.statement.document for one in ranked if one.statement.document), None),
        gone_from=_gone_from(spoken, newest),
        names=resolve_names(map(_naming, heard)),
        identifiers=_identifiers(heard),
        one_body=_joined_codes(heard),
        facts=resolve_facts(standing_facts(heard)),
        links=resolve_links(heard, acts),
        events=_events(heard),
        values=record_values(telling, deciding, own),
        cites=own,
    )
    _cite_last_words(resolved, heard)
    return resolved


_SCALARS = (*SCALARS, "closed")
_scalars = attrgetter(*SCALARS)
_IN_PASSING = ("form", "legal_form", "legal_basis", "basis_status", "summary")
"""Details that may be told of a body beside what a list says of it, where no source that describes it tells them."""


def _not_told_anew(heard: Sequence[Sourced]) -> Sequence[Sourced]:
    """Leave out earlier releases of a living source of which the newest words tell every detail: none of theirs counts,
    which leaves most records of a release in which much changed with one that tells."""
    if len(heard) < 2:
        return heard
    newest = next((one for one in heard if not (one.statement.partial or one.statement.brief)), None)
    if newest is None:
        return heard
    return [one for one in heard if not (newest.replaces(one) and tells_all(newest, one))]


def _naming(one: Sourced) -> Naming:
    by_document = any(cite.source != one.voice.key for cite in one.cites)
    return Naming(one.voice.rank, one.cites, one.statement.names, not one.statement.partial, by_document)


def _deciding(ranked: Sequence[Sourced]) -> dict[str, Sourced | None]:
    """Return whose word each detail is: the newest that tells it, of the address as a whole, and of the end with the
    status."""
    deciding = {name: _first(ranked, name) for name in SCALARS} if len(ranked) > 1 else _of_one(ranked[0])
    status, opened = deciding["status"], deciding["opened"]
    if status and opened and came_true(status.statement.status, status.voice, opened.statement.opened, opened.voice):
        deciding["status"] = None
    deciding["closed"] = deciding["status"] or _first(ranked, "closed")
    return deciding | dict.fromkeys(("address", *PARTS), _first(ranked, "address"))


def _newer_end(status: Sourced | None, telling: Sequence[Sourced]) -> Sourced | None:
    """Return who tells the end, be it in passing, after the last word on the status: what was open then need not be."""
    end = next((one for one in telling if one.statement.closed and not one.statement.brief), None)
    return end if end and status and end.voice.rank > status.voice.rank else None


def _of_one(one: Sourced) -> dict[str, Sourced | None]:
    """Return the same where nobody else tells a detail."""
    return {name: one if told else None for name, told in zip(SCALARS, _scalars(one.statement), strict=True)}


def _first(ranked: Sequence[Sourced], name: str) -> Sourced | None:
    """The newest source that tells a detail."""
    for one in ranked:
        if getattr(one.statement, name):
            return one
    return None


def _cite_last_words(resolved: Resolved, heard: Sequence[Sourced]) -> None:
    """Cite no earlier release of a living source for what a later one says as well."""
    living = [one for one in heard if one.voice.living]
    if len({one.voice.rank for one in living}) < 2:
        return
    by = {cite: one for one in living for cite in one.cites}
    known: dict[frozenset[Cite], frozenset[Cite]] = {}
    """Most items have the evidence of one of few statements."""

    def exact(cites: frozenset[Cite]) -> frozenset[Cite]:
        if len(cites) < 2:
            return cites
        found = known.get(cites)
        if found is None:
            last = LastWords(by[cite] for cite in cites if cite in by)
            found = known[cites] = frozenset(cite for cite in cites if cite not in by or by[cite] in last)
        return found

    items: list[ResolvedName | ResolvedFact | ResolvedLink | ResolvedEvent]
    items = [*resolved.names, *resolved.facts, *resolved.links, *resolved.events]
    items += [fact for link in resolved.links for fact in link.facts]
    for item in items:
        if len(item.cites) > 1:
            item.cites = exact(item.cites)
    resolved.identifiers = {code: exact(cites) for code, cites in resolved.identifiers.items()}


def standing_words(spoken: Sequence[Sourced]) -> list[Sourced]:
    """Leave out what was withdrawn, and what is older than a source that says all there is to say; newest first."""
    standing = [one for one in spoken if not one.withdrawn] or list(spoken)
    if len(standing) > 1:
        standing.sort(key=lambda one: one.statement.line or 0)
        standing.sort(key=lambda one: one.voice.rank, reverse=True)
    complete = [one for one in standing if one.voice.complete and not one.statement.partial]
    if complete:
        bar = max(one.voice.rank for one in complete)
        apart = _joined_apart(standing, complete)
        standing = [
            one for one in standing
            if one.voice.rank >= bar or one.statement.one_body or one.statement.key in apart
        ]  # fmt: skip
    return standing


def _joined_apart(standing: Sequence[Sourced], complete: Sequence[Sourced]) -> set[str]:
    """Return the keys that a person joined, without those of which a source says all there is to say."""
    joined = {one.statement.key for one in standing if one.statement.one_body}
    joined.update(f"{scheme}:{value}" for scheme, value in _joined_codes(standing))
    for one in complete:
        joined -= {one.statement.key, *(f"{code.scheme}:{code.value}" for code in one.statement.identifiers)}
    return joined


def _joined_codes(heard: Sequence[Sourced]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (code.scheme, code.value) for one in heard if one.statement.one_body for code in one.statement.identifiers
    )


def _gone_from(spoken: Sequence[Sourced], newest: Mapping[str, Authority]) -> str | None:
    """Return the list that dropped the record: every list that held it has a newer one that does not.

    A source that says all there is to say, as an export does, makes no list hold the record again. What it says of
    lists counts where none of them is in the register.
    """
    if all(one.withdrawn for one in spoken):
        return max(spoken, key=lambda one: one.voice.rank).voice.key
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
    if listed:
        return max(droppers, key=lambda voice: voice.rank).key
    describing = [one for one in spoken if not (one.withdrawn or one.statement.partial)]
    newest_word = max(describing, key=lambda one: one.voice.rank, default=None)
    return newest_word.statement.unlisted_by if newest_word else None


def _identifiers(heard: Sequence[Sourced]) -> dict[tuple[str, str], frozenset[Cite]]:
    found: dict[tuple[str, str], frozenset[Cite]] = {}
    for one in heard:
        codes = [((said.scheme, said.value), frozenset(said.cites) or one.cites) for said in one.statement.identifiers]
        scheme, value = one.statement.key.split(":", 1)
        if not one.statement.partial and all(code != (scheme, value) for code, _ in codes):
            codes.append(((scheme, value), one.cites))
        for code, cites in codes:
            found[code] = found.get(code, frozenset()) | cites
    return found


def _events(heard: Sequence[Sourced]) -> tuple[ResolvedEvent, ...]:
    found: dict[tuple[str | None, str, str], frozenset[Cite]] = {}
    for one in heard:
        for event in one.statement.events:
            key = (event.date, event.kind, event.text)
            found[key] = found.get(key, frozenset()) | (frozenset(event.cites) or one.cites)
    return tuple(ResolvedEvent(*key, cites) for key, cites in found.items())
