"""How a link stands, today or on another day: a pure function of what sources state and of the days of those sources.

A list tells what was so on its day. It speaks for the days after it until its year is over, and for six months at
least; then what it has is no longer current, and not past either. A tie ends with a body that closes, and begins with
the later of its ends.
"""

from typing import NamedTuple

from db.acts import PLANNED, is_act
from db.dates import earliest, latest
from db.parties import ClosedParty, Follower, Party
from db.reading.as_of import Day

_DOCUMENT = "document"


class TieEnd(NamedTuple):
    """One end of a link: whether it is there, and what it became where it is not."""

    party: Party
    status: str | None = None
    open: bool | None = None
    opened: str | None = None
    closed: str | None = None
    successors: tuple[Follower, ...] = ()


class Tie(NamedTuple):
    """A link with all that tells how it stands."""

    type: str
    category: str
    since: str | None
    until: str | None
    status: str | None
    """As stated on the day of the source, or past where a later list no longer has it."""
    near: TieEnd
    far: TieEnd
    listed_first: str | None = None
    """The first day on which a source has it."""
    listed_last: str | None = None
    """The last day on which a source has it."""
    is_gone: bool = False
    gone: str | None = None
    """The day of the list that no longer has it."""


class Standing(NamedTuple):
    """How a link stands, and what that rests on."""

    start: str | None
    end: str | None
    status: str | None
    basis: str
    """stated, listed (by the days of lists alone) or inferred (from the end of a body)."""
    listed_first: str | None
    listed_last: str | None
    unlisted: str | None = None
    """The day of the list that no longer has it: it ended between the last that has it and that."""
    ended_with: ClosedParty | None = None
    """The body with which it ended: on that day (`end`), or by then where no source has it up to that."""
    became: tuple[Follower, ...] = ()
    """What followed that body; of several, no source says to which of them the link passed."""


def standing(tie: Tie, day: Day) -> Standing:
    """Judge how a link stands on the day that counts as today."""
    plain = _plain(tie)
    if is_act(tie.type, tie.category):
        return plain._replace(status=None if tie.status == "current" else tie.status)
    if day.follows(tie.until):
        return plain._replace(status="past")
    if tie.is_gone:
        return plain._replace(status="past", basis="listed", unlisted=tie.gone)
    if tie.status == "past":
        return plain._replace(basis="stated")
    closed = [end for end in (tie.far, tie.near) if end.open is False]
    if closed:
        first = min(closed, key=lambda end: earliest(end.closed) or "~")
        return plain._replace(
            status="past",
            end=first.closed if _lasted_to(tie, first.closed) else None,
            basis="inferred",
            ended_with=ClosedParty(*first.party, first.closed),
            became=first.successors,
        )
    if tie.status == "proposed":
        return plain
    if day.precedes(tie.since):
        return plain._replace(status="planned")
    holds = _holds_throughout(tie, day) or day.is_spoken_for(tie.listed_last)
    if tie.status == "planned":
        return plain._replace(status="current" if tie.since and holds else "planned")
    there = not any(end.status in (*PLANNED, "unlisted") for end in (tie.near, tie.far))
    return plain._replace(status="current" if holds and there else None)


def stood(tie: Tie, day: Day) -> bool | None:
    """Tell whether a link was there on a day: it was, it was not, or nothing dates it."""
    if _is_ruled_out(tie, day):
        return False
    first, last = tie.listed_first, tie.listed_last
    if is_act(tie.type, tie.category):
        if tie.since is None and tie.category == _DOCUMENT and first is not None:
            return not day.precedes(first)
        return True if tie.since else None
    begun, ended = earliest(tie.since), latest(tie.until)
    if (begun and ended) or day.iso in (begun, ended):
        return True
    if last is None or (tie.status == "past" and not tie.is_gone):
        return None
    around = not day.follows(last) and not (tie.since is None and day.precedes(first))
    return True if around or (not tie.is_gone and day.is_spoken_for(last)) else None


def standing_on(tie: Tie, *, there: bool) -> Standing:
    """Return how a link stood on a day: `there` then, or not dated."""
    plain = _plain(tie)
    if is_act(tie.type, tie.category):
        return plain._replace(status=None if tie.status == "current" else tie.status)
    if not there:
        if tie.status == "past" and not tie.is_gone and tie.until is None:
            return plain._replace(basis="stated")
        return plain._replace(status=tie.status if tie.status in PLANNED else None)
    return plain._replace(status=tie.status if tie.status in PLANNED and not tie.since else "current")


def _plain(tie: Tie) -> Standing:
    dated = bool(tie.since or tie.until)
    basis = "listed" if tie.listed_last and not dated else "stated"
    return Standing(_begun(tie), tie.until, tie.status, basis, tie.listed_first, tie.listed_last)


def _begun(tie: Tie) -> str | None:
    """Return since when a link holds: as stated, but of what lasts not before both its ends were there.

    Where it had ended by then, what is stated of it is right or wrong as a whole.
    """
    if tie.since is None or is_act(tie.type, tie.category):
        return tie.since
    both = max((end.opened for end in (tie.near, tie.far)), key=lambda day: earliest(day) or "")
    first = earliest(both) or ""
    return both if (latest(tie.since) or "~") < first <= (latest(tie.until) or "~") else tie.since


def _is_ruled_out(tie: Tie, day: Day) -> bool:
    """Tell whether a link began later, had ended, or one of its ends was not there."""
    if day.excludes(tie.since, tie.until) or any(day.precedes(end.opened) for end in (tie.near, tie.far)):
        return True
    if is_act(tie.type, tie.category):
        return False
    dropped = tie.is_gone and not day.precedes(tie.gone or "9999")
    return dropped or any(day.follows(end.closed) for end in (tie.near, tie.far))


def _lasted_to(tie: Tie, closing: str | None) -> bool:
    """Tell whether a link lasted until a body closed: it was stated to be open, or a list speaks for that day."""
    last = latest(closing)
    return last is not None and (tie.since is not None or Day(last).is_spoken_for(tie.listed_last))


def _holds_throughout(tie: Tie, day: Day) -> bool:
    """Tell whether a stated period with both ends covers the day."""
    return tie.since is not None and tie.until is not None and not day.excludes(tie.since, tie.until)
