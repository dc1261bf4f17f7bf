"""A statement as the entry that says it: the way back from `entries`, shared by the export and its tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from db.model import Address
from db.statements import Cite, EventSaid, FactSaid, IdentifierSaid, LinkSaid, LinkTypeSaid, NameSaid, Statement
from importers.records.naming import without_titles
from importers.records.words import PARTICIPATION, POST, likely_kind
from importers.records.yaml_text import Plain

Entry = dict[str, Plain]

_SCALARS = (
    "type", "form", "legal_form", "legal_basis", "basis_status", "status",
    "opened", "closed", "legal_start", "legal_end", "summary",
)  # fmt: skip


def _filled(**values: Plain) -> Entry:
    """The values that there are; a trailing underscore keeps a name from being Python's."""
    return {name.rstrip("_"): value for name, value in values.items() if value not in (None, [], {}, ())}


def entry(statement: Statement, link_types: Mapping[str, LinkTypeSaid], present: Collection[str] = ()) -> Entry:
    """Return the entry that says what a statement does; `present` are the records in the same file."""
    name, names = _names(statement)
    participants, posts, links = _ties(statement, link_types, present)
    found = _filled(key=statement.key, name=name)
    found |= _filled(**{field: getattr(statement, field) for field in _SCALARS})
    found |= _filled(address=_address(statement.address))
    if statement.document is not None:
        document = statement.document
        found |= _filled(
            publisher=document.publisher, published=document.published, url=document.url, licence=document.licence
        )
    return found | _filled(
        same_person=statement.same_person or None,
        names=[_name(one) for one in names],
        identifiers=[_identifier(one) for one in statement.identifiers],
        participants=participants,
        posts=posts,
        links=links,
        facts=[_fact(one) for one in statement.facts],
        events=[_event(one) for one in statement.events],
        evidence=_evidence(statement.cites),
    )


def _evidence(cites: Iterable[Cite]) -> Plain:
    """One mapping, or a list of them."""
    found: list[Plain] = [
        _filled(
            source=cite.source,
            locator=cite.locator,
            quote=cite.quote,
            basis=cite.basis if cite.basis != _implied_basis(cite) else None,
            confidence=cite.confidence,
            claimant=cite.claimant,
            note=cite.note,
        )
        for cite in cites
    ]
    return found[0] if len(found) == 1 else found


def _implied_basis(cite: Cite) -> str:
    return "claimed" if cite.claimant else "stated"


def _names(statement: Statement) -> tuple[str | None, list[NameSaid]]:
    """The official name for `name`, where that says all of it, and the others."""
    names = list(statement.names)
    for place, name in enumerate(names):
        bare = name == NameSaid(name.name, "official")
        if bare and (statement.kind != "person" or without_titles(name.name) == name.name):
            return name.name, names[:place] + names[place + 1 :]
    return None, names


def _name(name: NameSaid) -> Plain:
    found = _filled(name=name.name, kind=name.kind, start=name.start, end=name.end, verbatim=name.verbatim)
    return found | _filled(evidence=_evidence(name.cites))


def _identifier(identifier: IdentifierSaid) -> Plain:
    return _filled(scheme=identifier.scheme, value=identifier.value, evidence=_evidence(identifier.cites))


def _fact(fact: FactSaid) -> Plain:
    found = _filled(property=fact.property, value=fact.value, unit=fact.unit, as_of=fact.as_of, text=fact.text)
    return found | _filled(evidence=_evidence(fact.cites))


def _event(event: EventSaid) -> Plain:
    return _filled(date=event.date, kind=event.kind, text=event.text, evidence=_evidence(event.cites))


def _address(address: Address | None) -> Plain:
    if address is None:
        return None
    return _filled(
        lines=list(address.lines),
        town=address.town,
        county=address.county,
        postcode=address.postcode,
        country=address.country,
    )


def _ties(
    statement: Statement, link_types: Mapping[str, LinkTypeSaid], present: Collection[str]
) -> tuple[list[Plain], list[Plain], list[Plain]]:
    """Participants, posts and other links, each in the list it belongs to."""
    participants: list[Plain] = []
    posts: list[Plain] = []
    links: list[Plain] = []
    for link in statement.links:
        tie = _tie(link, link_types, present)
        if link.type == PARTICIPATION and not link.outward and statement.kind == "arrangement":
            participants.append({"who": link.other.key} | tie)
        elif link.type == POST and link.outward and statement.kind == "person":
            posts.append({"in": link.other.key} | tie)
        else:
            links.append({"type": link.type, "to" if link.outward else "from": link.other.key} | tie)
    return participants, posts, links


def _tie(link: LinkSaid, link_types: Mapping[str, LinkTypeSaid], present: Collection[str]) -> Entry:
    """What all links have; the far end's kind only where nothing else would tell it."""
    told = likely_kind(link_types[link.type], link.outward, link.other.key)
    facts: Sequence[Plain] = [_fact(one) for one in link.facts]
    found = _filled(
        name=link.other.name,
        kind=link.other.kind if link.other.kind != told and link.other.key not in present else None,
        role=link.role,
        start=link.start,
        end=link.end,
        legal_start=link.legal_start,
        legal_end=link.legal_end,
        status=link.status,
    )
    return found | _filled(facts=facts, evidence=_evidence(link.cites))
