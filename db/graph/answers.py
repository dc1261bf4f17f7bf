"""What questions to the graph are answered with: ways, what is shared, trees, what became of what; frozen, safe to hand
to any thread."""

from __future__ import annotations

from typing import NamedTuple

from db.model import Evidence, Link, Record, TimelineEntry
from db.parties import Follower, Party


class Step(NamedTuple):
    """A record on a way, and the link by which it is reached from the one before; the first has none."""

    key: str
    kind: str
    name: str
    link: Link | None = None
    also: tuple[Link, ...] = ()
    """Further links between the two."""


class WayBetween(NamedTuple):
    """A way from one record to another: what it costs, and the records on it."""

    cost: int
    steps: tuple[Step, ...]

    @property
    def hops(self) -> int:
        """How many links it leads over."""
        return len(self.steps) - 1


class Ways(NamedTuple):
    """The shortest ways between two records, the shortest first, with the evidence of all their links."""

    start: Party
    goal: Party
    ways: tuple[WayBetween, ...]
    not_dated: tuple[WayBetween, ...]
    """As of a day: ways over links of which no source tells whether they were there."""
    evidence: tuple[Evidence, ...]
    leaves_out: bool
    """Whether what connects everything was left out."""
    labels: dict[str, str]
    """How the types of its links read from their source, in words."""
    truncated: bool
    """Whether there are more than were asked for."""
    as_of: str | None = None
    total: int = 0
    """How many there are, of those that do not cost much more than the shortest."""
    total_is_exact: bool = True
    """Whether there are no more than that."""


class SharedThing(NamedTuple):
    """What some records have in common: a record that each of them is linked to, with the links of each."""

    what: str
    """arrangement, person, site, parent, predecessor, successor, document or neighbour."""
    key: str
    kind: str
    name: str
    by: tuple[tuple[Party, tuple[Link, ...]], ...]
    """Those that share it, each with its links to it, seen from there, the closest first."""


class Shared(NamedTuple):
    """What some records have in common, what most of them share first, with the evidence of all the links."""

    records: tuple[Party, ...]
    things: tuple[SharedThing, ...]
    total: int
    not_dated: tuple[SharedThing, ...]
    """As of a day: what they share by links of which no source tells whether they were there."""
    evidence: tuple[Evidence, ...]
    matrix: tuple[tuple[int, ...], ...]
    """How many things any two share, in the order of the records; of one with itself how many it is linked to."""
    leaves_out: bool
    as_of: str | None = None


class RankedRecord(NamedTuple):
    """A record in a ranking, and the things by which it stands there."""

    key: str
    kind: str
    name: str
    things: tuple[Party, ...]
    current: int | None
    """How many of the things are known to be current; None where that was not looked at."""
    evidence: tuple[int, ...] = ()
    """Who says that it is linked to them, and that the one of which was asked is."""


class Ranking(NamedTuple):
    """Records, those with most things first: of some records, or of all others that share things with one."""

    records: tuple[Party, ...]
    ranked: tuple[RankedRecord, ...]
    total: int
    leaves_out: bool
    as_of: str | None = None
    evidence: tuple[Evidence, ...] = ()


class LeftOut(NamedTuple):
    """How many links of a branch are not shown, of those that are read under one label."""

    label: str
    direction: str
    number: int


class Branch(NamedTuple):
    """A record in a tree, the link by which it hangs there, and what hangs on it."""

    key: str
    kind: str
    name: str
    link: Link | None
    """None of the root, and where only the number of links was asked for."""
    children: tuple[Branch, ...]
    total: int
    """How many links it has beside those to the record on which it hangs; where it is not opened, past ones too."""
    left_out: tuple[LeftOut, ...]
    """What was not shown of that, for want of width."""
    opened: bool
    """Whether what hangs on it was looked at."""
    elsewhere: bool
    """Whether it is opened at another place of the tree."""

    @property
    def shown(self) -> int:
        """How many links are shown."""
        return len(self.children)


class Tree(NamedTuple):
    """A record with what it is linked to, and so on."""

    root: Branch
    evidence: tuple[Evidence, ...]
    not_dated: int
    """As of a day: links left out because no source tells whether they were there."""
    connecting_all: int
    """Links of the root that are left out because everything is connected by such, past ones too."""
    as_of: str | None = None


class Timeline(NamedTuple):
    """All that is dated of a record, oldest first, with the evidence of what is shown."""

    key: str
    name: str
    kind: str
    entries: tuple[TimelineEntry, ...]
    total: int
    left_out: int
    """Successions that were not followed further up or down the chain, for want of room."""
    evidence: tuple[Evidence, ...]
    as_of: str | None = None


class Successor(NamedTuple):
    """What followed a record, or what followed that, and so on."""

    of: Party
    """What it followed itself."""
    link: Link
    """The succession, seen from that."""
    depth: int
    open: bool | None
    opened: str | None
    closed: str | None
    is_elsewhere: bool
    """Whether what came after it stands where it is named first."""
    name_then: str | None
    """What it was called when it followed, where it is called otherwise now."""

    @property
    def party(self) -> Party:
        """The record that followed."""
        return Party(self.link.key, self.link.name)


class ArrangementAfter(NamedTuple):
    """What became of a record's part in an arrangement."""

    link: Link
    """By which the record took part in it."""
    outcome: str
    """ended, passed-on, or dangling where its part in an open arrangement ended with it and nobody has its place."""
    to: tuple[tuple[Party, Link], ...]
    """Those that followed the record and take part in the arrangement, with that link of theirs."""
    closed: str | None
    """When the arrangement closed."""
    became: tuple[Follower, ...]
    """What followed the arrangement."""


class Aftermath(NamedTuple):
    """What became of a record and of its part in arrangements."""

    record: Record
    """Without its links."""
    standing: tuple[int, ...]
    """Who says how it stands."""
    successors: tuple[Successor, ...]
    """Each below the one that it followed."""
    left_out: int
    """Successions that were not looked at, for want of room."""
    arrangements: tuple[ArrangementAfter, ...]
    evidence: tuple[Evidence, ...]
