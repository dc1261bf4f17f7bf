"""A record of the release as a statement: what it is, whether it is open on the day of the release, and its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from db.statements import End, FactSaid, IdentifierSaid, LinkSaid, NameSaid, Statement
from importers.ods_xml.meaning import codes, ended, kind_and_type, tie
from importers.ods_xml.organisation import Dates, Organisation, RefusedError, Relationship, Role
from importers.readable_case import readable


@dataclass(frozen=True, slots=True)
class Speaker:
    """Makes statements for one release; `today` is the last day that its vintage may mean."""

    today: str | None
    names: Mapping[str, str] = field(default_factory=dict)

    def statement(self, said: Organisation, line: int) -> Statement:
        """What a record says; raises `RefusedError` for a relationship that neither it nor we know."""
        kind, named = kind_and_type(said.roles, said.site, self.today, self.names)
        return Statement(
            f"ods:{said.code}",
            kind,
            line,
            partial=said.stub,
            type=named,
            status=self._status(said),
            opened=said.dates.start,
            closed=said.dates.end,
            legal_start=said.dates.legal_start,
            legal_end=said.dates.legal_end,
            address=said.address,
            names=(self._name(said.name),),
            identifiers=(IdentifierSaid("ods", said.code),),
            facts=tuple(self._facts(said)),
            links=(*self._relationships(said), *self._successions(said)),
        )

    def _name(self, name: str) -> NameSaid:
        shown = readable(name)
        return NameSaid(shown, verbatim=name if shown != name else None)

    def _status(self, said: Organisation) -> str | None:
        """Active is not open: an end of either family that has come by the day of the release outweighs it."""
        active = said.active
        if active is None:
            primary = next((role for role in said.roles if role.primary), None)
            active = primary.active if primary is not None else None
        if active is False or ended(said.dates.end, self.today) or ended(said.dates.legal_end, self.today):
            return "closed"
        if active is None:
            return None
        start = said.dates.start
        return "planned" if start is not None and self.today is not None and start > self.today else "open"

    def _facts(self, said: Organisation) -> Iterator[FactSaid]:
        for role in said.roles:
            yield FactSaid("ods-role", role.id, text=self._role(role))
        if said.uprn:
            yield FactSaid("uprn", said.uprn)
        for kind, contact in said.contacts:
            yield FactSaid(codes().contacts.get(kind, "contact"), text=contact)

    def _role(self, role: Role) -> str:
        """A role in words: its name, whether it is the primary one, its dates of both families, whether it lapsed."""
        name = self.names.get(role.id)
        parts = [readable(name) if name else role.id]
        if role.primary:
            parts.append("primary")
        parts += _period(role.dates)
        if not role.active and role.dates.end is None:
            parts.append("inactive")
        return ", ".join(parts)

    def _relationships(self, said: Organisation) -> list[LinkSaid]:
        """Every relationship, what holds now first: of two that start alike the one in force tells the end."""
        links = [self._link(one, said.code) for one in said.relationships]
        return sorted(links, key=lambda link: (link.status == "past", _backwards(link.end)))

    def _link(self, one: Relationship, code: str) -> LinkSaid:
        found = tie(one, self.names)
        if found is None:
            raise RefusedError(f"{code} has the unknown relationship {one.id}")
        kind = "arrangement" if found.type == "participates-in" else "organisation"
        return LinkSaid(
            found.type, End(f"ods:{one.target}", None, kind), True, found.role,
            one.dates.start, one.dates.end, one.dates.legal_start, one.dates.legal_end, self._standing(one),
        )  # fmt: skip

    def _standing(self, one: Relationship) -> str:
        if not one.active or ended(one.dates.end, self.today):
            return "past"
        start = one.dates.start
        return "planned" if start is not None and self.today is not None and start > self.today else "current"

    def _successions(self, said: Organisation) -> Iterator[LinkSaid]:
        """From predecessor to successor, whichever side states it; a succession to itself says nothing."""
        for one in dict.fromkeys(said.successions):
            if one.target != said.code:
                yield LinkSaid(
                    "succeeded-by", End(f"ods:{one.target}"), one.forward, legal_start=one.legal_start,
                    status="planned" if one.legal_start and self.today and one.legal_start > self.today else None,
                )  # fmt: skip


def _backwards(end: str | None) -> tuple[int, ...]:
    """A sort key: no end first, then the latest."""
    return () if end is None else tuple(-ord(letter) for letter in end)


def _period(dates: Dates) -> Iterator[str]:
    for words, start, end in (("", dates.start, dates.end), ("legally ", dates.legal_start, dates.legal_end)):
        if start and end:
            yield f"{words}{start} to {end}"
        elif start:
            yield f"{words}from {start}"
        elif end:
            yield f"{words}until {end}"
