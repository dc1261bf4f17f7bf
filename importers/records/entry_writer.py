"""A statement as the entry that says it: the way back from `entries`, shared by the export and its tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from db.model import Address
from db.statements import (
    Cite,
    EventSaid,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    LinkTypeSaid,
    NameSaid,
    Statement,
    ValueSaid,
)
from importers.documents.yaml_text import Plain
from importers.records.names import without_titles
from importers.records.words import PARTICIPATION, POST, likely_kind

Plainly = dict[str, Plain]

_SCALARS = (
    "type", "form", "legal_form", "legal_basis", "basis_status", "status",
    "opened", "closed", "legal_start", "legal_end", "unlisted_by", "summary",
)  # fmt: skip


def _filled(**values: Plain) -> Plainly:
    """The values that there are."""
    return {name: value for name, value in values.items() if value not in (None, [], {})}


class EntryWriter:
    """Writes the entries of one file."""

    def __init__(
        self, link_types: Mapping[str, LinkTypeSaid], present: Collection[str] = (), cites: str | None = None
    ) -> None:
        """`present` are the keys of the file's records, `cites` the source that evidence means when it names none."""
        self._link_types = link_types
        self._present = present
        self._cites = cites

    def entry(self, statement: Statement) -> Plainly:
        """Return the entry that says what a statement does."""
        name, names = _names(statement)
        participants, posts, links = self._ties(statement)
        found = _filled(key=statement.key)
        if name is not None:
            kind = name.kind if name.kind != "official" else None
            found |= _filled(name=name.name, name_kind=kind, verbatim=name.verbatim)
        found |= _filled(**{field: getattr(statement, field) for field in _SCALARS})
        found |= _filled(address=_address(statement.address))
        if statement.document is not None:
            document = statement.document
            found |= _filled(
                publisher=document.publisher, published=document.published, url=document.url, licence=document.licence
            )
        found |= _filled(
            same_person=statement.same_person or None,
            names=[self._name(one) for one in names],
            identifiers=[self._identifier(one) for one in statement.identifiers],
            participants=participants,
            posts=posts,
            links=links,
            facts=[self._fact(one) for one in statement.facts],
            events=[self._event(one) for one in statement.events],
            values=[self._value(one) for one in statement.values],
        )
        if statement.cites or self._cites is not None:
            found["evidence"] = self._evidence(statement.cites)
        return found

    def _evidence(self, cites: Iterable[Cite]) -> Plain:
        """One place or mapping, or a list of either."""
        found = [self._cite(cite) for cite in cites]
        return found[0] if len(found) == 1 else found

    def _cite(self, cite: Cite) -> Plain:
        """A bare place where the file's own source and that place are all there is to it."""
        told = cite.source == self._cites
        if told and cite.locator is not None and cite == Cite(cite.source, cite.locator):
            return cite.locator
        implied = "claimed" if cite.claimant else "stated"
        found = _filled(
            locator=cite.locator,
            quote=cite.quote,
            basis=cite.basis if cite.basis != implied else None,
            confidence=cite.confidence,
            claimant=cite.claimant,
            note=cite.note,
            as_of=cite.as_of,
        )
        return found if told and found else {"source": cite.source, **found}

    def _name(self, name: NameSaid) -> Plain:
        found = _filled(name=name.name, kind=name.kind, start=name.start, end=name.end, verbatim=name.verbatim)
        return found | _filled(evidence=self._evidence(name.cites))

    def _identifier(self, identifier: IdentifierSaid) -> Plain:
        return _filled(scheme=identifier.scheme, value=identifier.value, evidence=self._evidence(identifier.cites))

    def _fact(self, fact: FactSaid) -> Plain:
        found = _filled(property=fact.property, value=fact.value, unit=fact.unit, as_of=fact.as_of, text=fact.text)
        return found | _filled(evidence=self._evidence(fact.cites))

    def _event(self, event: EventSaid) -> Plain:
        return _filled(date=event.date, kind=event.kind, text=event.text, evidence=self._evidence(event.cites))

    def _value(self, value: ValueSaid) -> Plain:
        found = _filled(what=value.what, value=value.value, why=value.why)
        return found | _filled(evidence=self._evidence(value.cites))

    def _ties(self, statement: Statement) -> tuple[list[Plain], list[Plain], list[Plain]]:
        """Participants, posts and other links, each in the list it belongs to."""
        participants: list[Plain] = []
        posts: list[Plain] = []
        links: list[Plain] = []
        for link in statement.links:
            tie = self._tie(link)
            if link.type == PARTICIPATION and not link.outward and statement.kind == "arrangement":
                participants.append({"who": link.other.key} | tie)
            elif link.type == POST and link.outward and statement.kind == "person":
                posts.append({"in": link.other.key} | tie)
            else:
                links.append({"type": link.type, "to" if link.outward else "from": link.other.key} | tie)
        return participants, posts, links

    def _tie(self, link: LinkSaid) -> Plainly:
        """What all links have; the far end's kind only where nothing else would tell it."""
        other = link.other
        told = other.key in self._present or other.kind == likely_kind(
            self._link_types[link.type], link.outward, other.key
        )
        return _filled(
            name=other.name,
            kind=None if told else other.kind,
            role=link.role,
            start=link.start,
            end=link.end,
            legal_start=link.legal_start,
            legal_end=link.legal_end,
            status=link.status,
            unlisted_by=link.unlisted_by,
            values=[self._value(one) for one in link.values],
            facts=[self._fact(one) for one in link.facts],
            evidence=self._evidence(link.cites),
        )


def _names(statement: Statement) -> tuple[NameSaid | None, list[NameSaid]]:
    """The name for `name`, where that says all of it, and the others; one that does not is said in full as well.

    What describes a record has to call it something; its official name says that by itself.
    """
    names = list(statement.names)
    officials = [name.name for name in names if name.kind == "official"]
    if not officials and not statement.partial and names:
        name, *others = names
        return name, others if _is_bare(name) and name.name == _without_titles(name, statement.kind) else names
    for place, name in enumerate(names):
        single = officials.count(name.name) == 1 and name.name == _without_titles(name, statement.kind)
        if name.kind == "official" and _is_bare(name) and single:
            return name, names[:place] + names[place + 1 :]
    return None, names


def _is_bare(name: NameSaid) -> bool:
    return name == NameSaid(name.name, name.kind, verbatim=name.verbatim)


def _without_titles(name: NameSaid, kind: str) -> str:
    return without_titles(name.name) if kind == "person" else name.name


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
