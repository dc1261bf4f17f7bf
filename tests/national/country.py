"""A made-up country: every record from its number and a seed, so that none has to be kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from tests.national.groups import COUNTIES, GROUPS, PEOPLE, TOWNS, Group
from tests.national.names import PLACES, PLACES_WITHIN, SURNAMES
from tests.national.things import Followed, Held, Org, Span, Tied

CUT_OFF = date(2017, 3, 31)
"""What closed by then is in the archive."""
LAST = date(2026, 8, 27)

OPEN, CLOSED, ARCHIVED = 0, 1, 2

_T = TypeVar("_T")


@dataclass
class Country:
    """All records of a size and a seed."""

    organisations: int
    seed: int
    changed: float = 0.0
    """The share of records that differ from those of the same seed without it: renamed, or closed."""
    turned: bool = False
    """Whether records come in the opposite order."""
    varied: bool = False
    """Whether names are of thousands of places and people, so that few records share one."""
    counts: dict[str, int] = field(default_factory=dict)
    states: dict[str, bytearray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Decide how many there are of each group, and which of them have closed."""
        total = sum(group.share for group in GROUPS)
        for group in GROUPS:
            number = max(group.least, round(self.organisations * group.share / total))
            self.counts[group.name] = number
            rng = Random(f"{self.seed}/{group.name}")
            later = Random(f"{self.seed}/{group.name}/later")
            states = bytearray(number)
            for place in range(number):
                draw = rng.random()
                states[place] = (
                    ARCHIVED if draw < group.archived else CLOSED if draw < group.archived + group.closed else OPEN
                )
                if later.random() < self.changed / 4 and states[place] == OPEN:
                    states[place] = CLOSED
            self.states[group.name] = states

    def archived(self, code: str) -> bool:
        """Whether the record of a code is in the archive."""
        return self.states[_BY_PREFIX[code[:2]].name][int(code[2:], 36)] == ARCHIVED

    def orgs(self, archived: bool) -> Iterator[Org]:
        """The records of the full file or those of the archive."""
        for group in self._ordered(GROUPS):
            for place in self._ordered(range(self.counts[group.name])):
                if (self.states[group.name][place] == ARCHIVED) == archived:
                    yield self.org(group, place)

    def _ordered(self, things: Sequence[_T]) -> Iterable[_T]:
        return reversed(things) if self.turned else things

    def named(self, code: str) -> Org:
        """The record of a code."""
        return self.org(_BY_PREFIX[code[:2]], int(code[2:], 36))

    def org(self, group: Group, place: int) -> Org:
        """One record."""
        rng = Random(f"{self.seed}/{group.name}/{place}")
        span = self._span(group, place)
        town, person = self._town_and_person(rng)
        code = _code(group, place)
        filler = rng.random() < group.filler
        spot = rng.choice(PLACES_WITHIN) if self.varied and rng.random() < 0.8 else town
        name = rng.choice(group.names).format(town=spot, person=person, code=code)
        renamed = Random(f"{self.seed}/{group.name}/{place}/renamed").random() < self.changed * 3 / 4
        return Org(
            code,
            f"THE NEW {name}" if renamed else name,
            self._roles(group, span, rng),
            replace(span, start="1900-01-01") if filler else span,
            Span(span.start, span.end) if rng.random() < 0.19 else None,
            "Active" if span.end is None else "Inactive",
            group.site,
            ties=tuple(self._ties(group, place, span, rng)),
            followed=tuple(self._followed(group, place)),
            lines=(f"{rng.randint(1, 200)} {person} STREET", f"{rng.choice(TOWNS)} PARK"),
            town=town,
            county=rng.choice(COUNTIES),
            postcode=f"{town[:2]}{rng.randint(1, 29)} {rng.randint(1, 9)}{town[2]}{person[0]}",
            uprn=str(rng.randint(10**8, 10**11)) if rng.random() < 0.5 else "",
            contacts=(("tel", f"0{rng.randint(10**9, 10**10 - 1)}"),) if rng.random() < 0.5 else (),
        )

    def _town_and_person(self, rng: Random) -> tuple[str, str]:
        return (rng.choice(PLACES), rng.choice(SURNAMES)) if self.varied else (rng.choice(TOWNS), rng.choice(PEOPLE))

    def _span(self, group: Group, place: int) -> Span:
        """When a record opened and closed."""
        rng = Random(f"{self.seed}/{group.name}/{place}/dates")
        state = self.states[group.name][place]
        start = date(1974, 4, 1) + timedelta(rng.randint(0, 13_000))
        if state == OPEN:
            return Span(start.isoformat())
        first, last = (start, CUT_OFF) if state == ARCHIVED else (CUT_OFF + timedelta(1), LAST)
        return Span(start.isoformat(), (first + timedelta(rng.randint(0, (last - first).days))).isoformat())

    def _roles(self, group: Group, span: Span, rng: Random) -> tuple[Held, ...]:
        active = span.end is None
        roles = [Held(group.role, span, active, primary=True)]
        roles += [Held(role, span, active) for role in group.more]
        if group.name == "board":
            roles[1] = Held("RO318", Span("2022-07-01", span.end and max(span.end, "2022-07-02")), active)
        if rng.random() < group.lapsed * 2:
            roles.append(Held("RO270", Span("2020-05-01", "2020-11-30"), False))
            if rng.random() < 0.5:
                roles.append(Held("RO270", Span("2021-01-04", "2022-03-31"), False))
        return tuple(roles)

    def _ties(self, group: Group, place: int, span: Span, rng: Random) -> Iterator[Tied]:
        """Relationships, mostly history: what ended did so before the next of its sort began."""
        for rel, name, average in group.ties:
            number = int(average) + (rng.random() < average % 1)
            for turn in range(number):
                target = self._hub(name, rng)
                last = turn == number - 1 and rel != "RE10"
                start = span.start if turn == 0 else f"{2017 + turn}-04-01"
                end = span.end if last else f"{2018 + turn}-03-31"
                active = last and span.end is None
                yield Tied(rel, _code(_BY_NAME[name], target), _BY_NAME[name].role, Span(start, end), active)

    def _hub(self, name: str, rng: Random) -> int:
        """A target: few have many, many have few."""
        return int(self.counts[name] * rng.random() ** 1.7)

    def _succeeded(self, group: Group, place: int) -> bool:
        """Whether someone follows a record: the next of its group."""
        if not 0 <= place < self.counts[group.name] - 1 or self.states[group.name][place] == OPEN:
            return False
        return Random(f"{self.seed}/{group.name}/{place}/after").random() < group.succeeded

    def _followed(self, group: Group, place: int) -> Iterator[Followed]:
        """Successions as both sides state them; many in the archive have no number of their own."""
        for earlier, forward in ((place, True), (place - 1, False)):
            if self._succeeded(group, earlier):
                ends = self._span(group, earlier).end
                other = _code(group, earlier + 1 if forward else earlier)
                archived = self.states[group.name][place] == ARCHIVED
                yield Followed(other, ends, forward, None if archived and earlier % 2 else earlier)


_BY_NAME = {group.name: group for group in GROUPS}
_BY_PREFIX = {group.prefix: group for group in GROUPS}
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _code(group: Group, place: int) -> str:
    """The code of a record, which tells its group and its number."""
    digits = ""
    while place or not digits:
        place, digit = divmod(place, 36)
        digits = _DIGITS[digit] + digits
    return group.prefix + digits.rjust(4, "0")


def targets(orgs: Iterator[Org]) -> Iterator[str]:
    """Every code that records point at."""
    for org in orgs:
        yield from itertools.chain((tie.target for tie in org.ties), (one.target for one in org.followed))
