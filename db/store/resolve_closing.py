"""When a body closed that no source says has closed: it passed on, its kind was abolished, or a person said so.

Pure functions.

A body closes on the day before its last dated succession, unless a source of a later day has it open: then it passed on
in part, as a practice whose branch another takes over. A succession itself cannot tell whole from part. What tells is a
list of a later day: of the body's kind, which has it no longer, or one that has a successor. Else a person is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from db.dates import day_after, day_before, earliest, latest
from db.statements import Cite
from db.store.abolished import Abolition
from db.store.resolve import Resolved
from db.store.resolve_links import ResolvedLink
from db.store.resolve_values import ResolvedValue, overruled
from db.store.sourced import Authority, Sourced

SUCCESSION = "succeeded-by"
OVER = ("closed", "abandoned")
"""Statuses of a body that is no more."""
NOTE = "Inferred: what became another body on a day is taken to have closed the day before."


@dataclass(frozen=True, slots=True)
class Passing:
    """The last dated succession of a body that no source says has closed, and no later one has open."""

    day: str
    to: tuple[str, ...]
    """The keys of those that it passed on to on that day."""
    cites: frozenset[Cite]
    whole: bool
    """Whether a later list tells that nothing of the body was left."""

    @property
    def last_day(self) -> str:
        """The day on which the body closed if it passed on as a whole."""
        return day_before(self.day)


def successors(resolved: Resolved, said: Sequence[Sourced]) -> dict[str, bool]:
    """Return the keys of those that a body passed on to last, where no source says that it has closed, and when.

    With each, whether a source names it by its key: who is found by a name alone, or is told to pass on under one, is
    inferred, and nothing more is inferred from that. A code of which nothing but the code is known is no body. An
    arrangement may go on after a succession, unless a source has it closed.
    """
    closed_arrangement = resolved.kind == "arrangement" and resolved.scalars["status"] == "closed"
    if (
        (resolved.kind != "organisation" and not closed_arrangement)
        or not (resolved.scalars["type"] or resolved.names)
        or _is_over(resolved)
    ):
        return {}
    own: dict[str, bool] = {}
    for one in said:
        if one.withdrawn or not _is_stated(one.cites):
            continue
        for link in one.statement.links:
            if link.type == SUCCESSION and link.outward:
                own[link.other.key] = own.get(link.other.key, False) or _is_stated(link.cites or one.cites)
    return {link.other.key: own[link.other.key] for link in _last(resolved.links, own)}


def _is_stated(cites: Iterable[Cite]) -> bool:
    return any(one.basis != "inferred" for one in cites)


def _is_over(resolved: Resolved) -> bool:
    """Whether the sources say that it has closed, and the closed one also when."""
    status, closed = resolved.scalars["status"], resolved.scalars["closed"]
    return bool(closed) if status in (None, "closed") else status in OVER


def _last(links: Iterable[ResolvedLink], to: Collection[str]) -> list[ResolvedLink]:
    """Return the last of the dated successions to some others, several where they are of one day."""
    dated = [one for one in links if one.type == SUCCESSION and one.outward and one.other.key in to]
    day = max((latest(one.start) or "" for one in dated), default="")
    return [one for one in dated if day and latest(one.start) == day]


def passing(
    resolved: Resolved, said: Sequence[Sourced], dropper: Authority | None, listed: Mapping[str, str]
) -> Passing | None:
    """Return how a body passed on; None where it did not, is closed anyway, or was there later.

    `dropper` is the newer list of its kind that has it no longer, `listed` the last day of which lists tell of others,
    by their keys.
    """
    to = successors(resolved, said)
    last = _last(resolved.links, to)
    if not last:
        return None
    day = last[0].start or ""
    if _is_there(said, earliest(day) or ""):
        return None
    known = max((listed.get(key, "") for key, by_key in to.items() if by_key), default="")
    gone = earliest(dropper.published) or "" if dropper else ""
    whole = resolved.scalars["status"] in OVER or max(known, gone) >= (latest(day) or "")
    return Passing(day, tuple(sorted(to)), frozenset().union(*map(_who_date, last)), whole)


def _who_date(link: ResolvedLink) -> frozenset[Cite]:
    """Return who states the day of a succession, which others may tell without one."""
    return next((one.cites for one in link.values if one.what == "start" and one.chosen), link.cites)


def _is_there(said: Iterable[Sourced], day: str) -> bool:
    """Whether a source that may be of that day or later says that the body is there."""
    return any(
        one.statement.status not in (None, *OVER) and (latest(one.voice.published) or "") >= day
        for one in said
        if not (one.statement.partial or one.withdrawn)
    )


def closed(
    resolved: Resolved, passed: Passing | None, abolition: Abolition | None, said: Sequence[Sourced]
) -> Resolved:
    """Return what is resolved of a body with its closing, where a person decided that, it passed on as a whole, or its
    kind was abolished."""
    day: str | None
    if (decided := _decided(said)) is not None:
        why, day, cites = "decided", decided.statement.closed, decided.cites
        day = day or (passed.last_day if passed else None)
    elif passed is not None and passed.whole:
        why, day = "passed-on", passed.last_day
        cites = frozenset(replace(one, basis="inferred", note=NOTE) for one in passed.cites)
    elif abolition is not None and not _is_over(resolved) and not _is_there(said, day_after(abolition.last_day)):
        why, day, cites = "abolished", _last_day(abolition, said), abolition.cites
    else:
        return resolved
    values = resolved.values
    for what, value in (("status", "closed"), ("closed", day)):
        if value:
            shown = ResolvedValue(what, value, True, why, cites)
            values = overruled(values, resolved.scalars[what], resolved.cites, shown)
    return replace(resolved, scalars={**resolved.scalars, "status": "closed", "closed": day}, values=values)


def _last_day(abolition: Abolition, said: Iterable[Sourced]) -> str | None:
    """The day on which the bodies of its kind ended, where a source tells of it within the year before."""
    listed = max((latest(one.voice.published) or "" for one in said if not one.withdrawn), default="")
    year, rest = int(abolition.last_day[:4]), abolition.last_day[4:]
    return abolition.last_day if listed >= f"{year - 1}{rest}" else None


def _decided(said: Iterable[Sourced]) -> Sourced | None:
    """Return the decision of a person that a body has closed, where no source since then says how it stands."""
    standing = [one for one in said if not one.withdrawn]
    decisions = [one for one in standing if one.statement.decided]
    told = [one for one in standing if one.statement.status and not one.statement.partial]
    last = max(decisions, key=lambda one: one.voice.rank, default=None)
    if last is None or any(one.voice.rank > last.voice.rank for one in told):
        return None
    return last
