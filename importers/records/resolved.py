"""A record of the register as the one statement that says all there is of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.model import OPENED, Evidence, Fact, Link, Record, StatedValue
from db.reports import SourceInfo
from db.statements import (
    RULES,
    Cite,
    DocumentSaid,
    End,
    EventSaid,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    LinkTypeSaid,
    NameSaid,
    Statement,
    ValueSaid,
)

Ids = tuple[int, ...]


class ResolvedRecord:
    """Tells a record as a statement, each item citing its own evidence where that differs from its owner's."""

    def __init__(
        self, record: Record, link_types: Mapping[str, LinkTypeSaid], source: SourceInfo | None = None
    ) -> None:
        """`source` is what a document is as a source."""
        self._record = record
        self._link_types = link_types
        self._source = source
        self._evidence = {one.id: one for one in record.evidence}

    def statement(self) -> Statement:
        """Return what there is to say of the record; a link is said by the end that owns it."""
        record = self._record
        return Statement(
            key=record.key,
            kind=record.kind,
            partial=record.placeholder,
            type=record.type,
            form=record.form,
            status=record.status,
            legal_form=record.legal_form,
            legal_basis=record.legal_basis,
            basis_status=record.basis_status,
            summary=record.summary,
            opened=record.opened,
            closed=record.closed,
            legal_start=record.legal_start,
            legal_end=record.legal_end,
            address=record.address,
            document=self._document(),
            names=self._names(),
            identifiers=self._identifiers(),
            facts=self._facts(record.facts, record.own_evidence),
            links=tuple(self._link(link) for link in record.links if self._owns(link)),
            events=tuple(
                EventSaid(one.date, one.kind, one.text, self._cites(one.evidence, record.own_evidence))
                for one in record.events
            ),
            cites=self._cites(record.own_evidence, ()),
            values=self._values(record.values, record.own_evidence),
            unlisted_by=record.gone,
        )

    def _cites(self, ids: Ids, owner: Ids) -> tuple[Cite, ...]:
        """Evidence as cites; none where it is the owner's, which the item then shares."""
        if set(ids) == set(owner):
            return ()
        return tuple(_cite(self._evidence[one]) for one in ids if one in self._evidence)

    def _document(self) -> DocumentSaid | None:
        if self._record.kind != "document":
            return None
        source = self._source
        if source is None:
            return DocumentSaid()
        return DocumentSaid(source.publisher, source.published, source.url, source.licence)

    def _names(self) -> tuple[NameSaid, ...]:
        record = self._record
        names = tuple(
            NameSaid(
                one.name, one.kind, one.start, one.end, one.verbatim, self._cites(one.evidence, record.own_evidence)
            )
            for one in record.names
        )
        if record.placeholder or any(one.name == record.name for one in names):
            return names
        return (NameSaid(record.name), *names)

    def _identifiers(self) -> tuple[IdentifierSaid, ...]:
        """The identifiers; that which the key itself is goes without saying."""
        own = self._record.own_evidence
        found = (
            IdentifierSaid(one.scheme, one.value, self._cites(one.evidence, own)) for one in self._record.identifiers
        )
        return tuple(one for one in found if one.cites or f"{one.scheme}:{one.value}" != self._record.key)

    def _facts(self, facts: Sequence[Fact], owner: Ids) -> tuple[FactSaid, ...]:
        return tuple(
            FactSaid(one.property, one.value, one.unit, one.as_of, one.text, self._cites(one.evidence, owner))
            for one in facts
        )

    def _owns(self, link: Link) -> bool:
        owner = self._link_types[link.type].owner
        return (owner == "source") == (link.direction == "out")

    def _link(self, link: Link) -> LinkSaid:
        return LinkSaid(
            type=link.type,
            other=End(link.key, link.name, link.kind),
            outward=link.direction == "out",
            role=link.role,
            start=link.stated_start,
            end=link.stated_end,
            legal_start=link.legal_start,
            legal_end=link.legal_end,
            status=None if link.gone else link.stated_status,
            facts=self._facts(link.facts, link.evidence),
            cites=self._cites(link.evidence, self._record.own_evidence),
            values=self._values(link.values, link.evidence),
            unlisted_by=link.gone,
        )

    def _values(self, values: Sequence[StatedValue], owner: Ids) -> tuple[ValueSaid, ...]:
        """The values that not all of the owner's evidence states, and that somebody states."""
        return tuple(
            ValueSaid(one.what, one.value, one.why if one.why in RULES else None, self._cites(one.evidence, owner))
            for one in values
            if one.evidence and one.why != "all" and not (one.why == OPENED and one.evidence == owner)
        )


def _cite(evidence: Evidence) -> Cite:
    return Cite(
        evidence.source.key,
        evidence.locator,
        evidence.quote,
        evidence.basis,
        evidence.confidence,
        evidence.claimant,
        evidence.note,
        evidence.as_of,
    )
