"""An organisation as a statement: what it is, whether it is open on the day of its source, and its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from db.dates import day_before
from db.statements import End, FactSaid, IdentifierSaid, LinkSaid, NameSaid, Statement, far_kind
from importers.care_systems import footprint, footprint_codes, footprint_key, key_on
from importers.ods.codes import codes, kind_and_type, leading_role, relationship_meaning
from importers.ods.lives import BOARD, FOOTPRINT, lives_of, roles_of_one_life
from importers.ods.organisation import Organisation, RefusedError, Relationship, Role, Succession
from importers.readable_case import readable
from importers.status import ended, has_closed, link_status, to_come

ROLE = "ods-role"
"""The property under which roles are facts."""
EARLIER_TYPE = "earlier-type"
"""The property of a fact whose value is a type that a record had, and whose text is `until` and the last day of it."""


@dataclass(frozen=True, slots=True)
class StatementMaker:
    """Makes the statements of one source; `today` is the last day that its vintage may mean."""

    today: str | None
    names: Mapping[str, str] = field(default_factory=dict)
    """What the source calls roles and relationships."""

    def statements(self, said: Organisation, line: int) -> tuple[Statement, ...]:
        """What a record says of each body that had its code; raises `RefusedError` as `statement` does."""
        if (lives := lives_of(said, self.today)) is None:
            return (self.statement(said, line),)
        now = (
            ()
            if lives.board is None
            else (replace(self.statement(lives.board, line), kind="organisation", type=BOARD),)
        )
        if lives.footprint is None:
            return now
        then = self.statement(lives.footprint, line)
        became = LinkSaid("became", End(f"ods:{said.code}"), start=lives.board and lives.board.dates.start)
        then = replace(
            then,
            key=footprint_key(said.code),
            kind="arrangement",
            type=FOOTPRINT,
            identifiers=tuple(IdentifierSaid(*one) for one in footprint_codes(said.code)),
            names=(NameSaid(f"STP {said.code}", "short"),) if now else then.names,
            links=(*then.links, became) if now else then.links,
        )
        return (*now, then)

    def statement(self, said: Organisation, line: int) -> Statement:
        """What a record says; raises `RefusedError` for a relationship that neither it nor we know."""
        roles, dates = said.roles, said.dates
        held = {role.id for role in roles if role.active and not ended(role.dates.end, self.today)}
        kind, named = kind_and_type([(role.id, role.primary) for role in roles], held, said.site, self.names)
        shown = readable(said.name)
        facts = [FactSaid(ROLE, role.id, text=role_text(role, self._label(role.id))) for role in roles]
        if len(roles) > 1:
            facts += earlier_types(roles_of_one_life(said), named)
        if said.uprn:
            facts.append(FactSaid("uprn", said.uprn))
        if said.contacts:
            known = codes().contacts
            facts += [FactSaid(known.get(kind, "contact"), text=text) for kind, text in said.contacts]
        return Statement(
            f"ods:{said.code}",
            kind,
            line,
            said.stub,
            type=named,
            status=self._status(said),
            opened=dates.start,
            closed=dates.end,
            legal_start=dates.legal_start,
            legal_end=dates.legal_end,
            address=said.address,
            names=(NameSaid(shown, verbatim=said.name if shown != said.name else None),),
            identifiers=(IdentifierSaid("ods", said.code),),
            facts=tuple(facts),
            links=self._links(said),
        )

    def is_of_the_day(self, said: Organisation) -> bool:
        """Whether the same record may say something else in a later release, because one of its days is yet to pass.

        What a release without a day says of its days another one may always tell otherwise.
        """
        today = self.today or ""
        told = [said.dates, *[one.dates for one in said.roles], *[one.dates for one in said.relationships]]
        days = [day for dates in told for day in dates if day is not None]
        days += [one.legal_start for one in said.successions if one.legal_start is not None]
        return bool(days) and max(days) >= today

    def _status(self, said: Organisation) -> str | None:
        """Active is not open: an end of either family that has come by the day of the release outweighs it."""
        active, dates, today = said.active, said.dates, self.today
        if active is None:
            active = next((role.active for role in said.roles if role.primary), None)
        if active is False or has_closed(dates.end, today) or has_closed(dates.legal_end, today):
            return "closed"
        if active is None:
            return None
        return "planned" if to_come(dates.start, today) else "open"

    def _label(self, role: str) -> str:
        """What the source calls a role, or its id where it does not say."""
        name = self.names.get(role)
        return readable(name) if name else role

    def _links(self, said: Organisation) -> tuple[LinkSaid, ...]:
        """Every relationship, what holds now first: of two that start alike the one in force tells the end."""
        links = [self._relationship(one, said.code) for one in said.relationships]
        if len(links) > 1:
            links.sort(key=lambda link: link.end or "~", reverse=True)
            links.sort(key=lambda link: link.status == "past")
        if said.successions:
            links += [self._succession(one) for one in dict.fromkeys(said.successions) if one.target != said.code]
        return tuple(links)

    def _relationship(self, one: Relationship, code: str) -> LinkSaid:
        start, end, legal_start, legal_end = one.dates
        meaning = relationship_meaning(one.id, one.target_role, start or legal_start, one.active, self.names)
        if meaning is None:
            raise RefusedError(f"{code} has the unknown relationship {one.id}")
        status = link_status(one.active, start, end, self.today)
        # What was joined was the footprint, whatever became of it; of other ties the last day tells what was meant.
        joined = footprint(one.target) if meaning.type == "participates-in" else None
        far = End(joined or key_on(one.target, end or legal_end), None, far_kind(meaning.type))
        return LinkSaid(meaning.type, far, True, meaning.role, start, end, legal_start, legal_end, status)

    def _succession(self, one: Succession) -> LinkSaid:
        """From predecessor to successor, whichever side states it."""
        planned = link_status(True, one.legal_start, None, self.today) == "planned"
        return LinkSaid(
            "succeeded-by", End(key_on(one.target, one.legal_start)), one.forward, legal_start=one.legal_start,
            status="planned" if planned else None,
        )  # fmt: skip


def role_text(role: Role, label: str) -> str:
    """A role in words: what it is called, whether it is the primary one, its dates, whether it lapsed."""
    start, end, legal_start, legal_end = role.dates
    text = f"{label}, primary" if role.primary else label
    text += _period("", start, end) + _period("legally ", legal_start, legal_end)
    return text if role.active or end is not None else f"{text}, inactive"


def _period(words: str, start: str | None, end: str | None) -> str:
    if start is None:
        return "" if end is None else f", {words}until {end}"
    return f", {words}from {start}" if end is None else f", {words}{start} to {end}"


def earlier_types(roles: Sequence[Role], now: str | None) -> Iterator[FactSaid]:
    """Yield a fact for each type that a record had before the one it has now, with the last day of it.

    A code outlives what it stood for: that of a sustainability and transformation partnership passed to the integrated
    care board, that of a clinical commissioning group to the sub-ICB location. ODS keeps this history in roles alone.
    """
    types = codes().types
    telling = [role for role in roles if role.id in types]
    if len({types[role.id] for role in telling}) < 2:
        return
    found: dict[str, str] = {}
    for last in _last_days(telling):
        leading = leading_role({role.id for role in telling if _in_force(role, last)})
        if leading is not None:
            named, _ = types[leading]
            found.pop(named, None)
            found[named] = last
    found.pop(now or "", None)
    yield from (FactSaid(EARLIER_TYPE, named, text=f"until {last}") for named, last in found.items())


def _last_days(roles: Sequence[Role]) -> Iterator[str]:
    """The days before a role began, and those on which one ended, in order."""
    days: set[str] = set()
    for role in roles:
        start, end = role.dates.start, role.dates.end
        # Dates without a year, and those of the year 0, are dates of a register and none of the calendar.
        with suppress(ValueError, OverflowError):
            if start is not None and len(start) == 10:
                days.add(day_before(start))
        if end is not None and len(end) == 10:
            days.add(end)
    yield from sorted(days)


def _in_force(role: Role, day: str) -> bool:
    start, end = role.dates.start, role.dates.end
    return (start is None or start <= day) and (end is None or end >= day)
