"""What was said, with who says it: how much a source weighs, and what evidence its statements are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from db.acts import PLANNED
from db.dates import earliest, latest
from db.locators import locator
from db.statements import Cite, Statement

Rank = tuple[str, bool, str, str]


@dataclass(frozen=True)
class Authority:
    """A source as resolving sees it: how new it is, and what its silence means."""

    id: int
    key: str
    published: str | None = None
    series: str | None = None
    full: bool = False
    complete: bool = False
    living: bool = False
    format: str | None = None

    @cached_property
    def rank(self) -> Rank:
        """Order of authority: vintage, then complete files, then names, so that no tie depends on who came first."""
        return (latest(self.published) or "", self.complete, self.series or "", self.key)


def came_true(status: str | None, planner: Authority, start: str | None, teller: Authority) -> bool:
    """Tell whether what one source calls planned had begun by the day of a newer one that says since when."""
    begun = (latest(start) or "~") < (earliest(teller.published) or "")
    return status in PLANNED and begun and teller.rank > planner.rank


@dataclass(slots=True, unsafe_hash=True)
class Sourced:
    """One statement with the source that makes it; `repeated_by` is the newest that says the same without a change."""

    origin: Authority
    statement: Statement
    withdrawn: bool = False
    repeated_by: Authority | None = None
    voice: Authority = field(init=False, repr=False, compare=False)
    """The source that the statement weighs as."""
    cites: frozenset[Cite] = field(init=False, repr=False, compare=False)
    """The evidence for whatever in the statement names none of its own."""

    def __post_init__(self) -> None:
        self.voice = self.repeated_by or self.origin
        self.cites = frozenset(self.statement.cites) or frozenset((self._row,))

    def replaces(self, other: Sourced) -> bool:
        """Whether this is of a later release of the same living source."""
        mine, theirs = self.voice, other.voice
        return (
            mine.living and theirs.living and mine.series is not None and mine.series == theirs.series
            and mine.rank > theirs.rank
        )  # fmt: skip

    @property
    def _row(self) -> Cite:
        line = self.statement.line
        return Cite(self.origin.key, None if line is None else locator(self.origin.format, line))


class LastWords:
    """What releases of living sources said last of one thing, which stands for all that they said before."""

    def __init__(self, said: Iterable[Sourced]) -> None:
        self._newest: dict[str, Rank] = {}
        for one in said:
            if one.voice.living and one.voice.series:
                rank = one.voice.rank
                self._newest[one.voice.series] = max(rank, self._newest.get(one.voice.series, rank))

    def __contains__(self, one: Sourced) -> bool:
        """Whether no later release of the same source speaks of it."""
        voice = one.voice
        return not voice.living or not voice.series or voice.rank >= self._newest.get(voice.series, voice.rank)
