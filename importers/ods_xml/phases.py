"""What a record was before it became what it is: told by roles that began or ended while it had others.

A code outlives what it stood for: that of a sustainability and transformation partnership passed to the integrated care
board, that of a clinical commissioning group to the sub-ICB location. ODS keeps this history in roles alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from db.told import EARLIER_TYPE, FactTold
from importers.ods_xml.meaning import codes
from importers.ods_xml.organisation import Role

_ONE = timedelta(1)


def earlier_types(roles: Sequence[Role], now: str | None) -> tuple[FactTold, ...]:
    """Return a fact for each type that a record had before the one it has now, with the last day of it."""
    known = codes().types
    telling = [role for role in roles if role.id in known]
    if len({known[role.id] for role in telling}) < 2:
        return ()
    found: dict[str, str] = {}
    for last in _last_days(telling):
        held = {role.id for role in telling if _in_force(role, last)}
        named = next((known[role][0] for role in known if role in held), None)
        if named is not None:
            found.pop(named, None)
            found[named] = last
    found.pop(now or "", None)
    return tuple(FactTold(EARLIER_TYPE, named, f"until {last}") for named, last in found.items())


def _last_days(roles: Sequence[Role]) -> Iterator[str]:
    """The days before a role began, and those on which one ended, in order."""
    days: set[str] = set()
    for role in roles:
        start, end = role.dates.start, role.dates.end
        if start is not None and len(start) == 10:
            days.add((date.fromisoformat(start) - _ONE).isoformat())
        if end is not None and len(end) == 10:
            days.add(end)
    yield from sorted(days)


def _in_force(role: Role, day: str) -> bool:
    start, end = role.dates.start, role.dates.end
    return (start is None or start <= day) and (end is None or end >= day)
