"""Who states which value of a single detail, kept where not everyone who could say it says the same: pure functions.

A detail without values of its own is stated, as it is shown, by all the evidence of its record or link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from db.same_value import same_value
from db.statements import ADDRESS_DETAILS, LINK_DETAILS, PLAIN_DETAILS, Cite, LinkSaid, Statement, ValueSaid
from db.store.sourced import LastWords, Sourced

SCALARS = tuple(one for one in PLAIN_DETAILS if one != "closed")
"""Details of which the newest source that tells them decides."""
PARTS = tuple(one for one in ADDRESS_DETAILS if one != "address")
_tell = attrgetter(*PLAIN_DETAILS)
_OMITTED = "It no longer has this record, which an earlier list of its kind has."


@dataclass(slots=True)
class ResolvedValue:
    """A value of a detail with everyone who states it; `why` names the rule by which one was chosen."""

    what: str
    value: str
    chosen: bool
    why: str
    cites: frozenset[Cite]


@dataclass(frozen=True, slots=True)
class Saying:
    """The details that one statement tells, with its evidence."""

    by: Sourced
    values: Mapping[str, str]
    cites: frozenset[Cite]
    weakness: str | None = None
    """Why any other saying weighs more: it is said in `passing`, or in a `brief` line of a search."""
    apart: Sequence[ValueSaid] = ()
    """Values of which it tells who states them."""

    def of(self, what: str) -> Iterator[_Claim]:
        """Yield the values of a detail that it tells, with who states each."""
        told = self.values.get(what)
        alike = same_value(told) if told else None
        apart = [one for one in self.apart if one.what == what]
        if told and all(same_value(one.value) != alike for one in apart):
            yield _Claim(self, told, self.cites)
        for one in apart:
            yield _Claim(self, one.value, frozenset(one.cites) or self.cites)

    def rule(self, what: str) -> str | None:
        """The rule by which it says that the value of a detail is shown."""
        return next((one.why for one in self.apart if one.what == what and one.why), None)


class _Claim(NamedTuple):
    """A value that a saying tells, and who states it."""

    by: Saying
    value: str
    cites: frozenset[Cite]


def details_of(statement: Statement) -> dict[str, str]:
    """Return the details that a statement tells of its record, an address in its parts."""
    told = dict(zip(PLAIN_DETAILS, _tell(statement), strict=True))
    place = statement.address
    if place is not None:
        told |= {"address": "\n".join(place.lines)} | {part: getattr(place, part) for part in PARTS}
    return {name: value for name, value in told.items() if value}


def tells_all(newer: Sourced, older: Sourced) -> bool:
    """Whether a statement tells every detail that an older one tells, which names nobody else who tells one."""
    new, old = newer.statement, older.statement
    if old.values or old.document:
        return False
    if not all(new_one or not old_one for new_one, old_one in zip(_tell(new), _tell(old), strict=True)):
        return False
    if old.address is None:
        return True
    there, here = old.address, new.address
    return here is not None and all(getattr(here, part) or not getattr(there, part) for part in ("lines", *PARTS))


def details_of_link(link: LinkSaid) -> dict[str, str]:
    """Return the details that a statement tells of a link."""
    return {name: value for name in LINK_DETAILS if (value := getattr(link, name))}


def record_values(
    heard: Sequence[Sourced], deciding: Mapping[str, Sourced | None], own: frozenset[Cite]
) -> tuple[ResolvedValue, ...]:
    """Resolve the details of a record, told newest first; `deciding` is whose word each of them is.

    `own` is the evidence of the record.
    """
    if len(heard) < 2 and not any(one.statement.values for one in heard):
        return ()
    said = [
        Saying(one, details_of(one.statement), one.cites, _weakness(one.statement), one.statement.values)
        for one in heard
    ]
    said = [one for one in said if one.values or one.apart]
    of = {id(one.by): one for one in said}
    return resolve_values(said, {what: of[id(one)] if one else None for what, one in deciding.items()}, own)


def resolve_values(
    said: Sequence[Saying], deciding: Mapping[str, Saying | None], own: frozenset[Cite]
) -> tuple[ResolvedValue, ...]:
    """Resolve the details of which not all of `own` states what is shown, or somebody states something else."""
    found: list[ResolvedValue] = []
    standing = _standing(said)
    alike: set[tuple[str, str]] = set()
    if own <= _cites(standing):
        alike.update(*(one.values.items() for one in standing[:1]))
        alike.intersection_update(*(one.values.items() for one in standing[1:]))
    apart = dict.fromkeys(value.what for one in said for value in one.apart)
    for what in dict.fromkeys(name for one in said for name in one.values) | apart:
        decider = deciding.get(what)
        shown = decider.values.get(what) if decider else None
        if (what, shown) in alike and what not in apart:
            continue
        telling = [one for one in said if what in one.values or any(what == value.what for value in one.apart)]
        groups: dict[str, list[_Claim]] = {}
        for one in standing if len(telling) == len(said) else _standing(telling):
            for claim in one.of(what):
                groups.setdefault(same_value(claim.value), []).append(claim)
        key = same_value(shown) if shown else None
        if len(groups) == 1 and key in groups and own <= (stating := _cites(groups[key])):
            # Who states a detail in a statement's own words may be more than those who state the record.
            if what not in apart or stating == own:
                continue
        why = _why(what, decider, [one.by for name, several in groups.items() if name != key for one in several])
        for name, several in groups.items():
            value = shown if shown and name == key else several[0].value
            found.append(ResolvedValue(what, value, name == key, why, _cites(several)))
    return tuple(found)


def _standing(said: Sequence[Saying]) -> list[Saying]:
    """Leave out what a later release of the same source has replaced."""
    last = LastWords(one.by for one in said)
    return [one for one in said if one.by in last]


def _cites(several: Sequence[Saying | _Claim]) -> frozenset[Cite]:
    return frozenset().union(*(one.cites for one in several))


def unlisted(
    values: Sequence[ResolvedValue], status: str | None, own: frozenset[Cite], list_key: str
) -> tuple[ResolvedValue, ...]:
    """Return the values of a record that a newer list omits: that is its status, whatever `status` was stated."""
    omits = frozenset((Cite(list_key, basis="inferred", note=_OMITTED),))
    return overruled(values, status, own, ResolvedValue("status", "unlisted", True, "omitted", omits))


def overruled(
    values: Sequence[ResolvedValue], stated: str | None, own: frozenset[Cite], shown: ResolvedValue
) -> tuple[ResolvedValue, ...]:
    """Return the values of a record of which one detail is what follows from others; `own` states what was `stated`."""
    others = [one for one in values if one.what != shown.what]
    rivals = [one for one in values if one.what == shown.what]
    if stated and not rivals:
        rivals = [ResolvedValue(shown.what, stated, False, shown.why, own)]
    for one in rivals:
        if same_value(one.value) == same_value(shown.value):
            shown = replace(shown, cites=shown.cites | one.cites)
        else:
            others.append(replace(one, chosen=False, why=shown.why))
    return (*others, shown)


def _weakness(statement: Statement) -> str | None:
    return "passing" if statement.partial else "brief" if statement.brief else None


def _why(what: str, decider: Saying | None, others: Sequence[Saying]) -> str:
    """Return the rule by which the word of one source is shown and not that of the most weighty of the others."""
    rule = decider.rule(what) if decider else None
    if not others:
        return rule or "alone"
    other = others[0]
    if decider is other:
        return rule or "chosen"
    if decider is None and (rule := other.rule(what)):
        return rule
    if other.weakness and not (decider and decider.weakness):
        return other.weakness
    if decider is None:
        return "omitted"
    (day, complete, *_), (other_day, other_complete, *_) = decider.by.voice.rank, other.by.voice.rank
    if day != other_day:
        return "status" if day < other_day else "newer" if other_day else "dated"
    if complete != other_complete:
        return "complete"
    return "row" if decider.by.voice.id == other.by.voice.id else "order"
