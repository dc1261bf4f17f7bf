"""What one row of a register says of one record, flat and bounded: the form in which a whole country is taken at once.

A `Told` says no more than a `Statement` could, and `as_statement` says the same as one. Its parts are plain tuples, so
that it goes from one process to another as it is.
"""

from __future__ import annotations

from typing import NamedTuple

from db.model import Address
from db.statements import (
    End,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    NameSaid,
    Statement,
)

ROLE = "ods-role"
"""The property under which roles are read as facts."""
EARLIER_TYPE = "earlier-type"
"""The property of a fact whose value is a type that a record had, and whose text is `until` and the last day of it."""


class RoleTold(NamedTuple):
    """A role of a register, held from a day to another; `label` is what the register calls it."""

    id: str
    label: str
    primary: bool
    active: bool
    start: str | None = None
    end: str | None = None
    legal_start: str | None = None
    legal_end: str | None = None

    @property
    def text(self) -> str:
        """The role in words: its name, whether it is the primary one, its dates of both families, whether it lapsed."""
        parts = [self.label]
        if self.primary:
            parts.append("primary")
        for words, start, end in (("", self.start, self.end), ("legally ", self.legal_start, self.legal_end)):
            if start and end:
                parts.append(f"{words}{start} to {end}")
            elif start:
                parts.append(f"{words}from {start}")
            elif end:
                parts.append(f"{words}until {end}")
        if not self.active and self.end is None:
            parts.append("inactive")
        return ", ".join(parts)


class FactTold(NamedTuple):
    """A property with a value or a text."""

    property: str
    value: str | None
    text: str | None


class LinkTold(NamedTuple):
    """A link from the record to `target`, or from `target` to it where not `outward`."""

    type: str
    target: str
    kind: str
    """What to take the target for should nobody describe it."""
    outward: bool
    role: str | None
    start: str | None
    end: str | None
    legal_start: str | None
    legal_end: str | None
    status: str | None


class Told(NamedTuple):
    """All that one row says of one record."""

    line: int
    key: str
    kind: str
    type: str | None
    name: str
    verbatim: str | None
    status: str | None
    opened: str | None
    closed: str | None
    legal_opened: str | None
    legal_closed: str | None
    address: Address | None
    roles: tuple[RoleTold, ...]
    facts: tuple[FactTold, ...]
    links: tuple[LinkTold, ...]


def as_statement(told: Told, *, partial: bool = False) -> Statement:
    """Return what is told as a statement, which says the same; `partial` where it describes no record."""
    scheme, value = told.key.split(":", 1)
    return Statement(
        told.key,
        told.kind,
        told.line,
        partial=partial,
        type=told.type,
        status=told.status,
        opened=told.opened,
        closed=told.closed,
        legal_start=told.legal_opened,
        legal_end=told.legal_closed,
        address=told.address,
        names=(NameSaid(told.name, verbatim=told.verbatim),),
        identifiers=(IdentifierSaid(scheme, value),),
        facts=(
            *(FactSaid(ROLE, role.id, text=role.text) for role in told.roles),
            *(FactSaid(fact.property, fact.value, text=fact.text) for fact in told.facts),
        ),
        links=tuple(
            LinkSaid(
                link.type, End(link.target, None, link.kind), link.outward, link.role, link.start, link.end,
                link.legal_start, link.legal_end, link.status,
            )
            for link in told.links
        ),
    )  # fmt: skip
