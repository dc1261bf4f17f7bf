"""A record of the release as a statement: what it is, whether it is open on the day of the release, and its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from db.statements import Statement
from db.told import FactTold, LinkTold, RoleTold, Told, as_statement, far_kind
from importers.ods_xml.meaning import codes, in_force, kind_and_type, status, tie
from importers.ods_xml.organisation import Organisation, RefusedError, Relationship, Role
from importers.ods_xml.phases import earlier_types
from importers.readable_case import readable
from importers.status import link_status


@dataclass(frozen=True, slots=True)
class Speaker:
    """Makes statements for one release; `today` is the last day that its vintage may mean."""

    today: str | None
    names: Mapping[str, str] = field(default_factory=dict)

    def statement(self, said: Organisation, line: int) -> Statement:
        """What a record says as a statement; raises `RefusedError` as `told` does."""
        return as_statement(self.told(said, line), partial=said.stub)

    def told(self, said: Organisation, line: int) -> Told:
        """What a record says; raises `RefusedError` for a relationship that neither it nor we know."""
        roles = [(role.id, role.primary) for role in said.roles]
        kind, named = kind_and_type(roles, in_force(said.roles, self.today), said.site, self.names)
        shown = readable(said.name)
        dates = said.dates
        return Told(
            line,
            f"ods:{said.code}",
            kind,
            named,
            shown,
            said.name if shown != said.name else None,
            self._status(said),
            dates.start,
            dates.end,
            dates.legal_start,
            dates.legal_end,
            said.address,
            tuple([self._role(role) for role in said.roles]),
            (*earlier_types(said.roles, named), *self._facts(said)),
            (*self._relationships(said), *self._successions(said)) if said.relationships or said.successions else (),
        )

    def _status(self, said: Organisation) -> str | None:
        active = said.active
        if active is None:
            primary = next((role for role in said.roles if role.primary), None)
            active = primary.active if primary is not None else None
        return status(active, said.dates.start, said.dates.end, said.dates.legal_end, self.today)

    def _facts(self, said: Organisation) -> tuple[FactTold, ...]:
        contacts = [FactTold(codes().contacts.get(kind, "contact"), None, text) for kind, text in said.contacts]
        return (FactTold("uprn", said.uprn, None), *contacts) if said.uprn else tuple(contacts)

    def _role(self, role: Role) -> RoleTold:
        return RoleTold(role.id, self.label(role.id), role.primary, role.active, *role.dates)

    def label(self, role: str) -> str:
        """What the register calls a role, or its id where it does not say."""
        name = self.names.get(role)
        return readable(name) if name else role

    def _relationships(self, said: Organisation) -> list[LinkTold]:
        """Every relationship, what holds now first: of two that start alike the one in force tells the end."""
        links = [self._link(one, said.code) for one in said.relationships]
        if len(links) > 1:
            links.sort(key=lambda link: link.end or "~", reverse=True)
            links.sort(key=lambda link: link.status == "past")
        return links

    def _link(self, one: Relationship, code: str) -> LinkTold:
        dates = one.dates
        found = tie(one.id, one.target_role, dates.start or dates.legal_start, one.active, self.names)
        if found is None:
            raise RefusedError(f"{code} has the unknown relationship {one.id}")
        return LinkTold(
            found.type, f"ods:{one.target}", far_kind(found.type), True, found.role, *dates,
            link_status(one.active, dates.start, dates.end, self.today),
        )  # fmt: skip

    def _successions(self, said: Organisation) -> Iterator[LinkTold]:
        """From predecessor to successor, whichever side states it; a succession to itself says nothing."""
        for one in dict.fromkeys(said.successions):
            if one.target != said.code:
                planned = link_status(True, one.legal_start, None, self.today) == "planned"
                yield LinkTold(
                    "succeeded-by", f"ods:{one.target}", "organisation", one.forward, None, None, None,
                    one.legal_start, None, "planned" if planned else None,
                )  # fmt: skip
