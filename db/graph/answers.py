"""What questions to the graph are answered with: ways, what is shared, trees; frozen, safe to hand to any thread."""

from __future__ import annotations

from dataclasses import dataclass

from db.model import Evidence, Link, Party


@dataclass(frozen=True)
class Step:
    """A record on a way, and the link by which it is reached from the one before; the first has none."""

    key: str
    kind: str
    name: str
    link: Link | None = None
    also: tuple[Link, ...] = ()
    """Further links between the two."""


@dataclass(frozen=True)
class Way:
    """A way from one record to another: what it costs, and the records on it."""

    cost: int
    steps: tuple[Step, ...]

    @property
    def hops(self) -> int:
        """How many links it leads over."""
        return len(self.steps) - 1


@dataclass(frozen=True)
class Ways:
    """The shortest ways between two records, the shortest first, with the evidence of all their links."""

    start: Party
    goal: Party
    ways: tuple[Way, ...]
    not_dated: tuple[Way, ...]
    """As of a day: ways over links of which no source tells whether they were there."""
    evidence: tuple[Evidence, ...]
    leaves_out: bool
    """Whether what connects everything was left out."""
    labels: dict[str, str]
    """How the types of its links read from their source, in words."""
    truncated: bool
    """Whether there are more than were asked for."""
    as_of: str | None = None
