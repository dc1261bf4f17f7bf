"""A record of a code that was an STP footprint's and then a board's, parted into what it says of each."""

from __future__ import annotations

from typing import NamedTuple

from importers.care_systems import care_systems, of_a_footprint
from importers.ods.codes import codes
from importers.ods.organisation import Dates, Organisation, Role

BOARD = "integrated-care-board"
FOOTPRINT = "sustainability-and-transformation-partnership"


class Lives(NamedTuple):
    """What a record says of the footprint and of the board that had its code, as far as each is meant."""

    footprint: Organisation | None
    board: Organisation | None


def lives_of(said: Organisation, today: str | None) -> Lives | None:
    """Part a record by the roles that its code held and the days of what it says; None where the code had one life.

    `today` is the last day that its source may mean. A line of a search has the primary role alone, which is that of
    both: since there are boards it means the board.
    """
    systems = care_systems()
    if said.code not in systems.codes:
        return None
    footprint = tuple(role for role in said.roles if _is_of(role, FOOTPRINT))
    starts = [role.dates.start for role in said.roles if _is_of(role, BOARD)]
    if not (footprint or starts):
        return None
    if not starts:
        passed_on = said.code in systems.names and not of_a_footprint(today)
        return Lives(None, said) if passed_on else Lives(said, None)
    began = min(filter(None, starts), default=systems.boards_from)
    then = said._replace(
        dates=Dates(said.dates.start if of_a_footprint(said.dates.start) else None, systems.until),
        address=None,
        uprn="",
        contacts=(),
        roles=footprint,
        relationships=tuple(one for one in said.relationships if of_a_footprint(one.dates.end)),
        successions=tuple(one for one in said.successions if of_a_footprint(one.legal_start)),
    )
    now = said._replace(
        dates=said.dates._replace(start=max(began, said.dates.start or began)),
        relationships=tuple(one for one in said.relationships if not of_a_footprint(one.dates.end)),
        successions=tuple(one for one in said.successions if not of_a_footprint(one.legal_start)),
    )
    return Lives(then, now)


def roles_of_one_life(said: Organisation) -> tuple[Role, ...]:
    """The roles that tell what the body itself was before: a footprint is another record than the board."""
    if said.code not in care_systems().codes:
        return said.roles
    return tuple(role for role in said.roles if not _is_of(role, FOOTPRINT))


def _is_of(role: Role, named: str) -> bool:
    return codes().types.get(role.id, ("", ""))[0] == named
