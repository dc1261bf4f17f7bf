"""All kinds of gaps, and those of them that are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection

from db.gaps.arrangements import no_basis, no_lead, one_participant
from db.gaps.bodies import no_commissioner, no_post, unlinked, vacant_post
from db.gaps.closed_participants import closed_participants
from db.gaps.days_passed import past_end, past_review, past_start
from db.gaps.differences import sources_differ
from db.gaps.likely_twins import likely_twins
from db.nearest_word import none_of_these
from db.reports import (
    CLOSED_PARTICIPANT,
    KINDS_OF_GAPS,
    LIKELY_TWIN,
    NO_BASIS,
    NO_COMMISSIONER,
    NO_LEAD,
    NO_POST,
    ONE_PARTICIPANT,
    PAST_END,
    PAST_REVIEW,
    PAST_START,
    SOURCES_DIFFER,
    UNLINKED,
    VACANT_POST,
    Gap,
)
from db.search.about import About

_FINDERS: dict[str, Callable[[sqlite3.Connection], list[Gap]]] = {
    CLOSED_PARTICIPANT: closed_participants,
    PAST_END: past_end,
    PAST_REVIEW: past_review,
    PAST_START: past_start,
    LIKELY_TWIN: likely_twins,
    SOURCES_DIFFER: sources_differ,
    NO_COMMISSIONER: no_commissioner,
    NO_LEAD: no_lead,
    VACANT_POST: vacant_post,
    NO_POST: no_post,
    ONE_PARTICIPANT: one_participant,
    NO_BASIS: no_basis,
    UNLINKED: unlinked,
}
"""What finds the gaps of a kind."""
_OF_ONE: dict[str, Callable[[sqlite3.Connection, str], list[Gap]]] = {LIKELY_TWIN: likely_twins, UNLINKED: unlinked}
"""What finds at least those of one record, by its key, in less time than those of all."""


def gaps(connection: sqlite3.Connection, kinds: Collection[str] = (), about: str = "") -> tuple[Gap, ...]:
    """Return the gaps of some kinds, or of all, in the order of kinds. Raises UsageError for an unknown kind."""
    for kind in kinds:
        if kind not in _FINDERS:
            raise none_of_these("kind of gap", kind, KINDS_OF_GAPS)
    asked = About(connection, about)
    found: list[Gap] = []
    for kind in KINDS_OF_GAPS:
        if not kinds or kind in kinds:
            narrow = _OF_ONE.get(kind) if asked.key is not None else None
            found += narrow(connection, asked.key or "") if narrow else _FINDERS[kind](connection)
    if not about.strip():
        return tuple(found)
    wanted = asked.among({party.key for gap in found for party in gap.parties})
    return tuple(gap for gap in found if any(party.key in wanted for party in gap.parties))
